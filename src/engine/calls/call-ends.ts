// The end of a call: what is reported, written down and given back, one step after the other. A bug in one of them, or
// before them, keeps none of the others from being done: the attempt has its result, the line and the agent are free.

import { defined } from '../../base/defined.ts';
import type { Call, CallEvent } from '../../call/call.ts';
import { retryAfter } from '../../call/causes.ts';
import { brokenOff, endedAnyhow } from '../../call/endings.ts';
import type { AgentNumber, Result } from '../../terms.ts';
import type { RecordOutcomes, Closing } from './record-outcomes.ts';
import { freeFrom } from '../agents/session-calls.ts';
import type { CallNews } from './call-news.ts';
import { closingOf } from './call-rows.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';

interface CallEndsParts {
  readonly recordOutcomes: RecordOutcomes;
  readonly news: CallNews;
  readonly stopSeeking: (live: LiveCall) => void;
  /** The call is no more in the world. */
  readonly forget: (live: LiveCall) => void;
}

export class CallEnds {
  readonly #hub: Hub;
  readonly #parts: CallEndsParts;

  constructor(hub: Hub, parts: CallEndsParts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** The machine has come to its end. */
  close(live: LiveCall): void {
    for (const step of this.#steps(live)) {
      step();
      live.endSteps += 1;
    }
  }

  /** The leg is gone and a bug has kept the call from its end; `event` is the one that met it. */
  closeBroken(live: LiveCall, event: CallEvent | undefined): void {
    const { attempt, campaign } = live.call;
    live.call = this.#overOf(live.call, event);
    const { session, bridgedAt, result } = live.call;
    this.#hub.parts.log.error(
      { attempt, campaign, result },
      'a call that met a bug is closed with what is known of it',
    );
    for (const timer of ['ring', 'limit', 'reap', 'look']) this.#hub.timers.clear(`${timer} ${attempt}`);
    const why = bridgedAt === undefined ? 'not-connected' : 'person-hung-up';
    if (session !== undefined) this.#hub.post({ type: 'session', session, event: { type: 'released', attempt, why } });
    for (const step of this.#steps(live).slice(live.endSteps)) this.#attempt(live.call, step);
    if (!live.closed) this.#attempt(live.call, () => this.#parts.recordOutcomes.closedUndecided(this.#closingOf(live)));
  }

  /** The bug may be in judging the end. */
  #overOf(call: Call, event: CallEvent | undefined): Call {
    try {
      return brokenOff(call, event);
    } catch {
      return endedAnyhow(call);
    }
  }

  #attempt({ attempt, campaign }: Call, step: () => void): void {
    try {
      step();
    } catch (fault) {
      this.#hub.parts.log.error({ attempt, campaign, fault }, 'a step of the end of a call met a bug');
    }
  }

  #steps(live: LiveCall): readonly (() => void)[] {
    const { recordOutcomes, news, stopSeeking, forget } = this.#parts;
    const { campaign, attempt } = live.call;
    const result = resultOf(live.call);
    return [
      ...news.ended(live, result, live.steppedAt),
      () => stopSeeking(live),
      () => freeFrom(this.#hub, campaign, attempt),
      () => recordOutcomes.closed(this.#closingOf(live), () => (live.closed = true)),
      () => forget(live),
      () => news.gone(live, result),
    ];
  }

  /** Whoever talked last and may still say what it was: who gave the person away wraps up while the call goes on. */
  #lastAgent({ attempt, session }: Call): AgentNumber | undefined {
    const { sessions } = this.#hub.world;
    const last = sessions.get(session ?? '');
    if (last) return last.agent;
    return [...sessions.values()].find((one) => one.attempt === attempt && one.state === 'wrap-up')?.agent;
  }

  #closingOf(live: LiveCall): Closing {
    const { call, opened } = live;
    const result = resultOf(call);
    const { personMs } = retryAfter(call);
    const talked = result === 'connected' && call.bridgedAt !== undefined;
    const last = talked ? this.#lastAgent(call) : undefined;
    return {
      origin: call.origin,
      opened,
      campaign: call.campaign,
      agentToSpeak: live.engaged?.keepsRecord === true || last !== undefined,
      ...(live.isGiven === true ? defined({ speaker: last }) : {}),
      attempt: closingOf(live, this.#hub.world.sessions, { result, endedAt: live.steppedAt }),
      ...defined({ retryAfterMs: personMs }),
    };
  }
}

const resultOf = (call: Call): Result => call.result ?? 'failed';
