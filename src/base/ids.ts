// Identifiers that sort by time: 9 characters of time, a counter, and 5 of chance, all lower-case base 32.
// Safe in file names, SIP headers and Asterisk's channel ids.

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

/** Integers below 2^25 by chance, drawn some hundred at a time: the system is asked for each draw. */
function chances(): () => number {
  let [drawn, used] = [new Uint32Array(0), 0];
  return () => {
    if (used === drawn.length) [drawn, used] = [crypto.getRandomValues(new Uint32Array(256)), 0];
    used += 1;
    return (drawn[used - 1] ?? 0) >>> 7;
  };
}

/** Makes ids that are unique over processes and ascending within one; `chance` gives an integer below 2^25. */
export function idMaker(now: () => number, chance: () => number = chances()): () => string {
  let counter = 0;
  return () => {
    counter = (counter + 1) % 32 ** 3;
    return `${base32(now(), 9)}${base32(counter, 3)}${base32(chance(), 5)}`;
  };
}
