// How PINs and passwords are kept: argon2id hashes, computed on libuv's threads so that call control never waits.
// The only file that knows the hashing library.

import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Hash of a PIN or password in PHC form (argon2id, 19 MiB, 2 passes), about 10 ms of another thread. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret);
}

/**
 * Whether `secret` is the one that `stored` was made from; false for anything that is no hash of ours. Without a hash
 * (there is no such agent) it is false after as long as with one.
 */
export async function verifySecret(stored: string | undefined, secret: string): Promise<boolean> {
  if (stored === undefined) {
    await verify(await hashOfNoAgent(), secret).catch(() => false);
    return false;
  }
  if (!stored.startsWith('$argon2')) return false;
  return verify(stored, secret).catch(() => false);
}

let unmatched: Promise<string> | undefined;
const hashOfNoAgent = (): Promise<string> => (unmatched ??= hashSecret(randomBytes(24).toString('hex')));
