// The browsers that are agents' phones: what each signs in to SIP with, kept in memory for as long as its session lasts,
// and the one connection over which it speaks SIP. With the session both are gone.

import { randomBytes } from 'node:crypto';
import { sipDigest } from '../../base/sip-digest.ts';
import { OperationalError } from '../../base/errors.ts';
import type { DeskPort } from '../../engine/agents/desk-port.ts';
import type { AgentNumber } from '../../terms.ts';
import { phoneNotBrowser } from '../../engine/agents/browser-phones.ts';

interface Line {
  readonly user: string;
  readonly password: string;
}

interface Known {
  readonly session: string;
  readonly line: Promise<Line>;
}

interface Open {
  readonly close: () => void;
  readonly unwatch: () => void;
}

type Desks = Pick<DeskPort, 'view' | 'subscribe' | 'admitBrowser' | 'browserConnection'>;

export class PhoneLines {
  readonly #desks: Desks;
  readonly #realm: string;
  readonly #known = new Map<AgentNumber, Known>();
  readonly #open = new Map<AgentNumber, Open>();

  /** `realm`: what Asterisk asks for passwords with. */
  constructor(desks: Desks, realm: string) {
    this.#desks = desks;
    this.#realm = realm;
  }

  /** The same for the whole session; refused with `no-session`, `phone-not-browser`, `asterisk-unreachable`. */
  async of(agent: AgentNumber): Promise<Line> {
    const session = this.#sessionOf(agent);
    const known = this.#known.get(agent);
    if (known?.session === session) return known.line;
    const made: Known = { session, line: this.#make(agent) };
    this.#known.set(agent, made);
    made.line.catch(() => this.#known.get(agent) === made && this.#known.delete(agent));
    return made.line;
  }

  async #make(agent: AgentNumber): Promise<Line> {
    const user = `web-${randomBytes(12).toString('hex')}`;
    const password = randomBytes(24).toString('base64url');
    await this.#desks.admitBrowser(agent, { name: user, digest: sipDigest(user, this.#realm, password) });
    return { user, password };
  }

  /** The session whose phone is the agent's browser; refused with `no-session`, `phone-not-browser`. */
  #sessionOf(agent: AgentNumber): string {
    const { session } = this.#desks.view(agent);
    if (session === undefined) {
      throw new OperationalError('no-session', 'You have no session.', {
        hint: 'Open a session first.',
        httpCode: 409,
      });
    }
    if (session.phoneKind === 'browser') return session.session;
    throw phoneNotBrowser();
  }

  /** Refused as above: a connection is for a browser that is a session's phone. */
  mayConnect(agent: AgentNumber): void {
    this.#sessionOf(agent);
  }

  /** A connection is there, in the place of an older one; the function that is returned is called when it is gone. */
  connected(agent: AgentNumber, close: () => void): () => void {
    const session = this.#sessionOf(agent);
    this.#open.get(agent)?.close();
    const unwatch = this.#desks.subscribe(agent, (view) => {
      if (view.session?.session !== session) close();
    });
    const open: Open = { close, unwatch };
    this.#open.set(agent, open);
    this.#desks.browserConnection(agent, true);
    return () => {
      unwatch();
      if (this.#open.get(agent) !== open) return;
      this.#open.delete(agent);
      this.#desks.browserConnection(agent, false);
    };
  }

  closeAll(): void {
    for (const { close } of [...this.#open.values()]) close();
  }
}
