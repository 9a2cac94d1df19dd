// What becomes of a record once its attempt is over: by the result alone, or, after a conversation, by result and
// disposition together, in whichever order the two arrive.

import { decideNext } from '../list/call-again.ts';
import type { RecordNext } from '../list/record.ts';
import type { AgentNumber, AttemptId, Result } from '../terms.ts';
import type { Hub } from './hub.ts';
import type { CloseAttempt, OpenedAttempt } from './store.ts';
import type { Aftermath } from './world.ts';

export interface Closing {
  readonly opened: OpenedAttempt;
  readonly campaign: string;
  /** What the store is told, without what becomes of the record. */
  readonly attempt: Omit<CloseAttempt, 'next'>;
  /** An agent talked with the person and may still give a disposition. */
  readonly agentToSpeak: boolean;
}

export class Aftermaths {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** The attempt has its result. */
  closed(closing: Closing): void {
    const { attempt, opened, campaign } = closing;
    const outcome = { result: attempt.result, endedAt: attempt.endedAt, counts: attempt.counts };
    const known: Aftermath = { opened, campaign, ...this.#hub.world.aftermath.get(attempt.attempt), outcome };
    const waits = closing.agentToSpeak && known.said === undefined;
    const next: RecordNext = waits ? { state: 'dialing' } : this.#decide(known);
    this.#hub.writer.write(() => this.#hub.parts.store.attempts.close({ ...attempt, next }));
    if (waits) {
      this.#hub.world.aftermath.set(attempt.attempt, known);
      return;
    }
    if (known.said) this.#dispose(attempt.attempt, known.said, next);
    this.#finished(known, next);
  }

  /** The agent has said what it was, or let the wrap-up pass without a word. */
  said(
    attempt: AttemptId,
    said: { readonly disposition?: string; readonly agent: AgentNumber; readonly at: number },
  ): void {
    const known = this.#hub.world.aftermath.get(attempt);
    const live = this.#hub.world.calls.get(attempt);
    if (known?.outcome === undefined) {
      if (live) this.#hub.world.aftermath.set(attempt, { opened: live.opened, campaign: live.call.campaign, said });
      return;
    }
    const complete: Aftermath = { ...known, said };
    const next = this.#decide(complete);
    this.#dispose(attempt, said, next);
    this.#finished(complete, next);
  }

  /** The agent's session has let go of the attempt without a word: an ended conversation waits no longer. */
  unsaid(attempt: AttemptId, agent: AgentNumber): void {
    if (this.#hub.world.aftermath.get(attempt)?.outcome) this.said(attempt, { agent, at: this.#hub.now() });
  }

  #dispose(
    attempt: AttemptId,
    said: { readonly disposition?: string; readonly agent: AgentNumber; readonly at: number },
    next: RecordNext,
  ): void {
    const { disposition, agent, at } = said;
    const { attempts } = this.#hub.parts.store;
    this.#hub.writer.write(() =>
      disposition === undefined
        ? attempts.settle(attempt, next)
        : attempts.dispose({ attempt, disposition, agent, at, next }),
    );
  }

  #finished(known: Aftermath, next: RecordNext): void {
    this.#hub.world.aftermath.delete(known.opened.attempt);
    const campaign = this.#hub.world.campaigns.get(known.campaign);
    if (campaign?.nothingBefore !== undefined && next.state === 'waiting') {
      campaign.nothingBefore = Math.min(campaign.nothingBefore, next.dueAt);
    }
    if (campaign && next.state === 'finished') campaign.nothingBefore = undefined;
  }

  #decide(known: Aftermath): RecordNext {
    const campaign = this.#hub.world.campaigns.get(known.campaign);
    if (!campaign || !known.outcome) return { state: 'finished', why: 'its campaign is gone' };
    const { result, endedAt, counts } = known.outcome;
    const disposition = known.said?.disposition;
    return decideNext({
      facts: known.opened.record,
      campaign: campaign.definition,
      outcome: {
        result,
        connected: wasConnected(result),
        phoneIndex: known.opened.phoneIndex,
        endedAt,
        counts,
        ...(disposition === undefined ? {} : { disposition }),
      },
    });
  }
}

const wasConnected = (result: Result): boolean => result === 'connected';
