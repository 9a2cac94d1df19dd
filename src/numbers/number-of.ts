// E.164 of a number as somebody wrote it, or nothing.

import { countryOf, readPhone } from './phone.ts';

/**
 * E.164 of a number as a person or a carrier wrote it; undefined when it is none. Carriers that leave the plus away write
 * the country code: what may be read with and without it has one there.
 */
export function numberOf(text: string, country: string, from: 'person' | 'carrier' = 'person'): string | undefined {
  const reading = readPhone(text, countryOf(country) ?? 'US');
  if (reading.kind === 'number') return reading.number;
  const [coded, other] = reading.kind === 'refused' ? (reading.mayBe ?? []) : [];
  return from === 'carrier' && other !== undefined ? coded : undefined;
}
