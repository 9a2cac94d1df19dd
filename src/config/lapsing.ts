// Dates that run out: holidays by the year, of rule packs and of campaigns, of which none or few are left. From the last
// of them on every day is taken for an ordinary one.

import { defined } from '../base/defined.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { ConfigFault } from './faults.ts';

const DAY_MS = 86_400_000;
/** So long before the end it is said. */
const AHEAD_DAYS = 60;

/** A warning for each rule pack, and each campaign, whose dated holidays end within 60 days of `now`, or have ended. */
export function lapsingDates(
  campaigns: readonly Campaign[],
  { now, files }: { readonly now: number; readonly files: ReadonlyMap<string, string> },
): readonly ConfigFault[] {
  const packs = new Map(campaigns.flatMap(({ rules }) => rules.map((pack) => [pack.name, pack] as const)));
  const ofPacks = [...packs.values()].flatMap(({ name, holidays }) => {
    const dates = holidays.flatMap((holiday) => (holiday.on === 'once' ? [holiday.date] : []));
    return warning({ file: `${name}.yaml`, what: `The dates of the rule pack ${name}`, dates }, now);
  });
  const ofCampaigns = campaigns.flatMap(({ name, schedule }) => {
    const about = { file: files.get(name) ?? `${name}.yaml`, key: 'schedule.holidays' };
    return warning({ ...about, what: `The holidays of the campaign ${name}`, dates: schedule?.holidays ?? [] }, now);
  });
  return [...ofPacks, ...ofCampaigns];
}

interface Dated {
  readonly file: string;
  readonly key?: string;
  readonly what: string;
  readonly dates: readonly string[];
}

function warning({ file, key, what, dates }: Dated, now: number): readonly ConfigFault[] {
  const last = dates.toSorted().at(-1);
  if (last === undefined || Date.parse(`${last}T00:00:00Z`) >= now + AHEAD_DAYS * DAY_MS) return [];
  const message = `${what} ${Date.parse(`${last}T00:00:00Z`) < now ? 'ended' : 'end'} with ${last}.`;
  const hint = 'Add those of the next year: days that are not named are dialed as ordinary ones.';
  return [{ file, ...defined({ key }), severity: 'warning', message, hint }];
}
