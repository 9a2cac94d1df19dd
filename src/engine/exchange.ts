// What the exchange reports, handed to the call, session or sign-in it is about. Unknown legs are not ours.

import { defined } from '../base/defined.ts';
import type { CallEvent } from '../call/call.ts';
import type { SessionEvent } from '../agent/session.ts';
import type { AttemptId, LegId } from '../terms.ts';
import type { Agents } from './agents/agents.ts';
import type { BrowserPhones } from './agents/browser-phones.ts';
import type { BridgeGuard } from './calls/bridge-guard.ts';
import { eventOfPlayback } from './calls/call-sounds.ts';
import { attemptOfLeg } from './legs.ts';
import type { Hub } from './hub.ts';
import type { OutsidePhones } from './agents/outside-phones.ts';
import type { Inbound } from './calls/inbound.ts';
import type { Lookouts } from './calls/lookouts.ts';
import type { LegArrived, TelephonyEvent } from './ports.ts';
import type { SignIns } from './agents/sign-ins.ts';
import type { Listeners } from './calls/listeners.ts';
import type { ThirdParties } from './calls/third-parties.ts';
import type { Trunks } from './dialing/trunks.ts';

/** Something that happened to a leg. */
type LegEvent = Pick<TelephonyEvent, 'at' | 'ageMs'> & { readonly leg: LegId };

/** Q.850 causes with which a phone ends its own call in good order. */
const ORDERLY_CAUSES: ReadonlySet<number> = new Set([16, 31]);

/** No cause at all: a phone that left our control and did not hang up. */
const SENT_ELSEWHERE = 0;

export class Exchange {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #signIns: SignIns;
  readonly #browsers: BrowserPhones;
  readonly #outside: OutsidePhones;
  readonly #inbound: Inbound;
  readonly #trunks: Trunks;
  readonly #guard: BridgeGuard;
  readonly #lookouts: Lookouts;
  readonly #thirds: ThirdParties;
  readonly #listeners: Listeners;
  readonly #reconcile: () => Promise<void>;

  constructor(
    hub: Hub,
    parts: {
      agents: Agents;
      signIns: SignIns;
      browsers: BrowserPhones;
      outside: OutsidePhones;
      inbound: Inbound;
      trunks: Trunks;
      guard: BridgeGuard;
      lookouts: Lookouts;
      thirds: ThirdParties;
      listeners: Listeners;
      reconcile: () => Promise<void>;
    },
  ) {
    this.#hub = hub;
    this.#agents = parts.agents;
    this.#signIns = parts.signIns;
    this.#browsers = parts.browsers;
    this.#outside = parts.outside;
    this.#inbound = parts.inbound;
    this.#trunks = parts.trunks;
    this.#guard = parts.guard;
    this.#lookouts = parts.lookouts;
    this.#thirds = parts.thirds;
    this.#listeners = parts.listeners;
    this.#reconcile = parts.reconcile;
  }

  handle(event: TelephonyEvent): void {
    switch (event.type) {
      case 'leg-ringing':
        return this.#toCall(event, { type: 'ringing' });
      case 'leg-progress':
        return this.#toCall(event, { type: 'progress' });
      case 'leg-answered':
        return this.#answered(event);
      case 'leg-arrived':
        return this.#arrived(event);
      case 'leg-bridged':
        this.#bridged(event);
        return this.#guard.entered(event.leg, event.bridge, event.at);
      case 'leg-unbridged':
        return this.#guard.left(event.leg, event.bridge, event.at);
      case 'leg-hanging-up':
        this.#guard.hangingUp(event.leg);
        this.#thirds.hangingUp(event);
        return this.#toCall(event, { type: 'hanging-up', ...causes(event) });
      case 'leg-abandon-message':
        return this.#toCall(event, { type: 'abandon-message-begun' });
      case 'leg-ended':
        return this.#ended(event);
      case 'leg-lost':
        return this.#lost(event.leg);
      case 'key-pressed':
        return this.#key(event);
      case 'verdict':
        return this.#toCall(event, { type: 'verdict', verdict: event.verdict, cause: event.cause });
      case 'beep':
        return this.#toCall(event, { type: 'beep', heard: event.heard });
      case 'playback-finished':
        return this.#playbackFinished(event.playback);
      case 'phone':
        return this.#phone(event.account, event.registered);
      case 'link':
        return this.#link(event);
      case 'trunk':
        return this.#trunks.reachable(event.trunk, event.reachable);
    }
  }

  #callOf(leg: LegId): AttemptId | undefined {
    return this.#hub.world.callByLeg.get(leg);
  }

  #toCall({ leg, ageMs }: LegEvent, event: CallEvent): void {
    const attempt = this.#callOf(leg);
    if (attempt === undefined) return;
    const at = ageMs === undefined ? {} : { at: this.#hub.now() - ageMs };
    this.#hub.post({ type: 'call', attempt, event, ...at });
  }

  #toSession(leg: LegId, event: SessionEvent): boolean {
    const session = this.#hub.world.sessionByLeg.get(leg);
    if (session === undefined) return false;
    this.#hub.post({ type: 'session', session, event });
    return true;
  }

  #answered(event: LegEvent): void {
    const live = this.#hub.world.calls.get(this.#callOf(event.leg) ?? '');
    if (live && live.exchangeAnsweredAt === undefined) live.exchangeAnsweredAt = event.at;
    this.#lookouts.answered(event.leg);
    this.#toCall(event, { type: 'answered' });
  }

  #arrived(event: LegArrived): void {
    const { leg } = event;
    this.#guard.arrived(leg);
    switch (event.purpose) {
      case 'customer':
        if (this.#callOf(leg) === undefined && attemptOfLeg(leg) !== undefined) {
          return this.#hub.run({ type: 'hang-up', leg });
        }
        return this.#toCall(event, { type: 'arrived' });
      case 'inbound':
        return this.#inbound.begin(event);
      case 'third':
        return this.#thirds.arrived(leg);
      case 'sign-in':
        return this.#signIns.begin(leg, event.account ?? '');
      case 'listening':
        return this.#signIns.begin(leg, event.account ?? '', 'listening');
      case 'browser':
        if (this.#listeners.hasBrowser(event.account ?? ''))
          return void this.#listeners.browserArrived(leg, event.account ?? '');
        return this.#browsers.arrived(leg, event.account ?? '');
      case 'agent': {
        if (this.#listeners.has(leg)) return void this.#listeners.arrived(leg);
        if (this.#outside.isToConfirm(leg)) return this.#outside.arrived(leg);
        const session = this.#hub.world.sessionByLeg.get(leg);
        if (session === undefined) return this.#hub.run({ type: 'hang-up', leg });
        return this.#agents.phones.seat(session, leg);
      }
    }
  }

  #bridged(event: Extract<TelephonyEvent, { type: 'leg-bridged' }>): void {
    const live = this.#hub.world.calls.get(this.#callOf(event.leg) ?? '');
    if (live && live.exchangeBridgedAt === undefined) live.exchangeBridgedAt = event.at;
    this.#toCall(event, { type: 'bridged', bridge: event.bridge });
  }

  #ended(event: Extract<TelephonyEvent, { type: 'leg-ended' }>): void {
    const { leg } = event;
    if (event.cause === SENT_ELSEWHERE && this.#guard.fetches(leg)) return;
    this.#guard.ended(leg);
    const { signIns, listenIns } = this.#hub.world;
    if (signIns.has(leg)) this.#hub.post({ type: 'sign-in', leg, event: { type: 'ended' } });
    if (listenIns.has(leg)) this.#hub.post({ type: 'listen-in', leg, event: { type: 'ended' } });
    const session = this.#hub.world.sessions.get(this.#hub.world.sessionByLeg.get(leg) ?? '');
    if (session) {
      const seated = session.leg === leg;
      const isBrowser = session.browser === true || this.#browsers.has(leg);
      const type = seated ? seatedEnd(isBrowser, event.cause) : 'ring-failed';
      if (seated || session.phone === 'ringing') this.#toSession(leg, { type });
    }
    this.#hub.world.sessionByLeg.delete(leg);
    this.#browsers.ended(leg);
    this.#outside.ended(leg);
    this.#inbound.ended(leg);
    this.#listeners.ended(leg);
    this.#thirds.ended(event);
    this.#toCall(event, { type: 'ended', ...causes(event) });
  }

  /** Its phone is gone: the session goes on without it, and nothing is left on the line. */
  #lost(leg: LegId): void {
    const { sessions, sessionByLeg } = this.#hub.world;
    const session = sessions.get(sessionByLeg.get(leg) ?? '');
    if (session?.leg === leg) this.#toSession(leg, { type: 'phone-lost' });
    this.#hub.run({ type: 'hang-up', leg });
    sessionByLeg.delete(leg);
  }

  #key(event: Extract<TelephonyEvent, { type: 'key-pressed' }>): void {
    const { leg, key } = event;
    if (this.#toSession(leg, { type: 'key', key }) || this.#inbound.key(leg, key)) return;
    const { signIns, listenIns } = this.#hub.world;
    if (signIns.has(leg)) this.#hub.post({ type: 'sign-in', leg, event: { type: 'key', key } });
    if (listenIns.has(leg)) this.#hub.post({ type: 'listen-in', leg, event: { type: 'key', key } });
    const live = this.#hub.world.calls.get(this.#callOf(leg) ?? '');
    if (live?.call.plan.doNotCallKey === key) this.#toCall(event, { type: 'opt-out' });
  }

  #playbackFinished(playback: string): void {
    const ofCall = eventOfPlayback(playback);
    if (ofCall) this.#hub.post({ type: 'call', ...ofCall });
    else if (!this.#inbound.playbackFinished(playback)) this.#agents.prompts.finished(playback);
  }

  #phone(account: string, registered: boolean): void {
    const { registered: known, sessions } = this.#hub.world;
    if (registered) known.add(account);
    else known.delete(account);
    if (!registered) return;
    for (const session of sessions.values()) {
      if (session.account !== account) continue;
      this.#hub.post({ type: 'session', session: session.session, event: { type: 'phone-registered' } });
    }
  }

  /** While the link is down nothing new is dialed; once it is back the world is compared with the exchange. */
  #link(event: Extract<TelephonyEvent, { type: 'link' }>): void {
    const { world, parts } = this.#hub;
    const wasUp = world.linkUp;
    const link = { up: event.up, restarted: event.restarted, reason: event.reason };
    if (event.up) parts.log.info(link, 'link to Asterisk');
    else parts.log.warn(link, 'link to Asterisk');
    if (!event.up) {
      world.linkUp = false;
      return;
    }
    if (wasUp && !event.restarted) return;
    this.#reconcile().catch((fault: unknown) => {
      parts.log.error({ fault }, 'could not reconcile with Asterisk: trying again');
      this.#hub.timers.set('reconcile', this.#hub.now() + 2_000, () => {
        if (!world.linkUp) this.#hub.post({ type: 'telephony', event: { ...event, restarted: true } });
      });
    });
  }
}

/** A browser has no receiver to put down: however its leg ends, it was loaded again, closed or lost. */
function seatedEnd(isBrowser: boolean, cause: number): 'phone-hung-up' | 'phone-lost' {
  return !isBrowser && ORDERLY_CAUSES.has(cause) ? 'phone-hung-up' : 'phone-lost';
}

interface LastWord {
  readonly cause: number;
  readonly sipCode?: number;
  readonly retryAfterMs?: number;
}

function causes({ cause, sipCode, retryAfterMs }: LastWord): LastWord {
  return {
    cause,
    ...defined({ sipCode, retryAfterMs }),
  };
}
