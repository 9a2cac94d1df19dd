// Notices to an agent: campaigns that are loaded, started, paused or stopped, and how a session ended.
// Made of the difference between two moments; kept until they are dismissed.

import type { DeskCampaign } from '../../engine/agents/desk-port.ts';
import type { CampaignState } from '../../terms.ts';
import { NOTICE_CODES, type DeskView } from '../wire/desk.ts';

export type Notice = DeskView['notices'][number];

const MOST = 20;

const STEPS: Partial<Readonly<Record<CampaignState, Pick<Notice, 'kind' | 'code' | 'text'>>>> = {
  running: { kind: 'campaign-started', code: 'started', text: 'has been started.' },
  paused: {
    kind: 'campaign-paused',
    code: 'paused',
    text: 'has been paused: calls that are under way go on, then none comes.',
  },
  stopped: {
    kind: 'campaign-stopped',
    code: 'stopped',
    text: 'has been stopped: calls that are under way go on, then none comes.',
  },
  exhausted: { kind: 'campaign-stopped', code: 'exhausted', text: 'has no records left to call.' },
};

/** What has become of the agent's campaigns since. */
export function campaignNotices(
  before: ReadonlyMap<string, CampaignState>,
  now: readonly DeskCampaign[],
): readonly Omit<Notice, 'id' | 'at'>[] {
  const notices = now.flatMap(({ name, state }): Omit<Notice, 'id' | 'at'>[] => {
    const was = before.get(name);
    if (was === state) return [];
    const step = STEPS[state];
    if (was === undefined && state !== 'running') {
      return [
        { kind: 'campaign-loaded', code: 'loaded', campaign: name, text: `The campaign ${name} is there to work in.` },
      ];
    }
    return step === undefined
      ? []
      : [{ kind: step.kind, code: step.code, campaign: name, text: `The campaign ${name} ${step.text}` }];
  });
  const names = new Set(now.map(({ name }) => name));
  const gone = [...before.keys()].filter((name) => !names.has(name));
  return [
    ...notices,
    ...gone.map((name) => {
      return {
        kind: 'campaign-stopped' as const,
        code: 'not-yours' as const,
        campaign: name,
        text: `You do not work in the campaign ${name} any more.`,
      };
    }),
  ];
}

const ENDS: Readonly<Record<string, string>> = {
  'signed-out': 'The session has ended.',
  'countdown-over': 'The session has ended: the next call was not asked for in time.',
  'phone-lost': 'The session has ended: the phone was away for too long.',
  'not-assigned': 'The session has ended: you do not work in the campaign any more.',
  fault: 'The session has ended because of a fault; the log has it.',
};

export const endOfSession = (reason: string | undefined): Omit<Notice, 'id' | 'at'> => ({
  kind: 'session-ended',
  code: endCode(reason ?? 'signed-out'),
  campaign: null,
  text: ENDS[reason ?? 'signed-out'] ?? `The session has ended (${reason}).`,
});

const endCode = (reason: string): Notice['code'] =>
  NOTICE_CODES.find((code) => code === reason && code in ENDS) ?? 'other';

/** The newest stay. */
export const withNotices = (kept: readonly Notice[], more: readonly Notice[]): readonly Notice[] =>
  [...kept, ...more].slice(-MOST);
