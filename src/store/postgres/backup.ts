// A copy of the whole PostgreSQL database while it is in use: made by PostgreSQL's own pg_dump, whole when it has its
// name, readable by no other user.

import { defined } from '../../base/defined.ts';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { OperationalError } from '../../base/errors.ts';

/** A database that takes longer than this to copy wants another way of backup (PostgreSQL's manual, continuous archiving). */
const LIMIT_MS = 12 * 3_600_000;
/** Where Debian keeps the tools of each version of PostgreSQL. */
const DEBIAN_VERSIONS = '/usr/lib/postgresql';

/** Writes the database at `url` to `target` in pg_dump's custom format; refuses `backup-tool-missing`, `backup-failed`. */
export async function dumpDatabase(url: string, target: string): Promise<void> {
  const part = `${target}.part`;
  try {
    await (await open(part, 'w', 0o600)).close();
    await chmod(part, 0o600);
    const { address, password } = withoutPassword(url);
    const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${part}`, `--dbname=${address}`];
    await runTool(findTool('pg_dump'), args, password);
    const copy = await open(part, 'r+');
    await copy.sync();
    await copy.close();
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof OperationalError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw failed(`The backup could not be written: ${reason}`, { file: target, cause: error });
  }
}

/** The password is handed over in the environment: arguments can be seen by every user of the machine. */
function withoutPassword(url: string): { readonly address: string; readonly password: string | undefined } {
  const [, password] = /^\w+:\/\/[^/@]*?:([^@/]*)@/.exec(url) ?? [];
  const address = password === undefined ? url : url.replace(`:${password}@`, '@');
  return { address, password: password === undefined ? undefined : decodeURIComponent(password) };
}

/** The newest of Debian's, which reads every older server, else the one on the path. */
function findTool(name: string): string {
  const versions = existsSync(DEBIAN_VERSIONS) ? readdirSync(DEBIAN_VERSIONS) : [];
  const newest = versions
    .filter((version) => existsSync(path.join(DEBIAN_VERSIONS, version, 'bin', name)))
    .sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? name : path.join(DEBIAN_VERSIONS, newest, 'bin', name);
}

async function runTool(tool: string, args: readonly string[], password: string | undefined): Promise<void> {
  const env = { ...process.env, ...defined({ PGPASSWORD: password }) };
  const child = spawn(tool, args, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: LIMIT_MS });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-1000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((error: unknown) => {
    throw toolMissing(tool, error);
  });
  if (code !== 0) throw failed(`pg_dump could not copy the database: ${complaint.trim() || `it ended with ${code}`}`);
}

function toolMissing(tool: string, cause: unknown): OperationalError {
  return new OperationalError('backup-tool-missing', `${path.basename(tool)} is not there or cannot be started.`, {
    hint: 'Install the PostgreSQL client of the server’s version or newer: apt-get install postgresql-client.',
    cause,
  });
}

function failed(
  message: string,
  { file, cause }: { readonly file?: string; readonly cause?: unknown } = {},
): OperationalError {
  return new OperationalError('backup-failed', `${message.replace(/\.$/, '')}.`, {
    hint: 'Check that the folder exists, may be written and has room, and that pg_dump is as new as the server.',
    ...defined({ cause }),
    ...(file === undefined ? {} : { places: [{ file }] }),
  });
}
