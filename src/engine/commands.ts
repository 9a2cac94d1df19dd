// Commands to the exchange: sent without waiting, and what is made of refusals. A leg that is to end must end.

import type { EngineEvent } from './events.ts';
import type { EngineParts, Refused } from './hub.ts';
import { TelephonyRefusal } from './ports.ts';
import type { TelephonyCommand } from './telephony-commands.ts';
import type { Timers } from './timers.ts';

const HANG_UP_AGAIN_MS = 2_000;

interface Parts {
  readonly parts: Pick<EngineParts, 'telephony' | 'log' | 'clock'>;
  readonly timers: Timers;
  readonly post: (event: EngineEvent) => void;
}

export class Commands {
  readonly #parts: Parts['parts'];
  readonly #timers: Timers;
  readonly #post: Parts['post'];

  constructor({ parts, timers, post }: Parts) {
    this.#parts = parts;
    this.#timers = timers;
    this.#post = post;
  }

  /** `then` follows once the exchange has accepted the command, `refused` says what event a refusal is. */
  run(command: TelephonyCommand, refused?: Refused, then?: EngineEvent): void {
    const accepted = this.#parts.telephony.execute(command).then(() => {
      if (then) this.#post(then);
    });
    accepted.catch((fault: unknown) => this.#refused(command, fault, refused));
  }

  #refused(command: TelephonyCommand, fault: unknown, refused?: Refused): void {
    const reason = fault instanceof TelephonyRefusal ? fault.reason : 'refused';
    const gone = reason === 'gone' && command.type !== 'add-to-bridge';
    const fields = { command: command.type, reason, fault: fault instanceof Error ? fault.message : String(fault) };
    if (gone) this.#parts.log.debug(fields, 'command came too late');
    else this.#parts.log.warn(fields, 'command refused');
    const event = refused?.(fields.fault, reason === 'link-down', reason === 'timeout');
    if (event) this.#post(event);
    if (command.type === 'hang-up' && !gone) this.#hangUpAgain(command);
  }

  /** Asked again until the exchange has accepted or no longer knows the leg. */
  #hangUpAgain(command: Extract<TelephonyCommand, { type: 'hang-up' }>): void {
    const at = this.#parts.clock.now() + HANG_UP_AGAIN_MS;
    this.#timers.set(`hang-up ${command.leg}`, at, () => this.run(command));
  }
}
