// How many people answered a campaign's calls and how many of them met nobody, over any stretch of the past.
// Kept by quarter-hours of the dialing, which fit the days of every time zone; knows no law and no windows.

/** Length of a slot; days and months of every zone begin with one. */
export const SLOT_MS = 900_000;

export interface AnswerCount {
  readonly liveAnswers: number;
  readonly abandoned: number;
}

export interface AnswerSlot extends AnswerCount {
  /** Its first instant. */
  readonly at: number;
}

export class AnswerLedger {
  readonly #slots = new Map<number, { liveAnswers: number; abandoned: number }>();
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
  add(at: number, { liveAnswers, abandoned }: AnswerCount): void {
    this.#firstAt = Math.min(this.#firstAt ?? at, at);
    const number = Math.floor(at / SLOT_MS);
    const slot = this.#slots.get(number) ?? { liveAnswers: 0, abandoned: 0 };
    slot.liveAnswers += liveAnswers;
    slot.abandoned += abandoned;
    this.#slots.set(number, slot);
  }

  /** Calls dialed from `fromAt` on; of the slot that it lies in, all of them. */
  since(fromAt: number): AnswerCount {
    const first = Math.floor(fromAt / SLOT_MS);
    let liveAnswers = 0;
    let abandoned = 0;
    for (const [number, slot] of this.#slots) {
      if (number < first) continue;
      liveAnswers += slot.liveAnswers;
      abandoned += slot.abandoned;
    }
    return { liveAnswers, abandoned };
  }
}
