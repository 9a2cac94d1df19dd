// The encodings that files of lists come in.

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'windows-1250', 'iso-8859-2'] as const;
export type Encoding = (typeof ENCODINGS)[number];
