// What is still to be sent to other systems: events for webhooks, reports by mail. Events of the store's own rows get there
// in the transaction of the row itself; each stays until its receiver has taken it, or it is given up.

export interface OutboxStore {
  /** From now on these webhooks get these events. What waits for one that is not among `known` is given up. */
  subscribe(hooks: readonly HookEvents[], known: readonly string[], now: number): Promise<void>;
  /** One more to be sent; it is on the disk when this resolves. */
  put(message: NewMessage): Promise<void>;
  /** What may be sent now, oldest first: of each key the first alone. */
  due(query: {
    readonly hook: string;
    readonly now: number;
    readonly limit: number;
  }): Promise<readonly OutboxMessage[]>;
  /** What was taken goes; what was not is tried again, or given up. */
  settle(settled: Settled): Promise<void>;
  /** Given up messages of the hook are tried again; how many. */
  retry(hook: string, now: number): Promise<number>;
  /** By hook, of those that something is left of. */
  standing(): Promise<readonly OutboxStanding[]>;
}

interface HookEvents {
  readonly hook: string;
  readonly events: readonly string[];
}

export interface NewMessage {
  readonly hook: string;
  readonly event: string;
  readonly at: number;
  /** What has the same key is sent in its order. */
  readonly key: string;
  readonly data: unknown;
}

export interface OutboxMessage {
  readonly id: number;
  readonly hook: string;
  readonly event: string;
  readonly at: number;
  /** JSON. */
  readonly data: string;
  /** The number that was dialed, or that called us, of an event that is about such a call. */
  readonly number: string | null;
  readonly tries: number;
}

export interface Settled {
  readonly sent: readonly number[];
  readonly faults: readonly {
    readonly id: number;
    /** When it is tried again; null: given up; undefined: as it was. */
    readonly nextAt?: number | null;
    readonly fault: string;
  }[];
  /** The receiver takes nothing: what has waited for it since before that is given up. */
  readonly giveUp?: { readonly hook: string; readonly before: number; readonly fault: string };
}

export interface OutboxStanding {
  readonly hook: string;
  readonly waiting: number;
  readonly givenUp: number;
  /** When the oldest that waits happened; null: none waits. */
  readonly oldestAt: number | null;
  /** Of the latest that something went wrong with; null: nothing did. */
  readonly fault: string | null;
}
