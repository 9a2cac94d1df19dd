// Refusals of a step in a campaign's life.

import { OperationalError } from '../../base/errors.ts';
import type { CampaignStepResult } from '../../campaign/machine.ts';

/** Its state does not allow it, or there is nothing to do. */
export function stepRefused(result: Exclude<CampaignStepResult, { readonly kind: 'moved' }>): OperationalError {
  const isOpen = result.kind === 'refused' && result.allowed.length > 0;
  const hint = isOpen ? `Possible now: ${result.allowed.join(', ')}.` : 'Nothing can be done with it now.';
  return new OperationalError('campaign-step-refused', result.why, { hint, httpCode: 409 });
}
