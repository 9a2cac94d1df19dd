// What an agreed time of a request must say.

import { OperationalError } from '../base/errors.ts';
import { isTimeZone } from '../base/local-time.ts';

/** The zone; refused with `time-zone-unknown`. */
export function timeZone(zone: string): string {
  if (isTimeZone(zone)) return zone;
  const hint = 'Give an IANA zone such as Europe/Berlin.';
  throw new OperationalError('time-zone-unknown', `${zone} is no time zone.`, { hint });
}

/** The refusal for a callback without a time. */
export function noTime(): OperationalError {
  const hint = 'Give at (epoch ms) or local (2026-12-01T10:30).';
  return new OperationalError('callback-time-invalid', 'Nothing says when to call again.', { hint });
}
