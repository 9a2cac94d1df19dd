// What stands in the form for a callback, as its inputs are kept while it is half typed. Pure.

import type { Inputs } from '../../live/form-text.ts';
import type { DeskInteraction } from '../../live/live.ts';
import { phoneOfCallback, SAME, type CalledPhone } from './called-phone.ts';

export interface CallbackTyped {
  readonly phone: CalledPhone;
  readonly personal: boolean;
  /** On the person's clock; empty: not chosen. */
  readonly date: string;
  readonly time: string;
}

/** What is half typed; of a form that was only opened, the callback that is set. */
export function callbackTyped(
  one: Pick<DeskInteraction, 'callback' | 'record'>,
  inputs: Inputs | undefined,
): CallbackTyped {
  if (inputs !== undefined) {
    const { who, date = '', time = '' } = inputs;
    return { phone: phoneIn(inputs), personal: who === 'personal', date, time };
  }
  const { personal = false, local = '' } = one.callback ?? {};
  return { phone: phoneOfCallback(one), personal, date: local.slice(0, 10), time: local.slice(11, 16) };
}

export function inputsOfCallback({ phone, personal, date, time }: CallbackTyped): Inputs {
  const typed: Inputs = phone.is === 'typed' ? { text: phone.number, type: phone.type } : {};
  const place = phone.is === 'of-record' ? String(phone.place) : phone.is;
  return { who: personal ? 'personal' : 'any', date, time, phone: place, ...typed };
}

type TypedPhone = Extract<CalledPhone, { readonly is: 'typed' }>;

function phoneIn({ phone = 'same', text = '', type = 'mobile' }: Inputs): CalledPhone {
  if (phone === 'typed') return { is: 'typed', number: text, type: type as TypedPhone['type'] };
  return phone === 'same' ? SAME : { is: 'of-record', place: Number(phone) };
}
