// The agent sessions: begun, fed with events, given people, closed. What the agent machine asks for is carried out in
// session-acts.ts; how an agent signs in is sign-ins.ts, what happens to the phones agent-phones.ts.

import type { AgentSession, SessionEvent } from '../../agent/session.ts';
import { stepSession } from '../../agent/machine.ts';
import { isWrappedUpAtDesk } from '../../agent/steps.ts';
import { pickAgent } from '../../call/routing.ts';
import type { AttemptId, CampaignName, LegId, SessionId } from '../../terms.ts';
import type { RecordOutcomes } from '../calls/record-outcomes.ts';
import { AgentPhones, type PhoneLookouts } from './agent-phones.ts';
import type { OutsidePhones } from './outside-phones.ts';
import type { Hub } from '../hub.ts';
import { checkedKey } from '../dialing/number-gate.ts';
import { isWorkedByKeys } from './desk-plan.ts';
import { newSession, phoneKindOf, type NewSession } from './new-session.ts';
import { Prompts } from './prompts.ts';
import { mayTake, mayWork, waitsForAnyone } from './rights.ts';
import { SessionActs } from './session-acts.ts';
import { isNewStretch, SessionNews } from './session-news.ts';
import type { SessionWatcher } from './session-watcher.ts';
import { sessionPlan } from './session-plan.ts';
import { StateTones } from './state-tones.ts';

const GOODBYE_MS = 8_000;

export class Agents {
  readonly #hub: Hub;
  readonly #recordOutcomes: RecordOutcomes;
  readonly #watcher: SessionWatcher;
  readonly #tones: StateTones;
  readonly #news: SessionNews;
  readonly #acts: SessionActs;
  readonly prompts: Prompts;
  readonly phones: AgentPhones;

  constructor(
    hub: Hub,
    parts: {
      readonly recordOutcomes: RecordOutcomes;
      readonly lookouts: PhoneLookouts;
      readonly outside: Pick<OutsidePhones, 'call'>;
      readonly watcher: SessionWatcher;
    },
  ) {
    this.#hub = hub;
    this.#recordOutcomes = parts.recordOutcomes;
    this.#watcher = parts.watcher;
    this.prompts = new Prompts(hub);
    this.#news = new SessionNews(hub);
    this.#tones = new StateTones(hub, this.prompts);
    this.phones = new AgentPhones(hub, { ...parts, prompts: this.prompts });
    this.#acts = new SessionActs(hub, {
      recordOutcomes: parts.recordOutcomes,
      watcher: parts.watcher,
      prompts: this.prompts,
      phones: this.phones,
      offer: (session) => this.#offer(session),
      close: (session, reason) => this.#close(session, reason),
    });
  }

  /** An agent has signed in by phone, or at a desk: a session begins, paused until the agent asks for calls. */
  open(signedIn: NewSession): void {
    const { world } = this.#hub;
    const definition = world.campaigns.get(signedIn.campaign)?.definition;
    if (!definition || !mayWork(world, signedIn.agent, signedIn.campaign)) return this.#turnAway(signedIn.leg);
    const phoneKind = phoneKindOf(signedIn);
    const session = newSession(signedIn, {
      id: this.#hub.parts.newId(),
      plan: sessionPlan(definition, phoneKind),
      isWorkedByKeys: isWorkedByKeys(definition),
      now: this.#hub.now(),
    });
    const { session: id, agent, campaign, bridge, plan, since: startedAt } = session;
    const row = {
      session: id,
      agent,
      campaign,
      phoneMode: plan.phoneMode,
      phoneKind,
      phoneNumber: signedIn.outside ?? null,
      leg: signedIn.leg ?? null,
      bridge,
      startedAt,
    };
    this.#hub.writer.write(() => this.#hub.parts.store.sessions.open(row));
    this.adopt(session);
    this.#news.changed(undefined, session);
    this.#tones.follow(session);
    this.#watcher.sessionStepped(undefined, session);
    this.#hub.runThen({ type: 'create-bridge', bridge }, { type: 'bridge-made', session: id, leg: signedIn.leg });
  }

  /** The bridge of a new session is there: the phone that signed in takes its seat, or the agent's phone is rung. */
  begin(id: SessionId, leg: LegId | undefined): void {
    const session = this.#hub.world.sessions.get(id);
    if (leg === undefined) return this.#ringFirst(session);
    this.phones.seat(id, leg);
    const isOff = this.#hub.world.outboundOff !== undefined;
    if (!session) return;
    this.prompts.say(session, ['signed-in', ...(isOff ? (['outbound-off'] as const) : []), 'you-are-paused']);
  }

  #ringFirst(session: AgentSession | undefined): void {
    if (session?.graceUntil === undefined) return;
    this.#acts.carryOut(session, { do: 'set-timer', timer: 'grace', at: session.graceUntil });
    this.handle(session.session, { type: 'ring-again' });
  }

  /** The agent was taken out of the campaign while signing in to it. */
  #turnAway(leg: LegId | undefined): void {
    if (leg === undefined) return;
    this.prompts.sayTo(leg, ['not-assigned']);
    this.prompts.afterSaying(leg, () => this.#hub.run({ type: 'hang-up', leg }), GOODBYE_MS);
  }

  /** Takes a session into the world, new or found after a restart. */
  adopt(session: AgentSession): void {
    this.#hub.world.sessions.set(session.session, session);
    this.#hub.world.sessionByAgent.set(session.agent, session.session);
    if (session.leg !== undefined) this.#hub.world.sessionByLeg.set(session.leg, session.session);
  }

  /** A session found again after a restart goes on where it was. */
  restored(session: AgentSession): void {
    this.#news.changed(undefined, session);
    this.#tones.follow(session);
    if (session.state === 'ready') this.#offer(session);
    if (session.state !== 'wrap-up' || isWrappedUpAtDesk(session)) return;
    this.#acts.carryOut(session, {
      do: 'set-timer',
      timer: 'wrap-up',
      at: this.#hub.now() + session.plan.wrapUpLimitMs,
    });
  }

  /** Gives a live answer to the longest-idle ready agent of the campaign; false when there is none. */
  reserve(campaign: CampaignName, attempt: AttemptId): boolean {
    const sessions = this.#hub.world.sessionsOf(campaign);
    const waiting = sessions.filter((session) => waitsForAnyone(this.#hub.world, session));
    const ready = waiting.length > 0 ? waiting : sessions.filter((session) => mayTake(this.#hub.world, session));
    const chosen = pickAgent(ready.map(({ session, since }) => ({ session, readySince: since })));
    if (!chosen) return false;
    this.handle(chosen.session, { type: 'reserve', attempt });
    const agent = this.#hub.world.sessions.get(chosen.session)?.agent;
    if (this.#hub.world.calls.get(attempt)?.call.origin === 'inbound') return true;
    // Reported at the reservation: from here on this call needs no other agent, and this agent takes no other call.
    const event = { at: this.#hub.now(), type: 'connected', call: attempt, agent: agent ?? '' } as const;
    this.#hub.world.campaigns.get(campaign)?.pacer?.observe(event);
    return true;
  }

  /** Gives a person to that agent, ready or kept for the call; false when neither is so any more. */
  reserveThis(id: SessionId, attempt: AttemptId): boolean {
    const session = this.#hub.world.sessions.get(id);
    if (session?.state === 'engaged') return this.reserveEngaged(id, attempt);
    if (!session || !mayTake(this.#hub.world, session)) return false;
    this.handle(id, { type: 'reserve', attempt });
    return true;
  }

  /** Gives a person to the agent who was engaged for them alone; false when the agent is not engaged any more. */
  reserveEngaged(id: SessionId, attempt: AttemptId): boolean {
    const session = this.#hub.world.sessions.get(id);
    if (session?.state !== 'engaged' || session.attempt !== attempt) return false;
    this.handle(id, { type: 'reserve', attempt });
    return true;
  }

  /** Whether the session's agent may still work in its campaign. */
  hasRights(id: SessionId): boolean {
    const session = this.#hub.world.sessions.get(id);
    return session !== undefined && mayWork(this.#hub.world, session.agent, session.campaign);
  }

  handle(id: SessionId, event: SessionEvent): void {
    const before = this.#hub.world.sessions.get(id);
    if (!before) return;
    const step = stepSession(before, checkedKey(this.#hub, before, event), this.#hub.now());
    if (step.ignored) return;
    this.#hub.world.sessions.set(id, step.session);
    if (isNewStretch(before, step.session)) this.#news.changed(before, step.session, event);
    if (event.type === 'phone-changed')
      this.#hub.writer.write(() => this.#hub.parts.store.sessions.phone(id, event.to));
    for (const effect of step.effects) this.#acts.carryOut(step.session, effect);
    this.#tones.follow(step.session, before);
    this.#watcher.sessionStepped(before, step.session, event);
    // What becomes of a record that an agent is kept for is said by whoever keeps it.
    if (before.attempt !== undefined && before.attempt !== step.session.attempt && before.forRecord !== true) {
      this.#recordOutcomes.giveNone(before.attempt, before.agent);
    }
  }

  /** First who was called and waits, within the law's limit; then who called us; then what is due for this agent. */
  #offer(session: AgentSession): void {
    const campaign = this.#hub.world.campaigns.get(session.campaign);
    for (const waiting of [campaign?.waiting, campaign?.callers]) {
      const attempt = waiting?.[0];
      if (attempt === undefined || !this.reserve(session.campaign, attempt)) continue;
      waiting?.shift();
      return;
    }
    this.#hub.post({ type: 'agent-free', session: session.session });
  }

  /** A bug was met, or a supervisor ends a session that hangs: it is over, and its person gets another agent. */
  closeBroken(id: SessionId, reason = 'fault'): void {
    const session = this.#hub.world.sessions.get(id);
    if (!session) return;
    if (session.leg !== undefined) this.#hub.run({ type: 'hang-up', leg: session.leg });
    this.#acts.clearTimers(id);
    const { attempt } = session;
    if (attempt !== undefined) {
      this.#hub.post({ type: 'call', attempt, event: { type: 'agent-lost' } });
      this.#recordOutcomes.giveNone(attempt, session.agent);
    }
    this.#close(session, reason);
    this.#watcher.sessionStepped(session, { ...session, state: 'offline', reason });
    this.#news.ended(session);
  }

  #close(session: AgentSession, reason: string): void {
    const { session: id } = session;
    const { world } = this.#hub;
    world.sessions.delete(id);
    if (world.sessionByAgent.get(session.agent) === id) world.sessionByAgent.delete(session.agent);
    const at = this.#hub.now();
    this.#hub.writer.write(() => this.#hub.parts.store.sessions.close(id, at, reason));
    this.phones.close(session);
    this.#hub.post({ type: 'session-closed', agent: session.agent });
  }
}
