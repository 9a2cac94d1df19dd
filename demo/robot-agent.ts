// An agent of the demo: a real SIP phone in the hands of a program that presses the keys a person would press.

import type { Phone } from '../asterisk/box/phones.ts';
import { seededRandom, type Random } from '../src/base/random.ts';

export interface RobotOptions {
  readonly number: string;
  readonly pin: string;
  readonly phone: Phone;
  readonly signInCode: string;
  readonly dispositionKeys: readonly string[];
  /** Mean wrap-up; each takes between half and one and a half of it. */
  readonly wrapUpMs: number;
  readonly seed: number;
}

const KEY_PAUSE_MS = 400;
const TRY_AGAIN_MS = 12_000;
const SIGN_IN_TRIES = 5;

export class RobotAgent {
  readonly #options: RobotOptions;
  readonly #random: Random;
  #timer: NodeJS.Timeout | undefined;
  #isHome = false;

  constructor(options: RobotOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  get number(): string {
    return this.#options.number;
  }

  /**
   * Dials the code, types number and PIN and gets ready; `state` tells what the daemon makes of the agent. A phone that
   * lost a key tries again, as a person would who hears the question once more.
   */
  async signIn(state: () => Promise<string>): Promise<void> {
    const { number } = this.#options;
    for (let tries = 0; tries < SIGN_IN_TRIES; tries += 1) {
      await this.#typeIn();
      if (await comesTrue(async () => (await state()) !== 'offline')) return this.#getReady(state);
      await this.hangUp();
    }
    throw new Error(`agent ${number} could not sign in by phone`);
  }

  async #typeIn(): Promise<void> {
    const { phone, signInCode, number, pin } = this.#options;
    await phone.dial(signInCode);
    await phone.until('established');
    await wait(KEY_PAUSE_MS);
    await phone.press(`${number}#`);
    await wait(KEY_PAUSE_MS);
    await phone.press(`${pin}#`);
  }

  async #getReady(state: () => Promise<string>): Promise<void> {
    const { number, phone } = this.#options;
    for (let tries = 0; tries < SIGN_IN_TRIES; tries += 1) {
      await phone.press('1');
      if (await comesTrue(async () => (await state()) !== 'paused')) return;
    }
    throw new Error(`agent ${number} could not get ready by phone`);
  }

  /** What the agent has become, as heard from the daemon. */
  sees(state: string): void {
    clearTimeout(this.#timer);
    if (this.#isHome) return;
    if (state === 'wrap-up') this.#after(this.#options.wrapUpMs * (0.5 + this.#random.next()), this.#someDisposition());
    if (state === 'paused') this.#after(1_500, '1');
  }

  /** Hangs up the phone; resolves when no call is left on it. */
  async hangUp(): Promise<void> {
    const { phone } = this.#options;
    if (!phone.is('idle')) await phone.hangUp();
    await phone.until('idle');
  }

  /** Presses no more keys. */
  goHome(): void {
    this.#isHome = true;
    clearTimeout(this.#timer);
  }

  #someDisposition(): string {
    const { dispositionKeys } = this.#options;
    return dispositionKeys[this.#random.integer(dispositionKeys.length)] ?? '#';
  }

  #after(delayMs: number, keys: string): void {
    this.#timer = setTimeout(() => {
      this.#options.phone.press(keys).catch(() => undefined); // the phone's process has gone: nothing to press
    }, delayMs);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Whether it holds before a phone would be tried again. */
async function comesTrue(holds: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + TRY_AGAIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await wait(150);
  }
  return true;
}
