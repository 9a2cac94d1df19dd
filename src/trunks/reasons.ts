// Why a trunk takes a call or not: a kind with its values, for pages that say it in their own language, and the English
// sentence of each.

import { allAre } from '../base/all-of.ts';
import { formatDuration } from '../base/durations.ts';
import type { Result } from '../terms.ts';

/** What was heard of a call: its result, or that it rings. */
export type Heard = Result | 'ringing';

/** What made a trunk rest. */
export type Trouble =
  | { readonly what: 'refused-calls'; readonly calls: number }
  /** The network's own word. */
  | { readonly what: 'retry-after'; readonly forMs: number }
  /** Calls in a row, or one probe call. `heard`: what they ended in; null: they could carry no sound. */
  | {
      readonly what: 'failed-calls' | 'failed-probe';
      readonly calls: number;
      readonly heard: Heard | null;
      readonly rang: boolean;
    };

/** The same of a trunk that is named. */
type OfTrunk =
  /** `probes`: calls that it gets at most until one is taken; 0: as many as there are. */
  | { readonly kind: 'trunk-takes-calls'; readonly probes: number }
  | { readonly kind: 'trunk-unreachable' }
  | { readonly kind: 'trunk-rests'; readonly untilAt: number; readonly trouble: Trouble }
  | { readonly kind: 'trunk-tried'; readonly probes: number; readonly trouble: Trouble }
  | { readonly kind: 'lines-in-use'; readonly lines: number }
  | { readonly kind: 'trunk-rate'; readonly perSecond: number }
  | { readonly kind: 'lines-due-to-others' }
  | { readonly kind: 'hour-used'; readonly calls: number };

export type TrunkReason = (OfTrunk & { readonly trunk: string }) | { readonly kind: 'no-trunk' };

/** A reason with its English sentence. */
export interface TrunkSaid {
  readonly why: string;
  readonly reason: TrunkReason;
}

export const saidOfTrunk = (reason: TrunkReason, now = 0): TrunkSaid => ({ why: trunkSentence(reason, now), reason });

function trunkSentence(reason: TrunkReason, now: number): string {
  switch (reason.kind) {
    case 'no-trunk':
      return 'The campaign has no trunk.';
    case 'trunk-takes-calls':
      return `Trunk ${reason.trunk} takes calls${reason.probes === 0 ? '' : `, with up to ${reason.probes} probe calls`}.`;
    case 'trunk-unreachable':
      return `Trunk ${reason.trunk} is not reachable.`;
    case 'trunk-rests': {
      const left = formatDuration(Math.ceil((reason.untilAt - now) / 1000) * 1000);
      return `Trunk ${reason.trunk} rests for another ${left} because of ${troubleWords(reason.trouble)}.`;
    }
    case 'trunk-tried':
      return `Trunk ${reason.trunk} is being tried with ${reason.probes} calls after ${troubleWords(reason.trouble)}.`;
    case 'lines-in-use':
      return `${allAre(reason.lines, 'line')} in use on trunk ${reason.trunk}.`;
    case 'trunk-rate':
      return `Trunk ${reason.trunk} may place ${callsOf(reason.perSecond)} a second.`;
    case 'lines-due-to-others':
      return `The free lines of trunk ${reason.trunk} are due to other campaigns.`;
    case 'hour-used':
      return `Trunk ${reason.trunk} has placed ${callsOf(reason.calls)} within the hour, which is its limit (max_calls_per_hour).`;
  }
}

const callsOf = (count: number): string => (count === 1 ? '1 call' : `${count} calls`);

/** `3 calls that ended in congestion in a row`; for the log, too. */
export function troubleWords(trouble: Trouble): string {
  if (trouble.what === 'refused-calls') return `${trouble.calls} refused calls in a row`;
  if (trouble.what === 'retry-after') return `its own word (Retry-After ${formatDuration(trouble.forMs)})`;
  const { what, calls, heard, rang } = trouble;
  const how = heard === null ? 'could carry no sound' : `ended in ${heard}${rang ? ' after ringing' : ''}`;
  return what === 'failed-probe' ? `a probe call that ${how}` : `${calls} calls that ${how} in a row`;
}
