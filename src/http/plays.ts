// Which requests for a recording are one play: a player asks for its beginning, and then for the places that somebody
// jumps to. Each play has one entry in the audit log.

/** A player that looks at the beginning twice plays once. */
const SAME_BEGINNING_MS = 5_000;
/** Jumps belong to the play before them for so long. */
const SAME_PLAY_MS = 3_600_000;
const MOST = 1_000;

interface Play {
  readonly who: string;
  readonly recording: string;
  /** First byte that is asked for. */
  readonly start: number;
  readonly at: number;
}

export class Plays {
  /** When each was last begun, the longest ago first. */
  readonly #begun = new Map<string, number>();

  /** Whether this request begins a play, which is then known. */
  begins({ who, recording, start, at }: Play): boolean {
    const key = `${who} ${recording}`;
    const before = this.#begun.get(key) ?? -Infinity;
    if (at - before < (start === 0 ? SAME_BEGINNING_MS : SAME_PLAY_MS)) return false;
    this.#begun.delete(key);
    this.#begun.set(key, at);
    const [oldest] = this.#begun.keys();
    if (this.#begun.size > MOST && oldest !== undefined) this.#begun.delete(oldest);
    return true;
  }
}
