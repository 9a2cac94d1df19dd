// Identifiers that sort by time: 9 characters of time, a counter, and 5 of chance, all lower-case base 32.
// Safe in file names, SIP headers and Asterisk's channel ids.

import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(value: number, width: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < width; i += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Makes ids that are unique over processes and ascending within one; `chance` gives an integer below 2^25. */
export function idMaker(
  now: () => number,
  chance: () => number = () => randomBytes(4).readUInt32BE() >>> 7,
): () => string {
  let counter = 0;
  return () => {
    counter = (counter + 1) % 32 ** 3;
    return `${base32(now(), 9)}${base32(counter, 3)}${base32(chance(), 5)}`;
  };
}
