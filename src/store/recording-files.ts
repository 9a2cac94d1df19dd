// The recordings' folder: the WAV files that Asterisk writes there, how long they are, and their removal. Names come
// from the store; one that would lead out of the folder is refused.

import { lstat, realpath, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { isBelow, openBelow, OutsideError } from '../base/below.ts';
import { OperationalError } from '../base/errors.ts';
import type { RecordingFiles } from '../engine/ports.ts';

const HEADER_BYTES = 44;

export interface RecordingFolder extends RecordingFiles {
  /** The file's sound, `audio/wav`; refused with `recording-missing`. */
  read(name: string): Promise<OpenRecording>;
}

interface OpenRecording {
  readonly bytes: number;
  /** The sound, or the part of it from `start` to `end` (both included); closes the file when it has been read. */
  stream(part?: { readonly start: number; readonly end: number }): Readable;
  close(): Promise<void>;
}

/** Recordings as files of `folder`, `NAME.wav` each. */
export function recordingFolder(folder: string): RecordingFolder {
  const fileOf = (name: string): string => {
    if (!/^[\w-]+(\/[\w.-]+)*$/.test(name) || name.includes('..')) throw missing(name);
    return path.join(folder, `${name}.wav`);
  };
  return {
    async look(name) {
      const handle = await openedBelow(folder, fileOf(name));
      if (!handle) return undefined;
      try {
        const { size } = await handle.stat();
        return { bytes: size, durationMs: await durationOf(handle, size) };
      } finally {
        await handle.close();
      }
    },
    async remove(name) {
      const file = fileOf(name);
      const [real, root] = await Promise.all([
        realpath(path.dirname(file)).catch(absent),
        realpath(folder).catch(absent),
      ]);
      if (real === undefined || root === undefined) return false;
      if (real !== root && !isBelow(real, root)) return false; // it lies elsewhere and is not ours
      const found = await lstat(file).catch(absent);
      await rm(file, { force: true });
      return found !== undefined;
    },
    async read(name) {
      const handle = await openedBelow(folder, fileOf(name));
      if (!handle) throw missing(name);
      const { size: bytes } = await handle.stat();
      return {
        bytes,
        stream: (part = { start: 0, end: Infinity }) => handle.createReadStream(part),
        close: () => handle.close(),
      };
    },
  };
}

/** A file that is not there, is none, or is a link to somewhere else, is no recording. */
async function openedBelow(folder: string, file: string): Promise<FileHandle | undefined> {
  return openBelow(file, [folder]).catch((error: unknown) =>
    error instanceof OutsideError ? undefined : absent(error),
  );
}

/** By the header's bytes per second and the file's own size: right also when the header was never completed. */
async function durationOf(handle: FileHandle, bytes: number): Promise<number> {
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await handle.read(header, 0, HEADER_BYTES, 0);
  if (bytesRead < HEADER_BYTES || header.toString('latin1', 0, 4) !== 'RIFF') return 0;
  const bytesPerSecond = header.readUInt32LE(28);
  return bytesPerSecond === 0 ? 0 : Math.round(((bytes - HEADER_BYTES) * 1000) / bytesPerSecond);
}

function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

function missing(name: string): OperationalError {
  return new OperationalError('recording-missing', `There is no file of the recording ${name}.`, {
    hint: 'It may have been deleted, or Asterisk writes into another folder than recordings.folder says.',
    httpCode: 404,
  });
}
