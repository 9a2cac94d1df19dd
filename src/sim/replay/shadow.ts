// Other policies beside the one that dialed: what each would have advised at every moment of the real day, given the
// lines that were really out; and what each might have come to, had it dialed on that day.

import type { JournalEntry } from '../../engine/dialing/pacing-journal.ts';
import { createPacer } from '../../pacing/pacer.ts';
import type { WrittenPolicy } from '../../pacing/policy-words.ts';
import { Shadow, type Advised } from '../../pacing/shadow.ts';
import { worldOfBehaviour } from '../forecast/behaviour.ts';
import { simulate } from '../pacing/simulate.ts';
import type { LoggedDay } from './day.ts';

export type Policy = WrittenPolicy;

/** Asks one policy beside the real one, over the entries of a log. */
export class ShadowPacer {
  readonly #shadow: Shadow;

  constructor(policy: Policy) {
    this.#shadow = new Shadow(policy);
  }

  take(entry: JournalEntry): void {
    if (entry.type === 'head') this.#shadow.begin(entry.head.options, entry.head.learned ?? undefined);
    else if (entry.type === 'event') this.#shadow.observe(entry.event);
    else if (entry.type === 'asked')
      this.#shadow.asked(entry.at, (entry.decision?.dial ?? 0) - (entry.decision?.cancel.length ?? 0));
  }

  result(): Advised {
    return this.#shadow.result();
  }
}

export interface Score {
  readonly policy: string;
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly dials: number;
  readonly liveAnswers: number;
  readonly peakLines: number;
  /** From the least to the most of the simulated days. */
  readonly utilisationSpread: readonly [number, number];
  readonly abandonSpread: readonly [number, number];
}

/**
 * What the policy might have come to on that day: the same agents at the same times, every dial, conversation and
 * wrap-up drawn from the real ones, so often with other dice. Undefined when too little happened on it.
 */
export function scoreOnDay(day: LoggedDay, policy: Policy, days: number): Score | undefined {
  const { head, lengthS } = day;
  const behaviour = day.behaviour();
  if (!head || behaviour.dials.length === 0 || behaviour.talksS.length === 0 || lengthS <= 0) return undefined;
  const shape = { name: head.campaign, warmUpS: 0, shiftS: lengthS, presence: day.presence(), byTime: true };
  const world = worldOfBehaviour(behaviour, shape);
  const options = { ...head.options, ...policy.options };
  const found = Array.from({ length: days }, (_, index) =>
    simulate({
      world,
      agents: day.agents,
      policy: createPacer(options, head.learned ?? undefined),
      seed: 1 + index,
      abandonTarget: options.abandonTarget,
    }),
  );
  const mean = (of: (figures: (typeof found)[number]) => number): number =>
    found.reduce((sum, figures) => sum + of(figures), 0) / days;
  const range = (of: (figures: (typeof found)[number]) => number): readonly [number, number] => {
    const values = found.map(of);
    return [Math.min(...values), Math.max(...values)];
  };
  return {
    policy: policy.name,
    utilisation: mean(({ utilisation }) => utilisation),
    abandonRate:
      mean(({ abandoned }) => abandoned) /
      Math.max(
        1e-9,
        mean(({ liveAnswers }) => liveAnswers),
      ),
    dials: mean(({ dials }) => dials),
    liveAnswers: mean(({ liveAnswers }) => liveAnswers),
    peakLines: range(({ mostLines }) => mostLines)[1],
    utilisationSpread: range(({ utilisation }) => utilisation),
    abandonSpread: range(({ abandonRate }) => abandonRate),
  };
}
