// When each agent will leave by plan: breaks and ends of shifts that the campaign's file names. For the forecast;
// it sends no agent away.

import { firstInstantAt, localDay } from '../base/local-time.ts';
import type { AgentNumber } from '../terms.ts';

export interface PlannedLeave {
  /** Minute of the local day. */
  readonly atMinute: number;
  /** Length of a break; absent: the end of the shift. */
  readonly forMs?: number;
  /** Agents by number, or groups by name; empty: everybody. */
  readonly agents: readonly string[];
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A leave that has begun so long ago says nothing of an agent who is still here. */
const BEGUN_MS = 120_000;

/** When the agent will next leave by plan, epoch ms; undefined: today and tomorrow nothing is planned. */
export function nextLeaveAt(
  leaves: readonly PlannedLeave[],
  agent: { readonly number: AgentNumber; readonly groups: readonly string[] },
  when: { readonly zone: string; readonly now: number },
): number | undefined {
  const { zone, now } = when;
  const midnight = Date.parse(`${localDay(zone, now).date}T00:00:00Z`);
  let next = Infinity;
  for (const { atMinute, agents } of leaves) {
    if (agents.length > 0 && !agents.some((name) => name === agent.number || agent.groups.includes(name))) continue;
    for (const day of [midnight, midnight + DAY_MS]) {
      const at = firstInstantAt(zone, day + atMinute * MINUTE_MS);
      if (at > now - BEGUN_MS) next = Math.min(next, at);
    }
  }
  return next === Infinity ? undefined : next;
}
