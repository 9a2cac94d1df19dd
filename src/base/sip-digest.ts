// What SIP's digest authentication (RFC 7616) needs of a password, instead of the password: a hash that only serves for
// one name at one realm. Whoever has it can register as that name there, and learns no password.

import { createHash } from 'node:crypto';

export interface SipDigest {
  /** What the exchange shows when it asks for the password; the hash is good for this one alone. */
  readonly realm: string;
  /** MD5 of `name:realm:password`, 32 hexadecimal digits: the one hash that every phone and every Asterisk knows. */
  readonly md5: string;
}

/** The realm that Asterisk shows when nothing is set: what every phone has been asked with before realms were kept. */
export const USUAL_REALM = 'asterisk';

export function sipDigest(name: string, realm: string, password: string): SipDigest {
  return { realm, md5: createHash('md5').update(`${name}:${realm}:${password}`).digest('hex') };
}
