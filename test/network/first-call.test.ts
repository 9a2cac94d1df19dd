// docs/first-call.md carried out as it stands, from an empty folder to the first answered call, with the time that it took.
// The network in a box stands for the lines that copy Asterisk's files and restart it; a child of the test for the unit.

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBox, type Box } from '../../asterisk/box.ts';
import { personAnswers } from '../../asterisk/box/numbers.ts';
import type { Phone } from '../../asterisk/box/phones.ts';
import { until } from './network.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const OUTDIAL = path.join(ROOT, 'bin', 'outdial');
const folder = mkdtempSync(path.join(tmpdir(), 'outdial-first-call-'));
let box: Box;
let daemon: ChildProcess | undefined;

beforeAll(async () => void (box = await startBox()), 90_000);
afterAll(async () => {
  if (daemon?.exitCode === null) {
    const gone = new Promise((resolve) => daemon?.once('exit', resolve));
    daemon.kill('SIGTERM');
    await gone;
  }
  await box.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
}

function outdial(words: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(OUTDIAL, [...words], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), out: stdout + stderr }),
    );
  });
}

/** The commands of the page, in their order. */
function commands(): readonly string[] {
  const page = readFileSync(path.join(ROOT, 'docs', 'first-call.md'), 'utf8');
  const [, block = ''] = /```sh\n([^]*?)```/.exec(page) ?? [];
  return block.split('\n').filter((line) => line !== '');
}

/** What `init` is given besides, so that it fits the Asterisk that is there. */
function boxOptions(httpPort: number): readonly string[] {
  const { pbx } = box;
  return [
    ...['--ari-url', pbx.ariUrl, '--ari-user', pbx.ariUser, '--ari-password', pbx.ariPassword],
    ...['--ami-host', pbx.amiHost, '--ami-port', String(pbx.amiPort), '--ami-user', pbx.amiUser],
    ...['--ami-secret', pbx.amiSecret, '--cdr-file', pbx.cdrFile, '--trunk-endpoint', pbx.trunk],
    ...['--http-port', String(httpPort), '--timezone', 'UTC'],
  ];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The unit of the page: it is there once the daemon has said that it is ready. */
async function startUnit(): Promise<void> {
  daemon = spawn(OUTDIAL, ['run'], { cwd: folder, stdio: 'ignore' });
  await until(
    'the daemon is ready',
    async () => ((await outdial(['agent', 'list'])).code === 0 ? true : undefined),
    30_000,
  );
}

/** The page has every problem corrected first; here the carrier of the box is still coming up. */
async function withoutProblem(): Promise<Ran> {
  // The trunk is asked every few seconds whether it is there.
  const deadline = performance.now() + 60_000;
  for (;;) {
    const ran = await outdial(['doctor']);
    if (ran.code === 0 || performance.now() > deadline) return ran;
  }
}

async function stateOf(number: string): Promise<string> {
  const agents = JSON.parse((await outdial(['agent', 'list', '--json'])).out) as { number: string; state: string }[];
  return agents.find((agent) => agent.number === number)?.state ?? 'unknown';
}

/** Dials the code of the page and types number and PIN, again when the exchange has not heard it, as a person would. */
async function signIn(phone: Phone, { number, pin }: { number: string; pin: string }): Promise<void> {
  await phone.dial('*55');
  await phone.until('established');
  for (let turn = 1; turn <= 3; turn += 1) {
    await phone.press(`${number}#`);
    await phone.press(`${pin}#`);
    const isIn = await until(
      'signed in',
      async () => ((await stateOf(number)) === 'offline' ? undefined : true),
      8000,
    ).catch(() => false);
    if (isIn) break;
  }
  if ((await stateOf(number)) === 'paused') await phone.press('1');
}

test('[O-01] [C-01] the commands of docs/first-call.md lead from nothing to the first answered call', async () => {
  const startedAt = performance.now();
  const lines = commands();
  expect(lines.length).toBeLessThanOrEqual(10);
  const number = personAnswers({ afterS: 1, talksS: 3 }, 1);
  writeFileSync(path.join(folder, 'people.csv'), `name,phone\nAda Moss,${number}\n`);
  const reported: string[] = [];
  let secrets = { number: '', account: '', sipPassword: '', pin: '' };

  for (const line of lines) {
    if (/^(cp|systemctl) /.test(line)) continue;
    if (/outdial run$/.test(line)) {
      expect(line).toContain('Type=notify');
      await startUnit();
      continue;
    }
    const [, ...words] = line.split(' ');
    const at = performance.now();
    if (words[0] === 'init') words.push(...boxOptions(await freePort()));
    if (words[1] === 'approve') alwaysOpen();
    const isAdd = words[1] === 'add';
    const ran = words[0] === 'doctor' ? await withoutProblem() : await outdial(isAdd ? [...words, '--json'] : words);
    expect(ran.code, `${line}\n${ran.out}`).toBe(0);
    reported.push(`${words.slice(0, 2).join(' ')} ${Math.round(performance.now() - at)}`);
    if (isAdd) secrets = JSON.parse(ran.out) as typeof secrets;
  }
  const { account, sipPassword } = secrets;
  const phones = await box.startPhones([{ username: account, password: sipPassword, autoAnswer: true }]);
  await phones.registered();
  await signIn(phones.phone(account), secrets);
  const connected = await until(
    'the first call is answered and has its agent',
    async () => {
      const { out } = await outdial(['report', 'attempts', '--from', 'today', '--json']);
      return out.includes('"connected"') ? true : undefined;
    },
    60_000,
  );
  expect(connected).toBe(true);
  console.log(`first call: ${((performance.now() - startedAt) / 1000).toFixed(1)} s; ms: ${reported.join(', ')}`);
}, 240_000);

/** The page's campaign calls on weekdays from 9 to 18: this stands for the hour in which it is read. */
function alwaysOpen(): void {
  const file = path.join(folder, 'config', 'campaigns', 'first.yaml');
  const text = readFileSync(file, 'utf8');
  const open = text.replace(/^schedule: .*$/m, '');
  expect(open).not.toBe(text);
  writeFileSync(file, open);
}
