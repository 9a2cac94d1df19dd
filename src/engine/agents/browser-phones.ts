// Browsers as agents' phones: which account is whose session's, who dials in with it, and what is done while a browser's
// connection for SIP is away. A browser is never rung: it is waited for, takes its seat like any phone when it comes, and
// sits in the place of the one that sat there before.

import { OperationalError } from '../../base/errors.ts';
import type { AgentNumber, LegId, SessionId } from '../../terms.ts';
import type { AgentPhones } from './agent-phones.ts';
import type { BrowserAccount } from './browser-account.ts';
import { asteriskUnreachable } from '../asterisk-unreachable.ts';
import type { Hub } from '../hub.ts';

/** As long as the connection is away, the phone is asked after this often: its sound may outlive it. */
const DOUBT_EVERY_MS = 3_000;
/** The good-bye is heard before the account goes. */
const GOODBYE_MS = 10_000;

interface Owner {
  readonly agent: AgentNumber;
  readonly session: SessionId;
}

export class BrowserPhones {
  readonly #hub: Hub;
  readonly #phones: Pick<AgentPhones, 'seat'>;
  readonly #owners = new Map<string, Owner>();
  readonly #legs = new Set<LegId>();

  constructor(hub: Hub, phones: Pick<AgentPhones, 'seat'>) {
    this.#hub = hub;
    this.#phones = phones;
  }

  /**
   * Lets a browser dial into the agent's session with that account; usable when it resolves, and gone with the session.
   * Refused with `phone-not-browser` and `asterisk-unreachable`.
   */
  async admit(agent: AgentNumber, { name, digest }: BrowserAccount): Promise<void> {
    const { world, parts } = this.#hub;
    const session = world.sessions.get(world.sessionByAgent.get(agent) ?? '');
    if (session?.browser !== true) throw phoneNotBrowser();
    if (!world.linkUp) throw asteriskUnreachable();
    this.#owners.set(name, { agent, session: session.session });
    try {
      await parts.telephony.provision({ name, digest, label: session.name, browser: true });
    } catch (fault) {
      this.#owners.delete(name);
      throw fault;
    }
    // It may have ended meanwhile.
    if (!world.sessions.has(session.session)) this.#remove(name);
  }

  /** A browser has dialed in. */
  arrived(leg: LegId, account: string): void {
    const owner = this.#owners.get(account);
    const session = this.#hub.world.sessions.get(owner?.session ?? '');
    if (session?.browser !== true) return this.#hub.run({ type: 'hang-up', leg });
    this.#legs.add(leg);
    this.#hub.runThen({ type: 'answer', leg }, { type: 'browser-answered', session: session.session, leg });
  }

  /** Whether a browser is at the end of the leg, whatever the session's phone is by now. */
  has(leg: LegId): boolean {
    return this.#legs.has(leg);
  }

  ended(leg: LegId): void {
    this.#legs.delete(leg);
  }

  answered(session: SessionId, leg: LegId): void {
    if (this.#hub.world.sessions.get(session)?.browser === true) return this.#phones.seat(session, leg);
    this.#hub.run({ type: 'hang-up', leg });
  }

  /** The connection over which the agent's browser speaks SIP is there, or gone. What is said goes another way. */
  connection(agent: AgentNumber, isThere: boolean): void {
    const timer = `browser ${agent}`;
    if (isThere) return this.#hub.timers.clear(timer);
    const { sessions, sessionByAgent } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(agent) ?? '');
    if (session?.browser !== true) return this.#hub.timers.clear(timer);
    if (session.leg !== undefined) this.#hub.run({ type: 'doubt', leg: session.leg });
    this.#hub.timers.set(timer, this.#hub.now() + DOUBT_EVERY_MS, () => this.connection(agent, false));
  }

  /** The session is over, and with it whatever could dial into it. */
  closed(agent: AgentNumber): void {
    this.#hub.timers.clear(`browser ${agent}`);
    for (const [name, owner] of this.#owners) {
      if (owner.agent !== agent || this.#hub.world.sessions.has(owner.session)) continue;
      this.#owners.delete(name);
      this.#hub.timers.set(`account ${name}`, this.#hub.now() + GOODBYE_MS, () => this.#remove(name));
    }
  }

  #remove(name: string): void {
    this.#owners.delete(name);
    this.#hub.parts.telephony.removeAccount(name).catch((fault: unknown) => {
      this.#hub.parts.log.error({ account: name, fault }, 'the account of a browser could not be removed');
    });
  }
}

/** The agent's session has another phone. */
export const phoneNotBrowser = (): OperationalError =>
  new OperationalError('phone-not-browser', 'The phone of your session is not the browser.', {
    hint: 'Open a session with the phone in the browser, or change to it.',
    httpCode: 409,
  });
