// A box's own record of what belongs to it: name, ports, passwords, processes and who started it.
// Making the box's directory is the claim on its name; a box whose starter died without taking it down
// is taken down by whoever wants the name next.

import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../src/base/errors.ts';
import type { PeerTrunk } from './trunks.ts';
import { end, isAlive, type KnownProcess } from './processes.ts';

export interface BoxRecord {
  readonly name: string;
  readonly portBase: number;
  readonly app: string;
  readonly secret: string;
  /** Who takes the box down; null for one that was left running on purpose. */
  readonly owner: KnownProcess | null;
  readonly processes: readonly KnownProcess[];
  /** Trunks besides the one to the box's own network; records of older boxes lack them. */
  readonly trunks?: readonly PeerTrunk[];
}

const FILE = 'box.json';

/** Reads the record of the box in `dir`; undefined when there is none. */
export function readRecord(dir: string): BoxRecord | undefined {
  try {
    return JSON.parse(readFileSync(path.join(dir, FILE), 'utf8')) as BoxRecord;
  } catch {
    return undefined; // no box, or one that never came so far
  }
}

/** Replaces the record of the box in `dir` at one stroke. */
export function writeRecord(dir: string, record: BoxRecord): void {
  const draft = path.join(dir, `${FILE}.new`);
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path.join(dir, FILE));
}

/** The records of all boxes below `boxesDir`. */
export function allRecords(boxesDir: string): BoxRecord[] {
  let names: string[];
  try {
    names = readdirSync(boxesDir);
  } catch {
    return []; // no box was ever made here
  }
  return names.flatMap((name) => readRecord(path.join(boxesDir, name)) ?? []);
}

/** Whether somebody still wants the box: its owner lives, or it was left running and does run. */
export function isInUse(record: BoxRecord): boolean {
  return record.owner ? isAlive(record.owner) : record.processes.some(isAlive);
}

/** Ends every process of the box and removes its files. */
export async function takeDown(dir: string): Promise<void> {
  const record = readRecord(dir);
  await Promise.all((record?.processes ?? []).map((known) => end(known)));
  rmSync(dir, { recursive: true, force: true });
}

/** Makes the box's directory with its first record, after taking down a deserted box of that name; refuses a used one. */
export async function claim(boxesDir: string, record: BoxRecord): Promise<string> {
  const dir = path.join(boxesDir, record.name);
  const present = readRecord(dir);
  if (present && isInUse(present)) {
    throw new OperationalError('box-in-use', `the box ${record.name} is running`, {
      hint: 'Use another name and port base, or take it down first: npx tsx asterisk/box.ts down.',
      httpCode: 409,
    });
  }
  await takeDown(dir);
  const draft = `${dir}.${randomBytes(4).toString('hex')}`;
  mkdirSync(draft, { recursive: true });
  writeRecord(draft, record);
  try {
    renameSync(draft, dir);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    throw new OperationalError('box-in-use', `the box ${record.name} is being started by somebody else`, {
      hint: 'Use another name and port base.',
      cause,
      httpCode: 409,
    });
  }
  return dir;
}
