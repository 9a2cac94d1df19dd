// Notices that word of a leg was lost on the way: a leg that has not done in time what its state promises is looked up on
// the exchange, and what it really is is taken up. One lost event is seldom alone: then every call is looked at, once.
// On the usual path this is a timer for each state that is set and cleared, and nothing is asked.

import type { Call } from '../../call/call.ts';
import { lookAgainMs, promisedWithinMs } from '../../call/promises.ts';
import type { AttemptId, LegId, SessionId } from '../../terms.ts';
import type { AgentPhones } from '../agents/agent-phones.ts';
import type { Calls } from './calls.ts';
import { missedEvents } from '../recovery/catch-up.ts';
import type { Hub } from '../hub.ts';
import type { Look, LookedUp, PhoneLook, PhoneLookedUp } from './looks.ts';
import type { TelephonySnapshot } from '../ports.ts';
import type { LiveCall } from '../world.ts';

/** The exchange writes its record of a call a moment after the call. */
const RECORD_MS = 700;
/** Beyond the time that an agent's phone rings at most, and after a hang-up of ours. */
const PHONE_MS = 1_500;
/** An agent's phone that has answered is in our hands by then. */
const PHONE_ARRIVES_MS = 400;
/** All calls are looked at no more often than this. */
const LOOK_AT_ALL_MS = 2_000;
/** Causes of Q.850; none is known of a phone whose end was not heard of. */
const NO_CAUSE = 0;
const NORMAL_CLEARING = 16;

export class Lookouts {
  readonly #hub: Hub;
  readonly #calls: Pick<Calls, 'handle' | 'lost'>;
  readonly #phones: Pick<AgentPhones, 'seat'>;
  #lookedAtAll = -Infinity;

  constructor(hub: Hub, parts: { calls: Pick<Calls, 'handle' | 'lost'>; phones: Pick<AgentPhones, 'seat'> }) {
    this.#hub = hub;
    this.#calls = parts.calls;
    this.#phones = parts.phones;
  }

  /** A call has taken a step, or is new (`before` undefined). */
  stepped(before: Call | undefined, { call }: LiveCall): void {
    if (before?.state === call.state) return;
    const withinMs = promisedWithinMs(call.state);
    if (withinMs === undefined) return this.#hub.timers.clear(nameOf(call.attempt));
    this.#lookIn(withinMs, call.attempt, { state: call.state, looks: 0, hasRecord: true });
  }

  /** An agent's phone rings for so long at most. */
  rung(leg: LegId, session: SessionId, ringMs: number): void {
    this.#lookAtPhoneIn(ringMs + PHONE_MS, { leg, session, isToSit: true });
  }

  /** An agent's phone has answered: it arrives. */
  answered(leg: LegId): void {
    const session = this.#hub.world.sessionByLeg.get(leg);
    if (session !== undefined) this.#lookAtPhoneIn(PHONE_ARRIVES_MS, { leg, session, isToSit: true });
  }

  /** An agent's phone was asked to hang up. */
  letGo(leg: LegId, session: SessionId): void {
    this.#lookAtPhoneIn(PHONE_MS, { leg, session, isToSit: false });
  }

  // ---- people's legs

  #lookIn(ms: number, attempt: AttemptId, look: Look): void {
    this.#hub.timers.set(nameOf(attempt), this.#hub.now() + ms, () => {
      void this.#look(attempt, look).catch((fault: unknown) => {
        this.#hub.parts.log.debug({ attempt, fault }, 'the exchange does not say what became of a leg');
        if (this.#isStill(attempt, look)) this.#lookIn(LOOK_AT_ALL_MS, attempt, { ...look, looks: look.looks + 1 });
      });
    });
  }

  #isStill(attempt: AttemptId, { state }: Look): boolean {
    return this.#hub.world.calls.get(attempt)?.call.state === state;
  }

  async #look(attempt: AttemptId, look: Look): Promise<void> {
    const { world, parts } = this.#hub;
    const { call: asked, steps } = world.calls.get(attempt) ?? { call: undefined, steps: 0 };
    // What was lost while the link was down is found when it is up again.
    if (!asked || asked.state !== look.state || !world.linkUp) return;
    const snapshot = await parts.telephony.lookUp(asked.leg, asked.bridge);
    const isGone = snapshot.legs.length === 0;
    const record = isGone ? (await parts.callRecords?.find([attempt]))?.get(attempt) : undefined;
    this.#hub.post({ type: 'looked-up', attempt, look, steps, snapshot, record });
  }

  /** The exchange has said what became of a call's leg. */
  lookedUp({ attempt, look, steps, snapshot, record }: LookedUp): void {
    const live = this.#hub.world.calls.get(attempt);
    if (live?.steps !== steps) return; // word has come meanwhile
    if (snapshot.legs.length > 0) return this.#found(live, snapshot, look);
    if (record === undefined && this.#hub.parts.callRecords !== undefined && look.hasRecord) {
      return this.#lookIn(RECORD_MS, attempt, { ...look, hasRecord: false });
    }
    this.#missed(live, 'gone');
    this.#calls.lost(attempt, record, snapshot.at);
  }

  #found(live: LiveCall, snapshot: TelephonySnapshot, look: Look): void {
    const { call } = live;
    const { attempt, leg } = call;
    const [seen] = snapshot.legs;
    if (!seen) return;
    for (const event of missedEvents(seen, live, snapshot)) this.#calls.handle(attempt, event);
    if (live.call === call && seen.ours) this.#ifStuck(call, look.looks);
    if (live.call !== call) return this.#missed(live, live.call.state);
    const withinMs = promisedWithinMs(call.state) ?? LOOK_AT_ALL_MS;
    if (call.state === 'releasing') this.#hub.run({ type: 'hang-up', leg });
    this.#lookIn(lookAgainMs(withinMs, look.looks + 1), attempt, { ...look, looks: look.looks + 1 });
  }

  /** In our hands, but what was asked for did not come about. A join may be on its way yet: it is asked after twice. */
  #ifStuck({ attempt, state }: Call, looks: number): void {
    const post = (type: 'join-refused' | 'detect-refused'): boolean => this.#calls.handle(attempt, { type });
    if (state === 'connecting' && looks > 0) post('join-refused');
    if (state === 'detecting') post('detect-refused');
  }

  /** Word of a leg was lost; what else was is not known. */
  #missed({ call }: LiveCall, found: string): void {
    const { log, telephony } = this.#hub.parts;
    log.warn({ attempt: call.attempt, found }, 'word of a leg was lost on the way from Asterisk');
    if (this.#hub.now() - this.#lookedAtAll < LOOK_AT_ALL_MS) return;
    this.#lookedAtAll = this.#hub.now();
    telephony.snapshot().then(
      (snapshot) => this.#hub.post({ type: 'all-looked-up', snapshot }),
      (fault: unknown) => log.debug({ fault }, 'the exchange does not say which legs it has'),
    );
  }

  /** Every leg was looked at: what was not heard of any. */
  catchUp(snapshot: TelephonySnapshot): void {
    for (const leg of snapshot.legs) {
      const attempt = this.#hub.world.callByLeg.get(leg.leg);
      const live = attempt === undefined ? undefined : this.#hub.world.calls.get(attempt);
      if (!live || attempt === undefined) continue;
      for (const event of missedEvents(leg, live, snapshot)) this.#calls.handle(attempt, event);
    }
  }

  // ---- agents' legs

  #lookAtPhoneIn(ms: number, look: PhoneLook): void {
    this.#hub.timers.set(nameOf(look.leg), this.#hub.now() + ms, () => {
      if (!this.#isDue(look)) return;
      void this.#lookAtPhone(look).catch(() => this.#lookAtPhoneIn(LOOK_AT_ALL_MS, look));
    });
  }

  /** The phone has not done what it should: it neither sits in its session's bridge, nor has it gone. */
  #isDue({ leg, session, isToSit }: PhoneLook): boolean {
    const { sessionByLeg, sessions, linkUp } = this.#hub.world;
    if (sessionByLeg.get(leg) !== session || !linkUp) return false;
    return !isToSit || sessions.get(session)?.leg !== leg;
  }

  async #lookAtPhone(look: PhoneLook): Promise<void> {
    const [seen] = (await this.#hub.parts.telephony.lookUp(look.leg)).legs;
    this.#hub.post({ type: 'phone-looked-up', look, seen });
  }

  /** The exchange has said what became of an agent's leg. */
  phoneLookedUp({ look, seen }: PhoneLookedUp): void {
    const { leg, session, isToSit } = look;
    if (!this.#isDue(look)) return;
    if (seen?.state === 'up' && seen.ours && isToSit) return this.#phones.seat(session, leg);
    if (seen && !isToSit) this.#hub.run({ type: 'hang-up', leg });
    if (seen) return this.#lookAtPhoneIn(LOOK_AT_ALL_MS, look);
    this.#hub.parts.log.warn({ leg }, "word of a phone's leg was lost on the way from Asterisk");
    const cause = isToSit ? NO_CAUSE : NORMAL_CLEARING;
    this.#hub.post({ type: 'telephony', event: { type: 'leg-ended', at: this.#hub.now(), leg, cause } });
  }
}

/** Of the timer for an attempt or an agent's leg. */
const nameOf = (id: string): string => `look ${id}`;
