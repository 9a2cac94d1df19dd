// What a user may be called and what a password has to be.

import { randomInt } from 'node:crypto';
import { OperationalError } from '../../base/errors.ts';

/** Small letters, digits and . _ @ -: nothing that a header, a log or a screen takes for something else. */
export const USER_NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;
export const TOKEN_NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
export const MAX_PASSWORD = 256;
const MIN_PASSWORD = 12;
const MIN_DIFFERENT = 5;

/** Letters and digits that are not taken for each other. */
const TYPED = 'abcdefghjkmnpqrstuvwxyz23456789';

/** One form for what is typed in several ways, such as ü. */
export function normalPassword(password: string): string {
  return password.normalize('NFKC');
}

/** A password of 20 letters and digits in groups of five, about 99 bits. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => TYPED.charAt(randomInt(TYPED.length))).join('');
  return [group(), group(), group(), group()].join('-');
}

/** Refused with `password-weak`. */
export function requireStrong(password: string, name: string): void {
  const given = normalPassword(password);
  const short = given.length < MIN_PASSWORD && `has fewer than ${MIN_PASSWORD} characters`;
  const plain = new Set(given.toLowerCase()).size < MIN_DIFFERENT && 'repeats few characters';
  const own = name.length > 2 && given.toLowerCase().includes(name) && 'holds the name of its user';
  const why = short || plain || own;
  if (why === false) return;
  throw new OperationalError('password-weak', `The password ${why}.`, {
    hint: 'Take several words, or have one made: outdial user set-password NAME.',
  });
}
