// Why a record would or would not be dialed now: the campaign first, then the record's own rules, one by one.
// The rules are the list's; this gathers what they need and puts the campaign in front of them.

import { defined } from '../base/defined.ts';
import { campaignUnknown } from '../campaign/refusals.ts';
import { basename } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { RecordRow } from '../engine/store/records.ts';
import type { Store } from '../engine/store/store.ts';
import { askedNumbers, blockedNumbers, honouredLists } from '../records/do-not-call.ts';
import { explainRecord } from '../eligibility/eligibility.ts';
import type { EligibilityInput } from '../eligibility/eligibility.ts';
import { decideWithAgentEngaged } from '../eligibility/engaged-agent.ts';
import { lawHere } from '../rules/law.ts';
import type { RecordFacts } from '../records/record.ts';
import { campaignZone } from '../rules/ruling.ts';
import type { Inputs } from '../rules/ruling.ts';
import { placeNotes, whereabouts } from '../places/zones.ts';
import { kindOf } from '../numbers/kinds.ts';
import type { PhoneReading } from '../numbers/phone.ts';
import { numberOrRefusal } from '../numbers/refusal.ts';
import { factsOfNumber, peopleWith } from './explain-number.ts';

/** What is known of a campaign besides its definition. */
interface CampaignNow {
  readonly dialing: boolean;
  /** One sentence. */
  readonly why: string;
}

interface Defined {
  readonly campaign: Campaign;
  readonly file: string;
  readonly ruleLines?: readonly number[];
}

export interface ExplainSources {
  readonly store: Pick<Store, 'attempts' | 'records' | 'doNotCall' | 'validations' | 'contacts'>;
  /** A number as a person wrote it, read with the default country. */
  readonly readNumber: (text: string) => PhoneReading;
  /** The campaigns as last loaded without fault, with their files and the line of each call-again rule there. */
  definitions(): readonly Defined[];
  now(name: string): CampaignNow | Promise<CampaignNow>;
}

interface RuleCheck {
  readonly rule: string;
  readonly allows: boolean;
  readonly why: string;
  readonly notBeforeAt?: number;
  /** From when on it allows a call for which an agent is engaged. */
  readonly agentEngagedFromAt?: number;
  /** Where the law says it. */
  readonly citation?: string;
  /** The phone that it speaks of; absent: it speaks of the record. */
  readonly phone?: string;
  readonly inputs?: Inputs;
}

export interface RecordExplanation {
  /** Null: no record has the number. */
  readonly record: number | null;
  readonly campaign: string;
  readonly contact: string;
  /** Time zone of the campaign's days; its moments are shown by its clocks. */
  readonly zone?: string;
  readonly mayDialNow: boolean;
  readonly never: boolean;
  /** The phone that would be dialed. */
  readonly phone?: string;
  readonly notBeforeAt?: number;
  /** From when on it may be dialed as soon as an agent can be engaged for the call; absent: that makes no difference. */
  readonly agentEngagedFromAt?: number;
  /** What its last attempt made of it, in the words of what decided; absent: it has not been dialed. */
  readonly last?: string;
  readonly checks: readonly RuleCheck[];
}

const MAX_RECORDS = 50;

/**
 * Explains the record of that id, or every record that has the number or text (at most 50); a number that no record has
 * is explained for every campaign, of the contacts that have it or as if it were a fresh record. Refused with
 * `record-unknown` when it is none of these, with `number-invalid` when it may be several numbers, and with
 * `campaign-unknown` when there is no campaign to judge a number by.
 */
export async function explainRecords(
  sources: ExplainSources,
  target: { readonly text: string; readonly campaign?: string },
  at: number,
): Promise<readonly RecordExplanation[]> {
  const { rows, number } = await findTargets(sources, target);
  const loaded = sources.definitions().map(({ campaign }) => campaign);
  const isLoaded = target.campaign === undefined || loaded.some(({ name }) => name === target.campaign);
  if (rows.length === 0 && !isLoaded) throw noCampaign(target.campaign, loaded);
  if (rows.length === 0 && number !== undefined) return explainNumber(sources, { ...target, text: number }, at);
  if (rows.length === 0)
    throw new OperationalError('record-unknown', `No record has the ID or number ${target.text}.`, {
      hint: 'Give a record id or a number in the form +49…; outdial record find searches by name and number.',
      httpCode: 404,
    });
  const explanations: RecordExplanation[] = [];
  for (const row of rows) explanations.push(await explainOne(sources, row, at));
  return explanations;
}

interface Targets {
  readonly rows: readonly RecordRow[];
  /** The text is this number. */
  readonly number?: string;
}

/** The record of that id, else those with the number that the one reader of numbers makes of the text, else with the text. */
async function findTargets(
  { store, readNumber }: ExplainSources,
  { text, campaign }: { readonly text: string; readonly campaign?: string },
): Promise<Targets> {
  if (/^\d{1,15}$/.test(text)) {
    const row = await store.records.show(Number(text));
    if (row && (campaign === undefined || row.campaign === campaign)) return { rows: [row] };
  }
  const find = (wanted: string): Promise<readonly RecordRow[]> =>
    store.records.find({ text: wanted, limit: MAX_RECORDS, ...defined({ campaign }) });
  const reading = /\d{5}/.test(text.replace(/[\s().-]/g, '')) ? readNumber(text) : ({ kind: 'empty' } as const);
  if (reading.kind === 'number') return { rows: await find(reading.number), number: reading.number };
  const rows = await find(text);
  if (rows.length === 0 && reading.kind === 'refused' && reading.mayBe !== undefined) numberOrRefusal(text, reading);
  return { rows };
}

async function explainNumber(
  sources: ExplainSources,
  { text: number, campaign: wanted }: { readonly text: string; readonly campaign?: string },
  at: number,
): Promise<readonly RecordExplanation[]> {
  const loaded = sources.definitions().map(({ campaign }) => campaign);
  const campaigns = loaded.filter(({ name }) => wanted === undefined || name === wanted);
  if (campaigns.length === 0) throw noCampaign(wanted, loaded);
  const explanations: RecordExplanation[] = [];
  for (const campaign of campaigns) {
    const facts = await factsOfNumber(sources.store, { number, campaign });
    const people = await peopleWith(sources.store, { number, campaign, facts });
    for (const one of people.length === 0 ? [facts] : people) {
      const head = { record: null, campaign: campaign.name, contact: one.name === '' ? number : one.name };
      explanations.push(await explainFacts(sources, { head, facts: one, campaign }, at));
    }
  }
  return explanations;
}

function noCampaign(wanted: string | undefined, loaded: readonly Campaign[]): OperationalError {
  const names = loaded.map(({ name }) => name);
  if (wanted !== undefined) return campaignUnknown(wanted, names);
  const hint = 'outdial campaign list shows those that are loaded; outdial check shows why a file is not.';
  return new OperationalError('campaign-unknown', 'No campaign is loaded that could dial it.', { hint, httpCode: 404 });
}

async function explainOne(sources: ExplainSources, row: RecordRow, at: number): Promise<RecordExplanation> {
  const loaded = sources.definitions().find(({ campaign: { name } }) => name === row.campaign);
  const last = row.why === null || row.state === 'dialing' ? {} : { last: `${row.why}${ruleInFile(row.why, loaded)}` };
  const head = { record: row.id, campaign: row.campaign, contact: row.contact.name, ...last };
  const campaign = loaded?.campaign;
  const found = await sources.store.records.facts(row.id);
  if (campaign && found)
    return withLast(await explainFacts(sources, { head, facts: found.facts, campaign }, at), row.state);
  const why = campaign ? 'The record has just been removed.' : 'No campaign file of that name is loaded.';
  return { ...head, mayDialNow: false, never: false, checks: [{ rule: 'campaign', allows: false, why }] };
}

/** Where the call-again rule that the sentence names stands in the campaign's file now. */
function ruleInFile(why: string, loaded: Defined | undefined): string {
  const [, place] = /^(?:[^;]* used; )?Call-again rule (\d+) \(/.exec(why) ?? [];
  if (place === undefined || loaded === undefined) return '';
  const { campaign, file, ruleLines } = loaded;
  const rule = campaign.callAgain[Number(place) - 1];
  if (rule === undefined || !why.includes(`Call-again rule ${place} (${rule.when})`))
    return ` The rules of ${basename(file)} have changed since.`;
  const line = ruleLines?.[Number(place) - 1];
  return line === undefined ? '' : ` The rule is in ${basename(file)}, line ${line}.`;
}

/** What the last attempt made of the record stands where its state or due time does: which rule it was. */
function withLast(explanation: RecordExplanation, state: RecordRow['state']): RecordExplanation {
  const { last } = explanation;
  const place = state === 'waiting' ? 'due-time' : 'record-state';
  if (last === undefined || state === 'fresh') return explanation;
  const checks = explanation.checks.map((check) =>
    check.rule === place ? { ...check, why: `${check.why} ${last}` } : check,
  );
  return { ...explanation, checks };
}

/** What the campaign's validation service has said of the contact's numbers, where it has one. */
async function validationOf(
  store: ExplainSources['store'],
  { facts, campaign }: Pick<Explained, 'facts' | 'campaign'>,
  at: number,
): Promise<Pick<EligibilityInput, 'validation'>> {
  if (campaign.validation === undefined) return {};
  const numbers = facts.phones.map(({ number }) => number);
  const checks = await store.validations.of(campaign.validation.url, numbers, at);
  return { validation: new Map(checks.map((check) => [check.number, check])) };
}

interface Explained {
  readonly head: Pick<RecordExplanation, 'record' | 'campaign' | 'contact' | 'last'>;
  readonly facts: RecordFacts;
  readonly campaign: Campaign;
}

async function explainFacts(
  sources: ExplainSources,
  { head, facts, campaign }: Explained,
  at: number,
): Promise<RecordExplanation> {
  const now = await sources.now(campaign.name);
  const lists = await doNotCallOf(sources.store, facts, campaign);
  const validation = await validationOf(sources.store, { facts, campaign }, at);
  const input = { facts, campaign, kindOf, ...lists, ...validation, now: at };
  const { findings, phoneIndex, ...answer } = explainRecord(input);
  const agentEngagedFromAt = answer.mayDial ? undefined : heldFromAt(input, answer.notBeforeAt);
  const phone = phoneIndex === undefined ? undefined : facts.phones[phoneIndex]?.number;
  return {
    ...head,
    zone: campaignZone(campaign),
    mayDialNow: now.dialing && answer.mayDial,
    never: answer.never,
    ...defined({ phone, notBeforeAt: answer.notBeforeAt, agentEngagedFromAt }),
    checks: [
      { rule: 'campaign', allows: now.dialing, why: now.why },
      ...whereChecks(facts, campaign),
      ...findings.map(({ phoneIndex: index, ...finding }) => {
        const number = index === undefined ? undefined : facts.phones[index]?.number;
        return { ...finding, ...defined({ phone: number }) };
      }),
    ],
  };
}

/** From when on an agent who is engaged for the call has the record dialed sooner than otherwise. */
function heldFromAt(input: EligibilityInput, otherwiseAt: number | undefined): number | undefined {
  const held = decideWithAgentEngaged(input);
  const at = held?.mayDial === true ? input.now : held?.notBeforeAt;
  return at !== undefined && at < (otherwiseAt ?? Infinity) ? at : undefined;
}

/** Which rule packs protect the person, and in which zones, for each phone; nothing when the campaign names no packs. */
function whereChecks({ phones, fields }: RecordFacts, campaign: Campaign): readonly RuleCheck[] {
  if (campaign.rules.length === 0) return [];
  return phones.map(({ number }) => {
    const { packs, zones } = lawHere(campaign, whereabouts(number, fields, campaign.person));
    const names = packs.map(({ name }) => name).join(', ');
    const law = names === '' ? 'No rule pack of the campaign applies' : `Rule packs: ${names}`;
    const read = placeNotes(number, fields, campaign.person);
    const why = [`${law}; time zones: ${zones.join(', ')}.`, ...read].join(' ');
    return { rule: 'jurisdiction', allows: true, why, phone: number, inputs: { packs: names, zones: zones.join(' ') } };
  });
}

/** What the campaign's do-not-call lists say of the record's numbers, as the choice of the next record sees it. */
async function doNotCallOf(
  store: ExplainSources['store'],
  { phones }: RecordFacts,
  campaign: Campaign,
): Promise<Pick<EligibilityInput, 'blocked' | 'listsImportedAt'>> {
  const entries = await Promise.all(askedNumbers(phones).map((number) => store.doNotCall.check(number)));
  const lists = await store.doNotCall.lists();
  const honoured = honouredLists(campaign);
  return {
    blocked: blockedNumbers(campaign, entries.flat()),
    listsImportedAt: new Map(
      lists.flatMap(({ name, importedAt }) =>
        importedAt !== null && honoured.includes(name) ? [[name, importedAt] as const] : [],
      ),
    ),
  };
}
