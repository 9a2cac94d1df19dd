// Millions of numbers gathered, eight bytes each, then given in order and each once.

const FIRST_ROOM = 1 << 20;

export class NumberHeap {
  #numbers = new Float64Array(FIRST_ROOM);
  #count = 0;

  add(number: number): void {
    if (this.#count === this.#numbers.length) {
      const grown = new Float64Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#count] = number;
    this.#count += 1;
  }

  /** Ascending, each once; what was gathered is used up. */
  sorted(): Float64Array<ArrayBuffer> {
    const sorted = this.#numbers.subarray(0, this.#count).sort();
    let kept = 0;
    for (const number of sorted) {
      if (kept > 0 && sorted[kept - 1] === number) continue;
      sorted[kept] = number;
      kept += 1;
    }
    return sorted.slice(0, kept);
  }
}
