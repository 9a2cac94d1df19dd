// The numbers of a record, said as a choice: what kind of phone each is, and which key dials it. Pure.

import type { Phone } from '../../terms.ts';

/** A key has one digit. */
const MOST = 9;
/** Where two are of one kind, so many last digits tell them apart. */
const LAST_DIGITS = 3;

export function phoneSounds(phones: readonly Phone[]): readonly string[] {
  return phones.slice(0, MOST).flatMap(({ number, type }, place) => {
    const isAlone = phones.filter((one) => one.type === type).length === 1;
    const digits = isAlone ? [] : Array.from(number.slice(-LAST_DIGITS), (digit) => `digits/${digit}`);
    return [`outdial/phone-${type}`, ...digits, 'outdial/press', `digits/${place + 1}`];
  });
}
