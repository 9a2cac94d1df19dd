// Values as JSON and back, with what JSON does not have: undefined, maps, sets, bytes, dates, errors. What is read is of
// the same shape as what was written; functions become undefined. What must not be written down can be covered.

import { OperationalError, type Place } from '../../base/errors.ts';
import { TelephonyRefusal } from '../ports.ts';

/** Covers a secret: equal ones look equal, and none can be read from it. */
export type Cover = (secret: string) => string;

/** Properties whose text is a secret. */
const SECRETS: ReadonlySet<string> = new Set(['pinHash', 'md5']);

/** What JSON does not have, by its mark. */
type Marked =
  | { readonly $: 'undefined' }
  | { readonly $: 'number' | 'bigint' | 'bytes'; readonly v: string }
  | { readonly $: 'date'; readonly v: number }
  | { readonly $: 'map' | 'set' | 'object'; readonly v: unknown }
  | { readonly $: 'error'; readonly v: PlainError };

interface PlainError {
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
  readonly httpCode?: number;
  readonly places?: readonly Place[];
  readonly refusal?: TelephonyRefusal['reason'];
}

/** A value that JSON can hold. */
export function plain(value: unknown, cover?: Cover): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : mark({ $: 'number', v: String(value) });
    case 'bigint':
      return mark({ $: 'bigint', v: String(value) });
    case 'object':
      return value === null ? null : plainObject(value, cover);
    default:
      return mark({ $: 'undefined' });
  }
}

function plainObject(value: object, cover?: Cover): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one, cover));
  if (value instanceof Map) return mark({ $: 'map', v: [...value].map((pair) => plain(pair, cover)) });
  if (value instanceof Set) return mark({ $: 'set', v: [...value].map((one) => plain(one, cover)) });
  if (value instanceof Date) return mark({ $: 'date', v: value.getTime() });
  if (value instanceof Uint8Array) return mark({ $: 'bytes', v: Buffer.from(value).toString('base64') });
  if (value instanceof Error) return mark({ $: 'error', v: plainError(value) });
  const properties: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    const isSecret = cover !== undefined && typeof one === 'string' && SECRETS.has(name);
    properties[name] = isSecret ? cover(one) : plain(one, cover);
  }
  return '$' in value ? mark({ $: 'object', v: properties }) : properties;
}

function plainError(error: Error): PlainError {
  const { message } = error;
  if (error instanceof TelephonyRefusal) return { message, refusal: error.reason };
  if (!(error instanceof OperationalError)) return { message };
  const { code, hint, httpCode, places } = error;
  return { message, code, hint, httpCode, places };
}

const mark = (marked: Marked): Marked => marked;

/** Whether a text of JSON holds something that is to be covered. */
export const holdsSecrets = (text: string): boolean => [...SECRETS].some((name) => text.includes(`"${name}":`));

/** The value that `plain` was given. */
export function unplain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unplain);
  if ('$' in value) return unmark(value as Marked);
  return properties(value);
}

const properties = (value: object): unknown =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unplain(one)]));

function unmark(marked: Marked): unknown {
  switch (marked.$) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(marked.v);
    case 'bigint':
      return BigInt(marked.v);
    case 'bytes':
      return new Uint8Array(Buffer.from(marked.v, 'base64'));
    case 'date':
      return new Date(marked.v);
    case 'map':
      return new Map(unplain(marked.v) as [unknown, unknown][]);
    case 'set':
      return new Set(unplain(marked.v) as unknown[]);
    case 'object':
      return properties(marked.v as object);
    case 'error':
      return errorOf(marked.v);
  }
}

function errorOf({ message, code, hint = '', httpCode = 500, places = [], refusal }: PlainError): Error {
  if (refusal !== undefined) return new TelephonyRefusal(refusal, message);
  return code === undefined ? new Error(message) : new OperationalError(code, message, { hint, httpCode, places });
}

/** Whatever was thrown, as an error. */
export const asError = (fault: unknown): Error => (fault instanceof Error ? fault : new Error(String(fault)));
