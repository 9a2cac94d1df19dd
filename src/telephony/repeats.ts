// Asterisk sends an event of a trunk's channel twice at times, for the channel and for the trunk, the same to the letter.
// A key would be pressed twice.

/** How many other events may come between the two. */
const KEPT = 16;

export class Repeats {
  readonly #last: string[] = [];
  #next = 0;

  /** Whether this very message, with its time of one millisecond, has just been received. */
  has(text: string): boolean {
    if (this.#last.includes(text)) return true;
    this.#last[this.#next] = text;
    this.#next = (this.#next + 1) % KEPT;
    return false;
  }
}
