// What supervisors ask who want to hear an agent: by any phone of an account, which is rung, by their browser, or by a phone
// that has dialed in. What becomes of it is ears.ts.

import type { AgentSession } from '../../agent/session.ts';
import type { ListeningMode } from '../../agent/listening-mode.ts';
import { mayBeTakenOver } from '../../call/third-party.ts';
import type { AgentNumber, LegId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { listenerLeg } from '../legs.ts';
import type { BrowserAccount } from '../agents/browser-account.ts';
import { Ears } from './ears.ts';
import { ListenerBrowsers } from './listener-browsers.ts';
import type { Ear } from './ear.ts';
import { isBrowser, type DialedSupervisor, type Listening, type ListeningOrder } from './listening-orders.ts';
import { busy, noCall, notRegistered, notSignedIn, unknownPhone } from './listening-refusals.ts';
import type { ThirdParties } from './third-parties.ts';

const RING_MS = 30_000;

interface ListenersParts {
  readonly thirds: Pick<ThirdParties, 'takeOver' | 'hangUpTaken'>;
}

type NewEar = Pick<Ear, 'id' | 'leg' | 'phone' | 'mode' | 'by' | 'isBrowser' | 'stays' | 'isDialed'>;

export class Listeners {
  readonly #hub: Hub;
  readonly #ears: Ears;
  readonly #thirds: ListenersParts['thirds'];
  readonly #browsers: ListenerBrowsers;

  constructor(hub: Hub, { thirds }: ListenersParts) {
    this.#hub = hub;
    this.#thirds = thirds;
    this.#browsers = new ListenerBrowsers(hub);
    this.#ears = new Ears(hub, { thirds, browserOver: (ear) => this.#browserOver(ear) });
  }

  list(): readonly Listening[] {
    return this.#ears.all().map(({ agent, phone, mode, state, since, stays, by, isDialed }) => {
      return { agent, phone, mode, state, since, stays, by, ...(isDialed === true ? { isDialed } : {}) };
    });
  }

  /**
   * Begins, or changes the mode of who listens by that phone already. Refused with `agent-not-signed-in`,
   * `listener-unknown`, `listener-away`, `listener-busy` and `call-missing` (take-over needs a conversation).
   */
  ask(agent: AgentNumber, order: ListeningOrder): Promise<Listening> {
    try {
      return Promise.resolve(this.#ask(agent, order));
    } catch (refusal) {
      return Promise.reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
    }
  }

  #ask(agent: AgentNumber, { mode, phone, by, stays, browser }: ListeningOrder): Listening {
    const session = this.#sessionOf(agent);
    if (mode === 'take-over') this.#requireCall(session);
    const present = this.#ears.by(phone);
    if (present && present.agent !== agent) throw busy(phone, present.agent);
    if (present) return this.#ears.change(present, mode, stays ?? present.stays);
    const account = browser === true ? undefined : this.#accountOf(phone);
    const id = this.#hub.parts.newId();
    const leg = listenerLeg(id);
    const how = { mode, stays: stays === true, isBrowser: browser === true };
    const ear = this.#begin({ id, leg, phone, by, ...how }, session);
    if (account === undefined) {
      this.#hub.timers.set(`browser ${id}`, this.#hub.now() + RING_MS, () => this.#ears.forget(ear.leg));
      return ear;
    }
    const ring = { type: 'ring-agent', leg: ear.leg, account, label: agent } as const;
    this.#hub.run({ ...ring, ringTimeoutMs: RING_MS }, () => {
      this.#ears.forget(ear.leg);
      return undefined;
    });
    return ear;
  }

  #begin(ear: NewEar, { agent, session }: AgentSession): Ear {
    const begun: Ear = { ...ear, agent, session, state: 'ringing', since: this.#hub.now(), done: 'muted' };
    this.#ears.add(begun);
    return begun;
  }

  /** With a phone in it. */
  #sessionOf(agent: AgentNumber): AgentSession {
    const { sessions, sessionByAgent } = this.#hub.world;
    const session = sessions.get(sessionByAgent.get(agent) ?? '');
    if (session?.leg === undefined) throw notSignedIn(agent);
    return session;
  }

  #requireCall(session: AgentSession): void {
    const call = this.#ears.callOf(session);
    if (!call || !mayBeTakenOver(call)) throw noCall(session.agent);
  }

  /** Of a phone that can be rung. */
  #accountOf(phone: AgentNumber): string {
    const { agentsByNumber, registered, sessionByAgent } = this.#hub.world;
    const account = agentsByNumber.get(phone)?.account;
    if (account === undefined) throw unknownPhone(phone);
    if (!registered.has(account)) throw notRegistered(phone);
    if (sessionByAgent.has(phone)) throw busy(phone, phone);
    return account;
  }

  /** Ends who listens to the agent by that phone, or by any. */
  end(agent: AgentNumber, phone?: AgentNumber): Promise<void> {
    for (const ear of this.#ears.all()) {
      if (ear.agent === agent && (phone === undefined || ear.phone === phone)) this.#ears.letGo(ear, 'ended');
    }
    if (phone !== undefined && isBrowser(phone)) this.#thirds.hangUpTaken(agent, phone);
    return Promise.resolve();
  }

  // ---- supervisors who have dialed in

  /**
   * A supervisor who has dialed in hears that agent, muted, and no longer whom they heard before; it goes on to the agent's
   * next call. Refused with `agent-not-signed-in` and `listener-busy` (also for the supervisor's own number).
   */
  hear(agent: AgentNumber, { leg, phone, by }: DialedSupervisor): void {
    const session = this.#sessionOf(agent);
    if (agent === phone) throw busy(phone, phone);
    const elsewhere = this.#ears.by(phone);
    if (elsewhere && elsewhere.leg !== leg) throw busy(phone, elsewhere.agent);
    this.leave(leg);
    const id = this.#hub.parts.newId();
    this.#begin({ id, leg, phone, mode: 'listen', by, isBrowser: false, isDialed: true, stays: true }, session);
    void this.#ears.arrived(leg);
  }

  /** Refused with `call-missing` and `agent-not-signed-in`. */
  become(leg: LegId, mode: ListeningMode): void {
    const ear = this.#ears.at(leg);
    if (!ear) return;
    if (mode === 'take-over') this.#requireCall(this.#sessionOf(ear.agent));
    this.#ears.change(ear, mode, ear.stays);
  }

  /** Hears no one; the leg lives on. */
  leave(leg: LegId): void {
    const ear = this.#ears.at(leg);
    if (ear) this.#ears.partWith(ear);
  }

  // ---- browsers

  /** The browser by which that supervisor wants to listen may dial in; refused with `not-listening`. */
  admit(phone: string, account: BrowserAccount): Promise<void> {
    return this.#browsers.admit(this.#ears.by(phone), account);
  }

  /** Whether the account is that of a supervisor's browser. */
  hasBrowser(account: string): boolean {
    return this.#browsers.has(account);
  }

  /** A supervisor's browser has dialed in: its call takes the place of the phone that is rung. */
  async browserArrived(leg: LegId, account: string): Promise<void> {
    const phone = this.#browsers.arrived(leg, account);
    const waiting = phone === undefined ? undefined : this.#ears.by(phone);
    if (waiting?.state !== 'ringing') {
      this.#hub.run({ type: 'hang-up', leg });
      return;
    }
    this.#hub.timers.clear(`browser ${waiting.id}`);
    const ear = this.#ears.renamed(waiting, leg);
    try {
      await this.#hub.parts.telephony.execute({ type: 'answer', leg });
    } catch (fault) {
      this.#ears.cannot(ear, fault);
      return;
    }
    await this.#ears.arrived(leg);
  }

  #browserOver({ id, phone }: Ear): void {
    this.#hub.timers.clear(`browser ${id}`);
    this.#browsers.forget(phone);
  }

  // ---- what happens

  has(leg: LegId): boolean {
    return this.#ears.at(leg) !== undefined;
  }

  /** The supervisor has picked up. */
  arrived(leg: LegId): Promise<void> {
    return this.#ears.arrived(leg);
  }

  readonly stepped: Ears['stepped'] = (...step) => this.#ears.stepped(...step);

  /** A phone is gone: the supervisor's, or the agent's. */
  ended(leg: LegId): void {
    this.#browsers.ended(leg);
    this.#ears.ended(leg);
  }
}
