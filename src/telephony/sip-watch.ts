// Asks our own Asterisk by SIP, every few seconds, whether it answers: calls and registrations can stand still while its
// control interface says that all is well. Reports a change; nothing waits for it.

import type { Log } from '../base/log.ts';
import { askSip, type SipAddress } from './sip-probe.ts';

/** `unknown`: it has never answered from here, so that silence says nothing. */
export type SipState = 'unknown' | 'ok' | 'silent';

/** While it is silent it is asked more often. */
const PAUSES = { wellMs: 10_000, silentMs: 2_000 };
const ASKER = 'outdial-health';

export class SipWatch {
  readonly #log: Log;
  readonly #find: () => Promise<SipAddress | undefined>;
  readonly #pauses: typeof PAUSES;
  #state: SipState = 'unknown';
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(log: Log, find: () => Promise<SipAddress | undefined>, pauses = PAUSES) {
    this.#log = log;
    this.#find = find;
    this.#pauses = pauses;
  }

  get state(): SipState {
    return this.#state;
  }

  start(): void {
    this.#isStopped = false;
    void this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const answers = await this.#answers();
    if (this.#isStopped) return;
    this.#note(answers);
    const pauseMs = this.#state === 'silent' ? this.#pauses.silentMs : this.#pauses.wellMs;
    this.#timer = setTimeout(() => void this.#ask(), pauseMs).unref();
  }

  /** Undefined: could not be asked. */
  async #answers(): Promise<boolean | undefined> {
    try {
      const address = await this.#find();
      if (address === undefined) return undefined;
      const codes = await Promise.all(
        ['OPTIONS', 'REGISTER'].map((method) => askSip(address, { method, from: ASKER })),
      );
      // 503: it is alive and takes nothing on.
      return codes.every((code) => code !== undefined && code < 500);
    } catch {
      return undefined; // the control link reports itself
    }
  }

  #note(answers: boolean | undefined): void {
    const before = this.#state;
    if (answers === true) this.#state = 'ok';
    else if (answers === false && before !== 'unknown') this.#state = 'silent';
    if (this.#state === before || before === 'unknown') return;
    if (this.#state === 'ok') this.#log.warn({}, 'Asterisk answers SIP again');
    else
      this.#log.error(
        { hint: '`core show taskprocessors` in Asterisk' },
        'Asterisk does not answer SIP: no phone, no call gets through',
      );
  }
}
