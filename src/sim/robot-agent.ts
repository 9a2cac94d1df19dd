// A simulated agent who works by phone alone: listens to the prompts and presses keys, as a person would.
// Signs in, gets ready, talks, gives a disposition after a random wrap-up, takes breaks, dials again when cut off.

import type { Clock } from '../base/clock.ts';
import type { Random } from '../base/random.ts';
import type { PhoneNotice, SimulatedPhone } from './phone.ts';
import type { Spread } from './population.ts';
import { lognormalMs } from './population.ts';

export interface RobotOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly phone: SimulatedPhone;
  readonly signInCode: string;
  readonly number: string;
  readonly pin: string;
  /** Keys of the dispositions to choose from. */
  readonly dispositionKeys: readonly string[];
  /** Key by which the campaign is chosen when there are several. */
  readonly campaignKey?: string;
  readonly wrapUp?: Spread;
  /** Dials again when the line ends; false for agents who are rung for each call. Default true. */
  readonly staysOnLine?: boolean;
  /** Chance of a break after a conversation, and its mean length (exponential). */
  readonly breaks?: { readonly chance: number; readonly meanMs: number };
  /** Chance that the agent ends the conversation, and after how long at most. */
  readonly hangUps?: { readonly chance: number; readonly withinMs: number };
}

const THINKING_MS: readonly [number, number] = [300, 1500];
const DIAL_AGAIN_MS = 3000;
/** Quiet for so long, an agent presses `1` to be sure of being ready. */
const IMPATIENCE_MS = 90_000;
const SIGN_IN_LIMIT_MS = 60_000;

/** Only an agent who has a session hears these. */
const SIGNED_IN_PROMPTS: ReadonlySet<string> = new Set([
  'signed-in',
  'welcome-back',
  'you-are-paused',
  'you-are-ready',
]);

export class RobotAgent {
  readonly #options: RobotOptions;
  readonly #timers = new Map<string, () => void>();
  #isOnDuty = false;
  #isOnBreak = false;
  #wantsBreak = false;
  /** Length of a break that somebody has planned. */
  #plannedMs: number | undefined;
  #isBusy = false;
  #conversations = 0;

  constructor(options: RobotOptions) {
    this.#options = options;
    options.phone.watch((notice) => this.#noticed(notice));
  }

  /** Conversations so far. */
  get conversations(): number {
    return this.#conversations;
  }

  /** Begins to work: dials the sign-in code, and again whenever the line is lost. */
  start(): void {
    this.#isOnDuty = true;
    this.#dial();
  }

  /** Goes on a break of that length, at once or when the conversation and its wrap-up are over. */
  goOnBreak(lengthMs: number): void {
    this.#wantsBreak = true;
    this.#plannedMs = lengthMs;
    if (this.#isBusy) return;
    this.#options.phone.press('0');
    this.#takeBreak();
  }

  /** Signs out after what is going on; a phone that still rings or talks later is put down. */
  finish(): void {
    this.#isOnDuty = false;
    for (const callOff of this.#timers.values()) callOff();
    this.#timers.clear();
    this.#options.phone.press('*9');
    this.#after('sign out', DIAL_AGAIN_MS, () => this.#options.phone.press('9'));
  }

  #noticed(notice: PhoneNotice): void {
    switch (notice.type) {
      case 'ringing': // called back by the exchange: no need to dial
        this.#callOff('dial');
        this.#callOff('sign-in limit');
        break;
      case 'in-call':
        this.#waitQuietly();
        break;
      case 'ended':
        this.#ended();
        break;
      case 'heard':
        this.#heard(notice.sound.replace(/^outdial\//, ''));
        break;
      case 'company':
        this.#company(notice.others);
        break;
    }
  }

  #heard(prompt: string): void {
    if (!this.#isOnDuty) return;
    if (SIGNED_IN_PROMPTS.has(prompt)) this.#callOff('sign-in limit');
    const { number, pin, campaignKey = '1' } = this.#options;
    switch (prompt) {
      case 'enter-agent-number':
        this.#pressSoon(`${number}#`);
        break;
      case 'enter-pin':
        this.#pressSoon(`${pin}#`);
        break;
      case 'choose-campaign':
        this.#pressSoon(campaignKey);
        break;
      case 'you-are-paused':
        if (!this.#isOnBreak) this.#pressSoon('1');
        break;
      case 'you-are-ready':
        this.#isOnBreak = false;
        break;
      case 'wrap-up':
        this.#wrapUp();
        break;
      default:
    }
    this.#waitQuietly();
  }

  #company(others: number): void {
    if (others === 0) {
      this.#callOff('hang up');
      this.#waitQuietly();
      return;
    }
    this.#conversations += 1;
    this.#isBusy = true;
    this.#callOff('sign-in limit');
    this.#callOff('patience');
    this.#callOff('press');
    const { random, hangUps, breaks, phone } = this.#options;
    this.#wantsBreak = random.next() < (breaks?.chance ?? 0) || this.#wantsBreak;
    if (hangUps && random.next() < hangUps.chance) {
      this.#after('hang up', 1000 + random.integer(hangUps.withinMs), () => phone.press('**'));
    }
  }

  #wrapUp(): void {
    const { random, wrapUp = { meanMs: 20_000, deviationMs: 10_000 }, dispositionKeys, phone } = this.#options;
    const key = dispositionKeys[random.integer(dispositionKeys.length)] ?? '#';
    this.#after('press', lognormalMs(random, wrapUp), () => {
      const goesOnBreak = this.#wantsBreak;
      this.#isBusy = false;
      phone.press(goesOnBreak ? `*0${key}` : key);
      if (goesOnBreak) this.#takeBreak();
    });
  }

  #takeBreak(): void {
    this.#isOnBreak = true;
    this.#wantsBreak = false;
    const { random, breaks } = this.#options;
    const lengthMs = this.#plannedMs ?? -Math.log(1 - random.next()) * (breaks?.meanMs ?? 0);
    this.#plannedMs = undefined;
    this.#after('break', DIAL_AGAIN_MS + Math.round(lengthMs), () => {
      this.#isOnBreak = false;
      this.#options.phone.press('1');
    });
  }

  #ended(): void {
    for (const callOff of this.#timers.values()) callOff();
    this.#timers.clear();
    this.#isOnBreak = false;
    this.#isBusy = false;
    const dialsAgain = this.#isOnDuty && (this.#options.staysOnLine ?? true);
    if (dialsAgain) this.#after('dial', DIAL_AGAIN_MS, () => this.#dial());
  }

  #dial(): void {
    const { phone, signInCode } = this.#options;
    if (phone.leg !== undefined) return;
    phone.dial(signInCode);
    this.#after('sign-in limit', SIGN_IN_LIMIT_MS, () => {
      phone.hangUp();
      this.#after('dial', DIAL_AGAIN_MS, () => this.#dial());
    });
  }

  /** Nothing heard for long: makes sure of being ready. */
  #waitQuietly(): void {
    if (!this.#isOnDuty) return;
    this.#after('patience', IMPATIENCE_MS, () => {
      if (!this.#isOnBreak) this.#options.phone.press('1');
      this.#waitQuietly();
    });
  }

  #pressSoon(keys: string): void {
    const [fromMs, toMs] = THINKING_MS;
    const { random, phone } = this.#options;
    this.#after('press', fromMs + random.integer(toMs - fromMs), () => phone.press(keys));
  }

  #after(what: string, delayMs: number, act: () => void): void {
    this.#callOff(what);
    const callOff = this.#options.clock.after(delayMs, () => {
      this.#timers.delete(what);
      act();
    });
    this.#timers.set(what, callOff);
  }

  #callOff(what: string): void {
    this.#timers.get(what)?.();
    this.#timers.delete(what);
  }
}
