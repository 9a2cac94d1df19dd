import { expect, test } from 'vitest';
import { toRulePack } from '../../src/config/rule-pack-mapping.ts';
import { findPack, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { holidayDates } from '../../src/rules/holidays.ts';
import { lawHere } from '../../src/rules/law.ts';
import { whereabouts } from '../../src/places/zones.ts';
import { aCampaign } from '../records/builders.ts';

/** Dates of holidays as a pack writes them. */
function datesOf(written: readonly string[], year: number): readonly string[] {
  const applies = { countries: ['US'], states: [] };
  const { holidays } = toRulePack({ pack: 'x', title: 'x', applies, holidays: [...written], clauses: [] });
  return [...holidayDates(holidays, year)].sort();
}

test.each([
  ['11-thu-4', 2026, ['2026-11-26']],
  ['11-thu-4+1', 2026, ['2026-11-27']],
  ['05-mon-last', 2026, ['2026-05-25']],
  ['11-wed-before-23', 2023, ['2023-11-22']],
  ['11-wed-before-23', 2026, ['2026-11-18']],
  ['07-04+observed', 2026, ['2026-07-03', '2026-07-04']],
  ['07-04+observed', 2027, ['2027-07-04', '2027-07-05']],
  ['01-01+observed', 2027, ['2027-01-01', '2027-12-31']],
  ['02-mon-5', 2026, []],
  ['easter-47', 2026, ['2026-02-17']],
])('[X-04] the holiday %s in %i', (written, year, dates) => {
  expect(datesOf([written], year)).toEqual(dates);
});

test('[X-04] holidays of a German state count there, and where the state is not known', () => {
  const pack = findPack('germany', [SHIPPED_RULES])?.pack;
  const campaign = aCampaign({ rules: pack ? [pack] : [], person: { state: 'state' } });
  const epiphany = Date.parse('2026-01-06T12:00:00Z');
  const isOpen = (state: string): boolean =>
    lawHere(campaign, whereabouts('+493023125111', { state }, campaign.person)).joint.at(epiphany).open;
  expect(['Bayern', 'Baden-Württemberg', 'Berlin', 'Hamburg', '', 'Xanadu'].map(isOpen)).toEqual([
    ...[false, false, true, true, false, false],
  ]);
});
