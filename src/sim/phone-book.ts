// The SIP accounts that the simulated exchange knows and the phones registered with them: who can be rung,
// and what a phone reaches when it dials.

import type { Clock } from '../base/clock.ts';
import { sipDigest } from '../base/sip-digest.ts';
import type { SipAccount } from '../engine/ports.ts';
import { TelephonyRefusal } from '../engine/ports.ts';
import type { Dialplan } from './dialplan.ts';
import type { PhoneOptions } from './phone.ts';
import { SimulatedPhone } from './phone.ts';
import type { Leg, Switchboard } from './switchboard.ts';
import type { ControlLink } from './wire.ts';

const NOT_ALLOWED = 'outdial/number-not-allowed';
/** What a browser dials to join what it was made for. */
const BROWSER_DIALS = 'session';
const NOT_AVAILABLE = 'outdial/dialer-not-available';

export interface PhoneBookParts {
  readonly clock: Clock;
  readonly link: ControlLink;
  readonly switchboard: Switchboard;
  readonly dialplan: Dialplan;
  readonly signInCode: string;
  readonly listenCode: string;
}

export class PhoneBook {
  readonly #parts: PhoneBookParts;
  readonly #accounts = new Map<string, SipAccount>();
  readonly #phones = new Map<string, SimulatedPhone>();
  #dialedCalls = 0;

  constructor(parts: PhoneBookParts) {
    this.#parts = parts;
  }

  provision(account: SipAccount): void {
    this.#accounts.set(account.name, account);
  }

  remove(name: string): void {
    this.#accounts.delete(name);
    this.#phones.get(name)?.leave();
    this.#phones.delete(name);
  }

  /** A phone registered with the account; undefined when the account is unknown or the password wrong. */
  phone(name: string, options: PhoneOptions): SimulatedPhone | undefined {
    const account = this.#accounts.get(name);
    if (!account || !mayRegister(account, options.password)) return undefined;
    const { clock, switchboard, link, dialplan } = this.#parts;
    const phone = new SimulatedPhone(
      name,
      {
        clock,
        switchboard,
        registered: (isRegistered) => {
          link.send(`phone ${name}`, { type: 'phone', at: clock.now(), account: name, registered: isRegistered });
        },
        dialed: (from, code) => this.#dialed(from, code),
        pickedUp: (leg) => {
          switchboard.answer(leg);
          dialplan.handOver(leg);
        },
      },
      options,
    );
    this.#phones.set(name, phone);
    phone.register();
    return phone;
  }

  /** Rings the account's phone; refused as `unreachable` when none is registered. */
  ring(id: string, account: string, ringTimeoutMs: number): void {
    const phone = this.#phones.get(account);
    if (!phone?.isRegistered) throw new TelephonyRefusal('unreachable', `no phone of ${account} is registered`);
    const { clock, switchboard } = this.#parts;
    const leg = switchboard.open({ id, kind: 'agent', to: account, farEnd: {} });
    clock.after(ringTimeoutMs, () => {
      if (leg.answeredAt === undefined) switchboard.end(leg, { cause: 19, byFarEnd: false });
    });
    clock.after(1, () => {
      if (leg.state !== 'ended') phone.rung(leg);
    });
  }

  #dialed(phone: SimulatedPhone, code: string): Leg {
    const { clock, switchboard, link } = this.#parts;
    this.#dialedCalls += 1;
    const id = `phone-${clock.now()}.${this.#dialedCalls}`;
    const kind = this.#reached(phone, code);
    const leg = switchboard.open({ id, kind: kind ?? 'sign-in', to: phone.account, farEnd: phone });
    clock.after(1, () => {
      if (leg.state === 'ended') return;
      leg.state = 'ringing';
      if (kind === undefined) this.#refuse(leg, NOT_ALLOWED, 21);
      else if (link.isCommanded) switchboard.arrive(leg);
      else this.#refuse(leg, NOT_AVAILABLE, 31);
    });
    return leg;
  }

  /** What a phone reaches by that code; undefined: nothing. */
  #reached({ account }: SimulatedPhone, code: string): 'browser' | 'sign-in' | 'listening' | undefined {
    const { signInCode, listenCode } = this.#parts;
    if (this.#accounts.get(account)?.browser === true) return code === BROWSER_DIALS ? 'browser' : undefined;
    if (code === signInCode) return 'sign-in';
    return code === listenCode ? 'listening' : undefined;
  }

  /** The dialplan says why not, and hangs up. */
  #refuse(leg: Leg, sound: string, cause: number): void {
    const { clock, switchboard } = this.#parts;
    leg.state = 'up';
    switchboard.hear(leg, sound);
    clock.after(2000, () => switchboard.end(leg, { cause, byFarEnd: false }));
  }
}

/** A phone that says no password has the right one. */
function mayRegister({ name, digest }: SipAccount, password: string | undefined): boolean {
  return password === undefined || sipDigest(name, digest.realm, password).md5 === digest.md5;
}
