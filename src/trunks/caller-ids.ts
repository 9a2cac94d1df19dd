// Which of the campaign's numbers does the called person see? Pure: how often each has been shown today is asked of
// the caller. Nothing but a number of the campaign's own is ever chosen.

import { allAre } from '../base/all-of.ts';
import { localDay } from '../base/local-time.ts';
import type { Campaign } from '../campaign/definition.ts';
import { regionOfAreaCode } from '../places/nanp-regions.ts';

export interface CallerIdRequest {
  readonly campaign: Pick<Campaign, 'callerIds' | 'schedule'>;
  /** The number about to be dialed, E.164. */
  readonly number: string;
  /** How many calls have shown a number since the start of `callerIdDay`; asked only where there is a cap. */
  readonly shownToday: (callerId: string) => number;
  /** Counts the campaign's calls: numbers that are equally good take turns by it. */
  readonly turn: number;
  /** The number that the agent has chosen, in `choose: agent`. */
  readonly chosenByAgent?: string;
  readonly now: number;
}

/** Every number has been shown as often as the campaign allows on that day, `2026-12-01`. */
export interface CallerIdsUsed {
  readonly kind: 'caller-ids-used';
  readonly numbers: number;
  readonly date: string;
  readonly calls: number;
}

export type CallerIdChoice =
  | { readonly kind: 'show'; readonly callerId: string }
  /** Every number is used up: nothing may be dialed before `untilAt`. */
  | { readonly kind: 'none'; readonly why: string; readonly reason: CallerIdsUsed; readonly untilAt: number };

/** The number to show; `none` when all have been shown as often as the campaign allows in a day. Deterministic. */
export function chooseCallerId(request: CallerIdRequest): CallerIdChoice {
  const { campaign, shownToday, now } = request;
  const { perDay, usedUp } = campaign.callerIds;
  const preferred = inPreference(request);
  const free = perDay === undefined ? preferred[0] : preferred.find((callerId) => shownToday(callerId) < perDay);
  if (free !== undefined) return { kind: 'show', callerId: free };
  if (usedUp !== undefined) return { kind: 'show', callerId: usedUp };
  const { date, endAt } = callerIdDay(campaign, now);
  const numbers = campaign.callerIds.numbers.length;
  const calls = perDay === 1 ? '1 call' : `${perDay ?? 0} calls`;
  const why = `${allAre(numbers, 'caller ID')} used up for ${date} (${calls} each).`;
  return { kind: 'none', why, reason: { kind: 'caller-ids-used', numbers, date, calls: perDay ?? 0 }, untilAt: endAt };
}

/** The day on which calls count against a number's cap: of the schedule's time zone, else UTC. */
export function callerIdDay(
  campaign: Pick<Campaign, 'schedule'>,
  now: number,
): { readonly date: string; readonly startAt: number; readonly endAt: number } {
  return localDay(campaign.schedule?.timezone ?? 'UTC', now);
}

/** The campaign's numbers, the one to show first; later ones are for when it is used up. */
function inPreference(request: CallerIdRequest): readonly string[] {
  const { campaign, turn, number, chosenByAgent } = request;
  const { choose, numbers } = campaign.callerIds;
  switch (choose) {
    case 'fixed':
      return numbers;
    case 'rotate':
      return turned(numbers, turn);
    case 'local':
      return byNearness(turned(numbers, turn), number);
    case 'agent': {
      const nearest = byNearness(turned(numbers, turn), number);
      if (chosenByAgent === undefined || !numbers.includes(chosenByAgent)) return nearest;
      return [chosenByAgent, ...nearest.filter((callerId) => callerId !== chosenByAgent)];
    }
  }
}

function turned(numbers: readonly string[], turn: number): readonly string[] {
  const first = numbers.length === 0 ? 0 : turn % numbers.length;
  return [...numbers.slice(first), ...numbers.slice(0, first)];
}

/** Nearest first; equally near ones stay in their order. */
function byNearness(numbers: readonly string[], called: string): readonly string[] {
  return numbers
    .map((callerId) => ({ callerId, nearness: nearness(callerId, called) }))
    .sort((a, b) => b.nearness - a.nearness)
    .map(({ callerId }) => callerId);
}

/**
 * How near two E.164 numbers are: same North American area code, then same state or province, then same country, and
 * within the same the longer common beginning. Greater is nearer; 0: nothing in common.
 */
export function nearness(a: string, b: string): number {
  const [placeA, placeB] = [placeOf(a), placeOf(b)];
  const shared = commonDigits(a, b);
  if (placeA.country !== placeB.country) return shared;
  if (placeA.areaCode === undefined || placeB.areaCode === undefined) return 100 + shared;
  if (placeA.areaCode === placeB.areaCode) return 300 + shared;
  return (placeA.region !== undefined && placeA.region === placeB.region ? 200 : 100) + shared;
}

interface Place {
  readonly country: string;
  /** In the North American plan alone. */
  readonly areaCode?: string;
  readonly region?: string;
}

function placeOf(number: string): Place {
  const areaCode = /^\+1(\d{3})\d{7}$/.exec(number)?.[1];
  if (areaCode === undefined) return { country: callingCode(number) };
  const region = regionOfAreaCode(areaCode);
  // Countries of the plan besides the US and Canada have an area code each.
  if (region === undefined) return { country: `1-${areaCode}`, areaCode };
  return { country: region.slice(0, 2), areaCode, region };
}

const TWO_DIGIT_CODES: ReadonlySet<string> = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
);

/** The country's calling code (ITU-T E.164): 1 and 7 have one digit, those listed two, all others three. */
function callingCode(number: string): string {
  const digits = number.replace(/^\+/, '');
  if (digits.startsWith('1') || digits.startsWith('7')) return digits.slice(0, 1);
  const two = digits.slice(0, 2);
  return TWO_DIGIT_CODES.has(two) ? two : digits.slice(0, 3);
}

function commonDigits(a: string, b: string): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared += 1;
  return shared;
}
