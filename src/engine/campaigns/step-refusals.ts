// Refusals of a step in a campaign's life.

import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { CampaignStepResult } from '../../campaign/machine.ts';
import type { CampaignName } from '../../terms.ts';

export function campaignUnknown(name: CampaignName, known: Iterable<CampaignName>): OperationalError {
  return new OperationalError('campaign-unknown', `There is no campaign "${name}".${didYouMean(name, known)}`, {
    hint: 'See `outdial campaign list`; a new file in the campaigns folder is read within a second if it is valid.',
    httpCode: 404,
  });
}

/** Its state does not allow it, or there is nothing to do. */
export function stepRefused(result: Exclude<CampaignStepResult, { readonly kind: 'moved' }>): OperationalError {
  const isOpen = result.kind === 'refused' && result.allowed.length > 0;
  const hint = isOpen ? `Possible now: ${result.allowed.join(', ')}.` : 'Nothing can be done with it now.';
  return new OperationalError('campaign-step-refused', result.why, { hint, httpCode: 409 });
}
