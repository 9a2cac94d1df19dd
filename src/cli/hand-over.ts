// Handing a file over to the daemon when it may not or cannot read it where it is: its content goes to the daemon's
// incoming folder, the rows that an import left out come back beside the file, and nothing stays behind.

import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { OperationalError } from '../base/errors.ts';
import { removedName } from '../http/wire/wire.ts';
import { incomingFile } from '../http/wire/imports.ts';
import type { DaemonClient } from './daemon-client.ts';

const PIECE_BYTES = 4 * 1024 * 1024;
/** Files beside each other that are tried for a name. */
const MOST_NAMES = 1000;

export interface HandedOver {
  readonly id: string;
  /** Where it is for the daemon. */
  readonly file: string;
}

/** What of the report names files. */
interface FilesOfReport {
  readonly rejectedFile?: string;
  readonly notesFile?: string;
}

/** Whether the daemon refused because it may not or cannot read the file. */
export function mayBeHandedOver(error: unknown): boolean {
  const codes = ['file-outside-roots', 'import-file-unreadable'];
  return error instanceof OperationalError && codes.includes(error.code);
}

/** Hands `file` over; the same file goes to the same place, so that an import that was cut off can go on. */
export async function handOver(daemon: DaemonClient, file: string): Promise<HandedOver> {
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new OperationalError('import-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Check the path and that you may read the file.',
      places: [{ file }],
      cause,
    });
  });
  try {
    const id = createHash('sha256')
      .update(`${hostname()}:${realpathSync(file)}`)
      .digest('hex')
      .slice(0, 16);
    const name = nameFor(file);
    const { file: there } = await daemon.post(incomingFile, '/incoming', { id, name });
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (let at = 0; ;) {
      const { bytesRead } = await handle.read(buffer, 0, PIECE_BYTES, at);
      if (bytesRead === 0) return { id, file: there };
      const path = `/incoming/${id}/${encodeURIComponent(name)}?at=${at}`;
      await daemon.upload(incomingFile, path, buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

/** The file's name, as far as the daemon takes it. */
function nameFor(file: string): string {
  const [extension, stem] = [extname(file), basename(file, extname(file))];
  // eslint-disable-next-line no-control-regex -- what the daemon's names have none of
  const plain = `${stem.slice(0, 150)}${extension.slice(0, 20)}`.replaceAll(/[\u0000-\u001f]/g, '_');
  return plain.replace(/^\./, '_');
}

/** Brings the rows that were left out beside the original; the report then names them there. */
export async function fetchBack<Report extends object>(
  daemon: DaemonClient,
  { id }: HandedOver,
  { report, original }: { readonly report: Report & FilesOfReport; readonly original: string },
): Promise<Report> {
  const names = { rejectedFile: report.rejectedFile, notesFile: report.notesFile };
  const fetched: Record<string, string> = {};
  for (const [key, there] of Object.entries(names)) {
    if (there === undefined) continue;
    const path = `/incoming/${id}/${encodeURIComponent(basename(there))}`;
    fetched[key] = await downloadBeside(daemon, path, join(dirname(original), basename(there)));
  }
  return { ...report, ...fetched };
}

async function downloadBeside(daemon: DaemonClient, path: string, wanted: string): Promise<string> {
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  for (let count = 1; ; count += 1) {
    const file = count === 1 ? wanted : `${stem}-${count}${extension}`;
    try {
      await daemon.download(path, file);
      return file;
    } catch (error) {
      const isThere = error instanceof OperationalError && error.cause instanceof Error && 'code' in error.cause;
      if (!isThere || (error.cause as NodeJS.ErrnoException).code !== 'EEXIST' || count === MOST_NAMES) throw error;
    }
  }
}

/** Removes what was handed over, with all that lies with it. */
export async function takeBack(daemon: DaemonClient, { id }: HandedOver): Promise<void> {
  await daemon.delete(removedName, `/incoming/${id}`);
}

/** An error about the copy says what it says about the original; where every row was rejected, they come back too. */
export async function aboutOriginal(
  daemon: DaemonClient,
  handed: HandedOver,
  { error, original }: { readonly error: OperationalError; readonly original: string },
): Promise<OperationalError> {
  const rejected = join(dirname(handed.file), `${basename(handed.file, extname(handed.file))}.rejected.csv`);
  const { rejectedFile = '' } =
    error.code === 'import-all-rejected'
      ? await fetchBack(daemon, handed, { report: { rejectedFile: rejected }, original })
      : {};
  const said = (text: string): string => text.replaceAll(rejected, rejectedFile).replaceAll(handed.file, original);
  const places = error.places.map((place) => (place.file === handed.file ? { ...place, file: original } : place));
  return new OperationalError(error.code, said(error.message), {
    hint: said(error.hint),
    places,
    httpCode: error.httpCode,
    cause: error,
  });
}
