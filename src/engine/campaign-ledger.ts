// The live answers of one campaign: those in the store, those since, and those of calls that go on. Knows at any time,
// also after a restart, how the tightest abandonment window stands.

import { AnswerLedger, SLOT_MS } from '../campaign/answer-ledger.ts';
import { lookBackMs, tightestWindow, type AbandonLimit, type WindowNow } from '../campaign/abandon-window.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { AttemptId } from '../terms.ts';
import { zoneOf } from './campaign-pacer.ts';
import type { AnswerStore } from './store-answers.ts';

/** What the campaign's file limits: its target, over the local day. */
export function limitsOf({ pacing }: Campaign): readonly AbandonLimit[] {
  return [{ name: 'campaign', most: pacing.abandonTarget, window: { span: 'day' } }];
}

/** Reads what the windows of a campaign need to know of the past. */
export async function readLedger(store: AnswerStore, campaign: Campaign, now: number): Promise<CampaignLedger> {
  const backMs = Math.max(0, ...limitsOf(campaign).map(lookBackMs));
  const { firstAt, slots } = await store.counts({ campaign: campaign.name, fromAt: now - backMs, slotMs: SLOT_MS });
  return new CampaignLedger(new AnswerLedger(slots, firstAt ?? undefined));
}

export class CampaignLedger {
  readonly #closed: AnswerLedger;
  /** Calls that were live answers and go on, and whether they are abandoned. */
  readonly #open = new Map<AttemptId, boolean>();
  #abandoned = 0;

  constructor(closed: AnswerLedger) {
    this.#closed = closed;
  }

  /** A person answered, or met nobody. */
  live(attempt: AttemptId, isAbandoned: boolean): void {
    this.#forget(attempt);
    this.#open.set(attempt, isAbandoned);
    if (isAbandoned) this.#abandoned += 1;
  }

  /** What was taken for a person was none. */
  notLive(attempt: AttemptId): void {
    this.#forget(attempt);
  }

  /** The attempt has its result. */
  closed(attempt: {
    readonly attempt: AttemptId;
    readonly dialedAt: number;
    readonly isLive: boolean;
    readonly isAbandoned: boolean;
  }): void {
    this.#forget(attempt.attempt);
    if (attempt.isLive) this.#closed.add(attempt.dialedAt, { liveAnswers: 1, abandoned: attempt.isAbandoned ? 1 : 0 });
  }

  /** How the tightest of the campaign's windows stands. */
  window(campaign: Campaign, now: number): WindowNow | undefined {
    const open = { liveAnswers: this.#open.size, abandoned: this.#abandoned };
    return tightestWindow(limitsOf(campaign), this.#closed, { zone: zoneOf(campaign), now, open });
  }

  #forget(attempt: AttemptId): void {
    if (this.#open.get(attempt) === true) this.#abandoned -= 1;
    this.#open.delete(attempt);
  }
}
