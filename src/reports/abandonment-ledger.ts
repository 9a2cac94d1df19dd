// The abandonment ledger for a regulator: every day of a period by each definition of the abandon rate, with where it is
// written, from the store's rows alone.

import { defined } from '../base/defined.ts';
import { localDay } from '../base/local-time.ts';
import {
  AbandonmentLedger,
  abandonDefinitions,
  describeDefinition,
  packDefinitions,
  type AbandonDefinition,
  type CountedAttempt,
  type LedgerDay,
} from '../rules/abandonment.ts';
import { boundsOf } from '../rules/abandon-window.ts';
import type { Campaign } from '../campaign/definition.ts';
import { estimateOf, LEAST_JUDGED, UNMEASURED_ERROR } from '../campaign/detector-check.ts';
import type { RulePack } from '../campaign/rule-pack.ts';
import type { AttemptRow } from '../engine/store/attempts.ts';
import type { Store } from '../engine/store/store.ts';
import { attemptPages } from './attempt-pages.ts';
import { isLiveAnswer, type Period } from './reports.ts';

export interface LedgerRow extends LedgerDay {
  readonly campaign: string;
  /** `campaign`, or the clause such as `uk-ofcom/abandonment`. */
  readonly rule: string;
  readonly definition: string;
  readonly citation: string;
  /** Rate 0–1. */
  readonly limit: number;
  /** Share of persons among those taken for machines that was counted, 0–1. */
  readonly detectorError: number;
  readonly zone: string;
}

export interface LedgerRequest {
  readonly campaigns: readonly Campaign[];
  /** Only these packs, whether the campaigns name them or not; absent: each campaign's own target and packs. */
  readonly packs?: readonly RulePack[];
  readonly period: Period;
}

/** Rows by campaign, definition and day, in order. A window that began before the period is counted from its beginning. */
export async function abandonmentLedger(
  store: Pick<Store, 'attempts' | 'answers' | 'detection'>,
  { campaigns, packs, period }: LedgerRequest,
): Promise<readonly LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (const campaign of campaigns) {
    const definitions = packs === undefined ? abandonDefinitions(campaign) : packDefinitions(packs);
    rows.push(...(await ledgerOf(store, { campaign, definitions }, period)));
  }
  return rows;
}

interface OutsideRequest {
  readonly campaigns: readonly Campaign[];
  readonly period: { readonly fromAt: number; readonly toAt: number };
  /** Only of this one. */
  readonly campaign?: string;
}

/** A sentence for each campaign that dialed in the period and whose file cannot be read any more: its limits are not known. */
export async function outsideLedger(
  store: Pick<Store, 'answers' | 'campaigns'>,
  { campaigns, period, campaign }: OutsideRequest,
): Promise<readonly string[]> {
  const known = new Set(campaigns.map(({ name }) => name));
  const sentences: string[] = [];
  for (const { campaign: name } of await store.campaigns.all()) {
    if (known.has(name) || (campaign !== undefined && name !== campaign)) continue;
    const { attempts, byResult } = await store.answers.ofDay({ campaign: name, ...period, except: [], delays: 0 });
    const dialed = `${attempts} attempts in the period, ${byResult.abandoned ?? 0} abandoned`;
    const why = 'Its file is not there or faulty, so its limits are not known.';
    if (attempts > 0) sentences.push(`Not in this ledger: ${name}, ${dialed}. ${why}`);
  }
  return sentences;
}

async function ledgerOf(
  store: Pick<Store, 'attempts' | 'answers' | 'detection'>,
  { campaign, definitions }: { readonly campaign: Campaign; readonly definitions: readonly AbandonDefinition[] },
  { fromAt, toAt }: Period,
): Promise<readonly LedgerRow[]> {
  const zone = campaign.schedule?.timezone ?? 'UTC';
  const detectorError = campaign.answer.detectorError ?? (await measuredError(store, campaign)) ?? UNMEASURED_ERROR;
  const { firstAt } = await store.answers.counts({ campaign: campaign.name, fromAt: toAt ?? 0, slotMs: 900_000 });
  if (firstAt === null || definitions.length === 0) return [];
  const readFromAt = Math.min(...definitions.map((definition) => windowFrom(definition, zone, { firstAt, fromAt })));
  const ledgers = definitions.map((definition) => new AbandonmentLedger(definition, { zone, detectorError, firstAt }));
  const query = { campaign: campaign.name, fromAt: readFromAt, ...defined({ toAt }) };
  for await (const page of attemptPages(store, query)) {
    for (const row of page) for (const ledger of ledgers) ledger.add(counted(row));
  }
  const firstDay = fromAt === undefined ? '' : localDay(zone, fromAt).date;
  return definitions.flatMap((definition, index) =>
    (ledgers[index]?.days() ?? [])
      .filter(({ day }) => day >= firstDay)
      .map((day) => ({
        campaign: campaign.name,
        rule: definition.name,
        definition: describeDefinition(definition),
        citation: definition.citation ?? '',
        limit: definition.most,
        zone,
        detectorError: definition.detectorErrors === 'counted' ? detectorError : 0,
        ...day,
      })),
  );
}

/** By the sample that was judged, over the campaign's whole life; undefined when too little was. */
async function measuredError(store: Pick<Store, 'detection'>, campaign: Campaign): Promise<number | undefined> {
  const estimate = estimateOf(await store.detection.counts({ campaign: campaign.name }));
  return estimate !== undefined && estimate.judged >= LEAST_JUDGED ? estimate.share : undefined;
}

/** From when on attempts must be read for the window that the period begins in. */
function windowFrom(
  { window }: AbandonDefinition,
  zone: string,
  { firstAt, fromAt }: { readonly firstAt: number; readonly fromAt: number | undefined },
): number {
  if (fromAt === undefined || fromAt <= firstAt) return firstAt;
  // Whole days are reported: the one that the period begins in as well.
  const now = localDay(zone, fromAt).startAt;
  return boundsOf(window, zone, { now: Math.max(now, firstAt), firstAt }).fromAt;
}

function counted(row: AttemptRow): CountedAttempt {
  return {
    at: row.dialedAt,
    isLive: isLiveAnswer(row),
    isAbandoned: row.result === 'abandoned',
    isMachine: row.result === 'machine' && row.bridgedAt === null,
  };
}
