// The box as a command: up, down, status. Brings things up and prints their addresses; decides nothing else.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { OperationalError, renderError } from '../../src/base/errors.ts';
import { startBox } from '../box.ts';
import { makeAccount } from './accounts.ts';
import { addressOf, type BoxAddress } from './address.ts';
import { installedAsterisk } from './asterisk-home.ts';
import { isAlive } from './processes.ts';
import { allRecords, isInUse, readRecord, takeDown, type BoxRecord } from './state.ts';
import { parseTrunk } from './trunks.ts';

const USAGE = `usage: npx tsx asterisk/box.ts <command> [options]

  up       start a box and leave it running
  down     take a box down, or with --deserted those whose starter died
  status   the boxes of this machine and what of them runs

  --port-base P   first of the 4000 ports of a box (15000)
  --name NAME     a name of its own (box-P)
  --carrier DIR   another telephone network: the files of DIR replace those of asterisk/carrier
  --trunk T       up: one more trunk, T as NAME=HOST:PORT, to a SIP peer of yours; any number of them
  --phones N      up: N softphones with accounts phone1 … phoneN, which answer by themselves
  --seed N        up: seed of the mixed population (1)
  --talk-scale F  up: multiplies how long the mixed population talks (1)
  --ring-scale F  up: multiplies how long the mixed population lets it ring (1)
  --record        up: the carrier records what called parties hear
  --json          one JSON document on stdout
`;

const OPTIONS = {
  'port-base': { type: 'string', default: '15000' },
  name: { type: 'string' },
  carrier: { type: 'string' },
  trunk: { type: 'string', multiple: true },
  phones: { type: 'string', default: '0' },
  seed: { type: 'string', default: '1' },
  'talk-scale': { type: 'string', default: '1' },
  'ring-scale': { type: 'string', default: '1' },
  record: { type: 'boolean', default: false },
  deserted: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

type Flags = ReturnType<typeof parse>['values'];

class WrongUsage extends Error {}

function wholeNumber(text: string, what: string, most = Number.MAX_SAFE_INTEGER): number {
  if (!/^\d+$/.test(text) || Number(text) > most)
    throw new WrongUsage(`${what} must be a number up to ${most}: ${text}`);
  return Number(text);
}

function factor(text: string, what: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new WrongUsage(`${what} must be a factor such as 0.25: ${text}`);
  return Number(text);
}

function print(flags: Flags, document: unknown, text: string): void {
  process.stdout.write(flags.json ? `${JSON.stringify(document)}\n` : `${text}\n`);
}

function describe(address: BoxAddress): string {
  const { pbx, carrier } = address;
  return [
    `box ${address.name} is up`,
    `  ARI      ${pbx.ariUrl}  user ${pbx.ariUser}  password ${pbx.ariPassword}  application ${pbx.app}`,
    `  AMI      ${pbx.amiHost}:${pbx.amiPort}  user ${pbx.amiUser}  secret ${pbx.amiSecret}`,
    `  SIP      ${pbx.sipAddress}  trunk PJSIP/NUMBER@${pbx.trunk}`,
    ...pbx.peers.map(({ endpoint, address }) => `  peer     ${address}  trunk PJSIP/NUMBER@${endpoint}`),
    `  records  ${pbx.cdrFile}`,
    `  carrier  ${carrier.sipAddress}`,
    `  records  ${carrier.cdrFile}`,
  ].join('\n');
}

async function up(flags: Flags): Promise<void> {
  const portBase = wholeNumber(flags['port-base'], '--port-base', 28_000);
  const count = wholeNumber(flags.phones, '--phones', 500);
  const box = await startBox({
    portBase,
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.carrier === undefined ? {} : { carrierDir: path.resolve(flags.carrier) }),
    trunks: (flags.trunk ?? []).map(parseTrunk),
    seed: wholeNumber(flags.seed, '--seed'),
    talkScale: factor(flags['talk-scale'], '--talk-scale'),
    ringScale: factor(flags['ring-scale'], '--ring-scale'),
    record: flags.record,
    detached: true,
  });
  try {
    const accounts = Array.from({ length: count }, (_, index) => ({
      username: `phone${index + 1}`,
      password: box.pbx.ariPassword,
      autoAnswer: true,
    }));
    for (const account of accounts) await makeAccount(box.pbx, account.username, account.password);
    if (count > 0) await (await box.startPhones(accounts)).registered();
  } catch (error) {
    await box.stop();
    throw error;
  }
  box.release();
  const { name, dir, pbx, carrier } = box;
  print(flags, { name, dir, portBase, pbx, carrier, phones: count }, describe(box));
}

function chosen(flags: Flags, boxesDir: string): BoxRecord[] {
  if (flags.deserted) return allRecords(boxesDir).filter((record) => !isInUse(record));
  const name = flags.name ?? `box-${flags['port-base']}`;
  const record = readRecord(path.join(boxesDir, name));
  if (record) return [record];
  throw new OperationalError('no-such-box', `there is no box ${name}`, { hint: 'See: npx tsx asterisk/box.ts status' });
}

async function down(flags: Flags): Promise<void> {
  const { boxesDir } = installedAsterisk();
  const records = chosen(flags, boxesDir);
  for (const record of records) await takeDown(path.join(boxesDir, record.name));
  const names = records.map((record) => record.name);
  print(flags, { down: names }, names.length === 0 ? 'no box to take down' : `down: ${names.join(', ')}`);
}

function status(flags: Flags): void {
  const home = installedAsterisk();
  const boxes = allRecords(home.boxesDir).map((record) => ({
    ...addressOf(home, record),
    state: isInUse(record) ? 'running' : 'deserted',
    processes: record.processes.map(({ role, pid, ...rest }) => ({
      role,
      pid,
      alive: isAlive({ role, pid, ...rest }),
    })),
  }));
  const line = (box: (typeof boxes)[number]): string => {
    const processes = box.processes.map((each) => `${each.role} ${each.alive ? each.pid : 'gone'}`).join(', ');
    return `${box.name}  ${box.state}  ports from ${box.portBase}  ${processes}`;
  };
  print(flags, { boxes }, boxes.map(line).join('\n') || 'no box');
}

/** Runs one command line; gives the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runBoxCommand(argv: readonly string[]): Promise<number> {
  try {
    const { values: flags, positionals } = parse(argv);
    const command = positionals[0];
    if (flags.help) process.stdout.write(USAGE);
    else if (command === 'up') await up(flags);
    else if (command === 'down') await down(flags);
    else if (command === 'status') status(flags);
    else throw new WrongUsage(command === undefined ? 'a command is missing' : `no such command: ${command}`);
    return 0;
  } catch (error) {
    const isUsage = error instanceof WrongUsage || (error instanceof TypeError && 'code' in error);
    if (isUsage) {
      process.stderr.write(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    const { code, message, hint } = renderError(error);
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
    else process.stderr.write(`${code}: ${message}\n${hint}\n`);
    return 1;
  }
}
