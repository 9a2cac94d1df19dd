// What came from outside (numbers, names, labels), checked before it can reach a SIP header or a dial string. What does not
// fit is refused, never corrected.

import { TelephonyRefusal } from '../engine/ports.ts';

export const NUMBER = /^\+?[0-9]{3,18}$/;
export const ID = /^[\w.-]{1,120}$/;
export const KEYS = /^[0-9*#]{1,64}$/;
export const KEY = /^[0-9]$/;
export const ENDPOINT = /^[\w.-]{1,60}$/;
export const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,60}$/;
/** Below Asterisk's sounds, or a path of its own. */
const SOUND = /^[\w-]+(\/[\w-]+)*$|^(\/[\w.-]+)+$/;

/** Whether a name can stand in a dial string and in SIP: letters, digits, `_`, `.`, `-`, at most 60 of them. */
export const isEndpointName = (name: string): boolean => ENDPOINT.test(name);

export function checked(what: string, value: string, shape: RegExp): string {
  if (!shape.test(value)) throw new TelephonyRefusal('refused', `${what} ${JSON.stringify(value)} may not be dialed`);
  return value;
}

export function checkedSound(sound: string): string {
  if (!SOUND.test(sound)) throw new TelephonyRefusal('refused', `${JSON.stringify(sound)} is no name of a sound`);
  return sound;
}
