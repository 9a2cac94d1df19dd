// What happens next on the virtual clock: a binary heap of instants in typed arrays.
// Events of the same instant come out in the order in which they went in.

export class EventQueue {
  #at = new Float64Array(1024);
  #order = new Float64Array(1024);
  #kind = new Int32Array(1024);
  #subject = new Int32Array(1024);
  #size = 0;
  #next = 0;
  /** The event taken last. */
  at = 0;
  kind = 0;
  subject = 0;

  get size(): number {
    return this.#size;
  }

  add(at: number, kind: number, subject: number): void {
    if (this.#size === this.#at.length) this.#grow();
    let i = this.#size;
    this.#size += 1;
    const order = this.#next;
    this.#next += 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if ((this.#at[parent] ?? 0) <= at) break;
      this.#copy(parent, i);
      i = parent;
    }
    this.#put(i, at, order);
    this.#kind[i] = kind;
    this.#subject[i] = subject;
  }

  /** Takes the earliest event into `at`, `kind` and `subject`; false when there is none. */
  take(): boolean {
    if (this.#size === 0) return false;
    this.at = this.#at[0] ?? 0;
    this.kind = this.#kind[0] ?? 0;
    this.subject = this.#subject[0] ?? 0;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#size);
    return true;
  }

  #sink(from: number): void {
    const at = this.#at[from] ?? 0;
    const order = this.#order[from] ?? 0;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#before(child + 1, child)) child += 1;
      const childAt = this.#at[child] ?? 0;
      if (childAt > at || (childAt === at && (this.#order[child] ?? 0) > order)) break;
      this.#copy(child, i);
      i = child;
    }
    this.#copy(from, i);
  }

  #before(a: number, b: number): boolean {
    const atA = this.#at[a] ?? 0;
    const atB = this.#at[b] ?? 0;
    return atA < atB || (atA === atB && (this.#order[a] ?? 0) < (this.#order[b] ?? 0));
  }

  #put(i: number, at: number, order: number): void {
    this.#at[i] = at;
    this.#order[i] = order;
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#at[from] ?? 0, this.#order[from] ?? 0);
    this.#kind[to] = this.#kind[from] ?? 0;
    this.#subject[to] = this.#subject[from] ?? 0;
  }

  #grow(): void {
    const length = this.#at.length * 2;
    const at = new Float64Array(length);
    const order = new Float64Array(length);
    const kind = new Int32Array(length);
    const subject = new Int32Array(length);
    at.set(this.#at);
    order.set(this.#order);
    kind.set(this.#kind);
    subject.set(this.#subject);
    this.#at = at;
    this.#order = order;
    this.#kind = kind;
    this.#subject = subject;
  }
}
