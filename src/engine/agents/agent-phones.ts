// The agents' phones: seated in the bridges of their sessions, rung, let go, and what they hear while they wait. What an
// agent does with a call is agents.ts.

import type { AgentSession } from '../../agent/session.ts';
import type { Call } from '../../call/call.ts';
import { isOnLine } from '../../call/talk.ts';
import type { LegId, SessionId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { OutsidePhones } from './outside-phones.ts';
import type { Prompts } from './prompts.ts';

/** A good-bye that does not end in this time is cut. */
const GOODBYE_MS = 6_000;

export const sessionBridge = (session: SessionId): string => `b-${session}`;
export const sessionOfBridge = (bridge: string): SessionId => bridge.slice(2);

/** Sees to it that phones do what they are to do. */
export interface PhoneLookouts {
  rung(leg: LegId, session: SessionId, ringMs: number): void;
  letGo(leg: LegId, session: SessionId): void;
}

interface Parts {
  readonly prompts: Prompts;
  readonly lookouts: PhoneLookouts;
  readonly outside: Pick<OutsidePhones, 'call'>;
}

export class AgentPhones {
  readonly #hub: Hub;
  readonly #prompts: Prompts;
  readonly #lookouts: PhoneLookouts;
  readonly #outside: Parts['outside'];
  /** Sessions in whose bridge music plays. */
  readonly #music = new Set<SessionId>();

  constructor(hub: Hub, { prompts, lookouts, outside }: Parts) {
    this.#hub = hub;
    this.#prompts = prompts;
    this.#lookouts = lookouts;
    this.#outside = outside;
  }

  /** A phone's leg takes its seat in the session's bridge; one that sat there before is let go. */
  seat(id: SessionId, leg: LegId): void {
    const session = this.#hub.world.sessions.get(id);
    if (!session) return this.#hub.run({ type: 'hang-up', leg });
    if (session.leg !== undefined && session.leg !== leg) {
      this.#hub.world.sessionByLeg.delete(session.leg);
      this.#hub.run({ type: 'hang-up', leg: session.leg });
    }
    this.#hub.world.sessionByLeg.set(leg, id);
    this.#hub.runThen(
      { type: 'add-to-bridge', bridge: session.bridge, leg },
      { type: 'session', session: id, event: { type: 'phone-up', leg } },
      () => {
        this.#hub.world.sessionByLeg.delete(leg);
        this.#hub.run({ type: 'hang-up', leg });
        return { type: 'session', session: id, event: { type: 'phone-lost' } };
      },
    );
  }

  /** A browser is not rung: it sees that it is waited for, and dials in. */
  ring(rung: AgentSession): void {
    const { session, account, campaign, plan, browser, outside } = rung;
    if (browser === true) return;
    if (outside !== undefined) return this.#outside.call(rung);
    const leg: LegId = `a-${this.#hub.parts.newId()}`;
    this.#hub.world.sessionByLeg.set(leg, session);
    this.#lookouts.rung(leg, session, plan.ringMs);
    const ring = { type: 'ring-agent', leg, account, label: campaign, ringTimeoutMs: plan.ringMs } as const;
    this.#hub.run(ring, () => {
      this.#hub.world.sessionByLeg.delete(leg);
      return { type: 'session', session, event: { type: 'ring-failed' } };
    });
  }

  /** Lets the good-bye be heard first. */
  hangUp({ session, leg }: AgentSession): void {
    if (leg === undefined) return;
    const end = (): void => {
      this.#hub.run({ type: 'hang-up', leg });
      this.#lookouts.letGo(leg, session);
    };
    this.#prompts.afterSaying(session, end, GOODBYE_MS);
  }

  /** The session is over: its bridge goes as soon as the good-bye has been heard. */
  close({ session, bridge }: AgentSession): void {
    this.#music.delete(session);
    this.#prompts.afterSaying(session, () => this.#hub.run({ type: 'destroy-bridge', bridge }), GOODBYE_MS);
  }

  startMusic({ session, plan, phone, bridge }: AgentSession): void {
    if (plan.waiting !== 'music' || phone !== 'up' || this.#music.has(session)) return;
    this.#music.add(session);
    this.#hub.run({ type: 'start-music', to: { bridge } });
  }

  /** The agent's phone is away: the person, alone in the bridge with whoever was brought in, hears music meanwhile. */
  keepPerson({ session, bridge }: AgentSession, call: Call | undefined): void {
    const isAlone = call?.third === undefined && isOnLine(call?.talk);
    if (!isAlone || this.#music.has(session)) return;
    this.#music.add(session);
    this.#hub.run({ type: 'start-music', to: { bridge } });
  }

  /** The agent is back with another leg: muted on it who was muted. */
  renewTalk({ leg }: AgentSession, call: Call | undefined): void {
    if (leg !== undefined && call?.talk?.mute === 'on') this.#hub.run({ type: 'mute', leg });
  }

  stopMusic({ session, bridge }: AgentSession): void {
    if (this.#music.delete(session)) this.#hub.run({ type: 'stop-music', to: { bridge } });
  }

  /** After a restart of ours: who waits hears music (again), who talks does not, whatever was left playing. */
  resumeSound(id: SessionId): void {
    const session = this.#hub.world.sessions.get(id);
    if (session?.plan.waiting !== 'music' || session.keptUntil !== undefined) return;
    if (session.state === 'ready' || session.state === 'paused') this.startMusic(session);
    else this.#hub.run({ type: 'stop-music', to: { bridge: session.bridge } });
  }

  /** The session's bridge was lost with the exchange, and what played in it. */
  forgetSound(id: SessionId): void {
    this.#music.delete(id);
  }
}
