// On which phone the person is called back: the one dialed last, another of the record, or a number that is typed. Pure.

import type { DeskAct, DeskInteraction } from '../../live/live.ts';

type PhoneType = NonNullable<DeskInteraction['record']>['phones'][number]['type'];
type Wanted = Extract<DeskAct, { readonly do: 'set-callback' }>['callback'];

export type CalledPhone =
  | { readonly is: 'same' }
  | { readonly is: 'of-record'; readonly place: number }
  | { readonly is: 'typed'; readonly number: string; readonly type: PhoneType };

export const SAME: CalledPhone = { is: 'same' };

/** As the callback that is set has it; none is set: the phone dialed last. */
export function phoneOfCallback({ callback, record }: Pick<DeskInteraction, 'callback' | 'record'>): CalledPhone {
  if (callback === null) return SAME;
  const { number, type } = callback;
  const place = record?.phones.findIndex((phone) => phone.number === number) ?? -1;
  return place < 0 ? { is: 'typed', number, type } : { is: 'of-record', place };
}

/** A number is not one before it has so many digits. */
const FEWEST_DIGITS = 6;

/** What is typed may be a number: before that nothing is asked about it. */
export const isWhole = (phone: CalledPhone): boolean =>
  phone.is !== 'typed' || phone.number.replaceAll(/\D/g, '').length >= FEWEST_DIGITS;

export function phoneWanted(phone: CalledPhone): Partial<Pick<Wanted, 'phone'>> {
  if (phone.is === 'of-record') return { phone: phone.place };
  return phone.is === 'typed' ? { phone: { number: phone.number.trim(), type: phone.type } } : {};
}

/** As the server is asked about times on it. */
export function phoneQuery(phone: CalledPhone): Readonly<Record<string, string>> {
  if (phone.is === 'of-record') return { phone: String(phone.place) };
  return phone.is === 'typed' ? { number: phone.number.trim(), type: phone.type } : {};
}
