// After a restart of ours, of the exchange, or an outage of the link: what still lives is taken up again untouched,
// what has gone is closed with what the call records say. No attempt stays open, none is dialed twice.

import { defined } from '../../base/defined.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { LegId, SessionId } from '../../terms.ts';
import type { Agents } from '../agents/agents.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { BridgeGuard } from '../calls/bridge-guard.ts';
import type { Calls } from '../calls/calls.ts';
import type { Listeners } from '../calls/listeners.ts';
import type { Scripts } from '../calls/scripts.ts';
import { missedEvents } from './catch-up.ts';
import type { Hub } from '../hub.ts';
import type { ThirdParties } from '../calls/third-parties.ts';
import { attemptOfLeg, customerLeg, handedIn } from '../legs.ts';
import type { CallRecord, SnapshotLeg, TelephonySnapshot } from '../ports.ts';
import { RestoredCalls } from './restored-calls.ts';
import { RestoredSessions } from './restored-sessions.ts';
import { answerOf, isIn, liveLegs, type Reconciled } from './snapshots.ts';

interface Parts {
  readonly agents: Agents;
  readonly calls: Calls;
  readonly recordOutcomes: RecordOutcomes;
  readonly guard: BridgeGuard;
  /** Those that the store has, read before. */
  readonly desks: () => readonly Desk[];
  readonly scripts: Pick<Scripts, 'restore'>;
  readonly thirds: ThirdParties;
  readonly listeners: Pick<Listeners, 'ended'>;
  readonly outside: ConstructorParameters<typeof RestoredSessions>[2];
}

export class Recovery {
  readonly #hub: Hub;
  readonly #desks: () => readonly Desk[];
  readonly #guard: BridgeGuard;
  readonly #sessions: RestoredSessions;
  readonly #restored: RestoredCalls;
  readonly #calls: Calls;
  readonly #scripts: Pick<Scripts, 'restore'>;
  readonly #thirds: ThirdParties;
  readonly #listeners: Pick<Listeners, 'ended'>;

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#desks = parts.desks;
    this.#guard = parts.guard;
    this.#sessions = new RestoredSessions(hub, parts.agents, parts.outside);
    this.#restored = new RestoredCalls(hub, parts);
    this.#calls = parts.calls;
    this.#scripts = parts.scripts;
    this.#thirds = parts.thirds;
    this.#listeners = parts.listeners;
  }

  /** At our own start: sessions and attempts that the store left open, against what lives on the exchange. */
  async start(): Promise<{ readonly adopted: number; readonly closed: number; readonly sessions: number }> {
    const { store, telephony } = this.#hub.parts;
    const [placed, cameIn, sessions, reservations, parts, thirds, snapshot] = await Promise.all([
      store.attempts.unfinished(),
      store.inbound.unfinished(),
      store.sessions.unfinished(),
      store.reservations.all(),
      store.callParts.unfinished(),
      store.thirdParties.unfinished(),
      telephony.snapshot(),
    ]);
    const attempts = [...placed, ...cameIn];
    const desks = new Map(this.#desks().map((desk) => [desk.session, desk]));
    await this.#scripts.restore(attempts);
    const alive = liveLegs(snapshot);
    const gone = attempts.filter((attempt) => !alive.has(customerLeg(attempt.attempt)) && attempt.result === undefined);
    const records = await this.#recordsOf(gone.map((attempt) => attempt.attempt));
    const found = { attempts, snapshot, reservations, parts, thirds, desks };
    const restored = sessions.filter((session) => this.#sessions.restore(session, found));
    let adopted = 0;
    for (const attempt of attempts) {
      if (this.#restored.restore(attempt, found, records.get(attempt.attempt))) adopted += 1;
    }
    await this.#thirds.restore(thirds, snapshot);
    this.#sessions.callPhonesBack();
    this.#clearUnknownLegs(snapshot);
    await this.#hub.writer.settled();
    return { adopted, closed: attempts.length - adopted, sessions: restored.length };
  }

  /** After an outage of the link: the calls and phones that we know, against what lives on the exchange now. */
  async reconcile(): Promise<void> {
    const { telephony } = this.#hub.parts;
    const { sessionByLeg, signIns, listenIns, listening } = this.#hub.world;
    const before = new Set([sessionByLeg, signIns, listenIns, listening].flatMap((legs) => [...legs.keys()]));
    const snapshot = await telephony.snapshot();
    const alive = liveLegs(snapshot);
    const lost = [...this.#hub.world.calls.values()]
      .filter((live) => !alive.has(live.call.leg) && live.call.dialedAt < snapshot.at)
      .map((live) => live.call.attempt);
    const records = await this.#recordsOf(lost);
    this.#hub.post({ type: 'reconciled', snapshot, lost, records, before });
  }

  /** What lives on the exchange is known: the calls and phones that we know are compared with it. */
  compare({ snapshot, lost, records, before }: Reconciled): void {
    for (const attempt of lost) this.#calls.lost(attempt, records.get(attempt), snapshot.at);
    for (const leg of snapshot.legs) this.#catchUp(leg, snapshot);
    this.#sessions.losePhones(snapshot, before);
    this.#loseDialedIn(liveLegs(snapshot), before);
    this.#clearUnknownLegs(snapshot);
    this.#guard.compare(snapshot);
    this.#hub.parts.log.info({ lostCalls: lost.length, legs: snapshot.legs.length }, 'reconciled with the exchange');
  }

  /** The bridge of a session that was found after a restart is there. */
  bridgeRestored(session: SessionId, leg: LegId | undefined): void {
    this.#sessions.bridgeRestored(session, leg);
  }

  async #recordsOf(attempts: readonly string[]): Promise<ReadonlyMap<string, CallRecord>> {
    return (await this.#hub.parts.callRecords?.find(attempts)) ?? new Map<string, CallRecord>();
  }

  /** Rings, answers and joins that we did not hear of during the outage. */
  #catchUp(leg: SnapshotLeg, snapshot: TelephonySnapshot): void {
    const attempt = attemptOfLeg(leg.leg);
    const live = attempt === undefined ? undefined : this.#hub.world.calls.get(attempt);
    if (attempt === undefined || !live) return;
    const at = live.call.answeredAt === undefined ? answerOf(leg, snapshot.at, this.#hub.now()) : undefined;
    if (leg.answeredAt !== undefined) live.exchangeAnsweredAt ??= leg.answeredAt;
    for (const [place, event] of missedEvents(leg, live, snapshot).entries()) {
      this.#hub.post({ type: 'call', attempt, event, ...(place === 0 ? defined({ at }) : {}) });
    }
    const { bridge, state } = live.call;
    if (state !== 'connecting' || bridge === undefined || isIn(snapshot, bridge, leg.leg)) return;
    this.#hub.post({ type: 'call', attempt, event: { type: 'join-refused' } });
  }

  /** Phones that were signing in or by which someone listened, and are gone; agents' phones that were listened to. */
  #loseDialedIn(alive: ReadonlySet<LegId>, before: ReadonlySet<LegId>): void {
    const { signIns, listenIns } = this.#hub.world;
    for (const leg of before) {
      if (alive.has(leg)) continue;
      this.#listeners.ended(leg);
      if (signIns.has(leg)) this.#hub.post({ type: 'sign-in', leg, event: { type: 'ended' } });
      if (listenIns.has(leg)) this.#hub.post({ type: 'listen-in', leg, event: { type: 'ended' } });
    }
  }

  /**
   * Legs and bridges that are ours but that are not known any more: no one is left on a line that leads nowhere.
   * What talks and is not in our hands is never touched.
   */
  #clearUnknownLegs(snapshot: TelephonySnapshot): void {
    const { callByLeg, sessionByLeg, signIns, listenIns, sessions } = this.#hub.world;
    const { thirdByLeg, listening, calls, outsideByLeg } = this.#hub.world;
    const known = [callByLeg, sessionByLeg, signIns, listenIns, thirdByLeg, listening, outsideByLeg];
    const isUnknown = ({ leg, ours, state }: SnapshotLeg): boolean => {
      if (known.some((legs) => legs.has(leg))) return false;
      return (
        ours || (state !== 'up' && (attemptOfLeg(leg) !== undefined || leg.startsWith('a-') || leg.startsWith('t-')))
      );
    };
    const unknown = new Set(snapshot.legs.filter(isUnknown).map(({ leg }) => leg));
    for (const leg of unknown) this.#hub.run({ type: 'hang-up', leg });
    for (const { bridge, legs } of snapshot.bridges) {
      const isOfSession = [...sessions.values()].some((session) => session.bridge === bridge);
      const isListening = [...listening.values()].some(({ own }) => own === bridge);
      const isHandOver = calls.has(handedIn(bridge) ?? '') || isListening;
      if (!isOfSession && !isHandOver && legs.some((leg) => unknown.has(leg)))
        this.#hub.run({ type: 'destroy-bridge', bridge });
    }
  }
}
