// Supervisors who hear an agent's call, by any phone of an account: muted at first, whatever was asked for, then as asked.
// An ear (a snoop channel) hangs on the agent's own leg and sits in a bridge with the supervisor's; who speaks to both
// sits in the agent's bridge instead. The agent's own controls stay as they are.

import type { Call } from '../../call/call.ts';
import type { AgentNumber, LegId, SessionId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { listenerLeg, listeningBridge } from '../legs.ts';
import type { BrowserAccount } from '../agents/browser-account.ts';
import type { LiveCall } from '../world.ts';
import { ListenerBrowsers } from './listener-browsers.ts';
import type { Ear } from './ear.ts';
import { isBrowser, type Listening, type ListeningOrder } from './listening-orders.ts';
import { busy, noCall, notRegistered, notSignedIn, unknownPhone } from './listening-refusals.ts';
import type { ThirdParties } from './third-parties.ts';

const RING_MS = 30_000;

interface ListenersParts {
  readonly thirds: Pick<ThirdParties, 'takeOver' | 'hangUpTaken'>;
}

export class Listeners {
  readonly #hub: Hub;
  readonly #parts: ListenersParts;
  /** By the supervisor's leg. */
  readonly #ears = new Map<LegId, Ear>();
  readonly #browsers: ListenerBrowsers;

  constructor(hub: Hub, parts: ListenersParts) {
    this.#hub = hub;
    this.#parts = parts;
    this.#browsers = new ListenerBrowsers(hub);
  }

  list(): readonly Listening[] {
    return [...this.#ears.values()].map(({ agent, phone, mode, state, since, stays, by }) => {
      return { agent, phone, mode, state, since, stays, by };
    });
  }

  /**
   * Begins, or changes the mode of who listens by that phone already. Refused with `agent-unknown`, `agent-not-signed-in`,
   * `phone-not-registered`, `listener-busy` and `call-missing` (whisper, barge and take-over need a conversation).
   */
  ask(agent: AgentNumber, order: ListeningOrder): Promise<Listening> {
    try {
      return Promise.resolve(this.#ask(agent, order));
    } catch (refusal) {
      return Promise.reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
    }
  }

  #ask(agent: AgentNumber, order: ListeningOrder): Listening {
    const { world } = this.#hub;
    const session = world.sessions.get(world.sessionByAgent.get(agent) ?? '');
    if (session?.leg === undefined) throw notSignedIn(agent);
    if (order.mode === 'take-over' && this.#callOf(session.session) === undefined) throw noCall(agent);
    const present = [...this.#ears.values()].find((ear) => ear.phone === order.phone);
    if (present && present.agent !== agent) throw busy(order.phone, present.agent);
    if (present) return this.#change(present, order);
    const account = order.browser === true ? undefined : this.#accountOf(order.phone);
    const id = this.#hub.parts.newId();
    const ear: Ear = {
      id,
      agent,
      phone: order.phone,
      mode: order.mode,
      state: 'ringing',
      stays: order.stays === true,
      by: order.by,
      isBrowser: order.browser === true,
      leg: listenerLeg(id),
      session: session.session,
      since: this.#hub.now(),
      done: 'muted',
    };
    this.#ears.set(ear.leg, ear);
    world.listening.set(ear.leg, { own: listeningBridge(id) });
    if (account === undefined) {
      this.#hub.timers.set(`browser ${id}`, this.#hub.now() + RING_MS, () => this.#forget(ear.leg));
      return ear;
    }
    const ring = { type: 'ring-agent', leg: ear.leg, account, label: agent } as const;
    this.#hub.run({ ...ring, ringTimeoutMs: RING_MS }, () => {
      this.#forget(ear.leg);
      return undefined;
    });
    return ear;
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

  #change(ear: Ear, order: ListeningOrder): Listening {
    const next = { ...ear, mode: order.mode, stays: order.stays ?? ear.stays };
    this.#ears.set(ear.leg, next);
    if (next.state === 'on') void this.#carryOut(next);
    return next;
  }

  /** Ends who listens to the agent by that phone, or by any. */
  end(agent: AgentNumber, phone?: AgentNumber): Promise<void> {
    for (const ear of this.#ears.values()) {
      if (ear.agent === agent && (phone === undefined || ear.phone === phone)) this.#letGo(ear);
    }
    if (phone !== undefined && isBrowser(phone)) this.#parts.thirds.hangUpTaken(agent, phone);
    return Promise.resolve();
  }

  /** The browser by which that supervisor wants to listen may dial in; refused with `not-listening`. */
  admit(phone: string, account: BrowserAccount): Promise<void> {
    return this.#browsers.admit(
      [...this.#ears.values()].find((ear) => ear.phone === phone),
      account,
    );
  }

  /** Whether the account is that of a supervisor's browser. */
  hasBrowser(account: string): boolean {
    return this.#browsers.has(account);
  }

  /** A supervisor's browser has dialed in: its call takes the place of the phone that is rung. */
  async browserArrived(leg: LegId, account: string): Promise<void> {
    const phone = this.#browsers.arrived(leg, account);
    const waiting = [...this.#ears.values()].find((ear) => ear.phone === phone && ear.state === 'ringing');
    if (phone === undefined || !waiting) {
      this.#hub.run({ type: 'hang-up', leg });
      return;
    }
    this.#ears.delete(waiting.leg);
    this.#hub.world.listening.delete(waiting.leg);
    this.#hub.timers.clear(`browser ${waiting.id}`);
    const ear = { ...waiting, leg };
    this.#ears.set(leg, ear);
    this.#hub.world.listening.set(leg, { own: listeningBridge(ear.id) });
    try {
      await this.#hub.parts.telephony.execute({ type: 'answer', leg });
    } catch (fault) {
      this.#hub.parts.log.warn({ agent: ear.agent, fault }, 'a supervisor cannot listen');
      this.#letGo(ear);
      return;
    }
    await this.arrived(leg);
  }

  has(leg: LegId): boolean {
    return this.#ears.has(leg);
  }

  /** The supervisor has picked up: muted before anything is heard of them. */
  async arrived(leg: LegId): Promise<void> {
    const ear = this.#ears.get(leg);
    const agentLeg = this.#hub.world.sessions.get(ear?.session ?? '')?.leg;
    if (!ear || agentLeg === undefined) {
      this.#hub.run({ type: 'hang-up', leg });
      return;
    }
    const { telephony, log } = this.#hub.parts;
    const bridge = listeningBridge(ear.id);
    try {
      await telephony.execute({ type: 'mute', leg });
      await telephony.execute({ type: 'create-bridge', bridge });
      await telephony.execute({ type: 'add-to-bridge', bridge, leg });
      await telephony.execute({ type: 'listen', leg: agentLeg, ear: ear.id, bridge });
      const on: Ear = { ...(this.#ears.get(leg) ?? ear), state: 'on', since: this.#hub.now(), done: 'listen' };
      this.#ears.set(leg, on);
      this.#announce(on);
      log.info({ agent: ear.agent, phone: ear.phone, by: ear.by, mode: on.mode }, 'a supervisor listens');
      await this.#carryOut(on);
    } catch (fault) {
      log.warn({ agent: ear.agent, fault }, 'a supervisor cannot listen');
      this.#letGo(ear);
    }
  }

  /** From what the exchange has done last to what is wanted. A supervisor who is not to be heard is muted first. */
  async #carryOut(ear: Ear): Promise<void> {
    const { telephony, log } = this.#hub.parts;
    const { leg, mode } = ear;
    const session = this.#hub.world.sessions.get(ear.session);
    if (!session) {
      this.#letGo(ear);
      return;
    }
    const isWithBoth = mode === 'barge' || mode === 'take-over';
    try {
      if (mode === 'listen') await telephony.execute({ type: 'mute', leg });
      const own = listeningBridge(ear.id);
      this.#hub.world.listening.set(leg, { own, ...(isWithBoth ? { into: session.bridge } : {}) });
      const bridge = isWithBoth ? session.bridge : own;
      await telephony.execute({ type: 'add-to-bridge', bridge, leg });
      if (mode !== 'listen') await telephony.execute({ type: 'unmute', leg });
      this.#ears.set(leg, this.#written({ ...(this.#ears.get(leg) ?? ear), done: mode }));
      if (mode === 'take-over') this.#takeOver(ear);
    } catch (fault) {
      log.warn({ agent: ear.agent, mode, fault }, 'a supervisor is not heard as asked for');
    }
  }

  /** The person is the supervisor's: the agent wraps up. From here on it is a call with a third party. */
  #takeOver(ear: Ear): void {
    const call = this.#callOf(ear.session);
    if (!call) return;
    this.#end(ear);
    this.#ears.delete(ear.leg);
    this.#hub.world.listening.delete(ear.leg);
    this.#clear(ear);
    this.#parts.thirds.takeOver(call, { id: ear.id, leg: ear.leg, phone: ear.phone, agent: ear.agent });
  }

  #callOf(session: SessionId): Call | undefined {
    const { sessions, calls } = this.#hub.world;
    const call = calls.get(sessions.get(session)?.attempt ?? '')?.call;
    return call?.state === 'talking' && call.session === session ? call : undefined;
  }

  #announce({ session }: Ear): void {
    const present = this.#hub.world.sessions.get(session);
    const sound = this.#hub.world.campaigns.get(present?.campaign ?? '')?.definition.listening?.announce;
    if (!present || sound === undefined || this.#callOf(session) === undefined) return;
    const to = { bridge: present.bridge };
    this.#hub.run({ type: 'play', playback: `listening-${present.session}`, to, sounds: [sound] });
  }

  // ---- the books, and the end

  /** A call has taken a step: whoever hears the agent is written down in it, and stays for the next one or not. */
  stepped(before: Call | undefined, { call }: LiveCall): void {
    if (this.#ears.size === 0) return;
    for (const ear of [...this.#ears.values()]) {
      const isTheirs = before?.session === ear.session || call.session === ear.session;
      if (!isTheirs || ear.state !== 'on') continue;
      const isOver = call.state !== 'talking' && before?.state === 'talking';
      if (isOver && !ear.stays) this.#letGo(ear);
      else if (isOver) this.#ears.set(ear.leg, this.#end(ear));
      else if (call.state === 'talking' && ear.part === undefined) this.#ears.set(ear.leg, this.#written(ear));
    }
  }

  #written(ear: Ear): Ear {
    const attempt = this.#callOf(ear.session)?.attempt;
    const ended = this.#end(ear);
    if (attempt === undefined) return ended;
    const who = `${ear.phone} ${ear.done}`;
    const part = { attempt, part: 'listen', who, startedAt: this.#hub.now() } as const;
    this.#hub.writer.write(() => this.#hub.parts.store.callParts.begun(part));
    return { ...ended, part };
  }

  #end(ear: Ear): Ear {
    const { part, ...rest } = ear;
    const now = this.#hub.now();
    if (part) this.#hub.writer.write(() => this.#hub.parts.store.callParts.ended(part, now));
    return rest;
  }

  /** The phone at the end of it is gone. */
  ended(leg: LegId): void {
    this.#browsers.ended(leg);
    const ear = this.#ears.get(leg);
    if (!ear) return;
    this.#end(ear);
    this.#clear(ear);
    this.#forget(leg);
  }

  #letGo(ear: Ear): void {
    this.#end(ear);
    if (ear.leg !== listenerLeg(ear.id) || !ear.isBrowser) this.#hub.run({ type: 'hang-up', leg: ear.leg });
    this.#clear(ear);
    this.#forget(ear.leg);
  }

  #clear({ id, state }: Ear): void {
    if (state === 'ringing') return;
    this.#hub.run({ type: 'stop-listening', ear: id });
    this.#hub.run({ type: 'destroy-bridge', bridge: listeningBridge(id) });
  }

  #forget(leg: LegId): void {
    const ear = this.#ears.get(leg);
    if (ear?.isBrowser === true) {
      this.#hub.timers.clear(`browser ${ear.id}`);
      this.#browsers.forget(ear.phone);
    }
    this.#ears.delete(leg);
    this.#hub.world.listening.delete(leg);
  }
}
