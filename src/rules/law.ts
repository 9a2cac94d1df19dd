// What a campaign's rule packs demand of a call to one number: which clauses apply by where the person may be, and what
// each says at a moment. All of them must allow. Compiled once per campaign and place.

import type { Campaign } from '../campaign/definition.ts';
import { clauseName } from '../campaign/rule-pack.ts';
import type { Clause, Holiday, HoursDemand, RulePack } from '../campaign/rule-pack.ts';
import { JointHours } from './calling-hours.ts';
import type { PlaceHours } from './calling-hours.ts';
import { attemptsRule, consentRule, doNotCallRule, hoursRule, quietRule } from './clause-rules.ts';
import type { ClauseAt } from './clause-rules.ts';
import { emergencyRule } from './emergency-rule.ts';
import { campaignZone } from './ruling.ts';
import type { PhoneRule } from './ruling.ts';
import type { Whereabouts } from '../places/zones.ts';
import type { Place } from '../places/number-areas.ts';

/** The law where one person may be. */
export interface LawHere {
  /** Packs that protect the person. */
  readonly packs: readonly RulePack[];
  /** Candidate zones; the campaign's own when nothing is known. */
  readonly zones: readonly string[];
  /** One rule for each clause that decides on dialing, but those on hours. */
  readonly rules: readonly PhoneRule[];
  /** One rule for each clause on hours. */
  readonly hours: readonly PhoneRule[];
  /** All hours in all zones together: open exactly when every rule of `hours` allows. */
  readonly joint: JointHours;
}

/** Kept for each campaign before starting again. */
const MOST_KEPT = 20_000;

const kept = new WeakMap<Campaign, Map<Whereabouts, LawHere>>();

/** What the campaign's packs demand of a call to a person who may be there; remembered. */
export function lawHere(campaign: Campaign, where: Whereabouts): LawHere {
  let byPlace = kept.get(campaign);
  if (!byPlace || byPlace.size >= MOST_KEPT) {
    byPlace = new Map();
    kept.set(campaign, byPlace);
  }
  let law = byPlace.get(where);
  if (!law) {
    law = compile(campaign, where);
    byPlace.set(where, law);
  }
  return law;
}

/** Whether the pack protects people there; a place whose state is not known may be in any. */
function appliesTo(pack: RulePack, places: readonly Place[]): boolean {
  return places.some(
    ({ country, state }) =>
      pack.countries.includes(country) && (pack.states.length === 0 || state === null || pack.states.includes(state)),
  );
}

function compile(campaign: Campaign, where: Whereabouts): LawHere {
  const packs = campaign.rules.filter((pack) => appliesTo(pack, where.places));
  const zones = where.zones.length > 0 ? where.zones : [campaignZone(campaign)];
  const rules: PhoneRule[] = [];
  const hours: PhoneRule[] = [];
  const parts: PlaceHours[] = [];
  for (const pack of packs) {
    const holidays = holidaysIn(pack, where.places);
    for (const clause of pack.clauses) {
      const at: ClauseAt = { name: clauseName(pack, clause), citation: clause.citation, zones };
      const rule = ruleOf(clause, { ...at, pack: pack.name }, campaign);
      if (rule !== undefined) rules.push(rule);
      if (clause.kind !== 'hours') continue;
      const own = zones.map((zone) => hoursIn(clause, holidays, zone));
      parts.push(...own);
      hours.push(hoursRule(own, at));
    }
  }
  return { packs, zones, rules, hours, joint: new JointHours(parts) };
}

/** By the holidays of a pack: those of the states that a person may be in. The same states have the same object. */
const keptHolidays = new WeakMap<readonly Holiday[], Map<string, readonly Holiday[]>>();

/** The pack's holidays where the person may be: those of a state count there, and where the state is not known. */
function holidaysIn({ holidays, countries }: RulePack, places: readonly Place[]): readonly Holiday[] {
  if (!holidays.some(({ states }) => states !== undefined)) return holidays;
  const here = places.filter(({ country }) => countries.includes(country)).map(({ state }) => state);
  const key = here.includes(null) ? '*' : [...new Set(here)].sort().join(' ');
  let byStates = keptHolidays.get(holidays);
  if (!byStates) {
    byStates = new Map();
    keptHolidays.set(holidays, byStates);
  }
  const counts = ({ states }: Holiday): boolean =>
    states === undefined || key === '*' || states.some((state) => here.includes(state));
  const found = byStates.get(key) ?? holidays.filter(counts);
  byStates.set(key, found);
  return found;
}

function hoursIn(demand: HoursDemand, holidays: readonly Holiday[], zone: string): PlaceHours {
  return { demand, holidays, zone };
}

/** The rule of a clause that decides on dialing; the others bind the daemon, the campaign or the admin. */
function ruleOf(clause: Clause, at: ClauseAt & { readonly pack: string }, campaign: Campaign): PhoneRule | undefined {
  switch (clause.kind) {
    case 'attempts':
      return attemptsRule(clause, at);
    case 'quiet':
      return quietRule(clause, at, campaign);
    case 'consent':
      return consentRule(at);
    case 'do-not-call':
      return doNotCallRule(clause, at);
    case 'emergency':
      return emergencyRule(at, {
        inFile: campaign.emergencies?.includes(at.pack) === true,
        declared: campaign.declared?.find(({ pack }) => pack === at.pack),
      });
    case 'hours':
    case 'ring':
    case 'message':
    case 'abandonment':
    case 'recording':
    case 'caller-id':
    case 'retention':
      return undefined;
  }
}
