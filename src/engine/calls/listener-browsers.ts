// Browsers by which supervisors listen: each has an account of its own, dials in when its page has it, and is gone with
// the call. No browser is rung.

import { OperationalError } from '../../base/errors.ts';
import type { LegId } from '../../terms.ts';
import type { BrowserAccount } from '../agents/browser-account.ts';
import type { Hub } from '../hub.ts';
import { asteriskUnreachable } from '../asterisk-unreachable.ts';
import type { Listening } from './listening-orders.ts';

interface Browser {
  /** As in `Listening`. */
  readonly phone: string;
  /** Once it has dialed in. */
  readonly leg?: LegId;
}

export class ListenerBrowsers {
  readonly #hub: Hub;
  /** By the name of the account. */
  readonly #browsers = new Map<string, Browser>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Lets a browser dial in for `ear`; usable when it resolves. Refused with `not-listening` and `asterisk-unreachable`. */
  async admit(ear: Listening | undefined, { name, digest }: BrowserAccount): Promise<void> {
    const { world, parts } = this.#hub;
    if (ear?.state !== 'ringing') throw notListening();
    if (!world.linkUp) throw asteriskUnreachable();
    this.forget(ear.phone);
    this.#browsers.set(name, { phone: ear.phone });
    try {
      await parts.telephony.provision({ name, digest, label: ear.agent, browser: true });
    } catch (fault) {
      this.#browsers.delete(name);
      throw fault;
    }
    // It may have ended meanwhile.
    if (!this.#browsers.has(name)) this.#remove(name);
  }

  /** Whose browser has dialed in; undefined: it is none of a supervisor, or one that is in a call. */
  arrived(leg: LegId, account: string): string | undefined {
    const browser = this.#browsers.get(account);
    if (!browser || browser.leg !== undefined) return undefined;
    this.#browsers.set(account, { ...browser, leg });
    return browser.phone;
  }

  has(account: string): boolean {
    return this.#browsers.has(account);
  }

  ended(leg: LegId): void {
    for (const [name, browser] of this.#browsers) if (browser.leg === leg) this.#remove(name);
  }

  /** One that has not come is not waited for any longer. */
  forget(phone: string): void {
    for (const [name, browser] of this.#browsers) {
      if (browser.phone === phone && browser.leg === undefined) this.#remove(name);
    }
  }

  #remove(name: string): void {
    this.#browsers.delete(name);
    this.#hub.parts.telephony.removeAccount(name).catch((fault: unknown) => {
      this.#hub.parts.log.error({ account: name, fault }, 'the account of a browser could not be removed');
    });
  }
}

const notListening = (): OperationalError =>
  new OperationalError('not-listening', 'You do not wait to listen by your browser.', {
    hint: 'Begin to listen first.',
    httpCode: 409,
  });
