// The people whom a campaign may call at the same hours: one name for all of them, and those hours. A store leaves a whole
// cohort out of the choice while its hours are closed; whether one record may be dialed is still eligibility.ts's word.

import type { Campaign } from '../campaign/definition.ts';
import type { Phone } from '../terms.ts';
import { hoursAt, JointHours } from '../rules/calling-hours.ts';
import type { PlaceHours } from '../rules/calling-hours.ts';
import { lawHere } from '../rules/law.ts';
import { dialablePhones } from '../records/phones.ts';
import { whereabouts } from '../places/zones.ts';

/** The cohort of those whose hours are always open, or differ from phone to phone: they are looked at one by one. */
export const NO_COHORT = '';

const ALWAYS_OPEN = new JointHours([]);

type Person = { readonly phones: readonly Phone[]; readonly fields: Readonly<Record<string, unknown>> };

/** Name of the cohort of a person: the rule packs with hours that protect the person, and the candidate zones. */
export function cohortOf(campaign: Campaign, { phones, fields }: Person): string {
  if (campaign.rules.length === 0) return NO_COHORT;
  let cohort: string | undefined;
  for (const index of dialablePhones(campaign, phones)) {
    const one = cohortOfNumber(campaign, phones[index]?.number ?? '', fields);
    if (cohort !== undefined && one !== cohort) return NO_COHORT;
    cohort = one;
  }
  return cohort ?? NO_COHORT;
}

function cohortOfNumber(campaign: Campaign, number: string, fields: Person['fields']): string {
  const law = lawHere(campaign, whereabouts(number, fields, campaign.person));
  if (law.hours.length === 0) return NO_COHORT;
  return `${law.packs.map(({ name }) => name).join(',')} ${law.zones.join(',')}`;
}

const kept = new WeakMap<Campaign, Map<string, JointHours>>();

/** The hours of everybody in the cohort, by the campaign's packs as they are now. */
export function cohortHours(campaign: Campaign, cohort: string): JointHours {
  if (cohort === NO_COHORT) return ALWAYS_OPEN;
  let byName = kept.get(campaign);
  if (!byName) {
    byName = new Map();
    kept.set(campaign, byName);
  }
  let hours = byName.get(cohort);
  if (!hours) {
    hours = workOut(campaign, cohort);
    byName.set(cohort, hours);
  }
  return hours;
}

function workOut(campaign: Campaign, cohort: string): JointHours {
  return new JointHours(partsOf(campaign, cohort));
}

interface PackHours extends PlaceHours {
  readonly pack: string;
}

function partsOf({ rules }: Campaign, cohort: string): readonly PackHours[] {
  const [packs = '', zones = ''] = cohort.split(' ');
  const names = packs.split(',');
  return rules
    .filter(({ name }) => names.includes(name))
    .flatMap(({ name: pack, clauses, holidays }) => clauses.map((clause) => ({ pack, clause, holidays })))
    .flatMap(({ pack, clause, holidays }) =>
      clause.kind === 'hours' ? zones.split(',').map((zone) => ({ pack, demand: clause, holidays, zone })) : [],
    );
}

export interface ClosedHours {
  /** Rule packs whose hours are closed now. */
  readonly packs: readonly string[];
  /** The first moment at which all are open; Infinity: none. */
  readonly opensAt: number;
  /** The zone that opens last. */
  readonly zone: string;
}

/** Whose hours keep the cohort from being called at `now`, and until when; undefined while it may be called. */
export function closedHours(campaign: Campaign, cohort: string, now: number): ClosedHours | undefined {
  const { open, toAt } = cohortHours(campaign, cohort).at(now);
  if (open) return undefined;
  const closed = partsOf(campaign, cohort)
    .map((part) => ({ ...part, ...hoursAt(part, now) }))
    .filter((part) => !part.open)
    .sort((a, b) => b.toAt - a.toAt);
  return { packs: [...new Set(closed.map(({ pack }) => pack))].sort(), opensAt: toAt, zone: closed[0]?.zone ?? 'UTC' };
}
