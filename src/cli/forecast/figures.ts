// Figures that a forecast is asked with, out of their text: numbers, shares and times, alone or from … to.
// What is out of bounds is refused with `figure-wrong`.

import { formatDuration, formatShare, parseDuration, parseShare } from '../../base/durations.ts';
import { OperationalError } from '../../base/errors.ts';

interface Kind {
  /** Name of the option, for the message. */
  readonly option: string;
  readonly min: number;
  readonly max: number;
}

/** Points of a sweep when the steps are not given. */
const MOST_POINTS = 10;
const ROUND_STEPS = [1, 2, 5, 10, 20, 25, 50, 100] as const;

function wrong(option: string, text: string, hint: string): OperationalError {
  return new OperationalError('figure-wrong', `--${option} cannot be "${text}".`, { hint });
}

function bounded(
  value: number | undefined,
  text: string,
  kind: Kind & { readonly show: (value: number) => string },
): number {
  const { option, min, max, show } = kind;
  if (value !== undefined && value >= min && value <= max) return value;
  throw wrong(option, text, `Possible: ${show(min)} to ${show(max)}.`);
}

/** A whole number within bounds. */
export function wholeFigure(text: string, kind: Kind): number {
  const value = /^\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
  return bounded(value, text, { ...kind, show: String });
}

/** A number within bounds. */
export function numberFigure(text: string, kind: Kind): number {
  const value = /^\d{1,9}(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
  return bounded(value, text, { ...kind, show: String });
}

/** A rate 0–1, written `30%` or `0.3`. */
export function shareFigure(text: string, kind: Kind): number {
  return bounded(parseShare(text.trim()), text, { ...kind, show: formatShare });
}

/** Seconds, written `90s` or `2m`. */
export function secondsFigure(text: string, kind: Kind): number {
  const ms = parseDuration(text.trim());
  const show = (seconds: number): string => formatDuration(seconds * 1000);
  return bounded(ms === undefined ? undefined : ms / 1000, text, { ...kind, show });
}

/** One figure, or those from the first to the last: `20`, `5..50`, `5..50:5`; ascending. */
export function wholeSweep(text: string, kind: Kind): readonly number[] {
  const [range = '', step] = text.split(':');
  const [from = '', to] = range.split('..');
  if (to === undefined) return [wholeFigure(text, kind)];
  const [first, last] = [wholeFigure(from, kind), wholeFigure(to, kind)];
  if (first > last) throw wrong(kind.option, text, `Write the smaller one first: ${last}..${first}.`);
  if (step !== undefined) {
    const by = wholeFigure(step, { option: `${kind.option} (its step)`, min: 1, max: kind.max });
    return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, index) => first + index * by);
  }
  return roundSweep(first, last);
}

/** Both ends and the round numbers between them. */
function roundSweep(first: number, last: number): readonly number[] {
  const by = ROUND_STEPS.find((step) => (last - first) / step <= MOST_POINTS - 1) ?? 200;
  const from = Math.ceil((first + 1) / by) * by;
  const between = Array.from({ length: Math.max(0, Math.ceil((last - from) / by)) }, (_, index) => from + index * by);
  return [...new Set([first, ...between, last])];
}

/** One share, or those from the first to the last: `3%`, `1%..5%`, in whole points where there are no more than that. */
export function shareSweep(text: string, kind: Kind): readonly number[] {
  const [from = '', to] = text.split('..');
  if (to === undefined) return [shareFigure(text, kind)];
  const [first, last] = [shareFigure(from, kind), shareFigure(to, kind)];
  if (first > last) throw wrong(kind.option, text, `Write the smaller one first: ${to}..${from}.`);
  const points = Math.round((last - first) * 100);
  const count = points >= 1 && points <= MOST_POINTS ? points : MOST_POINTS - 1;
  return Array.from({ length: count + 1 }, (_, index) => Number((first + ((last - first) * index) / count).toFixed(4)));
}
