// Why a record would or would not be dialed now: the campaign first, then the record's own rules, one by one.
// The rules are the list's; this gathers what they need and puts the campaign in front of them.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { RecordRow, Store } from '../engine/store.ts';
import { explainRecord } from '../list/eligibility.ts';

/** What is known of a campaign besides its definition. */
interface CampaignNow {
  readonly dialing: boolean;
  /** One sentence. */
  readonly why: string;
}

export interface ExplainSources {
  readonly store: Pick<Store, 'records' | 'doNotCall'>;
  /** The campaign's file as last loaded without fault. */
  definition(name: string): Campaign | undefined;
  now(name: string): CampaignNow | Promise<CampaignNow>;
}

interface RuleCheck {
  readonly rule: string;
  readonly allows: boolean;
  readonly why: string;
  readonly notBeforeAt?: number;
}

export interface RecordExplanation {
  readonly record: number;
  readonly campaign: string;
  readonly contact: string;
  readonly mayDialNow: boolean;
  readonly never: boolean;
  /** The phone that would be dialed. */
  readonly phone?: string;
  readonly notBeforeAt?: number;
  readonly checks: readonly RuleCheck[];
}

const MAX_RECORDS = 50;

/**
 * Explains the record of that id, or every record that has the number or text (at most 50). Refused with
 * `record-unknown` when there is none.
 */
export async function explainRecords(
  sources: ExplainSources,
  target: { readonly text: string; readonly campaign?: string },
  at: number,
): Promise<readonly RecordExplanation[]> {
  const rows = await findTargets(sources.store, target);
  if (rows.length === 0)
    throw new OperationalError('record-unknown', `No record is or has ${target.text}.`, {
      hint: 'Give a record id or a number in the form +49…; outdial record find searches by name and number.',
      httpCode: 404,
    });
  const explanations: RecordExplanation[] = [];
  for (const row of rows) explanations.push(await explainOne(sources, row, at));
  return explanations;
}

async function findTargets(
  store: ExplainSources['store'],
  { text, campaign }: { readonly text: string; readonly campaign?: string },
): Promise<readonly RecordRow[]> {
  if (/^\d{1,15}$/.test(text)) {
    const row = await store.records.show(Number(text));
    if (row && (campaign === undefined || row.campaign === campaign)) return [row];
  }
  return store.records.find({ text, limit: MAX_RECORDS, ...(campaign === undefined ? {} : { campaign }) });
}

async function explainOne(sources: ExplainSources, row: RecordRow, at: number): Promise<RecordExplanation> {
  const head = { record: row.id, campaign: row.campaign, contact: row.contact.name };
  const campaign = sources.definition(row.campaign);
  const found = await sources.store.records.facts(row.id);
  if (!campaign || !found) {
    const why = campaign ? 'The record has just been removed.' : 'No campaign file of that name is loaded.';
    return { ...head, mayDialNow: false, never: false, checks: [{ rule: 'campaign', allows: false, why }] };
  }
  const { facts } = found;
  const now = await sources.now(row.campaign);
  const explanation = explainRecord({ facts, campaign, blocked: await blockedOf(sources.store, row), now: at });
  const phone = explanation.phoneIndex === undefined ? undefined : facts.phones[explanation.phoneIndex]?.number;
  return {
    ...head,
    mayDialNow: now.dialing && explanation.mayDial,
    never: explanation.never,
    ...(phone === undefined ? {} : { phone }),
    ...(explanation.notBeforeAt === undefined ? {} : { notBeforeAt: explanation.notBeforeAt }),
    checks: [
      { rule: 'campaign', allows: now.dialing, why: now.why },
      ...explanation.verdicts.map(({ rule, allows, why, notBeforeAt }) => ({
        rule,
        allows,
        why,
        ...(notBeforeAt === undefined ? {} : { notBeforeAt }),
      })),
    ],
  };
}

async function blockedOf(store: ExplainSources['store'], row: RecordRow): Promise<ReadonlySet<string>> {
  const entries = await Promise.all(row.contact.phones.map(({ number }) => store.doNotCall.check(number)));
  return new Set(entries.flatMap((entry) => (entry ? [entry.number] : [])));
}
