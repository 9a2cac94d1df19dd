// The calls: feeds the call machine and carries its effects out on the exchange, the agents and the pacer.
// Decides nothing itself; what a record becomes afterwards is record-outcomes.ts.

import { defined } from '../../base/defined.ts';
import { maskNumber } from '../../base/log.ts';
import type { Call, CallEffect, CallEvent, CallTimer } from '../../call/call.ts';
import { newCall, placeCall, stepCall, type NewCall } from '../../call/machine.ts';
import type { Heard } from '../../trunks/reasons.ts';
import { dialReason } from '../../campaign/number-gate.ts';
import type { AttemptId } from '../../terms.ts';
import type { RecordOutcomes } from './record-outcomes.ts';
import type { Agents } from '../agents/agents.ts';
import { CallEnds } from './call-ends.ts';
import { CallNews } from './call-news.ts';
import { progressOf } from './call-rows.ts';
import { CallSounds } from './call-sounds.ts';
import type { Hub, TrunkSettings } from '../hub.ts';
import { customerLeg, dialedBecause } from '../legs.ts';
import { placeCommand, planOf } from '../dialing/placement.ts';
import type { CallRecord } from '../ports.ts';
import { Seeking } from './seeking.ts';
import type { ThirdParties } from './third-parties.ts';
import { TalkLine } from './talk-line.ts';
import { endOf, lostEvent } from '../recovery/snapshots.ts';
import type { OpenedAttempt, OpenedCall } from '../store/attempts.ts';
import type { LiveCall, RunningCampaign } from '../world.ts';
import { optOut } from './opt-outs.ts';

const REAP_AGAIN_MS = 5_000;
/** The network has 32 s for its final answer (RFC 3261, 9.1). */
const REAP_MS = 40_000;

interface Placing {
  readonly opened: OpenedAttempt;
  readonly campaign: RunningCampaign;
  readonly via: Via;
}

/** The line, and for which agent alone. */
interface Via {
  readonly trunk: TrunkSettings;
  readonly engaged?: NonNullable<LiveCall['engaged']>;
}

/** Follows calls step by step. */
interface CallWatcher {
  /** A call has taken a step, or is new (`before` undefined). */
  readonly stepped: (before: Call | undefined, live: LiveCall) => void;
}

interface CallsParts {
  readonly agents: Agents;
  readonly recordOutcomes: RecordOutcomes;
  /** Learns what the network made of each call: that it rings, and once its result. */
  readonly heard: (live: LiveCall, heard: Heard) => void;
  /** Learns of every INVITE. */
  readonly placed: (trunk: TrunkSettings, number: string) => void;
  readonly watchers: readonly CallWatcher[];
  readonly thirds: Pick<ThirdParties, 'handlers'>;
  /** Carries out what is done otherwise for people who called us; false: nothing of the kind. */
  readonly inbound: { readonly carryOut: (live: LiveCall, effect: CallEffect) => boolean };
}

type Do = CallEffect['do'];

/** How each effect of the call machine is carried out. */
type Handlers = { readonly [What in Do]: (live: LiveCall, effect: Extract<CallEffect, { do: What }>) => void };

export class Calls {
  readonly #hub: Hub;
  readonly #seeking: Seeking;
  readonly #sounds: CallSounds;
  readonly #does: Handlers;
  readonly #news: CallNews;
  readonly #ends: CallEnds;
  readonly #parts: CallsParts;

  constructor(hub: Hub, parts: CallsParts) {
    this.#hub = hub;
    this.#parts = parts;
    this.#seeking = new Seeking(hub, parts.agents);
    this.#news = new CallNews(hub, parts.heard);
    this.#sounds = new CallSounds(hub);
    this.#does = { ...this.#handlers, ...new TalkLine(hub, parts.agents.prompts).handlers, ...parts.thirds.handlers };
    const { recordOutcomes } = parts;
    this.#ends = new CallEnds(hub, {
      recordOutcomes,
      news: this.#news,
      stopSeeking: (live) => this.#seeking.stop(live),
      forget: (live) => this.#forget(live),
    });
  }

  /** Sends the INVITE of an attempt that is durable. */
  place(opened: OpenedAttempt, campaign: RunningCampaign, via: Via): void {
    try {
      this.#place({ opened, campaign, via });
    } catch (fault) {
      this.#hub.faults.inCampaign(campaign.definition.name, fault);
      // Its INVITE may have left.
      this.#hub.run({ type: 'hang-up', leg: customerLeg(opened.attempt) });
      this.reapSoon(opened.attempt);
    }
  }

  #place({ opened, campaign, via: { trunk, engaged } }: Placing): void {
    const { attempt } = opened;
    const [call, ...effects] = placeCall({
      origin: dialedBecause(opened, campaign.definition),
      attempt,
      leg: customerLeg(attempt),
      campaign: campaign.definition.name,
      plan: planOf(campaign.definition),
      dialedAt: this.#hub.now(),
    });
    const live = this.adopt(call, opened, engaged);
    campaign.figures.dialed(call);
    const number = opened.record.phones[opened.phoneIndex]?.number ?? '';
    const refusal = this.#gateRefusal(opened, trunk);
    if (refusal !== undefined) return this.#refused(live, refusal);
    this.#hub.parts.log.info(
      { attempt, campaign: call.campaign, number: maskNumber(number), trunk: trunk.name },
      'call placed',
    );
    for (const watcher of this.#parts.watchers) watcher.stepped(undefined, live);
    this.#parts.placed(trunk, number);
    // Without an answer its INVITE may leave yet: the attempt stays open until its leg or a snapshot shows it.
    this.#hub.run(placeCommand(opened, campaign.definition, trunk), (reason, _linkDown, noAnswer) =>
      noAnswer ? undefined : { type: 'call', attempt, event: { type: 'place-failed', reason } },
    );
    this.#apply(live, effects);
  }

  /** The last word on every number, whatever chose it. */
  #gateRefusal(
    { record, phoneIndex }: OpenedAttempt,
    { name, prefix, plus, reach }: TrunkSettings,
  ): string | undefined {
    const number = record.phones[phoneIndex]?.number ?? '';
    const reason = dialReason({ number, prefix, plus }, this.#hub.parts.kindOf, { trunk: name, ...reach });
    return reason === undefined ? undefined : `The number is ${reason}.`;
  }

  /** No INVITE leaves: the attempt ends with the reason, and the pacer has its line back. */
  #refused({ call: { attempt, campaign } }: LiveCall, reason: string): void {
    this.#hub.parts.log.error({ attempt, campaign, reason }, 'a number that may not be dialed was not');
    this.#hub.post(callEvent(attempt, { type: 'place-failed', reason, isForbidden: true }));
  }

  /** Takes a call into the world, new or found on the exchange after a restart; `engaged`: it is for that agent alone. */
  adopt(call: Call, opened: OpenedCall, engaged?: LiveCall['engaged']): LiveCall {
    const paced = engaged === undefined && call.origin !== 'inbound';
    const none = { waited: undefined, met: false, closed: false, endSteps: 0, steps: 0 };
    const live: LiveCall = { call, opened, steppedAt: this.#hub.now(), ...none, paced, ...defined({ engaged }) };
    this.#hub.world.calls.set(call.attempt, live);
    this.#hub.world.callByLeg.set(call.leg, call.attempt);
    return live;
  }

  /** Takes a call up as it was found after a restart. Those who look after calls find it in the world. */
  restore(
    found: NewCall,
    event: CallEvent,
    about: Pick<LiveCall, 'opened'> & Partial<Pick<LiveCall, 'engaged'>>,
  ): void {
    const live = this.adopt(newCall(found), about.opened, about.engaged);
    this.#step(live, event, this.#hub.now());
  }

  /** Judged by the time at which it happened. True when the event meant something to the call. */
  handle(attempt: AttemptId, event: CallEvent, at = this.#hub.now()): boolean {
    const live = this.#hub.world.calls.get(attempt);
    if (!live) return false;
    const before = live.call;
    const isMeant = this.#step(live, event, at);
    if (isMeant) this.#stepped(before, live);
    return isMeant;
  }

  /** False when the event means nothing to the call. */
  #step(live: LiveCall, event: CallEvent, at: number): boolean {
    const before = live.call;
    const step = stepCall(before, event, at);
    if (step.ignored) {
      this.#hub.parts.log.debug({ attempt: before.attempt, state: before.state, event: event.type }, 'event ignored');
      return false;
    }
    live.call = step.call;
    live.steps += 1;
    live.steppedAt = at;
    if (before.state !== step.call.state) this.#news.transition(before.state, live, event);
    this.#apply(live, step.effects);
    return true;
  }

  /** Its leg is gone and its end was not seen: judged by its call record and by the record's times. */
  lost(attempt: AttemptId, record: CallRecord | undefined, seenAt: number): void {
    const live = this.#hub.world.calls.get(attempt);
    if (live && record?.answeredAt !== undefined) live.exchangeAnsweredAt ??= record.answeredAt;
    const at = endOf(record, seenAt, this.#hub.now());
    this.#hub.post({ type: 'call', attempt, event: lostEvent(record), at });
  }

  #apply(live: LiveCall, effects: readonly CallEffect[]): void {
    for (const effect of effects) this.#carryOut(live, effect);
  }

  #carryOut(live: LiveCall, effect: CallEffect): void {
    if (live.call.origin === 'inbound' && this.#parts.inbound.carryOut(live, effect)) return;
    const handle = this.#does[effect.do] as (live: LiveCall, effect: CallEffect) => void;
    handle(live, effect);
  }

  readonly #handlers: Omit<Handlers, keyof TalkLine['handlers'] | keyof ThirdParties['handlers']> = {
    'hang-up': ({ call: { leg } }) => this.#hub.run({ type: 'hang-up', leg }),
    'seek-agent': (live) => this.#seeking.seek(live),
    'stop-seeking': (live) => this.#seeking.stop(live),
    'join-agent': ({ call: { attempt, leg } }, { bridge }) =>
      // Without a link it is not known whether they are together: the world shows it once it is back.
      this.#hub.run({ type: 'add-to-bridge', bridge, leg }, (_reason, linkDown) =>
        linkDown ? undefined : callEvent(attempt, { type: 'join-refused' }),
      ),
    'release-agent': ({ call: { attempt } }, { session, why }) =>
      this.#hub.post({ type: 'session', session, event: { type: 'released', attempt, why } }),
    'agent-connected': ({ call: { attempt } }, { session }) =>
      this.#hub.post({ type: 'session', session, event: { type: 'connected', attempt } }),
    'detect-before-agent': ({ call: { attempt, leg } }) =>
      this.#hub.run({ type: 'detect-before-agent', leg }, () => callEvent(attempt, { type: 'detect-refused' })),
    'detect-in-parallel': ({ call: { leg } }) => this.#hub.run({ type: 'detect-in-parallel', leg }),
    'start-waiting-sound': (live) => this.#sounds.startWaiting(live),
    'stop-waiting-sound': (live) => this.#sounds.stopWaiting(live),
    'play-abandon-message': (live) => this.#sounds.playAbandonMessage(live),
    'stop-abandon-message': (live) => this.#sounds.stopAbandonMessage(live),
    'put-on-do-not-call-list': (live) => optOut(this.#hub, live),
    'confirm-do-not-call': (live) => this.#sounds.confirmDoNotCall(live),
    'await-beep': ({ call: { attempt, leg, plan } }) =>
      this.#hub.run({ type: 'await-beep', leg, withinMs: plan.beepWithinMs }, () =>
        callEvent(attempt, { type: 'beep-refused' }),
      ),
    'leave-message': (live) => this.#sounds.leaveMessage(live),
    'set-timer': ({ call: { attempt } }, { timer, at }) => this.#setTimer(attempt, timer, at),
    'clear-timer': ({ call: { attempt } }, { timer }) => this.#hub.timers.clear(`${timer} ${attempt}`),
    'report-to-pacer': (live, { fact }) => this.#news.report(live, fact),
    'note-progress': (live) => this.#noteProgress(live),
    close: (live) => this.#ends.close(live),
  };

  /** What cannot be known while the link is down is not concluded then. */
  #setTimer(attempt: AttemptId, timer: CallTimer, at: number): void {
    this.#hub.timers.set(`${timer} ${attempt}`, at, () => {
      if (timer !== 'limit' && !this.#hub.world.linkUp)
        return this.#setTimer(attempt, timer, this.#hub.now() + REAP_AGAIN_MS);
      this.#hub.post({ type: 'call', attempt, event: timerEvent(timer) });
    });
  }

  // ---- what is written down

  #noteProgress(live: LiveCall): void {
    const progress = progressOf(live, this.#hub.world.sessions);
    const { attempts, inbound } = this.#hub.parts.store;
    const books = live.call.origin === 'inbound' ? inbound : attempts;
    this.#hub.writer.write(() => books.progress(progress));
  }

  #forget({ call: { attempt, leg } }: LiveCall): void {
    const { calls, callByLeg, leaving } = this.#hub.world;
    calls.delete(attempt);
    callByLeg.delete(leg);
    leaving.delete(leg);
  }

  /** The hang-up has been asked for: should nothing more be heard of the leg, the call ends all the same. */
  reapSoon(attempt: AttemptId): void {
    this.#setTimer(attempt, 'reap', this.#hub.now() + REAP_MS);
  }

  /** A bug was met, and its leg is gone, or its machine at its end: nothing will come any more that would close it. */
  closeBroken(attempt: AttemptId, event?: CallEvent): void {
    const live = this.#hub.world.calls.get(attempt);
    if (!live) return;
    const before = live.call;
    this.#ends.closeBroken(live, event);
    const from = before.state === 'ended' ? 'releasing' : before.state;
    this.#news.transition(from, live, event ?? { type: 'ended', cause: 0 });
    this.#stepped(before, live);
  }

  #stepped(before: Call, live: LiveCall): void {
    for (const watcher of this.#parts.watchers) watcher.stepped(before, live);
  }
}

const callEvent = (attempt: AttemptId, event: CallEvent) => ({ type: 'call', attempt, event }) as const;

function timerEvent(timer: CallTimer): CallEvent {
  if (timer === 'ring') return { type: 'ring-timeout' };
  return timer === 'limit' ? { type: 'limit-reached' } : { type: 'vanished', answered: false, cause: 0 };
}
