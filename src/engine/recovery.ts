// After a restart of ours, of the exchange, or an outage of the link: what still lives is taken up again untouched,
// what has gone is closed with what the call records say. No attempt stays open, none is dialed twice.

import type { AgentSession } from '../agent/session.ts';
import type { Call } from '../call/call.ts';
import { stepCall } from '../call/machine.ts';
import type { LegId } from '../terms.ts';
import type { Agents } from './agents.ts';
import { sessionBridge, sessionPlan } from './agents.ts';
import type { Aftermaths } from './aftermath.ts';
import { attemptOfLeg, customerLeg, planOf, type Calls } from './calls.ts';
import type { Hub } from './hub.ts';
import type { CallRecord, TelephonySnapshot } from './ports.ts';
import type { UnfinishedAttempt, UnfinishedSession } from './store.ts';

export class Recovery {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #calls: Calls;
  readonly #aftermaths: Aftermaths;

  constructor(hub: Hub, parts: { agents: Agents; calls: Calls; aftermaths: Aftermaths }) {
    this.#hub = hub;
    this.#agents = parts.agents;
    this.#calls = parts.calls;
    this.#aftermaths = parts.aftermaths;
  }

  /** At our own start: sessions and attempts that the store left open, against what lives on the exchange. */
  async start(): Promise<{ readonly adopted: number; readonly closed: number; readonly sessions: number }> {
    const { store, telephony, callRecords } = this.#hub.parts;
    const [attempts, sessions, snapshot] = await Promise.all([
      store.attempts.unfinished(),
      store.sessions.unfinished(),
      telephony.snapshot(),
    ]);
    const alive = liveLegs(snapshot);
    const gone = attempts.filter((attempt) => !alive.has(customerLeg(attempt.attempt)) && attempt.result === undefined);
    const records = (await callRecords?.find(gone.map((attempt) => attempt.attempt))) ?? new Map<string, CallRecord>();
    const restored = sessions.filter((session) => this.#restoreSession(session, attempts, snapshot));
    let adopted = 0;
    for (const attempt of attempts) {
      if (this.#restoreAttempt(attempt, snapshot, records.get(attempt.attempt))) adopted += 1;
    }
    this.#hangUpStrangers(snapshot);
    await this.#hub.writer.settled();
    return { adopted, closed: attempts.length - adopted, sessions: restored.length };
  }

  /** After an outage of the link: the calls and phones that we know, against what lives on the exchange now. */
  async reconcile(): Promise<void> {
    const { telephony, callRecords, log } = this.#hub.parts;
    const snapshot = await telephony.snapshot();
    const alive = liveLegs(snapshot);
    const lost = [...this.#hub.world.calls.values()].filter(
      (live) => !alive.has(live.call.leg) && live.call.dialedAt < snapshot.at,
    );
    const records = (await callRecords?.find(lost.map((live) => live.call.attempt))) ?? new Map<string, CallRecord>();
    this.#hub.post({
      type: 'then',
      what: 'reconcile',
      run: () => {
        for (const live of lost) {
          const { attempt } = live.call;
          const record = records.get(attempt);
          const answered = record?.answeredAt !== undefined;
          this.#hub.post({ type: 'call', attempt, event: { type: 'vanished', answered, cause: causeOf(record) } });
        }
        this.#catchUp(snapshot);
        this.#losePhones(alive);
        this.#hangUpStrangers(snapshot);
        log.info({ lostCalls: lost.length, legs: snapshot.legs.length }, 'reconciled with the exchange');
      },
    });
  }

  // ---- sessions

  /** The agent comes back into the session: at once when the phone's leg still lives, else by being called back. */
  #restoreSession(
    row: UnfinishedSession,
    attempts: readonly UnfinishedAttempt[],
    snapshot: TelephonySnapshot,
  ): boolean {
    const campaign = this.#hub.world.campaigns.get(row.campaign);
    const known = this.#hub.world.agentsByNumber.get(row.agent);
    const now = this.#hub.now();
    if (!campaign || !known) {
      this.#hub.writer.write(() => this.#hub.parts.store.sessions.close(row.session, now, 'campaign or agent is gone'));
      return false;
    }
    const legAlive = row.leg !== null && snapshot.legs.some((leg) => leg.leg === row.leg && leg.state === 'up');
    const talking = attempts.find(
      (attempt) => attempt.session === row.session && isBridged(snapshot, customerLeg(attempt.attempt)),
    );
    const wrappingUp = attempts.find((attempt) => attempt.attempt === row.attempt && attempt.bridgedAt !== undefined);
    const session: AgentSession = {
      session: row.session,
      agent: row.agent,
      account: known.account,
      name: known.name,
      campaign: row.campaign,
      plan: sessionPlan(campaign.definition),
      since: now,
      bridge: sessionBridge(row.session),
      phone: legAlive ? 'up' : 'down',
      signOutAfter: false,
      star: false,
      ...this.#restoredState(row, talking ?? wrappingUp, talking !== undefined),
      ...(legAlive ? { leg: row.leg } : {}),
    };
    this.#agents.adopt(session);
    const { leg } = row;
    const unseated = legAlive && leg !== null && !isIn(snapshot, session.bridge, leg);
    this.#hub.runThen({ type: 'create-bridge', bridge: session.bridge }, () => {
      if (unseated) this.#hub.run({ type: 'add-to-bridge', bridge: session.bridge, leg });
    });
    this.#agents.restored(session);
    if (!legAlive) this.#hub.post({ type: 'session', session: session.session, event: { type: 'phone-lost' } });
    return true;
  }

  #restoredState(
    row: UnfinishedSession,
    attempt: UnfinishedAttempt | undefined,
    talking: boolean,
  ): Pick<AgentSession, 'state'> & Partial<AgentSession> {
    if (attempt && talking) return { state: 'talking', attempt: attempt.attempt };
    if (attempt) return { state: 'wrap-up', attempt: attempt.attempt };
    if (row.state === 'paused') {
      return row.reason === 'phone-lost' ? { state: 'ready' } : { state: 'paused', reason: row.reason ?? 'pause' };
    }
    return { state: row.state === 'offline' ? 'paused' : 'ready' };
  }

  /** Phones whose legs did not survive: their sessions wait while they are called back. */
  #losePhones(alive: ReadonlySet<LegId>): void {
    for (const session of this.#hub.world.sessions.values()) {
      if (session.leg === undefined || alive.has(session.leg)) continue;
      this.#hub.world.sessionByLeg.delete(session.leg);
      this.#hub.run({ type: 'create-bridge', bridge: session.bridge });
      this.#hub.post({ type: 'session', session: session.session, event: { type: 'phone-lost' } });
    }
  }

  // ---- attempts

  /** True when the call still lives and was taken up. */
  #restoreAttempt(row: UnfinishedAttempt, snapshot: TelephonySnapshot, record: CallRecord | undefined): boolean {
    const campaign = this.#hub.world.campaigns.get(row.campaign);
    if (row.result !== undefined) {
      this.#restoreAftermath(row);
      return false;
    }
    if (!campaign) return this.#closeLost(row, record);
    const leg = snapshot.legs.find((candidate) => candidate.leg === customerLeg(row.attempt));
    const call = this.#restoredCall(row, planOf(campaign.definition));
    if (!leg) {
      const lost = this.#calls.adopt({ ...call, state: row.answeredAt === undefined ? 'ringing' : 'releasing' }, row);
      if (row.bridgedAt !== undefined) {
        const toSpeak = row.session !== undefined && this.#hub.world.sessions.get(row.session)?.attempt === row.attempt;
        lost.call = { ...lost.call, result: 'connected', ...(toSpeak ? { session: row.session } : {}) };
      }
      this.#calls.handle(row.attempt, lostEvent(record));
      return false;
    }
    this.#calls.adopt(call, row);
    if (leg.state !== 'up') {
      this.#hub.post({ type: 'call', attempt: row.attempt, event: { type: 'ringing' } });
      return true;
    }
    this.#restoreAnswered(call, row, snapshot, leg.ours);
    return true;
  }

  #restoredCall(row: UnfinishedAttempt, plan: Call['plan']): Call {
    return {
      attempt: row.attempt,
      leg: customerLeg(row.attempt),
      campaign: row.campaign,
      plan,
      state: 'placing',
      dialedAt: row.dialedAt,
      arrived: false,
      ...(row.answeredAt === undefined ? {} : { answeredAt: row.answeredAt, liveAt: row.answeredAt }),
      ...(row.bridgedAt === undefined ? {} : { bridgedAt: row.bridgedAt }),
    };
  }

  /** Up on the exchange: in conversation it stays so; waiting for us it hears the message; else the dialplan has it. */
  #restoreAnswered(call: Call, row: UnfinishedAttempt, snapshot: TelephonySnapshot, ours: boolean): void {
    const live = this.#hub.world.calls.get(row.attempt);
    if (!live) return;
    const session = row.session === undefined ? undefined : this.#hub.world.sessions.get(row.session);
    const answeredAt = row.answeredAt ?? this.#hub.now();
    if (session && isIn(snapshot, session.bridge, call.leg)) {
      live.call = {
        ...call,
        state: 'talking',
        arrived: true,
        session: session.session,
        bridge: session.bridge,
        bridgedAt: row.bridgedAt ?? this.#hub.now(),
        answeredAt,
      };
      return;
    }
    live.call = {
      ...call,
      state: 'waiting',
      arrived: ours,
      result: 'abandoned',
      answeredAt,
      liveAt: answeredAt,
      endedBy: 'dialer',
    };
    if (ours) this.#hub.post({ type: 'call', attempt: row.attempt, event: { type: 'limit-reached' } });
    else live.call = { ...live.call, state: 'apologising' };
  }

  /** A closed attempt whose record still waits for what the agent says. */
  #restoreAftermath(row: UnfinishedAttempt): void {
    if (row.result === undefined || row.endedAt === undefined) return;
    const known = { result: row.result, endedAt: row.endedAt, counts: true };
    this.#hub.world.aftermath.set(row.attempt, { opened: row, campaign: row.campaign, outcome: known });
    const session = row.session === undefined ? undefined : this.#hub.world.sessions.get(row.session);
    if (session?.attempt === row.attempt && session.state === 'wrap-up') return;
    this.#aftermaths.said(row.attempt, { agent: row.agent ?? '', at: this.#hub.now() });
  }

  /** Its campaign's file is gone: closed by the call record alone. */
  #closeLost(row: UnfinishedAttempt, record: CallRecord | undefined): false {
    const step = stepCall(
      { ...this.#restoredCall(row, lostPlan), state: 'ringing' },
      lostEvent(record),
      this.#hub.now(),
    );
    this.#aftermaths.closed({
      opened: row,
      campaign: row.campaign,
      agentToSpeak: false,
      attempt: {
        attempt: row.attempt,
        result: row.bridgedAt === undefined ? (step.call.result ?? 'failed') : 'connected',
        endedAt: record?.endedAt ?? this.#hub.now(),
        counts: record !== undefined,
      },
    });
    return false;
  }

  /** Answers and rings that we did not hear of during the outage. */
  #catchUp(snapshot: TelephonySnapshot): void {
    for (const leg of snapshot.legs) {
      const attempt = attemptOfLeg(leg.leg);
      const live = attempt === undefined ? undefined : this.#hub.world.calls.get(attempt);
      if (attempt === undefined || !live) continue;
      if (leg.state === 'ringing') this.#hub.post({ type: 'call', attempt, event: { type: 'ringing' } });
      if (leg.state === 'up' && leg.ours) this.#hub.post({ type: 'call', attempt, event: { type: 'arrived' } });
    }
  }

  /** Legs that are ours by name but that nobody knows any more. */
  #hangUpStrangers(snapshot: TelephonySnapshot): void {
    const { callByLeg, sessionByLeg } = this.#hub.world;
    for (const { leg } of snapshot.legs) {
      const ours = attemptOfLeg(leg) !== undefined || leg.startsWith('a-');
      if (ours && !callByLeg.has(leg) && !sessionByLeg.has(leg)) this.#hub.run({ type: 'hang-up', leg });
    }
  }
}

const liveLegs = (snapshot: TelephonySnapshot): Set<LegId> => new Set(snapshot.legs.map((leg) => leg.leg));

const isIn = (snapshot: TelephonySnapshot, bridge: string, leg: LegId): boolean =>
  snapshot.bridges.some((candidate) => candidate.bridge === bridge && candidate.legs.includes(leg));

const isBridged = (snapshot: TelephonySnapshot, leg: LegId): boolean =>
  snapshot.bridges.some((bridge) => bridge.legs.includes(leg));

const causeByDisposition = { answered: 16, 'no-answer': 19, busy: 17, failed: 38, congestion: 34 } as const;

const causeOf = (record: CallRecord | undefined): number =>
  record === undefined ? 0 : causeByDisposition[record.disposition];

/** What became of a leg that nobody saw end: its call record's word; without one the INVITE never left. */
function lostEvent(record: CallRecord | undefined): { type: 'vanished'; answered: boolean; cause: number } {
  return { type: 'vanished', answered: record?.answeredAt !== undefined, cause: causeOf(record) };
}

const lostPlan = {
  detection: 'off',
  onMachine: 'hang-up',
  ringTimeoutMs: 0,
  minRingMs: 0,
  noAgentAfterMs: 0,
  reconnectMs: 0,
} as const;
