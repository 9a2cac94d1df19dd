// May this record be dialed now, on which phone, and if not, why and when? Rule by rule, in plain sentences.
// The store applies the same rules when it chooses records; this is their one definition. Decides nothing about lines,
// agents or the campaign's hours.

import type { Campaign } from '../campaign/definition.ts';
import { formatLocal, localDay } from '../base/local-time.ts';
import { countedAttemptsAt } from './history.ts';
import { dialablePhones, phonesFrom } from './phones.ts';
import type { RecordFacts } from './record.ts';

export interface EligibilityInput {
  readonly facts: RecordFacts;
  readonly campaign: Campaign;
  /** Numbers (E.164) on a do-not-call list. */
  readonly blocked: ReadonlySet<string>;
  readonly now: number;
}

interface RuleVerdict {
  readonly rule: string;
  readonly allows: boolean;
  /** One sentence with the figures. */
  readonly why: string;
  /** A rule that refuses for now: when it next allows. */
  readonly notBeforeAt?: number;
  readonly inputs: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Explanation {
  readonly mayDial: boolean;
  /** Index into the record's phones of the phone that would be dialed; absent when none may be. */
  readonly phoneIndex?: number;
  /** The first moment at which it may be dialed if nothing else changes; absent when now, never or not foreseeable. */
  readonly notBeforeAt?: number;
  /** It can never be dialed again unless someone changes the record, the lists or the campaign. */
  readonly never: boolean;
  readonly verdicts: readonly RuleVerdict[];
}

interface Ruling extends Omit<RuleVerdict, 'rule'> {
  /** Refuses for good. */
  readonly never?: boolean;
  readonly phoneIndex?: number;
}

type Rule = (input: EligibilityInput) => Ruling;

/** In the order in which they are explained; a later rule of the law or the admin is one more row. */
const RULES: readonly (readonly [string, Rule])[] = [
  ['record-state', recordState],
  ['attempts-max', attemptsMax],
  ['due-time', dueTime],
  ['attempts-per-day', attemptsPerDay],
  ['phones', phoneTypes],
  ['do-not-call', doNotCall],
];

/** The time zone in which the campaign counts days: its schedule's, else UTC. */
function campaignZone(campaign: Pick<Campaign, 'schedule'>): string {
  return campaign.schedule?.timezone ?? 'UTC';
}

/** Why the record would or would not be dialed at `now`, and when it may be. Total and deterministic. */
export function explainRecord(input: EligibilityInput): Explanation {
  const rulings = RULES.map(([rule, judge]) => ({ rule, ruling: judge(input) }));
  const refusals = rulings.filter(({ ruling }) => !ruling.allows).map(({ ruling }) => ruling);
  const never = refusals.some((ruling) => ruling.never === true);
  const phoneIndex = rulings.find(({ ruling }) => ruling.phoneIndex !== undefined)?.ruling.phoneIndex;
  const notBeforeAt = never || refusals.length === 0 ? undefined : firstAllowedAt(input);
  return {
    mayDial: refusals.length === 0,
    ...(phoneIndex === undefined ? {} : { phoneIndex }),
    ...(notBeforeAt === undefined ? {} : { notBeforeAt }),
    never,
    verdicts: rulings.map(({ rule, ruling }) => verdict(rule, ruling)),
  };
}

function verdict(rule: string, ruling: Ruling): RuleVerdict {
  const { allows, why, notBeforeAt, inputs } = ruling;
  return { rule, allows, why, ...(notBeforeAt === undefined ? {} : { notBeforeAt }), inputs };
}

/** Goes from refusal to the moment at which it ends until every rule allows; undefined when one names no moment. */
function firstAllowedAt(input: EligibilityInput): number | undefined {
  let at = input.now;
  // Each step passes a due time or a day that has attempts, so there are no more steps than these.
  for (let steps = input.facts.history.length + RULES.length; steps >= 0; steps -= 1) {
    const refusals = RULES.map(([, judge]) => judge({ ...input, now: at })).filter((ruling) => !ruling.allows);
    if (refusals.length === 0) return at;
    const moments = refusals.flatMap((ruling) => ruling.notBeforeAt ?? []);
    if (moments.length < refusals.length) return undefined;
    at = Math.max(...moments);
  }
  return undefined;
}

function recordState({ facts }: EligibilityInput): Ruling {
  const inputs = { state: facts.state };
  switch (facts.state) {
    case 'fresh':
      return { allows: true, why: 'The record is fresh: it has not been dialed yet.', inputs };
    case 'waiting':
      return { allows: true, why: 'The record is waiting to be dialed.', inputs };
    case 'dialing':
      return { allows: false, why: 'The record is being dialed or talked to at this moment.', inputs };
    case 'finished':
      return { allows: false, never: true, why: 'The record is finished in this campaign.', inputs };
    case 'removed':
      return { allows: false, never: true, why: 'The record has been removed from this campaign.', inputs };
  }
}

function attemptsMax({ facts, campaign }: EligibilityInput): Ruling {
  const { max } = campaign.attempts;
  const inputs = { attempts: facts.attempts, max };
  if (facts.attempts < max) return { allows: true, why: `${facts.attempts} of ${max} attempts are used.`, inputs };
  return { allows: false, never: true, why: `All ${max} attempts are used (${facts.attempts}).`, inputs };
}

function dueTime({ facts, campaign, now }: EligibilityInput): Ruling {
  const inputs = { dueAt: facts.dueAt, now };
  if (facts.dueAt === null) return { allows: true, why: 'The record is due at any time.', inputs };
  const due = formatLocal(campaignZone(campaign), facts.dueAt);
  if (facts.dueAt <= now) return { allows: true, why: `The record has been due since ${due}.`, inputs };
  return { allows: false, why: `The record falls due at ${due}.`, notBeforeAt: facts.dueAt, inputs };
}

function attemptsPerDay({ facts, campaign, now }: EligibilityInput): Ruling {
  const { perDay } = campaign.attempts;
  const zone = campaignZone(campaign);
  const day = localDay(zone, now);
  const today = countedAttemptsAt(facts).filter((at) => at >= day.startAt && at < day.endAt).length;
  const inputs = { attemptsToday: today, perDay, day: day.date, timezone: zone };
  const count = `${today} of ${perDay} attempts of ${day.date} (${zone}) are used`;
  if (today < perDay) return { allows: true, why: `${count}.`, inputs };
  if (perDay < 1) return { allows: false, never: true, why: 'The campaign allows no attempts on any day.', inputs };
  return { allows: false, why: `${count}; more from the next day on.`, notBeforeAt: day.endAt, inputs };
}

function phoneTypes({ facts, campaign }: EligibilityInput): Ruling {
  const order = dialablePhones(campaign, facts.phones);
  const types = campaign.phones.length === 0 ? 'any' : campaign.phones.join(', ');
  const inputs = { phones: facts.phones.length, dialable: order.length, types };
  if (order.length > 0) {
    return { allows: true, why: `${order.length} of ${facts.phones.length} phones may be dialed (${types}).`, inputs };
  }
  const why =
    facts.phones.length === 0
      ? 'The contact has no phone.'
      : `None of the ${facts.phones.length} phones is of a type that the campaign dials (${types}).`;
  return { allows: false, never: true, why, inputs };
}

function doNotCall({ facts, campaign, blocked }: EligibilityInput): Ruling {
  const order = phonesFrom(dialablePhones(campaign, facts.phones), facts.phoneIndex);
  const isFree = (index: number): boolean => !blocked.has(facts.phones[index]?.number ?? '');
  const free = order.find(isFree);
  const skipped = order.filter((index) => !isFree(index)).length;
  const number = free === undefined ? null : (facts.phones[free]?.number ?? null);
  const inputs = { blockedPhones: skipped, phones: order.length, number };
  if (free !== undefined) {
    const blockedPart = skipped === 0 ? 'No phone is' : `${skipped} of ${order.length} phones are`;
    const why = `${blockedPart} on a do-not-call list; phone ${free + 1} is dialed next.`;
    return { allows: true, why, phoneIndex: free, inputs };
  }
  if (order.length === 0) return { allows: true, why: 'There is no phone to look up.', inputs };
  const why = order.length === 1 ? 'The only phone is' : `All ${order.length} phones are`;
  return { allows: false, never: true, why: `${why} on a do-not-call list.`, inputs };
}
