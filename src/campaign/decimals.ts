// How numbers are written: which mark stands before their decimals, and what it says of several of them.

/** `unknown`: what may be a thousand or a fraction is refused. */
export type DecimalMark = 'point' | 'comma' | 'unknown';

/** 1.234 and 1,234: a thousand or a fraction, by the mark. */
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;
/** More digits than a number keeps. */
const MOST_DIGITS = 15;

/** The mark that the values use; `unknown` when they contradict each other; undefined when none shows it. */
export function findDecimalMark(values: readonly string[]): DecimalMark | undefined {
  const found = new Set(values.flatMap((value) => markOf(compact(value)) ?? []));
  const [only] = found;
  return found.size > 1 ? 'unknown' : only;
}

/** The first value that may be a thousand or a fraction. */
export function ambiguousNumber(values: readonly string[]): string | undefined {
  return values.find((value) => AMBIGUOUS.test(compact(value)));
}

/** Whether it has more digits before its decimals than a number keeps: an id, not a quantity. */
export function isTooLong(text: string): boolean {
  const whole = compact(text).replace(/(?:[.,]\d*)?(?:e[+-]?\d+)?$/i, '');
  return whole.replace(/\D/g, '').replace(/^0+/, '').length > MOST_DIGITS;
}

export type NumberReading = { readonly value: number } | { readonly why: 'ambiguous' | 'too-long' | 'none' };

/** The number; undefined mark: a single point stands before decimals, a comma only where it is plain. */
export function readDecimal(text: string, mark?: DecimalMark): NumberReading {
  const plain = compact(text);
  const standard = mark === 'point' || mark === 'comma' ? byMark(plain, mark) : byForm(plain, mark);
  if (standard === undefined) return { why: AMBIGUOUS.test(plain) ? 'ambiguous' : 'none' };
  if (isTooLong(standard)) return { why: 'too-long' };
  const value = Number(standard);
  return Number.isFinite(value) ? { value } : { why: 'none' };
}

const PLAIN = /^[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?$/i;

function byMark(text: string, mark: 'point' | 'comma'): string | undefined {
  const swapped = mark === 'point' ? text : text.replace(/[.,]/g, (one) => (one === '.' ? ',' : '.'));
  if (PLAIN.test(swapped)) return swapped;
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(swapped) ? swapped.replaceAll(',', '') : undefined;
}

/** Point or comma before the decimals, groups of three parted by the other one; what may be both is none. */
function byForm(text: string, mark: 'unknown' | undefined): string | undefined {
  if (AMBIGUOUS.test(text) && (mark === 'unknown' || text.includes(','))) return undefined;
  if (PLAIN.test(text)) return text;
  const own = markOf(text);
  return own === 'point' || own === 'comma' ? byMark(text, own) : undefined;
}

/** The mark before the decimals, where the number itself leaves no doubt. */
function markOf(text: string): 'point' | 'comma' | undefined {
  if (!/^[+-]?[\d.,]+$/.test(text) || AMBIGUOUS.test(text)) return undefined;
  const [points, commas] = [text.split('.').length - 1, text.split(',').length - 1];
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? 'point' : 'comma';
  if (points > 0) return points > 1 ? 'comma' : 'point';
  if (commas > 0) return commas > 1 ? 'point' : 'comma';
  return undefined;
}

function compact(text: string): string {
  return text.trim().replace(/[\s\u00a0\u202f'\u2019]/g, '');
}
