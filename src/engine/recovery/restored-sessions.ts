// Agent sessions over a restart of ours or of the exchange: agents come back into the session they were in, at once when
// their phone's leg still lives, else by being called back. Decides nothing about calls.

import { defined } from '../../base/defined.ts';
import type { AgentSession } from '../../agent/session.ts';
import type { AttemptId, LegId, SessionId } from '../../terms.ts';
import type { Agents } from '../agents/agents.ts';
import type { OutsidePhones } from '../agents/outside-phones.ts';
import { sessionBridge } from '../agents/agent-phones.ts';
import { sessionPlan } from '../agents/session-plan.ts';
import { sessionOfDesk } from '../agents/desk-recovery.ts';
import { attemptOfLeg, customerLeg } from '../legs.ts';
import type { Hub } from '../hub.ts';
import type { TelephonySnapshot } from '../ports.ts';
import { isApart, isIn, legsIn, liveLegs, type Found } from './snapshots.ts';
import type { UnfinishedAttempt } from '../store/attempts.ts';
import type { UnfinishedSession } from '../store/sessions.ts';

export class RestoredSessions {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #outside: Pick<OutsidePhones, 'adopt' | 'ended'>;

  constructor(hub: Hub, agents: Agents, outside: Pick<OutsidePhones, 'adopt' | 'ended'>) {
    this.#hub = hub;
    this.#agents = agents;
    this.#outside = outside;
  }

  /** True when the session goes on; it is closed when its campaign or its agent, who talks with no person, is no more. */
  restore(row: UnfinishedSession, found: Found): boolean {
    const { attempts, snapshot } = found;
    const campaign = this.#hub.world.campaigns.get(row.campaign);
    const known = this.#hub.world.agentsByNumber.get(row.agent);
    const now = this.#hub.now();
    const leg = phoneLeg(row, attempts, snapshot);
    const desk = found.desks.get(row.session);
    const stood = restoredState(row, found);
    const state = desk === undefined ? stood : sessionOfDesk(stood, desk, attempts);
    // A removed agent finishes the conversation all the same.
    if (!campaign || (!known && !(state.state === 'talking' && leg !== undefined))) {
      this.#hub.writer.write(() => this.#hub.parts.store.sessions.close(row.session, now, 'campaign or agent is gone'));
      return false;
    }
    const bridge = sessionBridge(row.session);
    const session: AgentSession = {
      session: row.session,
      agent: row.agent,
      account: known?.account ?? '',
      name: known?.name ?? row.agent,
      campaign: row.campaign,
      plan: sessionPlan(campaign.definition, row.phoneKind),
      since: now,
      bridge,
      phone: leg === undefined ? 'down' : 'up',
      signOutAfter: false,
      ...(row.phoneKind === 'browser' ? { browser: true as const } : {}),
      ...state,
      ...defined({ leg, outside: row.phoneNumber ?? undefined }),
    };
    this.#agents.adopt(session);
    // One that dialed in instead has no line.
    if (row.phoneTrunk !== null && leg?.startsWith('a-') === true) {
      this.#outside.adopt(leg, row.session, { trunk: row.phoneTrunk, campaign: row.campaign });
    }
    const isSeated = leg === undefined || isIn(snapshot, bridge, leg);
    const restored = { type: 'bridge-restored', session: row.session, leg: isSeated ? undefined : leg } as const;
    this.#hub.runThen({ type: 'create-bridge', bridge }, restored);
    this.#agents.restored(session);
    // Muted within the last moments, unwritten: an agent is rather heard than mute without knowing it.
    if (state.state === 'talking' && leg !== undefined && !isMuted(state.attempt, found))
      this.#hub.run({ type: 'unmute', leg });
    return true;
  }

  /** Its bridge is there; a phone that lives and is not in it takes its seat. */
  bridgeRestored(session: SessionId, leg: LegId | undefined): void {
    if (leg !== undefined) this.#hub.run({ type: 'add-to-bridge', bridge: sessionBridge(session), leg });
    this.#agents.phones.resumeSound(session);
  }

  /** Restored sessions without a phone: it is called back. To be asked when the calls have been taken up. */
  callPhonesBack(): void {
    for (const { session, leg } of this.#hub.world.sessions.values()) {
      if (leg === undefined) this.#hub.post({ type: 'session', session, event: { type: 'phone-lost' } });
    }
  }

  /**
   * Phones whose legs did not survive, also while they still rang: their sessions wait while they are called back.
   * Legs that were not known `before` the snapshot was taken may be younger than it.
   */
  losePhones(snapshot: TelephonySnapshot, before: ReadonlySet<LegId>): void {
    const { sessions, sessionByLeg } = this.#hub.world;
    const alive = liveLegs(snapshot);
    this.#makeBridges(snapshot);
    for (const [leg, id] of [...sessionByLeg]) {
      const session = sessions.get(id);
      if (!session || alive.has(leg)) continue;
      if (!before.has(leg)) continue;
      const isSeated = session.leg === leg;
      sessionByLeg.delete(leg);
      this.#outside.ended(leg);
      this.#hub.post({ type: 'session', session: id, event: { type: isSeated ? 'phone-lost' : 'ring-failed' } });
    }
  }

  /** Also for sessions whose phones were gone before the exchange was: they are called back into their bridges. */
  #makeBridges(snapshot: TelephonySnapshot): void {
    for (const { session, bridge } of this.#hub.world.sessions.values()) {
      if (legsIn(snapshot, bridge) !== undefined) continue;
      this.#agents.phones.forgetSound(session);
      this.#hub.run({ type: 'create-bridge', bridge });
    }
  }
}

/** The leg of the session's phone, as written down or as found in its bridge; undefined when it is gone. */
function phoneLeg(
  row: UnfinishedSession,
  attempts: readonly UnfinishedAttempt[],
  snapshot: TelephonySnapshot,
): LegId | undefined {
  const persons = new Set(attempts.map(({ attempt }) => customerLeg(attempt)));
  const isUp = (leg: LegId): boolean => snapshot.legs.some((other) => other.leg === leg && other.state === 'up');
  const known = row.leg !== null && isUp(row.leg) ? row.leg : undefined;
  const seated = legsIn(snapshot, sessionBridge(row.session))?.filter(
    (leg) => attemptOfLeg(leg) === undefined && !persons.has(leg),
  );
  return known ?? seated?.find(isUp);
}

const isMuted = (attempt: AttemptId | undefined, { parts }: Found): boolean =>
  parts.some((one) => one.attempt === attempt && one.part === 'muted');

/** The session's person is on hold: in no bridge, while the agent was last heard of talking with them. */
const isHeldBy = (row: UnfinishedSession, one: UnfinishedAttempt, snapshot: TelephonySnapshot): boolean =>
  row.state === 'talking' &&
  row.attempt === one.attempt &&
  one.bridgedAt !== undefined &&
  isApart(snapshot, customerLeg(one.attempt));

/** Who has a person in the bridge talks, whatever was written down; who was kept for a record that is reserved still is. */
function restoredState(
  row: UnfinishedSession,
  { attempts, reservations, snapshot }: Found,
): Pick<AgentSession, 'state'> & Partial<AgentSession> {
  const talking = attempts.find(
    (one) =>
      one.result === undefined &&
      (isIn(snapshot, sessionBridge(row.session), customerLeg(one.attempt)) || isHeldBy(row, one, snapshot)),
  );
  if (talking) return { state: 'talking', attempt: talking.attempt };
  const over = attempts.find(({ attempt, bridgedAt }) => attempt === row.attempt && bridgedAt !== undefined);
  if (over) return { state: 'wrap-up', attempt: over.attempt };
  const reservation = reservations.find(({ agent, campaign }) => agent === row.agent && campaign === row.campaign);
  if (row.state === 'engaged' && reservation) {
    const out = attempts.find(({ record, result }) => record.record === reservation.record && result === undefined);
    return { state: 'engaged', forRecord: true, ...defined({ attempt: out?.attempt }) };
  }
  if (row.state === 'paused') {
    return row.reason === 'phone-lost' ? { state: 'ready' } : { state: 'paused', reason: row.reason ?? 'pause' };
  }
  return { state: row.state === 'offline' ? 'paused' : 'ready' };
}
