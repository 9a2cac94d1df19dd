// The import of a list, step by step: the file is handed over, its columns are said, what is doubtful is looked at, it is
// imported, and what was left out comes back. Pure: what is asked of the daemon is in steps.ts.
//
// file     no file yet
// sending  it is being handed over, or that was cut off
// mapping  it is there: what its columns are, what would become of its first rows
// running  it is being imported
// over     imported, or refused: nothing of it is there then

import type { z } from 'zod';
import type { columnUse, importJob, importPreview } from '../../../http/wire/imports.ts';
import type { Refusal } from '../data.tsx';
import type { UploadedFile } from './upload.ts';

export type ColumnUse = z.output<typeof columnUse>;
export type Preview = z.output<typeof importPreview>;
export type Job = z.output<typeof importJob>;

/** What is said of the file besides its columns; empty: found out. */
export interface Options {
  readonly list: string;
  readonly delimiter: string;
  readonly encoding: string;
  readonly header: string;
  readonly country: string;
  readonly countryCode: string;
  readonly decimal: string;
  readonly duplicates: string;
  readonly key: string;
}

export interface Wizard {
  readonly step: 'file' | 'sending' | 'mapping' | 'running' | 'over';
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly file?: UploadedFile;
  readonly options: Options;
  /** What was said of columns by hand, by header. */
  readonly columns: Readonly<Record<string, ColumnUse>>;
  readonly preview?: Preview;
  readonly isLooking: boolean;
  /** What is doubtful has been looked at. */
  readonly isSure: boolean;
  readonly job?: Job;
  readonly refusal?: Refusal;
}

export type WizardEvent =
  | { readonly type: 'chosen'; readonly name: string; readonly size: number }
  | { readonly type: 'sent'; readonly bytes: number }
  | { readonly type: 'there'; readonly file: UploadedFile }
  | { readonly type: 'said'; readonly options: Partial<Options> }
  | { readonly type: 'mapped'; readonly header: string; readonly use: ColumnUse | undefined }
  | { readonly type: 'looking' }
  | { readonly type: 'seen'; readonly preview: Preview }
  | { readonly type: 'sure'; readonly isSure: boolean }
  | { readonly type: 'job'; readonly job: Job }
  | { readonly type: 'refused'; readonly refusal: Refusal }
  /** Back to the mapping of the same file. */
  | { readonly type: 'back' }
  /** Another file into the same list, read in the same way. */
  | { readonly type: 'corrected' }
  | { readonly type: 'begin-again' };

const NO_OPTIONS: Options = {
  list: '',
  delimiter: '',
  encoding: '',
  header: '',
  country: '',
  countryCode: '',
  decimal: '',
  duplicates: 'skip',
  key: '',
};
export const AT_FIRST: Wizard = {
  step: 'file',
  name: '',
  size: 0,
  sent: 0,
  options: NO_OPTIONS,
  columns: {},
  isLooking: false,
  isSure: false,
};

export function step(wizard: Wizard, event: WizardEvent): Wizard {
  switch (event.type) {
    case 'chosen': {
      const { refusal: _old, file: _gone, preview: _seen, job: _done, ...rest } = wizard;
      const list = rest.options.list === '' ? listFor(event.name) : rest.options.list;
      const { name, size } = event;
      return { ...rest, step: 'sending', name, size, sent: 0, isSure: false, options: { ...rest.options, list } };
    }
    case 'sent':
      return wizard.step === 'sending' ? { ...wizard, sent: event.bytes } : wizard;
    case 'there':
      return { ...wizard, step: 'mapping', file: event.file, sent: wizard.size };
    case 'said':
      return { ...wizard, options: { ...wizard.options, ...event.options }, isSure: false };
    case 'mapped': {
      const { [event.header]: _before, ...others } = wizard.columns;
      const columns = event.use === undefined ? others : { ...others, [event.header]: event.use };
      return { ...wizard, columns, isSure: false };
    }
    case 'looking': {
      const { refusal: _old, ...rest } = wizard;
      return { ...rest, isLooking: true };
    }
    case 'seen':
      return { ...wizard, preview: event.preview, isLooking: false };
    case 'sure':
      return { ...wizard, isSure: event.isSure };
    case 'job':
      return { ...wizard, job: event.job, step: event.job.state === 'running' ? 'running' : 'over' };
    case 'refused':
      return { ...wizard, refusal: event.refusal, isLooking: false };
    case 'back': {
      const { job: _over, refusal: _old, ...rest } = wizard;
      return { ...rest, step: 'mapping' };
    }
    case 'corrected': {
      // Rejected rows come in UTF-8, with a header and the delimiter of their file.
      const options = { ...wizard.options, encoding: '', header: '' };
      return { ...AT_FIRST, options, columns: wizard.columns };
    }
    case 'begin-again':
      return AT_FIRST;
  }
}

/** A list's name out of a file's. */
export function listFor(file: string): string {
  const stem = file.replace(/(\.rejected(-\d+)?)?\.[^.]*$/, '').normalize('NFD');
  return stem
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64);
}

/** What POST /imports and its preview are asked for; undefined: something is missing. */
export function wishOf({ file, options, columns }: Wizard): object | undefined {
  if (file === undefined || options.list === '') return undefined;
  const { list, duplicates, header, ...rest } = options;
  const said = Object.entries(rest).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(said),
    ...(header === '' ? {} : { header: header === 'yes' }),
    file: file.file,
    list,
    duplicates,
    columns,
  };
}

/** What keeps it from being imported. */
export function missing({
  preview,
  isSure,
  isLooking,
  options,
  refusal,
}: Wizard): 'list' | 'phone' | 'sure' | 'look' | undefined {
  if (options.list === '') return 'list';
  if (isLooking || preview === undefined || refusal !== undefined) return 'look';
  if (!preview.columns.some(({ use }) => use.as === 'phone')) return 'phone';
  return preview.doubts.length > 0 && !isSure ? 'sure' : undefined;
}

/** How far it is, 0 to 1. */
export function progressOf({ bytes, totalBytes }: Pick<Job, 'bytes' | 'totalBytes'>): number {
  return totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
}

/** Where a file that the import left lies: below the id of what was handed over. */
export function leftPath({ file }: Wizard, left: string | undefined): string | undefined {
  if (file === undefined || left === undefined) return undefined;
  const name = left.replace(/^.*[/\\]/, '');
  return `/api/incoming/${file.id}/${encodeURIComponent(name)}`;
}
