// The refusal of whatever needs the exchange at once while the link to it is down.

import { OperationalError } from '../base/errors.ts';

export const NO_LINK = 'There is no link to Asterisk.';

export const asteriskUnreachable = (): OperationalError =>
  new OperationalError('asterisk-unreachable', NO_LINK, {
    hint: 'Try again once /api/health shows it up.',
    httpCode: 503,
  });
