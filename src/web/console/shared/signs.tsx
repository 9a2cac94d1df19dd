// States as chips: an icon and a word, never the colour alone.

import type { ReactElement } from 'react';
import { Chip, type Tone } from '../../ui/signs.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { useServerNow } from '../live/use-board.tsx';
import { span } from '../formats.ts';
import { useSayings } from '../use-words.tsx';
import { stateWords, type AgentState, type CampaignState } from './words.ts';

const AGENT: Readonly<Record<AgentState, readonly [Tone, IconName]>> = {
  offline: ['quiet', 'exit'],
  paused: ['warn', 'pause'],
  ready: ['good', 'wait'],
  engaged: ['accent', 'list'],
  reserved: ['busy', 'bell'],
  talking: ['busy', 'phone'],
  'wrap-up': ['accent', 'pencil'],
};

const CAMPAIGN: Readonly<Record<CampaignState, readonly [Tone, IconName]>> = {
  unapproved: ['warn', 'warning'],
  approved: ['accent', 'check'],
  running: ['good', 'play'],
  paused: ['warn', 'pause'],
  stopped: ['quiet', 'stop'],
  exhausted: ['quiet', 'check'],
  archived: ['quiet', 'cross'],
};

interface AgentChipProps {
  readonly state: AgentState;
  readonly reason?: string | undefined;
}

export function AgentChip({ state, reason }: AgentChipProps): ReactElement {
  const words = useSayings(stateWords);
  const [tone, icon] = AGENT[state];
  const why = state === 'paused' && reason !== undefined && reason !== 'pause' ? (words.reasons[reason] ?? reason) : '';
  return (
    <span className="state">
      <Chip tone={tone} icon={icon}>
        {words.agent[state]}
      </Chip>
      {why !== '' && <span className="soft">{why}</span>}
    </span>
  );
}

export function CampaignChip({ state }: { readonly state: CampaignState }): ReactElement {
  const words = useSayings(stateWords);
  const [tone, icon] = CAMPAIGN[state];
  return (
    <Chip tone={tone} icon={icon}>
      {words.campaign[state]}
    </Chip>
  );
}

/** How long ago, counted on by itself. */
export function Since({ at }: { readonly at: number }): ReactElement {
  const now = useServerNow();
  return <span className="numbers">{at === 0 ? '–' : span(now - at)}</span>;
}
