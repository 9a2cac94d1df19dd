// Numbers of a file that no trunk dials: they are kept, counted and reported, by what they are.

import { neverDialed } from '../../campaign/number-gate.ts';
import type { TrunkReach } from '../../campaign/number-gate.ts';
import { kindOf } from '../../numbers/kinds.ts';
import type { Phone } from '../../terms.ts';
import type { RowReading } from './rows.ts';

/** How many there are of each kind: `a premium number of US`. */
export type NeverDialed = Readonly<Record<string, number>>;

/** Adds the phones that no trunk dials to the count. */
export function countNeverDialed(
  phones: readonly Phone[],
  reaches: readonly TrunkReach[],
  counts: Record<string, number>,
): void {
  if (reaches.length === 0) return;
  for (const { number } of phones) {
    const what = neverDialed(kindOf(number), reaches);
    if (what !== undefined) counts[what] = (counts[what] ?? 0) + 1;
  }
}

/** Kinds that are named in one sentence. */
const MOST_NAMED = 5;

/** Of a whole file: what was kept and is never dialed. */
export function gateDoubts(counts: NeverDialed): readonly string[] {
  const kinds = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (kinds.length === 0) return [];
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const named = kinds.slice(0, MOST_NAMED).map(([what, count]) => `${count} × ${what}`);
  const more = kinds.length > MOST_NAMED ? ' and others' : '';
  const them = all === 1 ? '1 phone is kept and' : `${all} phones are kept and`;
  return [`${them} never dialed: ${named.join(', ')}${more} (allow_countries, allow_classes of the trunks).`];
}

/** Of the first rows as they were read: said before the import where it concerns many of them. */
export function sampleGateDoubts(readings: readonly RowReading[], reaches: readonly TrunkReach[]): readonly string[] {
  const counts: Record<string, number> = {};
  let phones = 0;
  for (const reading of readings) {
    if (reading.kind !== 'contact') continue;
    phones += reading.contact.phones.length;
    countNeverDialed(reading.contact.phones, reaches, counts);
  }
  const never = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (never === 0 || never * 5 < phones) return [];
  return [
    `No trunk dials ${never} of the first ${phones} phones: check the country, or allow_countries of the trunks.`,
  ];
}
