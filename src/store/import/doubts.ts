// What a person should look at before importing: what the plan takes for likely without being sure, in sentences.

import { SEVERAL_NUMBERS } from '../../numbers/phone.ts';
import type { Encoding } from '../../base/encodings.ts';
import { ambiguousNumber } from '../../campaign/decimals.ts';
import type { Column } from './mapping.ts';
import type { RowReading } from './rows.ts';

/** Letters of Polish, Czech or Hungarian as Windows-1252 shows them: a sign of money or a fraction within a word. */
const CENTRAL_EUROPEAN = /\p{L}*(?:\p{L}[³¹¿¶¼¾±]\p{L}|[£³¶]\p{Ll}|\p{L}{2}\p{Ll}[³¹¿¶¼¾]+(?=$|[^\p{L}\d]))\p{L}*/u;

/** Of a file that is read as Windows-1252, found out (`isFound`) or said. */
export function encodingDoubts(encoding: Encoding, isFound: boolean, text: string): readonly string[] {
  if (encoding !== 'windows-1252') return [];
  const word = CENTRAL_EUROPEAN.exec(text)?.[0];
  if (word !== undefined)
    return [
      `"${word}" is not of Windows-1252: the file may be Central European (--encoding windows-1250 or iso-8859-2).`,
    ];
  return isFound ? ['The file is not UTF-8; it is read as Windows-1252. Look at accented letters in the preview.'] : [];
}

/** Of the first rows as they were read. */
export function readingDoubts(readings: readonly RowReading[]): readonly string[] {
  const reasons = readings.map((one) => (one.kind === 'rejected' ? [one.reason] : (one.dropped ?? [])));
  const isDoubtful = reasons.map((some) => some.some((reason) => reason.includes(SEVERAL_NUMBERS)));
  const doubtful = isDoubtful.filter(Boolean).length;
  // What is said once is not said twice.
  const others = readings.filter((_, place) => isDoubtful[place] !== true);
  const rejected = others.filter(({ kind }) => kind === 'rejected').length;
  const leftOut = others.filter((one) => one.kind === 'contact' && one.dropped !== undefined).length;
  const count = readings.length;
  return [
    ...(doubtful > 0
      ? [`${doubtful} of the first ${count} rows have numbers that may be two: say --country-code present or absent.`]
      : []),
    ...(rejected > 0 && rejected * 5 >= count
      ? [`${rejected} of the first ${count} rows would be rejected; check columns and country.`]
      : []),
    ...(leftOut > 0 && leftOut * 5 >= count
      ? [`${leftOut} of the first ${count} rows would lose a phone; check columns and country.`]
      : []),
  ];
}

/** Of fields of numbers: the first rows do not say whether 1.234 is a thousand. */
export function decimalDoubts(
  columns: readonly Column[],
  valuesOf: (place: number) => readonly string[],
): readonly string[] {
  return columns.flatMap(({ header, decimal }, place) => {
    const value = decimal === 'unknown' ? ambiguousNumber(valuesOf(place)) : undefined;
    if (value === undefined) return [];
    return [`Column "${header}": ${value} may be a thousand or a fraction; say --decimal point or comma.`];
  });
}
