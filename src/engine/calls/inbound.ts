// People who call one of our numbers: found by their number, given to a ready agent of the campaign with their record
// open, or kept with greeting and music until the campaign's limit. What the call machine asks for is done here where it
// differs from calls that we placed. What becomes of people who reached no agent is missed.ts.

import { defined } from '../../base/defined.ts';
import type { AgentSession } from '../../agent/session.ts';
import type { CallEffect } from '../../call/call.ts';
import { newCall } from '../../call/machine.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { answeredForMs, routeInbound, takersOf, type InboundRoute } from '../../campaign/inbound.ts';
import { isOpenAt } from '../../campaign/schedule.ts';
import { maskNumber } from '../../base/log.ts';
import { unknownCaller } from '../../records/unknown-caller.ts';
import type { AttemptId, LegId } from '../../terms.ts';
import type { Calls } from './calls.ts';
import { playbackOver } from '../events.ts';
import type { Hub } from '../hub.ts';
import type { FoundCaller } from './found-caller.ts';
import { inboundId } from '../legs.ts';
import { planOf } from '../dialing/placement.ts';
import type { LegArrived } from '../ports.ts';
import type { LiveCall } from '../world.ts';

/** A message that never ends is cut. */
const MESSAGE_LIMIT_MS = 20_000;
/** What a caller presses to be called back. */
const CALLBACK_KEY = '1';

interface Caller {
  playing: 'nothing' | 'greeting' | 'music' | 'message';
  isClosed: boolean;
  hasAskedForCallback: boolean;
}

interface Numbers {
  readonly leg: LegId;
  readonly called: string;
  readonly caller: string;
}

export class Inbound {
  readonly #hub: Hub;
  readonly #calls: Pick<Calls, 'adopt'>;
  readonly #callers = new Map<AttemptId, Caller>();
  /** Legs whose caller is being looked up, and whether they have hung up meanwhile. */
  readonly #arriving = new Map<LegId, { gone: boolean }>();

  constructor(hub: Hub, calls: Pick<Calls, 'adopt'>) {
    this.#hub = hub;
    this.#calls = calls;
  }

  /** Somebody calls us; the leg still rings. */
  begin({ leg, called = '', caller = '' }: LegArrived): void {
    if (this.#hub.world.callByLeg.has(leg) || this.#arriving.has(leg)) return;
    const read = (text: string): string => this.#hub.parts.readNumber?.(text, 'carrier') ?? plusAndDigits(text) ?? '';
    const numbers = { leg, called: read(called), caller: read(caller) };
    this.#arriving.set(leg, { gone: false });
    this.#look(numbers).catch((fault: unknown) => {
      this.#hub.parts.log.error({ leg, fault }, 'a call that came in could not be taken');
      this.#hub.post({ type: 'caller-refused', leg });
    });
  }

  /** The leg of somebody who was still being looked up is gone. */
  ended(leg: LegId): void {
    const arriving = this.#arriving.get(leg);
    if (arriving) arriving.gone = true;
  }

  /** A caller pressed a key; true when that was ours to hear. */
  key(leg: LegId, key: string): boolean {
    const live = this.#hub.world.calls.get(this.#hub.world.callByLeg.get(leg) ?? '');
    if (live?.call.origin !== 'inbound') return false;
    if (key === CALLBACK_KEY) this.#askForCallback(live);
    return true;
  }

  /** A sound that a caller heard is over; true when it was one of ours. */
  playbackFinished(playback: string): boolean {
    const [, kind, call = ''] = /^(greeting|busy|requested)-(i-.+)$/.exec(playback) ?? [];
    const live = this.#hub.world.calls.get(call);
    const caller = this.#callers.get(call);
    if (kind === undefined) return false;
    if (!live || !caller) return true;
    if (kind === 'greeting') this.#greeted(live, caller);
    else if (kind === 'requested' || !caller.hasAskedForCallback) this.#over(call);
    return true;
  }

  /** The call is over: whether its caller asked to be called back. */
  done(attempt: AttemptId): boolean {
    const hasAskedForCallback = this.#callers.get(attempt)?.hasAskedForCallback ?? false;
    this.#callers.delete(attempt);
    return hasAskedForCallback;
  }

  // ---- who calls, and who takes it

  async #look(numbers: Numbers): Promise<void> {
    const { called, caller } = numbers;
    const { world, parts } = this.#hub;
    const takers = await this.#takers(numbers);
    const names = takers.map(({ name }) => name);
    const callers = caller === '' ? [] : await parts.store.inbound.findCaller(caller, names);
    const now = this.#hub.now();
    const candidates = takers.map((definition) => ({
      campaign: definition.name,
      state: world.campaigns.get(definition.name)?.state ?? 'archived',
      isOpen: isOpenAt(definition.schedule, now),
      working: world.sessionsOf(definition.name).filter(isWorking).length,
    }));
    const route = routeInbound(candidates, callers);
    if (!route) {
      parts.log.info({ leg: numbers.leg, called }, 'a call came in on a number of no campaign');
      this.#hub.post({ type: 'caller-refused', leg: numbers.leg });
      return;
    }
    await this.#open(numbers, route);
  }

  /** The campaigns that show the number, or have shown it lately. */
  async #takers({ called, caller }: Numbers): Promise<readonly Campaign[]> {
    const running = [...this.#hub.world.campaigns.values()].filter(({ halted }) => halted?.by !== 'file');
    const definitions = running.map(({ definition }) => definition);
    const now = this.#hub.now();
    const shown = await this.#hub.parts.store.inbound.shown({
      called,
      caller,
      campaigns: definitions.filter(({ inbound }) => inbound.take).map(({ name }) => name),
      sinceAt: now - Math.max(0, ...definitions.map(answeredForMs)),
    });
    return takersOf(definitions, called, shown, now);
  }

  async #open({ leg, called, caller }: Numbers, { campaign, record, closed }: InboundRoute): Promise<void> {
    const id = inboundId(leg);
    const at = this.#hub.now();
    const call = { call: id, campaign, called, caller, at, ...defined({ record }) };
    const opened = await this.#hub.parts.store.inbound.open(call);
    const facts = opened.record ?? unknownCaller(caller, campaign);
    const place = facts.phones.findIndex(({ number }) => number === caller);
    const attempt = { attempt: id, trunk: '', callerId: called, record: facts, phoneIndex: Math.max(0, place) };
    this.#hub.post({ type: 'caller-found', leg, campaign, closed, opened: attempt });
  }

  /** It is known who calls, and who takes the call. */
  take({ leg, campaign: name, closed, opened }: FoundCaller): void {
    const isGone = this.#arriving.get(leg)?.gone ?? true;
    this.#arriving.delete(leg);
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return this.refuse(leg);
    const { attempt } = opened;
    const { inbound } = campaign.definition;
    const { doNotCallKey: _key, ...plan } = planOf(campaign.definition);
    const now = this.#hub.now();
    const call = newCall({
      origin: 'inbound',
      attempt,
      leg,
      campaign: name,
      dialedAt: now,
      plan: { ...plan, detection: 'off', noAgentAfterMs: inbound.waitMs },
    });
    this.#callers.set(attempt, { playing: 'nothing', isClosed: closed !== undefined, hasAskedForCallback: false });
    const masked = maskNumber(opened.record.phones[opened.phoneIndex]?.number ?? '');
    this.#hub.parts.log.info({ attempt, campaign: name, caller: masked, closed }, 'a call came in');
    this.#calls.adopt(call, opened);
    if (isGone) return this.#hub.post({ type: 'call', attempt, event: { type: 'ended', cause: 16 } });
    // Bridged before it is answered, the call would be talk that the exchange's books know nothing of.
    this.#hub.runThen(
      { type: 'answer', leg, call: attempt },
      { type: 'call', attempt, event: { type: 'came-in', isClosed: closed !== undefined } },
      () => {
        this.#hub.run({ type: 'hang-up', leg });
        return undefined;
      },
    );
  }

  /** An unknown number, or no way to look: it is said, and the call ends. */
  refuse(leg: LegId): void {
    const isGone = this.#arriving.get(leg)?.gone ?? false;
    this.#arriving.delete(leg);
    if (isGone) return;
    this.#hub.run({ type: 'answer', leg });
    const playback = `refused-${leg}`;
    const hangUp = (): void => this.#hub.run({ type: 'hang-up', leg });
    const sounds = ['outdial/not-taking-calls'];
    this.#hub.run({ type: 'play', playback, to: { leg }, sounds, relieves: true }, () => {
      hangUp();
      return undefined;
    });
    this.#hub.timers.set(playback, this.#hub.now() + MESSAGE_LIMIT_MS / 2, hangUp);
  }

  // ---- what the call machine asks for

  /** False: done as for any other call. */
  carryOut(live: LiveCall, effect: CallEffect): boolean {
    const { attempt } = live.call;
    const caller = this.#callers.get(attempt) ?? { playing: 'nothing', isClosed: false, hasAskedForCallback: false };
    this.#callers.set(attempt, caller);
    switch (effect.do) {
      case 'start-waiting-sound':
        this.#startWaiting(live, caller);
        return true;
      case 'stop-waiting-sound':
      case 'stop-abandon-message':
        this.#stop(live, caller);
        return true;
      case 'play-abandon-message':
        this.#sayBusy(live, caller);
        return true;
      default:
        return false;
    }
  }

  #startWaiting(live: LiveCall, caller: Caller): void {
    const inbound = this.#handling(live);
    if (live.call.bridgedAt !== undefined || inbound?.greeting === undefined) return this.#music(live, caller);
    caller.playing = 'greeting';
    this.#play(live, 'greeting', inbound.greeting);
  }

  #music(live: LiveCall, caller: Caller): void {
    if (live.call.bridgedAt === undefined && this.#handling(live)?.waiting !== 'music') return;
    caller.playing = 'music';
    this.#hub.run({ type: 'start-music', to: { leg: live.call.leg } });
  }

  #greeted(live: LiveCall, caller: Caller): void {
    if (caller.playing !== 'greeting') return;
    caller.playing = 'nothing';
    if (live.call.state === 'waiting') this.#music(live, caller);
  }

  #stop({ call }: LiveCall, caller: Caller): void {
    const { playing } = caller;
    caller.playing = 'nothing';
    if (playing === 'music') this.#hub.run({ type: 'stop-music', to: { leg: call.leg } });
    if (playing === 'greeting') this.#hub.run({ type: 'stop-playing', playback: `greeting-${call.attempt}` });
  }

  #sayBusy(live: LiveCall, caller: Caller): void {
    const inbound = this.#handling(live);
    if (caller.hasAskedForCallback) return this.#thank(live);
    caller.playing = 'message';
    const sound = caller.isClosed ? inbound?.closedSound : inbound?.busySound;
    this.#play(live, 'busy', sound ?? 'outdial/inbound-busy');
  }

  /** The caller asks to be called back, while waiting or while hearing that no agent is free. */
  #askForCallback(live: LiveCall): void {
    const { attempt, state, campaign } = live.call;
    const caller = this.#callers.get(attempt);
    if (!caller || caller.hasAskedForCallback || (state !== 'waiting' && state !== 'abandon-message')) return;
    if (live.call.bridgedAt !== undefined) return;
    caller.hasAskedForCallback = true;
    const at = this.#hub.now();
    this.#hub.parts.log.info({ attempt, campaign }, 'the caller asks to be called back');
    this.#hub.writer.write(() => this.#hub.parts.store.inbound.askForCallback(attempt, at));
    if (state === 'waiting') return this.#hub.post({ type: 'call', attempt, event: { type: 'limit-reached' } });
    this.#stop(live, caller);
    this.#thank(live);
  }

  #thank(live: LiveCall): void {
    this.#play(live, 'requested', 'outdial/inbound-wished');
  }

  #play({ call }: LiveCall, kind: 'greeting' | 'busy' | 'requested', sound: string): void {
    const playback = `${kind}-${call.attempt}`;
    const isLast = kind === 'greeting' ? {} : ({ relieves: true } as const);
    this.#hub.run({ type: 'play', playback, to: { leg: call.leg }, sounds: [sound], ...isLast }, () =>
      playbackOver(playback, this.#hub.now()),
    );
  }

  #over(attempt: AttemptId): void {
    this.#hub.post({ type: 'call', attempt, event: { type: 'abandon-message-over' } });
  }

  #handling({ call }: LiveCall) {
    return this.#hub.world.campaigns.get(call.campaign)?.definition.inbound;
  }
}

const isWorking = ({ state, isDismissed }: AgentSession): boolean => state !== 'paused' && isDismissed !== true;

const plusAndDigits = (text: string): string | undefined =>
  /^\+?\d{3,15}$/.test(text) ? `+${text.replace('+', '')}` : undefined;
