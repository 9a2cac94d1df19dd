// Why records wait: one line for each reason with how many it keeps back, as an admin asks "why does it not dial?".
// Pure; the store counts.

import type { Campaign } from '../campaign/definition.ts';
import { dayAndTime, dayName, timeOfDay } from '../campaign/hours-in-words.ts';
import { closedHours } from './cohort.ts';
import type { ClosedHours } from './cohort.ts';
import { activeLists } from './list-rules.ts';
import { OWN_RULES, type OwnRule, type Wait } from './reasons.ts';

/**
 * fresh: not dialed yet. due: its time has come. rest: "do not call back". callback: agreed for later.
 * engaged: only with an agent engaged for the call. later: due later, for the reason of `rule`.
 */
type WaitKind = 'fresh' | 'due' | 'rest' | 'callback' | 'engaged' | 'later';

/** Records that wait alike, as a store counts them. */
export interface WaitingGroup {
  /** Null: their list is gone. */
  readonly list: string | null;
  readonly cohort: string;
  readonly kind: WaitKind;
  /** What stands before the first colon of why they wait; null where the kind says it. */
  readonly rule: string | null;
  /** When the first of them falls due; null: fresh. */
  readonly dueAt: number | null;
  readonly count: number;
}

export interface WaitingRecords {
  readonly count: number;
  readonly why: string;
  /** When the first of them may be dialed; absent: now, or not to be foreseen. */
  readonly untilAt?: number;
}

const DAY_MS = 86_400_000;
/** Groups that a store counts at most, the largest first. */
export const MOST_WAITING_GROUPS = 2000;

/** The reasons for which records wait, those that keep back the most first. */
export function whyTheyWait(
  campaign: Campaign,
  groups: readonly WaitingGroup[],
  now: number,
): readonly WaitingRecords[] {
  const together = new Map<string, { count: number; untilAt: number }>();
  for (const group of groups) {
    const { why, untilAt } = reasonOf(campaign, group, now);
    const before = together.get(why) ?? { count: 0, untilAt: Infinity };
    together.set(why, { count: before.count + group.count, untilAt: Math.min(before.untilAt, untilAt ?? Infinity) });
  }
  return [...together]
    .map(([why, { count, untilAt }]) => ({ count, why, ...(untilAt === Infinity ? {} : { untilAt }) }))
    .sort((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1));
}

/** Records that wait for nothing but other settings. */
export function neverDialedWait(count: number): readonly WaitingRecords[] {
  return count === 0 ? [] : [{ count, why: 'the trunks dial none of their numbers (allow_countries, allow_classes)' }];
}

type Reason = Pick<WaitingRecords, 'why' | 'untilAt'>;

function reasonOf(campaign: Campaign, group: WaitingGroup, now: number): Reason {
  const { list, cohort, kind, rule, dueAt } = group;
  if (list === null || !campaign.lists.includes(list)) return { why: 'on no list that the campaign dials' };
  if (!activeLists(campaign).includes(list)) return { why: `the list ${list} is paused in the campaign's file` };
  const later = dueAt === null || dueAt <= now ? {} : { untilAt: dueAt };
  if (kind === 'fresh' || kind === 'due') {
    const closed = closedHours(campaign, cohort, now);
    if (closed === undefined) return { why: 'may be dialed now' };
    return {
      why: waitWords(waitForHours(closed), now),
      ...(closed.opensAt === Infinity ? {} : { untilAt: closed.opensAt }),
    };
  }
  if (kind === 'rest') return { why: 'rest after "do not call back"', ...later };
  if (kind === 'callback') return { why: 'agreed callbacks', ...later };
  if (kind === 'engaged') return { why: `only with an agent engaged for the call${ruleBehind(campaign, rule, now)}` };
  return { why: waitWords(waitForRule(campaign, rule ?? ''), now), ...later };
}

/** `before 08:00 where they live, us-federal` */
function closedSentence({ packs, opensAt, zone }: Extract<Wait, { kind: 'hours' }>, now: number): string {
  const law = packs.join(', ');
  if (opensAt === null) return `no hour is allowed where they live, ${law}`;
  const time = timeOfDay(zone, opensAt);
  const isToday = dayAndTime(zone, opensAt).slice(0, 14) === dayAndTime(zone, now).slice(0, 14);
  if (isToday) return `before ${time} where they live, ${law}`;
  const day = opensAt - now < 6 * DAY_MS ? dayName(zone, opensAt) : dayAndTime(zone, opensAt).slice(0, 14);
  return `before ${day} ${time} where they live, ${law}`;
}

const OF_OWN_RULE: Readonly<Record<OwnRule, string>> = {
  'attempts-per-day': 'the attempts of the day are used (attempts.per_day)',
  'attempts-per-contact': "the contact's attempts of the day are used (attempts.per_contact_per_day)",
  'attempts-per-number': "the number's attempts of the day are used (attempts.per_number_per_day)",
  'calls-an-hour-abroad': "the hour's calls to their country are used (max_calls_per_hour_abroad)",
  'number-in-use': 'the same number or person is being called',
  list: 'their list is not dialed',
  validation: 'their numbers have yet to be validated',
};

/** What a record waits for, in a few words. */
export function waitWords(wait: Wait, now: number): string {
  switch (wait.kind) {
    case 'hours':
      return closedSentence(wait, now);
    case 'call-again':
      return `call_again rule ${wait.place}${wait.when === null ? '' : `: ${wait.when}`}`;
    case 'law':
      return `${wait.pack}/${wait.clause}${wait.says === null ? '' : `: ${wait.says}`}`;
    case 'attempt-that-does-not-count':
      return 'after an attempt that does not count';
    case 'not-due':
      return 'not due yet';
    case 'rule':
      return wait.rule;
    default:
      return OF_OWN_RULE[wait.kind];
  }
}

const waitForHours = ({ packs, opensAt, zone }: ClosedHours): Extract<Wait, { kind: 'hours' }> => ({
  kind: 'hours',
  packs,
  opensAt: opensAt === Infinity ? null : opensAt,
  zone,
});

/** By what stands before the first colon of why a record waits. */
export function waitForRule(campaign: Campaign, rule: string): Wait {
  const [, place] = /^Call-again rule (\d+)/.exec(rule) ?? [];
  if (place !== undefined) {
    const when = campaign.callAgain[Number(place) - 1]?.when ?? null;
    return { kind: 'call-again', place: Number(place), when };
  }
  const [pack, clause] = /^[\w-]+\/[\w-]+$/.test(rule) ? rule.split('/') : [];
  if (pack !== undefined && clause !== undefined) {
    const says = campaign.rules.find(({ name }) => name === pack)?.clauses.find(({ id }) => id === clause)?.says;
    return { kind: 'law', pack, clause, says: says ?? null };
  }
  if (/^The attempt\b/.test(rule)) return { kind: 'attempt-that-does-not-count' };
  const kind = OWN_RULES.find((own) => own === rule);
  if (kind !== undefined) return { kind };
  return /\d{5}/.test(rule) || rule === '' ? { kind: 'not-due' } : { kind: 'rule', rule };
}

function ruleBehind(campaign: Campaign, rule: string | null, now: number): string {
  return rule === null || rule === '' ? '' : ` (${waitWords(waitForRule(campaign, rule), now)})`;
}

/** What keeps the next record back until it is due. */
export function waitOfNext(
  campaign: Campaign,
  next: { readonly cohort: string; readonly why: string | null },
  now: number,
): Wait {
  const closed = closedHours(campaign, next.cohort, now);
  return closed ? waitForHours(closed) : waitForRule(campaign, (next.why ?? '').split(':')[0] ?? '');
}
