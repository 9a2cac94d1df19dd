// A campaign that is asked for and is not there.

import { OperationalError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import type { CampaignName } from '../terms.ts';

/** `known`: the names that there are; `hint`: where to look, if not among the campaigns that are loaded. */
export function campaignUnknown(
  name: CampaignName,
  known: Iterable<CampaignName> = [],
  hint = 'outdial campaign list shows those that are loaded; outdial check shows why a file is not.',
): OperationalError {
  const message = `There is no campaign ${name}.${didYouMean(name, known)}`;
  return new OperationalError('campaign-unknown', message, { hint, httpCode: 404 });
}

/** Its records are there, its file is not. */
export function campaignNotLoaded(name: CampaignName): OperationalError {
  const hint = 'Put its file back into the campaigns folder.';
  return new OperationalError('campaign-unknown', `The campaign ${name} is not loaded.`, { hint, httpCode: 409 });
}

/** For what reads the files without a daemon. */
export function noCampaignFile(name: CampaignName, known: Iterable<CampaignName>, hint: string): OperationalError {
  const message = `There is no campaign "${name}" without faults.${didYouMean(name, known)}`;
  return new OperationalError('campaign-unknown', message, { hint, httpCode: 404 });
}
