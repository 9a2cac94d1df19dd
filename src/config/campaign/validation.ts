// The validation service of a campaign's file.

import { z } from 'zod';
import type { Campaign } from '../../campaign/definition.ts';
import { duration, oneOf, webAddress } from '../values.ts';

export const validationSchema = z.strictObject({
  url: webAddress(/^https?:\/\/[^\s/]+(\/\S*)?$/, { what: 'URL', example: 'http://127.0.0.1:9300/check' }).describe(
    'where the numbers are sent',
  ),
  timeout: duration({ min: 50, max: 10_000 }).prefault('300ms').describe('without an answer by then it is unavailable'),
  cache: duration({ min: 60_000, max: 30 * 86_400_000 })
    .prefault('24h')
    .describe('how long an answer counts'),
  when_unavailable: oneOf(['dial', 'skip', 'hold'])
    .prefault('hold')
    .describe("dial all the same; skip to the contact's next number; hold the record until the service is back"),
});

export function toValidation(written: z.output<typeof validationSchema> | undefined): Pick<Campaign, 'validation'> {
  if (written === undefined) return {};
  const { url, timeout, cache, when_unavailable: whenUnavailable } = written;
  return { validation: { url, timeoutMs: timeout, cacheMs: cache, whenUnavailable } };
}
