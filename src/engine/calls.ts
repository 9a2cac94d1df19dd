// The calls: feeds the call machine and carries its effects out on the exchange, the agents and the pacer.
// Decides nothing itself; what a record becomes afterwards is aftermath.ts.

import { unreachable } from '../base/errors.ts';
import { maskNumber } from '../base/log.ts';
import type { Call, CallEffect, CallEvent, CallPlan, CallTimer } from '../call/call.ts';
import { countsAsAttempt } from '../call/causes.ts';
import { placeCall, stepCall } from '../call/machine.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Heard } from '../campaign/limits.ts';
import { GLOBAL_LIST } from '../list/do-not-call.ts';
import type { AttemptId, Result, SessionId } from '../terms.ts';
import type { Aftermaths } from './aftermath.ts';
import type { Agents } from './agents.ts';
import { CallSounds } from './call-sounds.ts';
import type { Hub, TrunkSettings } from './hub.ts';
import { customerLeg, isInbound, originOf } from './legs.ts';
import { windowEvent } from './pacer-feed.ts';
import type { AttemptProgress, OpenedAttempt } from './store-attempts.ts';
import type { LiveCall, RunningCampaign } from './world.ts';

const RECONNECT_MS = 20_000;
const REAP_AGAIN_MS = 5_000;
/** The exchange's own ring limit lies this far above ours: it counts only when we are away. */
const EXCHANGE_RING_MARGIN_MS = 15_000;

/** What a campaign wants done with its calls. */
export function planOf(campaign: Campaign): CallPlan {
  return {
    detection: campaign.answer.detection,
    onMachine: campaign.answer.onMachine,
    ringTimeoutMs: campaign.pacing.ringTimeoutMs,
    minRingMs: campaign.pacing.minRingMs,
    noAgentAfterMs: campaign.answer.noAgentAfterMs,
    reconnectMs: RECONNECT_MS,
    beepWithinMs: campaign.answer.message?.beepWithinMs ?? 0,
    ...(campaign.answer.doNotCall === undefined ? {} : { doNotCallKey: campaign.answer.doNotCall.key }),
  };
}

export class Calls {
  readonly #hub: Hub;
  readonly #agents: Agents;
  readonly #aftermaths: Aftermaths;
  readonly #sounds: CallSounds;
  readonly #heard: (live: LiveCall, heard: Heard) => void;
  /** Agents held for calls of theirs alone. */
  readonly #heldFor = new Map<AttemptId, SessionId>();
  /** Told of every step that a call has taken. */
  stepped: (before: Call, live: LiveCall) => void = () => undefined;
  /** Carries out what is done otherwise for people who called us; false: nothing of the kind. */
  ofInbound: (live: LiveCall, effect: CallEffect) => boolean = () => false;

  /** `heard` learns what the network made of each call: that it rings, and once its result. */
  constructor(
    hub: Hub,
    parts: { agents: Agents; aftermaths: Aftermaths; heard: (live: LiveCall, heard: Heard) => void },
  ) {
    this.#hub = hub;
    this.#agents = parts.agents;
    this.#aftermaths = parts.aftermaths;
    this.#heard = parts.heard;
    this.#sounds = new CallSounds(hub);
  }

  /** Sends the INVITE of an attempt that is durable; `heldFor` is the session that it is for alone. */
  place(opened: OpenedAttempt, campaign: RunningCampaign, trunk: TrunkSettings, heldFor?: SessionId): void {
    const { attempt } = opened;
    const leg = customerLeg(attempt);
    const plan = planOf(campaign.definition);
    const { doNotCall } = campaign.definition.answer;
    const [call, ...effects] = placeCall({
      attempt,
      leg,
      campaign: campaign.definition.name,
      plan,
      dialedAt: this.#hub.now(),
    });
    const live = this.adopt(call, opened, heldFor === undefined);
    if (heldFor !== undefined) this.#heldFor.set(attempt, heldFor);
    campaign.figures.dialed();
    const number = opened.record.phones[opened.phoneIndex]?.number ?? '';
    this.#hub.parts.log.info(
      { attempt, campaign: call.campaign, number: maskNumber(number), trunk: trunk.name },
      'call placed',
    );
    this.#hub.run(
      {
        type: 'place-call',
        leg,
        attempt,
        number: dialString(number, trunk),
        trunk: trunk.name,
        callerId: opened.callerId,
        ringTimeoutMs: plan.ringTimeoutMs + EXCHANGE_RING_MARGIN_MS,
        abandonSound: campaign.definition.answer.noAgentSound,
        ...(doNotCall === undefined ? {} : { doNotCall }),
      },
      (reason) => ({ type: 'call', attempt, event: { type: 'place-failed', reason } }),
    );
    this.#apply(live, effects);
  }

  /** Takes a call into the world, new or found on the exchange after a restart. */
  adopt(call: Call, opened: OpenedAttempt, paced = !isInbound(call.attempt)): LiveCall {
    const live: LiveCall = { call, opened, waited: false, met: false, closed: false, paced };
    this.#hub.world.calls.set(call.attempt, live);
    this.#hub.world.callByLeg.set(call.leg, call.attempt);
    return live;
  }

  /** What is known of a call that was taken up, kept at once: a second crash must find it. */
  noteProgress(attempt: AttemptId): void {
    const live = this.#hub.world.calls.get(attempt);
    if (live) this.#noteProgress(live);
  }

  /** True when the event meant something to the call. */
  handle(attempt: AttemptId, event: CallEvent): boolean {
    const live = this.#hub.world.calls.get(attempt);
    if (!live) return false;
    const before = live.call;
    const step = stepCall(before, event, this.#hub.now());
    if (step.ignored) {
      this.#hub.parts.log.debug({ attempt, state: before.state, event: event.type }, 'event ignored');
      return false;
    }
    live.call = step.call;
    if (before.state !== step.call.state) this.#tellTransition(before, live, event);
    this.#apply(live, step.effects);
    this.stepped(before, live);
    return true;
  }

  #tellTransition(before: Call, { call: after, opened }: LiveCall, event: CallEvent): void {
    const { attempt, campaign } = after;
    const fields = { attempt, campaign, from: before.state, event: event.type, to: after.state };
    this.#hub.parts.log.info(after.result === undefined ? fields : { ...fields, result: after.result }, 'call');
    this.#hub.tell({ type: 'call', at: this.#hub.now(), ...fields, ...originOf(opened) });
  }

  #apply(live: LiveCall, effects: readonly CallEffect[]): void {
    for (const effect of effects) this.#carryOut(live, effect);
  }

  #carryOut(live: LiveCall, effect: CallEffect): void {
    const { attempt, leg } = live.call;
    if (isInbound(attempt) && this.ofInbound(live, effect)) return;
    switch (effect.do) {
      case 'hang-up':
        return this.#hub.run({ type: 'hang-up', leg });
      case 'seek-agent':
        return this.#seekAgent(live);
      case 'stop-seeking':
        return this.#stopSeeking(live);
      case 'join-agent':
        return this.#hub.run({ type: 'add-to-bridge', bridge: effect.bridge, leg }, () => ({
          type: 'call',
          attempt,
          event: { type: 'join-refused' },
        }));
      case 'release-agent':
        return this.#hub.post({
          type: 'session',
          session: effect.session,
          event: { type: 'released', attempt, why: effect.why },
        });
      case 'agent-connected':
        return this.#hub.post({ type: 'session', session: effect.session, event: { type: 'connected', attempt } });
      case 'detect-before-agent':
        return this.#hub.run({ type: 'detect-before-agent', leg }, () => ({
          type: 'call',
          attempt,
          event: { type: 'detect-refused' },
        }));
      case 'detect-in-parallel':
        return this.#hub.run({ type: 'detect-in-parallel', leg });
      case 'start-waiting-sound':
        return this.#sounds.startWaiting(live);
      case 'stop-waiting-sound':
        return this.#sounds.stopWaiting(live);
      case 'apologise':
        return this.#sounds.apologise(live);
      case 'stop-apology':
        return this.#sounds.stopApology(live);
      case 'put-on-do-not-call-list':
        return this.#putOnDoNotCallList(live);
      case 'confirm-do-not-call':
        return this.#sounds.confirmDoNotCall(live);
      case 'await-beep':
        return this.#hub.run({ type: 'await-beep', leg, withinMs: live.call.plan.beepWithinMs }, () => ({
          type: 'call',
          attempt,
          event: { type: 'beep-refused' },
        }));
      case 'leave-message':
        return this.#sounds.leaveMessage(live);
      case 'set-timer':
        return this.#setTimer(attempt, effect.timer, effect.at);
      case 'clear-timer':
        return this.#hub.timers.clear(`${effect.timer} ${attempt}`);
      case 'tell-pacer':
        return this.#tellPacer(live, effect.fact);
      case 'note-progress':
        return this.#noteProgress(live);
      case 'close':
        return this.#close(live);
      default:
        return unreachable(effect);
    }
  }

  /** What cannot be known while the link is down is not concluded then. */
  #setTimer(attempt: AttemptId, timer: CallTimer, at: number): void {
    this.#hub.timers.set(`${timer} ${attempt}`, at, () => {
      if (timer === 'reap' && !this.#hub.world.linkUp)
        return this.#setTimer(attempt, timer, this.#hub.now() + REAP_AGAIN_MS);
      this.#hub.post({ type: 'call', attempt, event: timerEvent(timer) });
    });
  }

  // ---- agents

  #seekAgent(live: LiveCall): void {
    const { campaign: name, attempt } = live.call;
    const held = this.#heldFor.get(attempt);
    if (held !== undefined && this.#agents.reserveHeld(held, attempt)) return;
    if (this.#agents.reserve(name, attempt)) return;
    live.waited = true;
    this.#waitingFor(live)?.push(attempt);
  }

  /** Who called us waits apart: people whom we called must have an agent within the law's limit. */
  #waitingFor({ call }: LiveCall): AttemptId[] | undefined {
    const campaign = this.#hub.world.campaigns.get(call.campaign);
    return isInbound(call.attempt) ? campaign?.callers : campaign?.waiting;
  }

  #stopSeeking(live: LiveCall): void {
    const waiting = this.#waitingFor(live);
    const index = waiting?.indexOf(live.call.attempt) ?? -1;
    if (index >= 0) waiting?.splice(index, 1);
  }

  // ---- do-not-call

  /** The person's own wish, by key: the number is blocked from the next choice on. */
  #putOnDoNotCallList(live: LiveCall): void {
    const { attempt, campaign } = live.call;
    const number = live.opened.record.phones[live.opened.phoneIndex]?.number;
    if (number === undefined) return;
    const at = this.#hub.now();
    this.#hub.parts.log.info({ attempt, campaign, number: maskNumber(number) }, 'asked by key not to be called again');
    const entry = { list: GLOBAL_LIST, by: 'person', at, reason: `pressed the key in a call of ${campaign}` };
    this.#hub.writer.write(async () => {
      await this.#hub.parts.store.doNotCall.add([number], entry);
    });
  }

  // ---- what others hear of it

  #tellPacer(live: LiveCall, fact: Extract<CallEffect, { do: 'tell-pacer' }>['fact']): void {
    if (isInbound(live.call.attempt)) return;
    const campaign = this.#hub.world.campaigns.get(live.call.campaign);
    const at = this.#hub.now();
    const { attempt: call } = live.call;
    if (fact === 'ringing') this.#heard(live, 'ringing');
    if (fact === 'live') campaign?.figures.live();
    if (fact === 'machine' && live.call.liveAt !== undefined) campaign?.figures.notLive(live.met);
    if (fact === 'abandoned') campaign?.figures.abandoned();
    if (fact === 'live' || fact === 'abandoned') campaign?.ledger.live(call, fact === 'abandoned');
    if (fact === 'connected') return this.#noteDelay(live, campaign); // the pacer knows since the reservation
    if (live.paced) campaign?.pacer?.observe({ at, type: fact, call });
    if (fact === 'machine' && campaign) this.#unlive(campaign, call, at);
  }

  /** What had counted as a live answer was none: the pacer is told how the window stands without it. */
  #unlive(campaign: RunningCampaign, attempt: AttemptId, at: number): void {
    campaign.ledger.notLive(attempt);
    const window = campaign.ledger.window(campaign.definition, at);
    if (window) campaign.pacer?.observe(windowEvent(window, at));
  }

  /** The answer delay by the exchange's clock; a conversation taken over by a second agent counts once. */
  #noteDelay(live: LiveCall, campaign: RunningCampaign | undefined): void {
    if (live.met || live.exchangeAnsweredAt === undefined || live.exchangeBridgedAt === undefined) return;
    live.met = true;
    campaign?.figures.connected(Math.max(0, live.exchangeBridgedAt - live.exchangeAnsweredAt), live.waited);
  }

  #noteProgress(live: LiveCall): void {
    const progress = this.#progress(live);
    const { attempts, inbound } = this.#hub.parts.store;
    const books = isInbound(live.call.attempt) ? inbound : attempts;
    this.#hub.writer.write(() => books.progress(progress));
  }

  #progress(live: LiveCall): AttemptProgress {
    const { call } = live;
    const session = call.session === undefined ? undefined : this.#hub.world.sessions.get(call.session);
    const answeredAt = live.exchangeAnsweredAt ?? call.answeredAt;
    const bridgedAt = live.exchangeBridgedAt ?? call.bridgedAt;
    return {
      attempt: call.attempt,
      ...(answeredAt === undefined ? {} : { answeredAt }),
      ...(bridgedAt === undefined || call.bridgedAt === undefined ? {} : { bridgedAt }),
      ...(session === undefined || call.bridgedAt === undefined
        ? {}
        : { agent: session.agent, session: session.session }),
      ...(call.verdict === undefined ? {} : { verdict: call.verdict }),
      ...(call.verdictCause === undefined ? {} : { verdictCause: call.verdictCause }),
      ...(call.messageLeft ? { messageLeft: true } : {}),
    };
  }

  #close(live: LiveCall): void {
    const { call, opened } = live;
    const result = call.result ?? 'failed';
    const endedAt = this.#hub.now();
    if (!isInbound(call.attempt)) this.#tellEnd(live, result, endedAt);
    this.#stopSeeking(live);
    this.#agents.freeFrom(call.campaign, call.attempt);
    live.closed = true;
    this.#aftermaths.closed({
      opened,
      campaign: call.campaign,
      agentToSpeak: result === 'connected' && call.session !== undefined && call.bridgedAt !== undefined,
      attempt: {
        ...this.#progress(live),
        result,
        endedAt,
        counts: countsAsAttempt(result) && !(result === 'cancelled' && call.ringingAt === undefined),
        ...(call.ringingAt === undefined ? {} : { ringingAt: call.ringingAt }),
        ...(call.liveAt === undefined || isNobody(result) ? {} : { liveAt: call.liveAt }),
        ...(call.sipCode === undefined ? {} : { sipCode: call.sipCode }),
        ...(call.cause === undefined ? {} : { cause: call.cause }),
        ...(call.endedBy === undefined ? {} : { endedBy: call.endedBy }),
      },
    });
    this.#hub.world.calls.delete(call.attempt);
    this.#hub.world.callByLeg.delete(call.leg);
    this.#heldFor.delete(call.attempt);
    if (!isInbound(call.attempt)) this.#heard(live, result);
  }

  #tellEnd({ call, paced }: LiveCall, result: Result, endedAt: number): void {
    const campaign = this.#hub.world.campaigns.get(call.campaign);
    const { attempt, dialedAt } = call;
    campaign?.figures.ended(result);
    if (paced) campaign?.pacer?.observe({ at: endedAt, type: 'ended', call: attempt, result });
    campaign?.ledger.closed({
      ...{ attempt, dialedAt, isLive: isLive(call, result), isAbandoned: result === 'abandoned' },
      isMachine: result === 'machine' && call.bridgedAt === undefined,
    });
  }
}

/** As reports count: a person answered. */
const isLive = (call: Call, result: Result): boolean =>
  (call.liveAt !== undefined && !isNobody(result)) || result === 'connected' || result === 'abandoned';

/** Machines and faxes are no live answers, whenever that became known. */
const isNobody = (result: Result): boolean => result === 'machine' || result === 'fax';

function timerEvent(timer: CallTimer): CallEvent {
  if (timer === 'ring') return { type: 'ring-timeout' };
  return timer === 'limit' ? { type: 'limit-reached' } : { type: 'vanished', answered: false, cause: 0 };
}

/** What the trunk wants to be sent for an E.164 number. */
function dialString(number: string, trunk: TrunkSettings): string {
  const digits = number.replace(/^\+/, '');
  return trunk.plus ? `+${trunk.prefix}${digits}` : `${trunk.prefix}${digits}`;
}
