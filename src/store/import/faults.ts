// What can be wrong with a whole file, each with its place and what to do. Such a fault imports nothing at all;
// what is wrong with single rows is in phone.ts and rows.ts.

import { OperationalError } from '../../base/errors.ts';
import type { Place } from '../../base/errors.ts';

export type Spot = Omit<Place, 'file'>;

/** A fault of the file `file` at a spot of it. */
export function importFault(
  file: string,
  fault: { code: string; message: string; hint: string } & Spot,
): OperationalError {
  const { code, message, hint, ...spot } = fault;
  return new OperationalError(code, message, { hint, places: [{ file, ...spot }] });
}

export function unreadable(file: string, cause: unknown): OperationalError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OperationalError('import-unreadable', `The file cannot be read: ${reason}.`, {
    hint: 'Check the path and that outdial may read the file.',
    cause,
    places: [{ file }],
  });
}

export function emptyFile(file: string): OperationalError {
  return importFault(file, {
    code: 'import-empty',
    message: 'The file has no rows.',
    hint: 'The first line names the columns; every further line is one contact.',
  });
}

export function nulByte(file: string, spot: Spot): OperationalError {
  return importFault(file, {
    code: 'import-nul',
    message: `There is a NUL byte in line ${spot.line ?? 1}: the file is damaged or not text.`,
    hint: 'Save the list as CSV in UTF-8 again.',
    ...spot,
  });
}

export function lineTooLong(file: string, line: number, limit: number): OperationalError {
  return importFault(file, {
    code: 'import-line-too-long',
    message: `Line ${line} is longer than ${Math.round(limit / 1024)} KiB.`,
    hint: 'Check that every contact has a line of its own and that the file is CSV.',
    line,
  });
}

export function wrongEncoding(file: string, encoding: string, spot: Spot): OperationalError {
  return importFault(file, {
    code: 'import-encoding',
    message: `Line ${spot.line ?? 1} cannot be read as ${encoding}.`,
    hint: 'Save the list as CSV in UTF-8, or name its encoding (utf-8, utf-16le, utf-16be, windows-1252, windows-1250, iso-8859-2).',
    ...spot,
  });
}

export function brokenQuotes(file: string, spot: Spot, why: string): OperationalError {
  return importFault(file, {
    code: 'import-quotes',
    message: `The quotes in line ${spot.line ?? 1} are broken: ${why}.`,
    hint: 'A quoted value begins and ends with a double quote; a double quote inside is written twice.',
    ...spot,
  });
}

export function wrongColumns(file: string, message: string, hint: string): OperationalError {
  return importFault(file, { code: 'import-columns', message, hint, line: 1 });
}

export function importCancelled(cause: unknown): OperationalError {
  return new OperationalError('import-cancelled', 'The import was called off; nothing was imported.', {
    hint: 'Start it again when you like.',
    cause,
    httpCode: 409,
  });
}

export function countryUnknown(code: string): OperationalError {
  const hint = 'Use the two letters of ISO 3166, such as US, GB or DE.';
  return new OperationalError('import-country', `There is no country "${code}".`, { hint });
}
