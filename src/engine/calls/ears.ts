// Those who hear an agent now, or wait for it: put in their places by the exchange, one change after the other, written down in
// the call's books, announced to the people in it where the campaign says so, and let go at the end. Who may ask is listeners.ts.

import type { ListenInEvent } from '../../agent/listen-in.ts';
import type { ListeningMode } from '../../agent/listening-mode.ts';
import type { Call } from '../../call/call.ts';
import { mayBeTakenOver } from '../../call/third-party.ts';
import type { LegId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import { listenerLeg, listeningBridge } from '../legs.ts';
import type { LiveCall } from '../world.ts';
import { EarPlaces } from './ear-places.ts';
import type { Ear } from './ear.ts';
import { ListeningBook } from './listening-book.ts';
import type { ThirdParties } from './third-parties.ts';

/** Why the agent is heard no longer. */
type Why = 'agent-left' | 'ended';

interface EarsParts {
  readonly thirds: Pick<ThirdParties, 'takeOver'>;
  /** One by a browser is over, or its browser has not come. */
  readonly browserOver: (ear: Ear) => void;
}

export class Ears {
  readonly #hub: Hub;
  readonly #parts: EarsParts;
  readonly #places: EarPlaces;
  readonly #book: ListeningBook;
  /** By the supervisor's leg. */
  readonly #ears = new Map<LegId, Ear>();
  /** Legs whose change of mode is under way. */
  readonly #changing = new Set<LegId>();

  constructor(hub: Hub, parts: EarsParts) {
    this.#hub = hub;
    this.#parts = parts;
    this.#places = new EarPlaces(hub);
    this.#book = new ListeningBook(hub);
  }

  all(): readonly Ear[] {
    return [...this.#ears.values()];
  }

  at(leg: LegId): Ear | undefined {
    return this.#ears.get(leg);
  }

  by(phone: string): Ear | undefined {
    return this.all().find((ear) => ear.phone === phone);
  }

  add(ear: Ear): void {
    this.#ears.set(ear.leg, ear);
    this.#hub.world.listening.set(ear.leg, { own: listeningBridge(ear.id) });
  }

  /** The leg of a browser that has dialed in takes the place of a name. */
  renamed(ear: Ear, leg: LegId): Ear {
    this.#ears.delete(ear.leg);
    this.#hub.world.listening.delete(ear.leg);
    const renamed = { ...ear, leg };
    this.add(renamed);
    return renamed;
  }

  change(ear: Ear, mode: ListeningMode, stays: boolean): Ear {
    const { isQuiet: _quiet, ...asked } = ear;
    const next = { ...asked, mode, stays };
    this.#ears.set(ear.leg, next);
    if (ear.state === 'on' && ear.done === mode) this.#say(ear, { type: 'mode-set', mode });
    void this.#follow(ear.leg);
    return next;
  }

  #say({ leg, isDialed }: Ear, event: ListenInEvent): void {
    if (isDialed === true) this.#hub.post({ type: 'listen-in', leg, event });
  }

  // ---- on the exchange

  /** The supervisor has picked up. */
  async arrived(leg: LegId): Promise<void> {
    const ear = this.#ears.get(leg);
    const agentLeg = this.#hub.world.sessions.get(ear?.session ?? '')?.leg;
    if (!ear || agentLeg === undefined) {
      if (ear) this.letGo(ear, 'agent-left');
      else this.#hub.run({ type: 'hang-up', leg });
      return;
    }
    this.#ears.set(leg, { ...ear, on: agentLeg });
    try {
      if (!(await this.#places.hang(ear, agentLeg, () => this.#isStill(ear)))) return;
    } catch (fault) {
      this.cannot(ear, fault);
      return;
    }
    const now = this.#ears.get(leg) ?? ear;
    const on = this.#written({ ...now, state: 'on', since: this.#hub.now(), done: 'listen' });
    this.#ears.set(leg, on);
    this.#announce(on);
    this.#hub.parts.log.info({ agent: ear.agent, phone: ear.phone, by: ear.by, mode: on.mode }, 'a supervisor listens');
    this.#say(on, { type: 'begun' });
    await this.#follow(leg);
  }

  #isStill({ id, leg }: Pick<Ear, 'id' | 'leg'>): boolean {
    return this.#ears.get(leg)?.id === id;
  }

  /** One who is gone by then needs no word. */
  cannot(ear: Ear, fault: unknown): void {
    const present = this.#ears.get(ear.leg);
    if (present?.id !== ear.id) return;
    this.#hub.parts.log.warn({ agent: ear.agent, fault }, 'a supervisor cannot listen');
    this.letGo(present, 'ended');
  }

  /** One change after the other, until what is wanted is done: two at once could leave a muted supervisor heard. */
  async #follow(leg: LegId): Promise<void> {
    if (this.#changing.has(leg)) return;
    this.#changing.add(leg);
    try {
      let ear = this.#ears.get(leg);
      while (ear?.state === 'on' && ear.mode !== ear.done) {
        await this.#carryOut(ear);
        ear = this.#ears.get(leg);
      }
    } finally {
      this.#changing.delete(leg);
    }
  }

  async #carryOut(ear: Ear): Promise<void> {
    const { leg, mode } = ear;
    const session = this.#hub.world.sessions.get(ear.session);
    if (!session) {
      this.letGo(ear, 'agent-left');
      return;
    }
    try {
      if (!(await this.#places.place(ear, session.bridge, () => this.#isStill(ear)))) return;
    } catch (fault) {
      this.#notHeard(ear, fault);
      return;
    }
    const now = this.#ears.get(leg) ?? ear;
    if (mode === 'take-over') {
      this.#takeOver({ ...now, done: 'barge' });
      return;
    }
    this.#ears.set(leg, this.#written({ ...now, done: mode }));
    if (now.isQuiet !== true) this.#say(ear, { type: 'mode-set', mode });
  }

  /** Back to where no one hears them; where that cannot be done either, the supervisor is let go. */
  #notHeard(ear: Ear, fault: unknown): void {
    const { agent, mode, leg } = ear;
    const now = this.#ears.get(leg);
    if (now?.id !== ear.id) return;
    this.#hub.parts.log.warn({ agent, mode, fault }, 'a supervisor is not heard as asked for');
    if (mode === 'listen') {
      this.letGo(now, 'ended');
      return;
    }
    this.#ears.set(leg, { ...now, mode: 'listen', done: 'muted', isQuiet: true });
    this.#say(ear, { type: 'mode-refused' });
  }

  /** The person is the supervisor's: the agent wraps up. From here on it is a call with a third party. */
  #takeOver(ear: Ear): void {
    const call = this.callOf(ear);
    const isWanted = ear.mode === 'take-over';
    if (!isWanted || !call || !mayBeTakenOver(call)) {
      // Over, given away or another supervisor's meanwhile.
      this.#ears.set(ear.leg, isWanted ? { ...ear, mode: 'listen', isQuiet: true } : ear);
      if (isWanted) this.#say(ear, { type: 'mode-refused' });
      return;
    }
    this.#book.ended(ear);
    this.#ears.delete(ear.leg);
    this.#hub.world.listening.delete(ear.leg);
    this.#places.take(ear.id);
    this.#parts.thirds.takeOver(call, { id: ear.id, leg: ear.leg, phone: ear.phone, agent: ear.agent });
    this.#say(ear, { type: 'mode-set', mode: 'take-over' });
  }

  /** The conversation that is heard. */
  callOf({ session }: Pick<Ear, 'session'>): Call | undefined {
    const { sessions, calls } = this.#hub.world;
    const call = calls.get(sessions.get(session)?.attempt ?? '')?.call;
    return call?.state === 'talking' && call.session === session ? call : undefined;
  }

  /** Agent and person hear it when they come to be listened to, whichever of the two began first. */
  #announce({ session, id }: Ear): void {
    const present = this.#hub.world.sessions.get(session);
    const sound = this.#hub.world.campaigns.get(present?.campaign ?? '')?.definition.listening?.announce;
    if (!present || sound === undefined || this.callOf({ session }) === undefined) return;
    const to = { bridge: present.bridge };
    this.#hub.run({ type: 'play', playback: `listening-${id}`, to, sounds: [sound] });
  }

  // ---- the end of the call, of the phone, of the listening

  /** A call has taken a step: whoever hears the agent is written down in it, and stays for the next one or not. */
  stepped(before: Call | undefined, { call }: LiveCall): void {
    if (this.#ears.size === 0) return;
    for (const ear of [...this.#ears.values()]) {
      const isTheirs = before?.session === ear.session || call.session === ear.session;
      if (!isTheirs || ear.state !== 'on') continue;
      const isOver = call.state !== 'talking' && before?.state === 'talking';
      if (isOver && !ear.stays) this.letGo(ear, 'ended');
      else if (isOver) this.#callOver(ear);
      else if (call.state === 'talking' && ear.part === undefined) this.#nextCall(ear);
    }
  }

  /** The next person is heard by who has not begun to be: who spoke to both is muted again. */
  #callOver(ear: Ear): void {
    const isWithBoth = ear.mode === 'barge' || ear.mode === 'take-over';
    const muted = isWithBoth ? ({ mode: 'listen', isQuiet: true } as const) : {};
    this.#ears.set(ear.leg, { ...this.#book.ended(ear), ...muted });
    this.#say(ear, { type: 'call-over' });
    void this.#follow(ear.leg);
  }

  #nextCall(ear: Ear): void {
    this.#ears.set(ear.leg, this.#written(ear));
    this.#announce(ear);
  }

  #written(ear: Ear): Ear {
    return this.#book.begun(ear, this.callOf(ear)?.attempt);
  }

  /** A phone is gone: the supervisor's, or the agent's on which the ear hung. */
  ended(leg: LegId): void {
    for (const ear of [...this.#ears.values()]) if (ear.on === leg) this.letGo(ear, 'agent-left');
    const ear = this.#ears.get(leg);
    if (!ear) return;
    this.#book.ended(ear);
    if (ear.state === 'on') this.#places.take(ear.id);
    this.forget(leg);
  }

  letGo(ear: Ear, why: Why): void {
    if (ear.isDialed === true) {
      this.partWith(ear);
      return this.#say(ear, { type: 'not-heard', why });
    }
    this.#book.ended(ear);
    if (ear.leg !== listenerLeg(ear.id) || !ear.isBrowser) this.#hub.run({ type: 'hang-up', leg: ear.leg });
    if (ear.state === 'on') this.#places.take(ear.id);
    this.forget(ear.leg);
  }

  /** Hears no one; the leg lives on. */
  partWith(ear: Ear): void {
    this.#book.ended(ear);
    this.#places.part(ear.leg);
    if (ear.state === 'on') this.#places.take(ear.id);
    this.forget(ear.leg);
  }

  forget(leg: LegId): void {
    const ear = this.#ears.get(leg);
    if (ear?.isBrowser === true) this.#parts.browserOver(ear);
    this.#ears.delete(leg);
    this.#hub.world.listening.delete(leg);
  }
}
