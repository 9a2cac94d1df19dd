// The kinds of value that configuration files hold: how each is written, its bounds, and what to say when it is wrong.
// Every scalar arrives as the text that was written.

import { readPolicy } from '../pacing/policy-words.ts';
import { z } from 'zod';
import { isNetwork } from '../base/addresses.ts';
import { formatDuration, formatShare, parseDuration, parseShare } from '../base/durations.ts';
import { isTimeZone } from '../base/local-time.ts';
import { nearestWord } from '../base/nearest.ts';
import { NO_COUNTRY } from '../campaign/number-gate.ts';

interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Why there is such a bound, as a sentence. */
  readonly because?: string;
}

type Complain = (message: string, hint?: string) => void;

/** Text that `read` turns into a value, or complains about. */
function written<T>(read: (text: string, complain: Complain) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context): T => {
    const complaints: { message: string; params: { hint: string } }[] = [];
    const complain: Complain = (message, hint = '') => complaints.push({ message, params: { hint } });
    if (text === '') complain('There is no value.', 'Give one, or leave the key out.');
    const value = text === '' ? undefined : read(text, complain);
    for (const complaint of complaints) context.addIssue({ code: 'custom', ...complaint });
    return value === undefined || complaints.length > 0 ? z.NEVER : value;
  });
}

function bounded(
  value: number,
  bounds: Bounds,
  { complain, show }: { complain: Complain; show: (value: number) => string },
): number {
  const { min = -Infinity, max = Infinity, because = '' } = bounds;
  const range = max === Infinity ? `at least ${show(min)}` : `${show(min)} to ${show(max)}`;
  if (value < min) complain(`${show(value)} is too little.`, `Possible: ${range}. ${because}`.trimEnd());
  if (value > max) complain(`${show(value)} is too much.`, `Possible: ${range}. ${because}`.trimEnd());
  return value;
}

/** A duration in ms, written `25s`, `10m`, `1h30m`. */
export function duration(bounds: Bounds = {}): z.ZodType<number, string> {
  return written((text, complain) => {
    const value = parseDuration(text);
    if (value !== undefined) return bounded(value, { min: 0, ...bounds }, { complain, show: formatDuration });
    const guess = guessDuration(text);
    const units = 'a number with ms, s, m, h or d behind it, such as 25s or 1h30m';
    complain(`"${text}" is no duration.`, guess === undefined ? `Write ${units}.` : `Write ${guess}.`);
    return undefined;
  });
}

function guessDuration(text: string): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)\.?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, count = '', unit = ''] = match;
  if (unit === '') return `${count}s for seconds, ${count}m for minutes`;
  const short = [
    ['ms', /^(ms|msecs?|milli.*)$/i],
    ['s', /^(s|secs?|seconds?)$/i],
    ['m', /^(m|mins?|minutes?)$/i],
    ['h', /^(h|hrs?|hours?)$/i],
    ['d', /^(d|days?)$/i],
  ] as const;
  const known = short.find(([, pattern]) => pattern.test(unit));
  return known ? `${count}${known[0]}` : undefined;
}

/** A rate 0–1, written `3%` or `0.03`. */
export function share(bounds: Bounds = {}): z.ZodType<number, string> {
  return written((text, complain) => {
    const value = parseShare(text);
    if (value !== undefined) return bounded(value, bounds, { complain, show: formatShare });
    const number = /^\d+(\.\d+)?/.exec(text)?.[0];
    complain(`"${text}" is no share.`, `Write ${number ?? '3'}%.`);
    return undefined;
  });
}

export function integer(bounds: Bounds = {}): z.ZodType<number, string> {
  return written((text, complain) => {
    if (/^-?\d{1,15}$/.test(text)) return bounded(Number(text), bounds, { complain, show: String });
    complain(`"${text}" is no whole number.`, 'Write digits alone, such as 10.');
    return undefined;
  });
}

export function decimal(bounds: Bounds = {}): z.ZodType<number, string> {
  return written((text, complain) => {
    if (/^-?\d{1,12}(\.\d+)?$/.test(text)) return bounded(Number(text), bounds, { complain, show: String });
    complain(`"${text}" is no number.`, 'Write it with a point, such as 1.5.');
    return undefined;
  });
}

export function yesNo(): z.ZodType<boolean, string> {
  return written((text, complain) => {
    if (text === 'true' || text === 'yes') return true;
    if (text === 'false' || text === 'no') return false;
    complain(`"${text}" is neither yes nor no.`, 'Write yes, no, true or false.');
    return undefined;
  });
}

/** Any text on one or more lines; `empty` allows none. */
export function text(options: { readonly empty?: boolean } = {}): z.ZodType<string, string> {
  return options.empty === true ? z.string() : written((value) => value);
}

/** Text of a given form; `example` is shown when it has another. */
export function matching(
  pattern: RegExp,
  form: { readonly what: string; readonly example: string },
): z.ZodType<string, string> {
  return written((value, complain) => {
    if (pattern.test(value)) return value;
    complain(`"${value}" is no ${form.what}.`, `Write it like ${form.example}.`);
    return undefined;
  });
}

/** An address on the web, also one whose host looks like an IP address that there is not. */
export function webAddress(
  pattern: RegExp,
  form: { readonly what: string; readonly example: string },
): z.ZodType<string, string> {
  return written((value, complain) => {
    if (pattern.test(value) && URL.canParse(value)) return value;
    complain(`"${value}" is no ${form.what}.`, `Write it like ${form.example}.`);
    return undefined;
  });
}

/** An address, or a network as `10.1.0.0/16`. */
export function network(): z.ZodType<string, string> {
  return z.string().refine(isNetwork, {
    message: 'This is no address and no network.',
    params: { hint: 'Write an address or a network: 127.0.0.1, 10.1.0.0/16.' },
  });
}

/** A name of something of ours: letters, digits, dash and underscore. */
export function name(what: string): z.ZodType<string, string> {
  return matching(/^[a-z0-9][a-z0-9_-]{0,63}$/i, {
    what: `name for a ${what}`,
    example: 'north-2 (letters, digits, dash, underscore; at most 64)',
  });
}

/** A pacing policy: `progressive`, `ratio:2`, `predictive:target=2%`. */
export function pacingPolicy(): z.ZodType<string, string> {
  return written((value, complain) => {
    const read = readPolicy(value);
    if ('policy' in read) return value;
    complain(read.message, read.hint);
    return undefined;
  });
}

/** A telephone number in E.164. */
export function phoneNumber(): z.ZodType<string, string> {
  return written((value, complain) => {
    if (/^\+[1-9]\d{6,14}$/.test(value)) return value;
    const digits = value.replaceAll(/[\s()./-]/g, '').replace(/^00/, '+');
    const guess = /^\+[1-9]\d{6,14}$/.test(digits)
      ? `Write ${digits}.`
      : 'Write it with plus and country code: "+12125550100".';
    complain(`"${value}" is no telephone number in E.164.`, guess);
    return undefined;
  });
}

/** An IANA time zone. */
export function timeZone(): z.ZodType<string, string> {
  return written((value, complain) => {
    if (/^[A-Za-z]/.test(value) && isTimeZone(value)) return value;
    const nearest = nearestWord(value, Intl.supportedValuesOf('timeZone'));
    const hint = nearest === undefined ? 'Write an IANA name such as Europe/Berlin.' : `Did you mean ${nearest}?`;
    complain(`"${value}" is no time zone.`, hint);
    return undefined;
  });
}

/** A country by its two letters (ISO 3166). */
export function countryCode(): z.ZodType<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return written((value, complain) => {
    if (/^[A-Z]{2}$/.test(value) && names.of(value) !== undefined) return value;
    complain(`"${value}" is no country.`, 'Write its two capital letters, such as US or DE.');
    return undefined;
  });
}

/** A country that is called, or `international`: numbers of no country. */
export function calledCountry(): z.ZodType<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return written((value, complain) => {
    if (value === 'international') return NO_COUNTRY;
    if (/^[A-Z]{2}$/.test(value) && names.of(value) !== undefined) return value;
    const hint = 'Write its two capital letters, such as US or DE, or international for numbers of no country.';
    complain(`"${value}" is no country.`, hint);
    return undefined;
  });
}

/** A sound file of Asterisk by name, without its ending. */
export function sound(): z.ZodType<string, string> {
  return matching(/^(?!.*\.\.)[\w][\w/-]{0,127}$/, {
    what: 'sound',
    example: 'outdial/abandon (a path without ending)',
  });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodType<Words[number], string> {
  const read = written((value, complain): Words[number] | undefined => {
    const known = words.find((word) => word === value);
    if (known !== undefined) return known;
    const nearest = nearestWord(value, words);
    const meant = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    complain(`"${value}" is not possible here.`, `${meant}Possible: ${words.join(', ')}.`);
    return undefined;
  });
  return read.meta({ enum: [...words] });
}

/** A key of the phone that stands for one of ours. */
export const phoneKey = (): z.ZodType<string, string> =>
  matching(/^\d$/, { what: 'key for this', example: '1 (one digit; * and # are taken: ** hangs up a call)' });
