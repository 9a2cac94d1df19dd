// Attempts that the store left open at a restart of ours: taken up untouched when their leg still lives, else closed
// with what the call records say. What the exchange shows counts for more than what we had written down.

import { defined } from '../../base/defined.ts';
import type { AgentSession } from '../../agent/session.ts';
import type { CallEvent, CallOrigin, CallPlan } from '../../call/call.ts';
import { countsAsAttempt } from '../../call/causes.ts';
import { newCall, stepCall, type NewCall } from '../../call/machine.ts';
import { factsBefore } from '../../records/before-call.ts';
import { sessionBridge } from '../agents/agent-phones.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import type { Calls } from '../calls/calls.ts';
import type { Hub } from '../hub.ts';
import { customerLeg, dialedBecause, handOverBridge, isInbound, thirdLeg } from '../legs.ts';
import { planOf } from '../dialing/placement.ts';
import type { Third } from '../../call/talk.ts';
import type { AttemptId, BridgeId, SessionId } from '../../terms.ts';
import type { CallRecord, SnapshotLeg } from '../ports.ts';
import { answerOf, besides, isApart, isIn, lostEvent, type Found } from './snapshots.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { Reservation } from '../store/reservations.ts';
import type { LiveCall, RunningCampaign } from '../world.ts';

export class RestoredCalls {
  readonly #hub: Hub;
  readonly #calls: Calls;
  readonly #recordOutcomes: RecordOutcomes;

  constructor(hub: Hub, parts: { calls: Calls; recordOutcomes: RecordOutcomes }) {
    this.#hub = hub;
    this.#calls = parts.calls;
    this.#recordOutcomes = parts.recordOutcomes;
  }

  /** True when the call still lives and was taken up. Sessions must have been restored before. */
  restore(row: UnfinishedAttempt, found: Found, record: CallRecord | undefined): boolean {
    const { snapshot } = found;
    const reservation = found.reservations.find((one) => one.record === row.record.record);
    const engaged = this.#keeperOf(reservation);
    const campaign = this.#hub.world.campaigns.get(row.campaign);
    const { callback } = row.record;
    if (callback !== null && callback.setAt >= row.dialedAt) {
      this.#hub.world.recordOutcomes.set(row.attempt, {
        origin: this.#originOf(row),
        opened: row,
        campaign: row.campaign,
        agreed: callback,
      });
    }
    if (row.result !== undefined) {
      this.#restoreRecordOutcome(row, reservation !== undefined);
      return false;
    }
    if (!campaign) return this.#closeLost(row, record);
    const leg = snapshot.legs.find((candidate) => candidate.leg === customerLeg(row.attempt));
    const answeredAt = row.answeredAt ?? (leg && answerOf(leg, snapshot.at, this.#hub.now()));
    const call = foundCall({ ...row, ...defined({ answeredAt }) }, this.#originOf(row), planOf(campaign.definition));
    const event = this.#eventOf(row, leg, found);
    this.#calls.restore(call, event, { opened: row, ...defined({ engaged }) });
    if (!leg) this.#calls.lost(row.attempt, record, snapshot.at);
    else this.#countLive(row.attempt, campaign);
    return leg !== undefined;
  }

  /** How the exchange shows the call. A conversation stays one, whatever was written down. */
  #eventOf(row: UnfinishedAttempt, leg: SnapshotLeg | undefined, found: Found): CallEvent {
    const { snapshot } = found;
    if (!leg) return { type: 'restored', as: { is: 'gone', ...defined({ toSpeak: this.#speakerOf(row) }) } };
    if (leg.givenUp) return { type: 'restored', as: { is: 'given-up' } };
    if (leg.state !== 'up') return { type: 'ringing' };
    const session = [...this.#hub.world.sessions.values()].find(({ bridge }) =>
      isIn(snapshot, bridge, leg.leg),
    )?.session;
    const holder = session ?? this.#holderOf(row, leg, found);
    if (holder !== undefined) {
      const heldAt = session === undefined ? this.#heldAt(row, found) : undefined;
      const isMuted = found.parts.some(({ attempt, part }) => attempt === row.attempt && part === 'muted');
      const third = this.#thirdOf(row, found, sessionBridge(holder));
      const controls = { ...defined({ heldAt, third }), ...(isMuted ? { isMuted: true as const } : {}) };
      return { type: 'restored', as: { is: 'talking', session: holder, bridge: sessionBridge(holder), ...controls } };
    }
    const third = this.#thirdOf(row, found, handOverBridge(row.attempt));
    if (third && isIn(snapshot, handOverBridge(row.attempt), leg.leg)) {
      return { type: 'restored', as: { is: 'handed-over', third } };
    }
    const isGiven = found.thirds.some(({ attempt, kind }) => attempt === row.attempt && kind === 'number');
    if (isGiven && row.bridgedAt !== undefined && leg.ours) return { type: 'restored', as: { is: 'given-away' } };
    const isMachine = row.verdict === 'machine' && this.#planOf(row)?.onMachine === 'leave-message';
    return { type: 'restored', as: { is: isMachine ? 'with-a-machine' : 'answered', ours: leg.ours } };
  }

  /** The third party whom the exchange shows in that bridge. */
  #thirdOf({ attempt }: UnfinishedAttempt, { thirds, snapshot }: Found, bridge: BridgeId): Third | undefined {
    for (const { id, who, how } of thirds.filter((one) => one.attempt === attempt)) {
      const leg = how === 'take-over' ? besides(snapshot, bridge, customerLeg(attempt)) : thirdLeg(id);
      if (leg !== undefined && isIn(snapshot, bridge, leg))
        return { id, leg, who: { kind: 'number', name: who }, state: 'here' };
    }
    return undefined;
  }

  /** The session that has the person on hold. */
  #holderOf({ attempt }: UnfinishedAttempt, { leg }: SnapshotLeg, { snapshot }: Found): SessionId | undefined {
    if (!isApart(snapshot, leg)) return undefined;
    const holds = (one: AgentSession): boolean => one.state === 'talking' && one.attempt === attempt;
    return [...this.#hub.world.sessions.values()].find(holds)?.session;
  }

  #heldAt({ attempt }: UnfinishedAttempt, { parts }: Found): number {
    return parts.find((one) => one.attempt === attempt && one.part === 'held')?.startedAt ?? this.#hub.now();
  }

  #planOf({ campaign }: UnfinishedAttempt): CallPlan | undefined {
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    return definition && planOf(definition);
  }

  /** By the book in which it stands, and by what its record says. */
  #originOf(row: UnfinishedAttempt): CallOrigin {
    if (isInbound(row.attempt)) return 'inbound';
    return dialedBecause(row, this.#hub.world.campaigns.get(row.campaign)?.definition);
  }

  /** The session of the agent who talked with the person and has yet to say what it was. */
  #speakerOf({ attempt, session }: UnfinishedAttempt): SessionId | undefined {
    if (session === undefined) return undefined;
    return this.#hub.world.sessions.get(session)?.attempt === attempt ? session : undefined;
  }

  /** A person who has picked up is a live answer, whichever run of ours dialed. */
  #countLive(attempt: AttemptId, campaign: RunningCampaign): void {
    const call = this.#hub.world.calls.get(attempt)?.call;
    if (call?.liveAt === undefined || call.origin === 'inbound') return;
    campaign.answers.live(attempt, call.result === 'abandoned');
  }

  /** The agent who is kept for a reserved record; what becomes of it is said there. */
  #keeperOf(reservation: Reservation | undefined): LiveCall['engaged'] {
    const session = reservation && this.#hub.world.sessionByAgent.get(reservation.agent);
    return session === undefined ? undefined : { session, keepsRecord: true };
  }

  /** A closed attempt whose record still waits for what the agent says, or is reserved for one. */
  #restoreRecordOutcome(row: UnfinishedAttempt, isReserved: boolean): void {
    if (row.result === undefined || row.endedAt === undefined) return;
    const origin = this.#originOf(row);
    const known = { result: row.result, endedAt: row.endedAt, counts: true };
    const record = factsBefore(row.record, { counts: origin !== 'inbound', rule: null });
    const opened = { ...row, record };
    const before = this.#hub.world.recordOutcomes.get(row.attempt);
    this.#hub.world.recordOutcomes.set(row.attempt, {
      ...before,
      origin,
      opened,
      campaign: row.campaign,
      outcome: known,
    });
    const session = row.session === undefined ? undefined : this.#hub.world.sessions.get(row.session);
    if (isReserved || (session?.attempt === row.attempt && session.state === 'wrap-up')) return;
    this.#recordOutcomes.give(row.attempt, { agent: row.agent ?? '', at: this.#hub.now() });
  }

  /** Its campaign's file is gone: closed by the call record alone. */
  #closeLost(row: UnfinishedAttempt, record: CallRecord | undefined): false {
    const now = this.#hub.now();
    const gone = stepCall(
      newCall(foundCall(row, this.#originOf(row), lostPlan)),
      { type: 'restored', as: { is: 'gone' } },
      now,
    );
    const step = stepCall(gone.call, lostEvent(record), now);
    const result = row.bridgedAt === undefined ? (step.call.result ?? 'failed') : 'connected';
    this.#recordOutcomes.closed({
      origin: this.#originOf(row),
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

function foundCall(row: UnfinishedAttempt, origin: CallOrigin, plan: CallPlan): NewCall {
  const { attempt, campaign, dialedAt, answeredAt, bridgedAt } = row;
  const times = defined({ answeredAt, liveAt: answeredAt, bridgedAt });
  return { origin, attempt, leg: customerLeg(attempt), campaign, plan, dialedAt, ...times };
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
