// What a simulated shift came to: time of agents by state, answers, abandonments, dials.
// Counts only what happens within the measured shift.

export interface Figures {
  /** (talk + wrap-up of live calls) ÷ (logged-in time without breaks), 0–1. */
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly dials: number;
  readonly cancelled: number;
  /** Mean time an agent waits between two conversations, seconds. */
  readonly waitS: number;
  readonly mostLines: number;
}

export type TimeUse = 'away' | 'idle' | 'serving' | 'wasted';

export class Meter {
  readonly #fromS: number;
  readonly #toS: number;
  readonly #time = { away: 0, idle: 0, serving: 0, wasted: 0 };
  #conversations = 0;
  #liveAnswers = 0;
  #abandoned = 0;
  #dials = 0;
  #cancelled = 0;
  #mostLines = 0;

  constructor(fromS: number, toS: number) {
    this.#fromS = fromS;
    this.#toS = toS;
  }

  spent(use: TimeUse, sinceS: number, untilS: number): void {
    const from = Math.max(sinceS, this.#fromS);
    const to = Math.min(untilS, this.#toS);
    if (to > from) this.#time[use] += to - from;
  }

  dialed(t: number, lines: number): void {
    if (!this.#measures(t)) return;
    this.#dials += 1;
    this.#mostLines = Math.max(this.#mostLines, lines);
  }

  cancelled(t: number): void {
    if (this.#measures(t)) this.#cancelled += 1;
  }

  live(t: number): void {
    if (this.#measures(t)) this.#liveAnswers += 1;
  }

  abandoned(t: number): void {
    if (this.#measures(t)) this.#abandoned += 1;
  }

  connected(t: number): void {
    if (this.#measures(t)) this.#conversations += 1;
  }

  figures(): Figures {
    const { idle, serving, wasted } = this.#time;
    return {
      utilisation: serving / Math.max(1e-9, idle + serving + wasted),
      abandonRate: this.#abandoned / Math.max(1, this.#liveAnswers),
      liveAnswers: this.#liveAnswers,
      abandoned: this.#abandoned,
      dials: this.#dials,
      cancelled: this.#cancelled,
      waitS: idle / Math.max(1, this.#conversations),
      mostLines: this.#mostLines,
    };
  }

  #measures(t: number): boolean {
    return t >= this.#fromS && t < this.#toS;
  }
}
