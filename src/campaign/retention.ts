// How long the law wants something kept: the books of calls, the proof of consent, recordings. Asked before anything is
// deleted, whether its time is over or a person asks to be forgotten. Deletes nothing itself.

import { clauseName, demandsOf } from './rule-pack.ts';
import type { KeptThing, RulePack } from './rule-pack.ts';

/** Why something is not deleted yet. */
export interface Keeping {
  /** It is kept until then. */
  readonly until: number;
  /** `us-reg-f/recordings` */
  readonly clause: string;
  readonly citation: string;
}

/** Until when the packs want kept what a call at `at` left behind, by the clause that wants it longest. */
export function keptByLaw(packs: readonly RulePack[], thing: KeptThing, at: number): Keeping | undefined {
  let longest: Keeping | undefined;
  for (const { pack, clause } of demandsOf(packs, 'retention')) {
    const until = at + clause.leastMs;
    if (!clause.of.includes(thing) || until <= (longest?.until ?? -Infinity)) continue;
    longest = { until, clause: clauseName(pack, clause), citation: clause.citation };
  }
  return longest;
}

/** The longest time for which the packs want it kept, in ms; 0: they do not. */
export function leastKeptMs(packs: readonly RulePack[], thing: KeptThing): number {
  return keptByLaw(packs, thing, 0)?.until ?? 0;
}
