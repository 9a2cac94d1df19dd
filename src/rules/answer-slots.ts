// How many people answered a campaign's calls and how many of them met no agent, over any stretch of the past.
// Kept by quarter-hours of the dialing, which fit the days of every time zone; knows no law and no windows.

/** Length of a slot; days and months of every zone begin with one. */
export const SLOT_MS = 900_000;

export interface AnswerCount {
  readonly liveAnswers: number;
  readonly abandoned: number;
  /** Taken for machines, and no one talked: some of them were people. */
  readonly machines: number;
}

const NO_ANSWERS: AnswerCount = { liveAnswers: 0, abandoned: 0, machines: 0 };

export interface AnswerSlot extends AnswerCount {
  /** Its first instant. */
  readonly at: number;
}

export class AnswerSlots {
  readonly #slots = new Map<number, AnswerCount>();
  #firstAt: number | undefined;

  /** `firstAt`: when the campaign's first call was dialed, as far as it is known. */
  constructor(slots: readonly AnswerSlot[] = [], firstAt?: number) {
    this.#firstAt = firstAt;
    for (const { at, ...count } of slots) this.add(at, count);
  }

  /** When the campaign's first call was dialed; undefined before. */
  get firstAt(): number | undefined {
    return this.#firstAt;
  }

  /** Takes in what became of calls dialed at `at`. */
  add(at: number, count: AnswerCount): void {
    this.#firstAt = Math.min(this.#firstAt ?? at, at);
    const number = Math.floor(at / SLOT_MS);
    this.#slots.set(number, sumOf(this.#slots.get(number) ?? NO_ANSWERS, count));
  }

  /** Calls dialed from `fromAt` on; of the slot that it lies in, all of them. */
  since(fromAt: number): AnswerCount {
    const first = Math.floor(fromAt / SLOT_MS);
    let sum = NO_ANSWERS;
    for (const [number, slot] of this.#slots) if (number >= first) sum = sumOf(sum, slot);
    return sum;
  }
}

export function sumOf(a: AnswerCount, b: AnswerCount): AnswerCount {
  return {
    liveAnswers: a.liveAnswers + b.liveAnswers,
    abandoned: a.abandoned + b.abandoned,
    machines: a.machines + b.machines,
  };
}
