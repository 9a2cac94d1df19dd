// Which calls are out and how far each has come: the pacer's view of the lines.
// Stages only move forward; an event for an unknown call, or one that would move a call back, changes nothing.

/** `placed`: dialed or ringing · `picked-up`: answered, no verdict yet · `live`: a person waits · `over`: talking, abandoned or a machine. */
export type CallStage = 'placed' | 'picked-up' | 'live' | 'over';

export interface PacedCall {
  readonly id: string;
  readonly dialedAt: number;
  ringingAt: number | undefined;
  answeredAt: number | undefined;
  stage: CallStage;
  /** What is known of who answered. */
  verdict: 'unknown' | 'live' | 'machine';
  /** Whether it has been counted as abandoned. */
  abandoned: boolean;
  /** Whether an agent had it. */
  connected: boolean;
}

/** Ids of calls that ended lately, so that a late `dialed` does not bring one back. */
const REMEMBERED = 2048;

/** Every call from its dialing to its end, with running counts per stage. */
export class CallBook {
  readonly #calls = new Map<string, PacedCall>();
  readonly #ended: (string | undefined)[] = new Array<string | undefined>(REMEMBERED).fill(undefined);
  readonly #endedIds = new Set<string>();
  #endedNext = 0;
  readonly #counts = { placed: 0, 'picked-up': 0, live: 0, over: 0 };

  /** Calls that may still become a live answer. */
  get inFlight(): number {
    return this.#counts.placed + this.#counts['picked-up'];
  }

  /** Live callers without an agent. */
  get waiting(): number {
    return this.#counts.live;
  }

  /** Lines in use. */
  get lines(): number {
    return this.#calls.size;
  }

  values(): IterableIterator<PacedCall> {
    return this.#calls.values();
  }

  get(id: string): PacedCall | undefined {
    return this.#calls.get(id);
  }

  /** Enters a new call; false when it is known already or has ended. */
  dial(id: string, at: number): boolean {
    if (this.#calls.has(id) || this.#endedIds.has(id)) return false;
    this.#calls.set(id, {
      id,
      dialedAt: at,
      ringingAt: undefined,
      answeredAt: undefined,
      stage: 'placed',
      verdict: 'unknown',
      abandoned: false,
      connected: false,
    });
    this.#counts.placed += 1;
    return true;
  }

  move(call: PacedCall, stage: CallStage): void {
    this.#counts[call.stage] -= 1;
    call.stage = stage;
    this.#counts[stage] += 1;
  }

  remove(call: PacedCall): void {
    this.#counts[call.stage] -= 1;
    this.#calls.delete(call.id);
    const forgotten = this.#ended[this.#endedNext];
    if (forgotten !== undefined) this.#endedIds.delete(forgotten);
    this.#ended[this.#endedNext] = call.id;
    this.#endedIds.add(call.id);
    this.#endedNext = (this.#endedNext + 1) % REMEMBERED;
  }
}
