// Keyed hashes in the place of what named forgotten people: the same in every store, so that a data set may move from
// one to another. Knows no database; who keeps the key is the store.

import { createHmac, randomBytes } from 'node:crypto';

export interface Pseudonyms {
  /** A text in the place of a number; the same for the same number. */
  textOf(number: string): string;
  /** A whole number below zero in the place of the digits. */
  digitsOf(number: string): number;
  /** Keyed hash over any text. */
  sealOf(text: string): string;
}

/** A key that no one else has. */
export function newPrivacyKey(): string {
  return randomBytes(32).toString('hex');
}

/** The hashes by a key. */
export function pseudonymsBy(key: string): Pseudonyms {
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    textOf: (number) => `forgotten-${digest(number).toString('hex').slice(0, 24)}`,
    digitsOf: (number) => -1 - digest(number).readUIntBE(0, 6),
    sealOf: (text) => digest(text).toString('hex'),
  };
}
