// Where an agent's phone is rung: at the address from which it registered, whatever it wrote into its Contact. A URI can
// name another place to send to (`maddr`), or carry headers (`?Route=…`): Asterisk follows both, and so would place a
// call to any number over the carrier. Pure; what cannot be read as a plain address is refused.

import { isIP } from 'node:net';
import { TelephonyRefusal } from '../engine/ports.ts';

/** What Asterisk is asked for (AMI `Getvar`): the addresses at which the account's phone can be reached now. */
export const contactsOf = (account: string): string => `PJSIP_DIAL_CONTACTS(${account})`;

/** User, host with its port, parameters: no headers, and nothing that a dial string takes for something else. */
const ADDRESS = /^sips?:(?:[\w.!~*'()%+=$,&:-]*@)?(\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5})?((?:;[^;?&\s]*)*)$/i;
/** A name with `%` in it may be read as another one further on. */
const PARAMETER = /^[\w.!~*'()+-]+(?:=[\w.!~*'()+:[\]%/-]*)?$/;
const LEADS_ELSEWHERE = /^maddr$/i;

/**
 * The endpoint to dial, with the address in it that was looked at: whoever registers again meanwhile gains nothing. Throws
 * `TelephonyRefusal`: `unreachable` when no phone is there, `refused` when its address leads elsewhere.
 */
export function phoneEndpoint(account: string, contacts: string): string {
  if (contacts === '') throw new TelephonyRefusal('unreachable', `no phone of ${account} can be reached`);
  const start = `PJSIP/${account}/`;
  // After a restart Asterisk has the contact that it kept and the one that came since, joined by `&`: the same twice. Two
  // that differ may be one that hides another in its text.
  const [contact = '', ...others] = contacts.split(`&${start}`);
  const isOne = others.every((other) => `${start}${other}` === contact);
  if (isOne && contact.startsWith(start) && isPlain(contact.slice(start.length))) return contact;
  throw new TelephonyRefusal('refused', `the phone of ${account} is registered with an address that leads elsewhere`);
}

function isPlain(uri: string): boolean {
  const [, host = '', parameters = ''] = ADDRESS.exec(uri) ?? [];
  if (isIP(host.replace(/^\[|\]$/g, '')) === 0) return false;
  const all = parameters.split(';').slice(1);
  return all.every((one) => PARAMETER.test(one) && !LEADS_ELSEWHERE.test(one.split('=')[0] ?? ''));
}
