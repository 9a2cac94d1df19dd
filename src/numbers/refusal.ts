// How a number that cannot be taken is refused; the same for commands and API.

import { OperationalError } from '../base/errors.ts';
import type { PhoneReading } from './phone.ts';

/** The number that was read; anything else is refused with `number-invalid`, a doubt with what it may be. */
export function numberOrRefusal(text: string, reading: PhoneReading): string {
  if (reading.kind === 'number') return reading.number;
  throw new OperationalError('number-invalid', whyNoNumber(text, reading), {
    hint: 'Give it as +, country code and number, or in the form of the default country.',
  });
}

/** In one sentence, why `text` was not taken for a number. */
export function whyNoNumber(text: string, reading: PhoneReading): string {
  const mayBe = reading.kind === 'refused' ? (reading.mayBe ?? []) : [];
  return mayBe.length === 0 ? `${text} is no telephone number.` : `${text} may be ${mayBe.join(' or ')}.`;
}
