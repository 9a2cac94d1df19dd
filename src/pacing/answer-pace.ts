// How many live answers a second there are, so that the budget of a window can be reckoned with what is still to come.
//
//   pace = (a + guess·W) ÷ (x + W),   a answers and x seconds, both forgetting over `MEMORY_S`,
// `guess` being what progressive dialing would have with the agents of the moment.

import type { Json } from './contract.ts';
import { numbersFrom } from './learned.ts';

const MEMORY_S = 7200;
/** The guess counts like this many seconds of observation. */
const GUESS_S = 600;
/** A longer time without a question or an answer is not counted: the campaign was closed. */
const LONGEST_GAP_S = 600;

export class AnswerPace {
  #answers = 0;
  #seconds = 0;
  #countedAt: number | undefined;

  /** A person answered at this instant. */
  answered(at: number): void {
    this.#pass(at);
    this.#answers += 1;
  }

  /** Lets the time up to `now` go uncounted: no agent worked. */
  skip(now: number): void {
    this.#countedAt = now;
  }

  /** Live answers per second; counts the time up to `now` as seen. */
  at(now: number, guess: number): number {
    this.#pass(now);
    return (this.#answers + guess * GUESS_S) / (this.#seconds + GUESS_S);
  }

  save(): Json {
    return [this.#answers, this.#seconds];
  }

  restore(saved: unknown, key: string): void {
    const [answers, seconds] = numbersFrom(saved, key, 2) ?? [];
    if (answers === undefined || seconds === undefined || seconds > MEMORY_S) return;
    this.#answers = answers;
    this.#seconds = seconds;
  }

  #pass(now: number): void {
    const passedS = Math.max(0, now - (this.#countedAt ?? now)) / 1000;
    this.#countedAt = now;
    if (passedS <= 0 || passedS > LONGEST_GAP_S) return;
    const recall = Math.exp(-passedS / MEMORY_S);
    this.#answers *= recall;
    this.#seconds = this.#seconds * recall + MEMORY_S * (1 - recall);
  }
}
