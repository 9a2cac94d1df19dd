// The outcomes of a call as they may be chosen: each with a digit while there are any, found by what is typed.

import type { DeskInteraction } from '../../live/live.ts';

export type Outcome = DeskInteraction['dispositions'][number];

export interface Numbered {
  readonly outcome: Outcome;
  /** Null: there were no digits left. */
  readonly digit: string | null;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits that the campaign gives stay, as on the phone; the others take what is left, in order. */
export function numbered(outcomes: readonly Outcome[]): readonly Numbered[] {
  const given = new Set(outcomes.map(({ key }) => key));
  const left = DIGITS.filter((digit) => !given.has(digit));
  return outcomes.map((outcome) => {
    const own = outcome.key !== null && /^[1-9]$/.test(outcome.key) ? outcome.key : null;
    return { outcome, digit: own ?? left.shift() ?? null };
  });
}

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those with every word that was typed; those that begin with it come first. */
export function found(rows: readonly Numbered[], typed: string): readonly Numbered[] {
  const wanted = plain(typed).trim();
  if (wanted === '') return rows;
  const words = wanted.split(/\s+/);
  const hits = rows.filter(({ outcome, digit }) => {
    const text = plain(`${outcome.label} ${outcome.code}`);
    return digit === wanted || words.every((word) => text.includes(word));
  });
  const starts = ({ outcome }: Numbered): number => (plain(outcome.label).startsWith(wanted) ? 0 : 1);
  return hits.toSorted((one, other) => starts(one) - starts(other));
}
