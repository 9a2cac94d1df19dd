// Runs commands as a user would, in a folder with settings of its own: in this process, or by starting bin/outdial.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCli } from '../../src/cli/run-cli.ts';

export const OUTDIAL = resolve(import.meta.dirname, '../../bin/outdial');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What `--json` printed: exactly one document. */
export function documentOf({
  out,
}: Ran): Record<string, unknown> & { error?: { code: string; message: string; hint: string } } {
  const lines = out.split('\n').filter((line) => line !== '');
  if (lines.length !== 1) throw new Error(`not one document: ${out}`);
  return JSON.parse(lines[0] ?? '') as ReturnType<typeof documentOf>;
}

export interface RunOptions {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A person sits before it. */
  readonly isScreen?: boolean;
}

/** Runs a command in this process to its end. */
export async function outdial(
  args: readonly string[],
  { folder = tmpdir(), env = {}, isScreen = false }: RunOptions = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isScreen,
    isErrorScreen: false,
    width: () => 100,
    height: () => 50,
    env,
    folder,
    onInterrupt: () => () => undefined,
  });
  return { code, out, err };
}

interface StartOptions extends RunOptions {
  readonly program?: string;
  /** Once this is on stdout the program is asked to end (SIGTERM). */
  readonly until?: string;
}

/** Starts a program (bin/outdial unless said otherwise) and waits for its end; killed after 60 s. */
export async function started(
  args: readonly string[],
  { folder = tmpdir(), env = {}, program = OUTDIAL, until }: StartOptions = {},
): Promise<Ran> {
  const { OUTDIAL_CONFIG: _config, FORCE_COLOR: _colour, ...inherited } = process.env;
  const child = spawn(program, [...args], {
    cwd: folder,
    env: { ...inherited, ...env },
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    if (until !== undefined && out.includes(until)) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** A folder with outdial.yaml and an empty campaigns folder; everything of the daemon is inside it. */
export async function configFolder(port = 1): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-cli-'));
  await mkdir(join(folder, 'config', 'campaigns'), { recursive: true });
  await writeSettings(folder, port);
  return folder;
}

/** Writes settings whose daemon is at `port`. */
export async function writeSettings(folder: string, port: number, store = '../outdial.db'): Promise<void> {
  const lines = [
    `store: {file: ${store}}`,
    'asterisk:',
    '  ari: {url: "http://127.0.0.1:9", user: outdial, password: 7f3kq-ari-x9}',
    '  ami: {host: 127.0.0.1, port: 9, user: outdial, secret: 7f3kq-ami-x9}',
    '  cdr_file: ../Master.csv',
    'trunks:',
    '  - {name: main, max_lines: 10}',
    `http: {port: ${port}, token_file: ../token}`,
  ];
  await writeFile(join(folder, 'config', 'outdial.yaml'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

export const CAMPAIGN = [
  'campaign: renewals',
  'mode: predictive',
  'lists: [people]',
  'agents: [team-north]',
  'trunk: main',
  'caller_ids: {numbers: ["+12125550100"]}',
  '',
].join('\n');
