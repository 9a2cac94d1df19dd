// Values of a record's fields: as text to be edited, and back; what cannot be read is said.

import type { DeskInteraction } from '../../live/live.ts';

export type Field = NonNullable<DeskInteraction['record']>['fields'][number];
export type Value = string | number | boolean;

export type Read = { readonly value: Value | null } | { readonly fault: 'badNumber' | 'badDate' | 'notAChoice' };

export const textOf = (value: Value | null): string => (value === null ? '' : String(value));

/** As it is read; figures, days and times in the form of the language, what is none of them as it stands. */
export function shownText({ type, value }: Pick<Field, 'type' | 'value'>, locale: string): string {
  const text = textOf(value);
  if (type === 'number' && typeof value === 'number')
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: false }).format(value);
  const isDay = type === 'date' && DATE.test(text);
  if (!isDay && !(type === 'date-time' && DATE_TIME.test(text))) return text;
  const style = isDay ? ({ dateStyle: 'medium' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const);
  const at = Date.parse(isDay ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? text : new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(at);
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$/;

/** What was typed as the field's value; empty: none. */
export function readValue({ type, choices }: Pick<Field, 'type' | 'choices'>, text: string): Read {
  const typed = text.trim();
  if (typed === '') return { value: null };
  switch (type) {
    case 'text':
      return { value: text };
    case 'check-box':
      return { value: typed === 'true' };
    case 'choice':
      return choices.includes(typed) ? { value: typed } : { fault: 'notAChoice' };
    case 'number': {
      const number = Number(typed.replace(/^([+-]?\d+),(\d+)$/, '$1.$2'));
      return Number.isFinite(number) ? { value: number } : { fault: 'badNumber' };
    }
    case 'date':
      return DATE.test(typed) && !Number.isNaN(Date.parse(typed)) ? { value: typed } : { fault: 'badDate' };
    case 'date-time':
      return DATE_TIME.test(typed) ? { value: typed.replace(' ', 'T') } : { fault: 'badDate' };
  }
}
