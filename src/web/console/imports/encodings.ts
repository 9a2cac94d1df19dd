// The encodings that a file may be said to have.

import type { Preview } from './wizard.ts';

export const ENCODING_NAMES: Readonly<Record<Preview['encoding'], string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
  'windows-1250': 'Windows-1250',
  'iso-8859-2': 'ISO 8859-2',
};
