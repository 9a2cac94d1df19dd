// Which steps of its life a campaign can be offered: the server decides, this spares a press that would be refused.

import type { BoardCampaign } from '../live/board.ts';

export type Step = 'approve' | 'start' | 'pause' | 'resume' | 'stop' | 'archive';

const STEPS: Readonly<Record<BoardCampaign['state'], readonly Step[]>> = {
  unapproved: ['approve', 'archive'],
  approved: ['start', 'archive'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  stopped: ['start', 'archive'],
  exhausted: ['start', 'archive'],
  archived: [],
};

export const stepsOf = ({ state }: Pick<BoardCampaign, 'state'>): readonly Step[] => STEPS[state];
