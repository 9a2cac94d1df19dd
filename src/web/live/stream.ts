// The one stream of a page: what comes is given to the reducer. It comes again by itself after every loss, says when it
// cannot, and stays away once another window has taken over.

import { isError, type Ask } from './ask.ts';
import type { DeskChange, DeskView, Link } from './live.ts';

/** Beats come every two seconds: after this without one the line is dead, whatever the browser says. */
const DEAD_AFTER_MS = 7_000;
const LOOK_EVERY_MS = 1_000;
const AGAIN_MS = [500, 1_000, 2_000, 4_000] as const;

type StreamEvent<V, C> =
  | { readonly type: 'state'; readonly view: V; readonly now: number }
  | { readonly type: 'change'; readonly change: C; readonly now: number }
  | { readonly type: 'beat'; readonly at: number; readonly now: number }
  | { readonly type: 'link'; readonly link: Link };

export interface StreamOptions<V, C> {
  readonly take: (event: StreamEvent<V, C>) => void;
  readonly ask: Ask;
  readonly now: () => number;
  /** Where the view is; below it, `/stream`. */
  readonly at?: string;
}

/** `V`: the whole view, `C`: what changed in it. */
export class Stream<V = DeskView, C = DeskChange> {
  readonly #options: StreamOptions<V, C>;
  #source: EventSource | undefined;
  #heardAt = 0;
  #tries = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  /** Another window has it, or the session is over: it comes again only by `start`. */
  #isAway = true;

  constructor(options: StreamOptions<V, C>) {
    this.#options = options;
  }

  get #at(): string {
    return this.#options.at ?? '/api/agent';
  }

  start(): void {
    this.stop();
    this.#isAway = false;
    this.#tries = 0;
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#open();
  }

  stop(): void {
    this.#isAway = true;
    clearTimeout(this.#again);
    clearInterval(this.#watch);
    this.#close();
  }

  /** The page was asleep or without a network: what is known may be old. */
  look(): void {
    if (!this.#isAway && this.#options.now() - this.#heardAt > LOOK_EVERY_MS * 3) this.#reopen();
  }

  #open(): void {
    this.#heardAt = this.#options.now();
    const source = new EventSource(`${this.#at}/stream`);
    this.#source = source;
    // As the contract has it.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
    const on = <T>(name: string, take: (data: T) => void): void =>
      source.addEventListener(name, (event: MessageEvent<string>) => {
        if (source !== this.#source) return;
        this.#heardAt = this.#options.now();
        this.#tries = 0;
        take(JSON.parse(event.data) as T);
      });
    const { take, now } = this.#options;
    on<V>('state', (view) => take({ type: 'state', view, now: now() }));
    on<C>('change', (change) => take({ type: 'change', change, now: now() }));
    on<{ readonly at: number }>('beat', ({ at }) => take({ type: 'beat', at, now: now() }));
    on('taken-over', () => this.#leave('elsewhere'));
    source.onerror = () => {
      if (source === this.#source) this.#lost();
    };
  }

  #look(): void {
    if (this.#source !== undefined && this.#options.now() - this.#heardAt > DEAD_AFTER_MS) this.#lost();
  }

  #reopen(): void {
    clearTimeout(this.#again);
    this.#close();
    this.#open();
  }

  #lost(): void {
    this.#close();
    this.#options.take({ type: 'link', link: 'lost' });
    const wait = AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)] ?? 4_000;
    this.#tries += 1;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#tryAgain(), wait);
  }

  /** Asks before the stream does: why a stream was refused is not said to a page. */
  async #tryAgain(): Promise<void> {
    try {
      const { status, body } = await this.#options.ask<unknown>('GET', this.#at);
      if (this.#isAway) return;
      if (status === 401) this.#leave('signed-out');
      else if (status === 403 || (status === 409 && isError(body))) this.#leave('no-agent');
      else if (status === 200) this.#open();
      else this.#lost();
    } catch {
      if (!this.#isAway) this.#lost();
    }
  }

  #leave(link: 'elsewhere' | 'signed-out' | 'no-agent'): void {
    this.stop();
    this.#options.take({ type: 'link', link });
  }

  #close(): void {
    this.#source?.close();
    this.#source = undefined;
  }
}
