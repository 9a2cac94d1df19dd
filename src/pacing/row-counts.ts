// How many agents or calls share a row of a forecast table, so that each row is worked out once.

export class RowCounts {
  readonly #counts: Int32Array;
  readonly #rows: Int32Array;
  #used = 0;

  constructor(rows: number) {
    this.#counts = new Int32Array(rows);
    this.#rows = new Int32Array(rows);
  }

  clear(): void {
    for (let i = 0; i < this.#used; i += 1) this.#counts[this.#rows[i] ?? 0] = 0;
    this.#used = 0;
  }

  add(row: number): void {
    const count = this.#counts[row] ?? 0;
    if (count === 0) {
      this.#rows[this.#used] = row;
      this.#used += 1;
    }
    this.#counts[row] = count + 1;
  }

  /** How many different rows there are. */
  get used(): number {
    return this.#used;
  }

  /** The i-th different row, in the order in which they came. */
  row(i: number): number {
    return this.#rows[i] ?? 0;
  }

  count(row: number): number {
    return this.#counts[row] ?? 0;
  }
}
