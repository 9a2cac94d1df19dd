// What others hear of the calls that we place: the pacer, the campaign's figures, the answers that the abandonment windows
// count, and whoever asks what the network made of them.

import { defined } from '../../base/defined.ts';
import type { Call, CallEffect, CallEvent, CallState } from '../../call/call.ts';
import { hadNoSound, retryAfter } from '../../call/causes.ts';
import type { Heard } from '../../trunks/reasons.ts';
import type { TrunkNews } from '../../trunks/rests.ts';
import type { AttemptId, Result } from '../../terms.ts';
import { wasLive } from './call-rows.ts';
import type { Hub } from '../hub.ts';
import { shownOrigin } from '../legs.ts';
import { windowEvent } from '../dialing/pacer-feed.ts';
import type { LiveCall, RunningCampaign } from '../world.ts';

export class CallNews {
  readonly #hub: Hub;
  readonly #heard: (live: LiveCall, heard: Heard) => void;

  /** `heard` learns what the network made of each call: that it rings, and once its result. */
  constructor(hub: Hub, heard: (live: LiveCall, heard: Heard) => void) {
    this.#hub = hub;
    this.#heard = heard;
  }

  /** A state that it has come to: in the log, and to whoever watches. */
  transition(from: CallState, { call: after }: LiveCall, event: CallEvent): void {
    const { attempt, campaign } = after;
    const fields = { attempt, campaign, from, event: event.type, to: after.state };
    this.#hub.parts.log.info(after.result === undefined ? fields : { ...fields, result: after.result }, 'call');
    const result = after.state === 'ended' ? { result: after.result ?? ('failed' as const) } : {};
    this.#hub.emit({ type: 'call', at: this.#hub.now(), ...fields, ...shownOrigin(after.origin), ...result });
  }

  /** Something that pacing goes by; calls that came in are none of its business. */
  report(live: LiveCall, fact: Extract<CallEffect, { do: 'report-to-pacer' }>['fact']): void {
    if (live.call.origin === 'inbound') return;
    const campaign = this.#hub.world.campaigns.get(live.call.campaign);
    const at = this.#hub.now();
    const { attempt: call } = live.call;
    if (fact === 'ringing') this.#heard(live, 'ringing');
    if (fact === 'live') campaign?.figures.live(live.call);
    if (fact === 'machine' && live.call.liveAt !== undefined) campaign?.figures.notLive(live.call);
    if (fact === 'abandoned') campaign?.figures.abandoned(live.call);
    if (fact === 'live' || fact === 'abandoned') campaign?.answers.live(call, fact === 'abandoned');
    if (fact === 'connected') return this.#noteDelay(live, campaign); // the pacer knows since the reservation
    if (live.paced) campaign?.pacer?.observe({ at, type: fact, call });
    if (fact === 'machine' && campaign) this.#unlive(campaign, call, at);
  }

  /** The call is over: what is reported of it before anything else is done about it, one listener after the other. */
  ended({ call, paced }: LiveCall, result: Result, endedAt: number): readonly (() => void)[] {
    if (call.origin === 'inbound') return [];
    const campaign = this.#hub.world.campaigns.get(call.campaign);
    const { attempt, dialedAt } = call;
    const isLive = wasLive(call, result);
    const isMachine = result === 'machine' && call.bridgedAt === undefined;
    const closed = { attempt, dialedAt, isLive, isAbandoned: result === 'abandoned', isMachine };
    return [
      () => campaign?.figures.ended(call, { result, isLive }),
      () => paced && campaign?.pacer?.observe({ at: endedAt, type: 'ended', call: attempt, result }),
      () => campaign?.answers.closed(closed),
    ];
  }

  /** The call is over and gone: its line is free. */
  gone(live: LiveCall, result: Result): void {
    if (live.call.origin !== 'inbound') this.#heard(live, result);
  }

  /** What had counted as a live answer was none: the pacer observes how the window stands without it. */
  #unlive(campaign: RunningCampaign, attempt: AttemptId, at: number): void {
    campaign.answers.notLive(attempt);
    const window = windowEvent(campaign, at);
    if (window) campaign.pacer?.observe(window);
  }

  /** The answer delay by the exchange's clock; a conversation taken over by a second agent counts once. */
  #noteDelay(live: LiveCall, campaign: RunningCampaign | undefined): void {
    if (live.met || live.exchangeAnsweredAt === undefined || live.exchangeBridgedAt === undefined) return;
    live.met = true;
    const answerDelayMs = Math.max(0, live.exchangeBridgedAt - live.exchangeAnsweredAt);
    campaign?.figures.connected(live.call, { answerDelayMs, waited: live.waited });
  }
}

/** What a trunk is judged by. */
export function trunkNews(call: Call, heard: Heard): TrunkNews {
  const { trunkMs } = heard === 'ringing' ? {} : retryAfter(call);
  const wasPickedUp = call.answeredAt !== undefined;
  return {
    heard,
    dialedAt: call.dialedAt,
    rang: call.ringingAt !== undefined || wasPickedUp,
    mute: wasPickedUp && heard === 'abandoned' && hadNoSound(call),
    ...defined({ retryAfterMs: trunkMs }),
  };
}
