// The token file, whose holder may do everything: the administrator's key, with which users and other tokens begin.
// The token is made once, readable by its owner alone, and compared in constant time.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperationalError } from '../base/errors.ts';

const TOKEN = /^[\w-]{32,128}$/;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The token in `file`; refused with `token-missing`, `token-unreadable` or `token-malformed`. */
export async function readToken(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT';
    throw new OperationalError(
      missing ? 'token-missing' : 'token-unreadable',
      missing ? `There is no token file ${file}.` : `The token file ${file} cannot be read.`,
      {
        hint: missing
          ? 'The daemon makes it at its first start: outdial run.'
          : 'Run the command as the user that the daemon runs as, or as root.',
        places: [{ file }],
        cause: error,
      },
    );
  }
  const token = text.trim();
  if (TOKEN.test(token)) return token;
  throw new OperationalError('token-malformed', `The token file ${file} holds no token.`, {
    hint: 'Remove the file and start the daemon again: it makes a new one.',
    places: [{ file }],
  });
}

/** The token in `file`, made with mode 0600 when there is none yet. */
export async function ensureToken(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o750 });
  const token = newToken();
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${token}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return token;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return readToken(file);
    throw tokenUnwritable(file, error);
  }
}

/** A token that no one can guess. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function tokenUnwritable(file: string, cause: unknown): OperationalError {
  return new OperationalError('token-unwritable', `The token file ${file} cannot be written.`, {
    hint: 'Give the daemon a folder it may write to, or set http.token_file.',
    places: [{ file }],
    cause,
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whether the Authorization header carries `token`; takes the same time whatever is wrong. */
export function isAuthorized(header: string | undefined, token: string): boolean {
  const given = /^Bearer ([\w-]{1,256})$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}
