// One event at a time: whatever happens in or to the engine passes here, in order.
// Events posted while one is being handled follow it in the same turn of the event loop.

/** A serial queue that never loses an event to a fault in handling another. */
export class Mailbox<E> {
  readonly #handle: (event: E) => void;
  readonly #onFault: (event: E, fault: unknown) => void;
  readonly #onIdle: () => void;
  readonly #queue: E[] = [];
  #busy = false;

  constructor(handlers: {
    /** Takes one event; may post more. */
    readonly handle: (event: E) => void;
    /** A bug in `handle`; the queue goes on. */
    readonly onFault: (event: E, fault: unknown) => void;
    /** The queue has run empty; may post more. */
    readonly onIdle: () => void;
  }) {
    this.#handle = handlers.handle;
    this.#onFault = handlers.onFault;
    this.#onIdle = handlers.onIdle;
  }

  post(event: E): void {
    this.#queue.push(event);
    if (!this.#busy) this.#drain();
  }

  #drain(): void {
    this.#busy = true;
    try {
      let idled = false;
      while (this.#queue.length > 0 || !idled) {
        const event = this.#queue.shift();
        if (event === undefined) {
          idled = true;
          this.#onIdle();
          continue;
        }
        idled = false;
        try {
          this.#handle(event);
        } catch (fault) {
          this.#onFault(event, fault);
        }
      }
    } finally {
      this.#busy = false;
    }
  }
}
