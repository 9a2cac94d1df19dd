// Keyed hashes of the numbers of forgotten people: what stands in their place, and how a do-not-call list still knows
// such a number when it comes again.

import { createHmac, randomBytes } from 'node:crypto';
import type { Connection } from './database.ts';

export interface Pseudonyms {
  /** A text in the place of a number; the same for the same number. */
  textOf(number: string): string;
  /** A whole number below zero in the place of the digits. */
  digitsOf(number: string): number;
  /** Keyed hash over any text. */
  sealOf(text: string): string;
}

/** The hashes of this store; its key is made when it is first needed. */
export function pseudonyms(db: Connection): Pseudonyms {
  const key = keyOf(db) ?? makeKey(db);
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    textOf: (number) => `forgotten-${digest(number).toString('hex').slice(0, 24)}`,
    digitsOf: (number) => hiddenDigits(digest(number)),
    sealOf: (text) => digest(text).toString('hex'),
  };
}

/** For look-ups of any number: its place on a do-not-call list when it is a forgotten person's; mostly undefined. */
export function forgottenDigits(db: Connection): (number: string) => number | undefined {
  const any = db.prepare<[], 1>('SELECT 1 FROM forgotten_numbers LIMIT 1').pluck();
  const known = db.prepare<[number], 1>('SELECT 1 FROM forgotten_numbers WHERE digits = ?').pluck();
  let key: string | undefined;
  return (number) => {
    if (any.get() === undefined) return undefined;
    key ??= keyOf(db);
    if (key === undefined) return undefined;
    const digits = hiddenDigits(createHmac('sha256', key).update(number).digest());
    return known.get(digits) === undefined ? undefined : digits;
  };
}

function hiddenDigits(digest: Buffer): number {
  return -1 - digest.readUIntBE(0, 6);
}

function keyOf(db: Connection): string | undefined {
  return db.prepare<[], string>('SELECT key FROM privacy_key').pluck().get();
}

function makeKey(db: Connection): string {
  const key = randomBytes(32).toString('hex');
  db.prepare('INSERT INTO privacy_key (key) VALUES (?)').run(key);
  return key;
}
