// The live answers of one campaign: those in the store, those since, and those of calls that go on. Knows at any time,
// also after a restart, how the tightest abandonment window stands.

import { abandonDefinitions } from '../../rules/abandonment.ts';
import { AnswerSlots, SLOT_MS, type AnswerCount } from '../../rules/answer-slots.ts';
import { lookBackMs, tightestWindow, type CountedLimit, type WindowNow } from '../../rules/abandon-window.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { estimateOf, LEAST_JUDGED, UNMEASURED_ERROR } from '../../campaign/detector-check.ts';
import type { AttemptId } from '../../terms.ts';
import { zoneOf } from '../dialing/campaign-pacer.ts';
import type { Store } from '../store/store.ts';

type Sources = Pick<Store, 'answers' | 'detection'>;

/** Reads what the windows of a campaign need to know of the past. */
export async function readAnswers(store: Sources, campaign: Campaign, now: number): Promise<CampaignAnswers> {
  const backMs = longestMs(campaign);
  const [{ firstAt, slots }, sample] = await Promise.all([
    store.answers.counts({ campaign: campaign.name, fromAt: now - backMs, slotMs: SLOT_MS }),
    store.detection.counts({ campaign: campaign.name }),
  ]);
  const estimate = estimateOf(sample);
  const measured = estimate !== undefined && estimate.judged >= LEAST_JUDGED ? estimate.share : UNMEASURED_ERROR;
  return new CampaignAnswers(new AnswerSlots(slots, firstAt ?? undefined), { detectorError: measured, backMs });
}

function longestMs(campaign: Campaign): number {
  return Math.max(0, ...abandonDefinitions(campaign).map(lookBackMs));
}

/** A closed attempt as the windows see it. */
export interface ClosedAnswer {
  readonly attempt: AttemptId;
  readonly dialedAt: number;
  readonly isLive: boolean;
  readonly isAbandoned: boolean;
  /** Taken for a machine, and no one talked. */
  readonly isMachine: boolean;
}

export class CampaignAnswers {
  readonly #closed: AnswerSlots;
  readonly #detectorError: number;
  readonly #backMs: number;
  /** Calls that were live answers and go on, and whether they are abandoned. */
  readonly #open = new Map<AttemptId, boolean>();
  #abandoned = 0;

  /**
   * `detectorError`: the share of people among machine verdicts, where the campaign's file says none; `backMs`: how far
   * back the closed answers are known.
   */
  constructor(closed: AnswerSlots, known: { readonly detectorError: number; readonly backMs: number }) {
    this.#closed = closed;
    this.#detectorError = known.detectorError;
    this.#backMs = known.backMs;
  }

  /** Whether every window of the campaign, as its file is now, lies within what is known. */
  covers(campaign: Campaign): boolean {
    return longestMs(campaign) <= this.#backMs;
  }

  /** A person answered, or got no agent. */
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
  closed({ attempt, dialedAt, isLive, isAbandoned, isMachine }: ClosedAnswer): void {
    this.#forget(attempt);
    if (!isLive && !isMachine) return;
    const count = { liveAnswers: isLive ? 1 : 0, abandoned: isAbandoned ? 1 : 0, machines: isMachine ? 1 : 0 };
    this.#closed.add(dialedAt, count);
  }

  /** How the tightest of the campaign's windows stands: that of its own target, or of one of its rules. */
  window(campaign: Campaign, now: number): WindowNow | undefined {
    const open: AnswerCount = { liveAnswers: this.#open.size, abandoned: this.#abandoned, machines: 0 };
    return tightestWindow(this.#limits(campaign), this.#closed, { zone: zoneOf(campaign), now, open });
  }

  /** How each of them stands. */
  windows(campaign: Campaign, now: number): readonly WindowNow[] {
    const open: AnswerCount = { liveAnswers: this.#open.size, abandoned: this.#abandoned, machines: 0 };
    const seen = { zone: zoneOf(campaign), now, open };
    return this.#limits(campaign).flatMap((limit) => tightestWindow([limit], this.#closed, seen) ?? []);
  }

  /** Live answers to calls dialed from then on, to a quarter-hour. */
  answersSince(fromAt: number): number {
    return this.#closed.since(fromAt).liveAnswers + this.#open.size;
  }

  #limits(campaign: Campaign): readonly CountedLimit[] {
    const error = campaign.answer.detectorError ?? this.#detectorError;
    return abandonDefinitions(campaign).map(({ name, most, window, detectorErrors }) => ({
      name,
      most,
      window,
      mistaken: detectorErrors === 'counted' ? error : 0,
    }));
  }

  #forget(attempt: AttemptId): void {
    if (this.#open.get(attempt) === true) this.#abandoned -= 1;
    this.#open.delete(attempt);
  }
}
