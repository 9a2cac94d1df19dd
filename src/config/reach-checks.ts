// Whether the campaign's trunks may dial the people that it has calling rules for: a trunk dials its own country alone
// unless allow_countries says otherwise.

import { NO_COUNTRY } from '../campaign/number-gate.ts';
import type { RulePack } from '../campaign/rule-pack.ts';
import type { CampaignContext } from './checking.ts';
import type { ConfigFault } from './faults.ts';
import type { Source } from './source.ts';
import { valueAt } from './validate.ts';

/** Warnings alone: such a campaign dials nothing it should not, but perhaps nothing at all. */
export function checkReach(
  source: Source,
  packs: readonly RulePack[],
  { reaches }: CampaignContext,
): readonly ConfigFault[] {
  const written = valueAt(source.value, ['trunk']);
  const names: readonly unknown[] = Array.isArray(written) ? written : [written];
  const known = names.flatMap((name) => (typeof name === 'string' ? (reaches?.get(name) ?? []) : []));
  const [first, ...others] = known;
  if (first === undefined || known.length < names.length) return [];
  const warning = (path: readonly (string | number)[], message: string): ConfigFault => ({
    ...source.placeOf(path),
    severity: 'warning',
    message,
    hint: 'Add the country to allow_countries of the trunk in outdial.yaml, or take it out here.',
  });
  const common = first.countries.filter((country) => others.every(({ countries }) => countries.includes(country)));
  if (common.length === 0) return [warning(['trunk'], 'There is no country that all of these trunks may dial.')];
  const reached = common.filter((country) => country !== NO_COUNTRY).join(', ');
  return packs
    .filter(({ countries }) => !countries.some((country) => common.includes(country)))
    .map(({ name, countries }) =>
      warning(['rules'], `The rules ${name} are for ${countries.join(', ')}, and the trunks dial ${reached} alone.`),
    );
}
