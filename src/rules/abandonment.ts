// The abandon rate as each regulator counts it: which share of which answers, in which window. Definitions come from the
// campaign and its rule packs; the days of a ledger come from attempts in the order of their dialing.

import { defined } from '../base/defined.ts';
import { formatDuration, formatShare } from '../base/durations.ts';
import { localDay } from '../base/local-time.ts';
import type { LocalDay } from '../base/local-time.ts';
import { boundsOf } from './abandon-window.ts';
import type { AbandonLimit } from './abandon-window.ts';
import type { Campaign } from '../campaign/definition.ts';
import { clauseName, demandsOf } from '../campaign/rule-pack.ts';
import type { AbandonmentDemand, RulePack } from '../campaign/rule-pack.ts';

const MINUTE_MS = 60_000;

/** A limit on abandoned calls with what it counts and where it is written. */
export interface AbandonDefinition extends AbandonLimit {
  /** Where the law says it; absent: the campaign's own target. */
  readonly citation?: string;
  readonly detectorErrors: AbandonmentDemand['detectorErrors'];
}

/** One attempt as a ledger sees it. */
export interface CountedAttempt {
  readonly at: number;
  readonly isLive: boolean;
  readonly isAbandoned: boolean;
  /** The detector took it for a machine's, and no one talked. */
  readonly isMachine: boolean;
}

interface Tally {
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly machines: number;
}

/** One local day of a ledger, and its window up to the day's end (of a rolling window: at its worst moment). */
export interface LedgerDay {
  /** `2026-11-22` */
  readonly day: string;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly machines: number;
  readonly windowFromAt: number;
  /** Absent: it has no end, the rate must be right at any time. */
  readonly windowEndsAt?: number;
  /** In the window so far, people taken for machines included where the definition counts them. */
  readonly countedLive: number;
  readonly countedAbandoned: number;
  /** Rate 0–1; 0 without live answers. */
  readonly rate: number;
  readonly isKept: boolean;
}

/** The campaign's own target over the local day, and what each of its packs demands. */
export function abandonDefinitions(campaign: Campaign): readonly AbandonDefinition[] {
  const { abandonTarget: most } = campaign.pacing;
  const own: AbandonDefinition = { name: 'campaign', most, window: { span: 'day' }, detectorErrors: 'ignored' };
  return [own, ...packDefinitions(campaign.rules)];
}

/** What the packs demand, whichever campaign names them. */
export function packDefinitions(packs: readonly RulePack[]): readonly AbandonDefinition[] {
  return demandsOf(packs, 'abandonment').map(({ pack, clause }) => ({
    name: clauseName(pack, clause),
    most: clause.most,
    window: clause.window,
    citation: clause.citation,
    detectorErrors: clause.detectorErrors,
  }));
}

/** `at most 3.0 % of the live answers in each period of 30d` */
export function describeDefinition({ most, window, detectorErrors }: AbandonDefinition): string {
  const spans = { day: 'local day', month: 'calendar month' } as const;
  const when =
    window.span === 'day' || window.span === 'month'
      ? `each ${spans[window.span]}`
      : `${window.span === 'rolling' ? 'any' : 'each period of'} ${formatDuration(window.ms)}`;
  const detector = detectorErrors === 'counted' ? ', with people taken for machines' : '';
  return `at most ${formatShare(most)} of the live answers in ${when}${detector}`;
}

/**
 * Live and abandoned answers as the definition counts them. `detectorError` is the share of persons among those whom
 * the detector took for machines, 0–1: each of them is a live answer that got no agent.
 */
export function asCounted(
  { detectorErrors }: Pick<AbandonDefinition, 'detectorErrors'>,
  { liveAnswers, abandoned, machines }: Tally,
  detectorError: number,
): { readonly live: number; readonly abandoned: number } {
  const mistaken = detectorErrors === 'counted' ? machines * detectorError : 0;
  return { live: liveAnswers + mistaken, abandoned: abandoned + mistaken };
}

interface LedgerOptions {
  /** Of the campaign's days and months. */
  readonly zone: string;
  readonly detectorError: number;
  /** When the campaign's first call was dialed; absent: with the first attempt that is added. */
  readonly firstAt?: number;
}

/** Turns attempts, in the order of their dialing, into the days of one definition. */
export class AbandonmentLedger {
  readonly #definition: AbandonDefinition;
  readonly #options: LedgerOptions;
  readonly #days: LedgerDay[] = [];
  #firstAt: number | undefined;
  #today: LocalDay | undefined;
  #day = empty();
  #window = { fromAt: -Infinity, endsAt: -Infinity, tally: empty() };
  #rolling: { at: number; tally: Tally }[] = [];
  #worst: Tally = empty();

  constructor(definition: AbandonDefinition, options: LedgerOptions) {
    this.#definition = definition;
    this.#options = options;
    this.#firstAt = options.firstAt;
  }

  add(attempt: CountedAttempt): void {
    this.#firstAt ??= attempt.at;
    if (!this.#today || attempt.at >= this.#today.endAt) this.#beginDay(attempt.at);
    const one: Tally = {
      liveAnswers: attempt.isLive ? 1 : 0,
      abandoned: attempt.isAbandoned ? 1 : 0,
      machines: attempt.isMachine ? 1 : 0,
    };
    this.#day = sum(this.#day, one);
    if (this.#definition.window.span === 'rolling') this.#roll(attempt.at, one, this.#definition.window.ms);
    else this.#count(attempt.at, one);
  }

  /** The days that had attempts, in order. */
  days(): readonly LedgerDay[] {
    return this.#today ? [...this.#days, this.#row(this.#today)] : [];
  }

  #beginDay(at: number): void {
    if (this.#today) this.#days.push(this.#row(this.#today));
    this.#today = localDay(this.#options.zone, at);
    this.#day = empty();
    this.#worst = empty();
  }

  #count(at: number, one: Tally): void {
    if (at >= this.#window.endsAt) {
      const { fromAt, endsAt = Infinity } = this.#bounds(at);
      this.#window = { fromAt, endsAt, tally: empty() };
    }
    this.#window.tally = sum(this.#window.tally, one);
  }

  /** By minutes: the whole minute in which the window begins belongs to it. */
  #roll(at: number, one: Tally, ms: number): void {
    const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
    const last = this.#rolling.at(-1);
    if (last?.at === minute) last.tally = sum(last.tally, one);
    else this.#rolling.push({ at: minute, tally: one });
    let tally = sum(this.#window.tally, one);
    while ((this.#rolling[0]?.at ?? Infinity) + MINUTE_MS <= at - ms) tally = less(tally, this.#rolling.shift()?.tally);
    this.#window = { fromAt: at - ms, endsAt: Infinity, tally };
    if (this.#excess(tally) >= this.#excess(this.#worst)) this.#worst = tally;
  }

  /** Abandoned calls beyond what the live answers allow. */
  #excess(tally: Tally): number {
    const { live, abandoned } = asCounted(this.#definition, tally, this.#options.detectorError);
    return abandoned - this.#definition.most * live;
  }

  #bounds(now: number): { readonly fromAt: number; readonly endsAt?: number } {
    const firstAt = this.#firstAt;
    return boundsOf(this.#definition.window, this.#options.zone, {
      now,
      ...defined({ firstAt }),
    });
  }

  #row({ date }: LocalDay): LedgerDay {
    const isRolling = this.#definition.window.span === 'rolling';
    const tally = isRolling ? this.#worst : this.#window.tally;
    const { live, abandoned } = asCounted(this.#definition, tally, this.#options.detectorError);
    const { fromAt, endsAt } = this.#window;
    return {
      day: date,
      ...this.#day,
      windowFromAt: fromAt,
      ...(endsAt === Infinity ? {} : { windowEndsAt: endsAt }),
      countedLive: live,
      countedAbandoned: abandoned,
      rate: live === 0 ? 0 : abandoned / live,
      // Sums of shares are not exact to the last digit.
      isKept: this.#excess(tally) <= 1e-9,
    };
  }
}

function empty(): Tally {
  return { liveAnswers: 0, abandoned: 0, machines: 0 };
}

function sum(a: Tally, b: Tally): Tally {
  return {
    liveAnswers: a.liveAnswers + b.liveAnswers,
    abandoned: a.abandoned + b.abandoned,
    machines: a.machines + b.machines,
  };
}

function less(a: Tally, b: Tally = empty()): Tally {
  return {
    liveAnswers: a.liveAnswers - b.liveAnswers,
    abandoned: a.abandoned - b.abandoned,
    machines: a.machines - b.machines,
  };
}
