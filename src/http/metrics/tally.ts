// What is counted from the start of the daemon on, by what live events say: a look at a map for the end of a call, nothing
// for its other steps.

import type { LiveEvent } from '../../engine/live-events.ts';

/** So many pairs of words each; what comes beyond is counted together. */
const MAX_PAIRS = 2_000;
const OTHER = 'other';

/** Counts of pairs of words, such as a campaign and a result. */
export class Counted {
  readonly #counts = new Map<string, Map<string, number>>();
  #pairs = 0;

  add(first: string, second: string): void {
    const known = this.#counts.get(first)?.get(second);
    if (known === undefined && this.#pairs >= MAX_PAIRS) this.#add(OTHER, OTHER);
    else this.#add(first, second);
  }

  samples(first: string, second: string): readonly (readonly [Readonly<Record<string, string>>, number])[] {
    return [...this.#counts].flatMap(([a, counts]) =>
      [...counts].map(([b, count]) => [{ [first]: a, [second]: b }, count] as const),
    );
  }

  #add(first: string, second: string): void {
    const counts = this.#counts.get(first) ?? new Map<string, number>();
    if (counts.size === 0) this.#counts.set(first, counts);
    const before = counts.get(second);
    if (before === undefined) this.#pairs += 1;
    counts.set(second, (before ?? 0) + 1);
  }
}

export class Tally {
  readonly ended = new Counted();
  readonly dispositions = new Counted();
  readonly callbacks = new Counted();

  note(event: LiveEvent): void {
    if (event.type === 'call') {
      if (event.result !== undefined) this.ended.add(event.campaign, event.result);
    } else if (event.type === 'disposition') this.dispositions.add(event.campaign, event.disposition);
    else if (event.type === 'callback') this.callbacks.add(event.campaign, event.state);
  }
}
