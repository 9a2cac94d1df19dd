// Times, figures and shares as the reader's language and country write them.

import { localeOf } from './words.ts';

const MINUTE = 60;
const HOUR = 3_600;

/** 14:05:09 */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(localeOf(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** Day and time, to the minute. */
export function dayTime(at: number): string {
  return new Date(at).toLocaleString(localeOf(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** 0:07, 12:30, 1:02:03 */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (count: number): string => String(count).padStart(2, '0');
  const [hours, rest] = [Math.floor(seconds / HOUR), seconds % HOUR];
  const [minutes, left] = [Math.floor(rest / MINUTE), rest % MINUTE];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(left)}` : `${minutes}:${two(left)}`;
}

/** Of hours and days, for a forecast: 31 h, 25 min. */
export function roughSpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return minutes < 90 ? `${minutes} min` : `${figure(Math.round(minutes / 60))} h`;
}

/** Who did it, as people are called: users without the word that the log has before them. */
export function actor(by: string): string {
  return by.replace(/^user:/, '');
}

export function decimal(value: number, digits: number): string {
  return value.toLocaleString(localeOf(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function figure(count: number): string {
  return count.toLocaleString(localeOf());
}

/** A rate from 0 to 1 as per cent. */
export function share(rate: number, digits = 0): string {
  const format = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return rate.toLocaleString(localeOf(), format);
}
