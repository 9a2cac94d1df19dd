// Attempts that the store left open at a restart of ours: taken up untouched when their leg still lives, else closed
// with what the call records say. What the exchange shows counts for more than what we had written down.

import { defined } from '../../base/defined.ts';
import type { Call } from '../../call/call.ts';
import { countsAsAttempt } from '../../call/causes.ts';
import { stepCall } from '../../call/machine.ts';
import { factsBefore } from '../../records/before-call.ts';
import { sessionBridge } from '../agents/agent-phones.ts';
import type { Aftermaths } from '../calls/aftermath.ts';
import type { Calls } from '../calls/calls.ts';
import type { Hub } from '../hub.ts';
import { customerLeg, isInbound } from '../legs.ts';
import { planOf } from '../dialing/placement.ts';
import type { CallRecord, TelephonySnapshot } from '../ports.ts';
import { isIn, lostEvent, type Found } from './snapshots.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { Reservation } from '../store/reservations.ts';
import type { LiveCall } from '../world.ts';

export class RestoredCalls {
  readonly #hub: Hub;
  readonly #calls: Calls;
  readonly #aftermaths: Aftermaths;

  constructor(hub: Hub, parts: { calls: Calls; aftermaths: Aftermaths }) {
    this.#hub = hub;
    this.#calls = parts.calls;
    this.#aftermaths = parts.aftermaths;
  }

  /** True when the call still lives and was taken up. Sessions must have been restored before. */
  restore(row: UnfinishedAttempt, found: Found, record: CallRecord | undefined): boolean {
    const { snapshot } = found;
    const reservation = found.reservations.find((one) => one.record === row.record.record);
    const engaged = this.#keeperOf(reservation);
    const campaign = this.#hub.world.campaigns.get(row.campaign);
    const { callback } = row.record;
    if (callback !== null && callback.setAt >= row.dialedAt) {
      this.#hub.world.aftermath.set(row.attempt, { opened: row, campaign: row.campaign, agreed: callback });
    }
    if (row.result !== undefined) {
      this.#restoreAftermath(row, reservation !== undefined);
      return false;
    }
    if (!campaign) return this.#closeLost(row, record);
    const leg = snapshot.legs.find((candidate) => candidate.leg === customerLeg(row.attempt));
    const call = restoredCall(row, planOf(campaign.definition));
    if (!leg) {
      const lost = this.#calls.adopt(
        { ...call, state: row.answeredAt === undefined ? 'ringing' : 'releasing' },
        row,
        engaged,
      );
      if (row.bridgedAt !== undefined) {
        const toSpeak = row.session !== undefined && this.#hub.world.sessions.get(row.session)?.attempt === row.attempt;
        lost.call = { ...lost.call, result: 'connected', ...(toSpeak ? { session: row.session } : {}) };
      }
      this.#calls.lost(row.attempt, record, snapshot.at);
      return false;
    }
    if (leg.givenUp) {
      this.#calls.adopt(
        { ...call, state: 'releasing', result: 'no-answer', endedBy: 'dialer', mayHaveRung: true },
        row,
        engaged,
      );
      this.#calls.reapSoon(row.attempt);
      return true;
    }
    this.#calls.adopt(call, row, engaged);
    if (leg.state !== 'up') {
      this.#hub.post({ type: 'call', attempt: row.attempt, event: { type: 'ringing' } });
      return true;
    }
    this.#restoreAnswered(call, row, snapshot, leg.ours);
    const restored = this.#hub.world.calls.get(row.attempt)?.call;
    if (restored?.liveAt !== undefined && !isInbound(row.attempt)) {
      campaign.ledger.live(row.attempt, restored.result === 'abandoned');
    }
    return true;
  }

  /** The agent who is kept for a reserved record; what becomes of it is said there. */
  #keeperOf(reservation: Reservation | undefined): LiveCall['engaged'] {
    const session = reservation && this.#hub.world.sessionByAgent.get(reservation.agent);
    return session === undefined ? undefined : { session, keepsRecord: true };
  }

  /** Up on the exchange: in conversation it stays so; waiting for us it hears the message; else the dialplan has it. */
  #restoreAnswered(call: Call, row: UnfinishedAttempt, snapshot: TelephonySnapshot, ours: boolean): void {
    const live = this.#hub.world.calls.get(row.attempt);
    if (!live) return;
    const answeredAt = row.answeredAt ?? this.#hub.now();
    const session = [...this.#hub.world.sessions.values()].find(({ bridge }) => isIn(snapshot, bridge, call.leg));
    if (session) {
      live.call = {
        ...call,
        state: 'talking',
        arrived: true,
        session: session.session,
        bridge: sessionBridge(session.session),
        bridgedAt: row.bridgedAt ?? this.#hub.now(),
        answeredAt,
        liveAt: answeredAt,
      };
      this.#calls.noteProgress(row.attempt);
      return;
    }
    if (row.verdict === 'machine' && call.plan.onMachine === 'leave-message') {
      return this.#restoreMachine(live, { ...call, answeredAt }, ours);
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

  /** A machine that was to be left a message: the beep may still come, else the call is over. */
  #restoreMachine(live: LiveCall, call: Call, ours: boolean): void {
    live.call = { ...call, state: 'awaiting-beep', arrived: true, result: 'machine', endedBy: 'dialer' };
    const { attempt } = call;
    const giveUp = (): void => this.#hub.post({ type: 'call', attempt, event: { type: 'limit-reached' } });
    if (ours) giveUp();
    else this.#hub.timers.set(`limit ${attempt}`, this.#hub.now() + call.plan.beepWithinMs, giveUp);
  }

  /** A closed attempt whose record still waits for what the agent says, or is reserved for one. */
  #restoreAftermath(row: UnfinishedAttempt, isReserved: boolean): void {
    if (row.result === undefined || row.endedAt === undefined) return;
    const known = { result: row.result, endedAt: row.endedAt, counts: true };
    const record = factsBefore(row.record, { counts: !isInbound(row.attempt), rule: null });
    const opened = { ...row, record };
    const before = this.#hub.world.aftermath.get(row.attempt);
    this.#hub.world.aftermath.set(row.attempt, { ...before, opened, campaign: row.campaign, outcome: known });
    const session = row.session === undefined ? undefined : this.#hub.world.sessions.get(row.session);
    if (isReserved || (session?.attempt === row.attempt && session.state === 'wrap-up')) return;
    this.#aftermaths.said(row.attempt, { agent: row.agent ?? '', at: this.#hub.now() });
  }

  /** Its campaign's file is gone: closed by the call record alone. */
  #closeLost(row: UnfinishedAttempt, record: CallRecord | undefined): false {
    const step = stepCall({ ...restoredCall(row, lostPlan), state: 'ringing' }, lostEvent(record), this.#hub.now());
    const result = row.bridgedAt === undefined ? (step.call.result ?? 'failed') : 'connected';
    this.#aftermaths.closed({
      opened: row,
      campaign: row.campaign,
      agentToSpeak: false,
      attempt: {
        attempt: row.attempt,
        result,
        endedAt: record?.endedAt ?? this.#hub.now(),
        counts: record !== undefined || countsAsAttempt(result, row),
      },
    });
    return false;
  }
}

function restoredCall(row: UnfinishedAttempt, plan: Call['plan']): Call {
  return {
    attempt: row.attempt,
    leg: customerLeg(row.attempt),
    campaign: row.campaign,
    plan,
    state: 'placing',
    dialedAt: row.dialedAt,
    arrived: false,
    ...(row.answeredAt === undefined ? {} : { answeredAt: row.answeredAt, liveAt: row.answeredAt }),
    ...defined({ bridgedAt: row.bridgedAt }),
  };
}

const lostPlan = {
  detection: 'off',
  onMachine: 'hang-up',
  ringTimeoutMs: 0,
  minRingMs: 0,
  noAgentAfterMs: 0,
  reconnectMs: 0,
  beepWithinMs: 0,
} as const;
