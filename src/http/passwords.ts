// How PINs and passwords are kept: argon2id hashes, computed on libuv's threads so that call control never waits.
// The only file that knows the hashing library.

import { hash, verify } from '@node-rs/argon2';

/** Hash of a PIN or password in PHC form (argon2id, 19 MiB, 2 passes), about 10 ms of another thread. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret);
}

/** Whether `secret` is the one that `stored` was made from; false for anything that is no hash of ours. */
export async function verifySecret(stored: string, secret: string): Promise<boolean> {
  if (!stored.startsWith('$argon2')) return false;
  return verify(stored, secret).catch(() => false);
}
