// Files that are handed over to be imported: each in a folder of its own below files.incoming, for the daemon's user
// alone, gone when whoever handed it over has fetched what it needs, at the latest after a week.

import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rm, stat, statfs, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openBelow } from '../base/below.ts';
import { OperationalError } from '../base/errors.ts';

const KEPT_MS = 7 * 86_400_000;
/** The database needs room more than a list does. */
const LEAST_FREE_BYTES = 512 * 1024 * 1024;
const ID = /^[0-9a-f]{16}$/;

export class Incoming {
  readonly #folder: string;
  readonly #maxBytes: number;

  constructor({ incoming, maxBytes }: { readonly incoming: string; readonly maxBytes: number }) {
    this.#folder = incoming;
    this.#maxBytes = maxBytes;
  }

  /** What lies under `id`: what was handed over so far, and what imports have left beside it. */
  async files(
    id: string,
  ): Promise<readonly { readonly name: string; readonly file: string; readonly bytes: number }[]> {
    const folder = join(this.#folder, id);
    const names = await readdir(folder).catch((cause: unknown) => {
      throw unknown(cause);
    });
    const looked = names.sort().map(async (name) => {
      const file = join(folder, name);
      const about = await lstat(file);
      return about.isFile() ? [{ name, file, bytes: about.size }] : [];
    });
    return (await Promise.all(looked)).flat();
  }

  /** An empty file to be written piece by piece; one of that name is begun again. */
  async begin(id: string, name: string, now: number): Promise<string> {
    return this.#trying(async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#forgetOld(now);
      await mkdir(join(this.#folder, id), { recursive: true, mode: 0o700 });
      const file = join(this.#folder, id, name);
      await rm(file, { force: true });
      await (await open(file, 'wx', 0o600)).close();
      return file;
    });
  }

  /** Adds a piece behind the first `at` bytes; refused with `incoming-out-of-step` when there are not so many. */
  async add(
    { id, name }: { readonly id: string; readonly name: string },
    { at, piece }: { readonly at: number; readonly piece: Buffer },
  ): Promise<{ readonly file: string; readonly bytes: number }> {
    return this.#trying(async () => {
      const file = join(this.#folder, id, name);
      const handle = await this.#opened(file);
      try {
        const { size } = await handle.stat();
        if (size !== at) throw outOfStep(size);
        if (size + piece.length > this.#maxBytes) throw tooLarge(this.#maxBytes);
        await this.#refuseFull(piece.length);
        await handle.appendFile(piece);
        return { file, bytes: size + piece.length };
      } finally {
        await handle.close();
      }
    });
  }

  /** A file that lies with what was handed over, such as the rejected rows; refused with `incoming-unknown`. */
  async read(id: string, name: string): Promise<FileHandle> {
    return openBelow(join(this.#folder, id, name), [join(this.#folder, id)]).catch((cause: unknown) => {
      throw unknown(cause);
    });
  }

  /** Removes what was handed over and everything that lies with it. */
  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  /** Whether the file is one that was handed over under `id`. */
  holds(id: string, file: string): boolean {
    return file.startsWith(`${join(this.#folder, id)}/`);
  }

  async #opened(file: string): Promise<FileHandle> {
    const { O_WRONLY, O_APPEND, O_NOFOLLOW } = constants;
    return open(file, O_WRONLY | O_APPEND | O_NOFOLLOW).catch((cause: unknown) => {
      throw unknown(cause);
    });
  }

  async #refuseFull(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize - bytes >= LEAST_FREE_BYTES) return;
    throw new OperationalError('incoming-full', 'The disk of files.incoming has no room left for the file.', {
      hint: 'Make room: the daemon keeps 512 MiB for the database.',
      httpCode: 503,
    });
  }

  async #forgetOld(now: number): Promise<void> {
    for (const id of await readdir(this.#folder)) {
      const about = ID.test(id) ? await stat(join(this.#folder, id)).catch(() => undefined) : undefined;
      if (about && now - about.mtimeMs > KEPT_MS) await this.remove(id);
    }
  }

  async #trying<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof OperationalError) throw cause;
      throw new OperationalError('incoming-unwritable', `Files cannot be put into ${this.#folder}.`, {
        hint: 'Give the daemon’s user the right to write there, or set files.incoming.',
        places: [{ file: this.#folder }],
        httpCode: 503,
        cause,
      });
    }
  }
}

function unknown(cause: unknown): OperationalError {
  return new OperationalError('incoming-unknown', 'No such file was handed over.', {
    hint: 'Begin with POST /api/incoming; what was handed over is kept for a week at most.',
    httpCode: 404,
    cause,
  });
}

function tooLarge(bytes: number): OperationalError {
  return new OperationalError('incoming-too-large', `No file above ${Math.round(bytes / 1e6)} MB may be handed over.`, {
    hint: 'Split it, or set files.max_megabytes of outdial.yaml.',
    httpCode: 413,
  });
}

function outOfStep(size: number): OperationalError {
  return new OperationalError('incoming-out-of-step', `The file has ${size} bytes so far.`, {
    hint: 'Go on there, or begin again with POST /api/incoming.',
    httpCode: 409,
  });
}
