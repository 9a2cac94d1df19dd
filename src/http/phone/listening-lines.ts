// The browsers by which supervisors listen: what each signs in to SIP with, and the one connection over which it speaks
// SIP. A page that is gone for good ends the listening.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { OperationalError } from '../../base/errors.ts';
import { sipDigest } from '../../base/sip-digest.ts';
import { browserOf } from '../../engine/calls/listening-orders.ts';
import type { Control } from '../../engine/control.ts';
import type { AgentNumber } from '../../terms.ts';
import type { PhoneLine } from '../wire/phone.ts';

/** How long a page may be without its connection: its sound goes another way meanwhile. */
const GONE_MS = 20_000;
/** What the browser dials, and where its WebSocket leads. */
const NUMBER = 'session';
export const LISTENING_SOCKET = '/api/listening/phone';

interface Line {
  readonly agent: AgentNumber;
  close?: () => void;
}

interface Parts {
  readonly control: Pick<Control, 'listenings' | 'admitListener' | 'endListening'>;
  readonly clock: Clock;
  /** What Asterisk asks for passwords with. */
  readonly realm: string;
}

export class ListeningLines {
  readonly #parts: Parts;
  /** By the user's name. */
  readonly #lines = new Map<string, Line>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A line of the user's own, in the place of an older one; refused with `not-listening`, `asterisk-unreachable`. */
  async of(user: string): Promise<PhoneLine> {
    const { control, realm } = this.#parts;
    const ear = control.listenings().find(({ phone }) => phone === browserOf(user));
    if (!ear) throw notListening();
    const name = `web-${randomBytes(12).toString('hex')}`;
    const password = randomBytes(24).toString('base64url');
    await control.admitListener(browserOf(user), { name, digest: sipDigest(name, realm, password) });
    this.#lines.get(user)?.close?.();
    this.#lines.set(user, { agent: ear.agent });
    return { user: name, password, number: NUMBER, socket: LISTENING_SOCKET };
  }

  /** Refused with `not-listening`: a connection is for who has a line. */
  mayConnect(user: string): void {
    if (!this.#lines.has(user)) throw notListening();
  }

  /** A connection is there, in the place of an older one; the function that is returned is called when it is gone. */
  connected(user: string, close: () => void): () => void {
    const line = this.#lines.get(user);
    if (!line) throw notListening();
    const before = line.close;
    line.close = close;
    before?.();
    return () => {
      if (line.close !== close) return;
      delete line.close;
      this.#parts.clock.after(GONE_MS, () => this.#gone(user, line));
    };
  }

  #gone(user: string, line: Line): void {
    if (this.#lines.get(user) !== line || line.close !== undefined) return;
    this.#lines.delete(user);
    void this.#parts.control.endListening(line.agent, browserOf(user));
  }

  closeAll(): void {
    for (const { close } of this.#lines.values()) close?.();
  }
}

const notListening = (): OperationalError =>
  new OperationalError('not-listening', 'You do not listen by this browser.', {
    hint: 'Choose an agent, and begin to listen.',
    httpCode: 409,
  });
