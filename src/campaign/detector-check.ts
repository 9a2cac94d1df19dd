// How often the answering-machine detector takes people for machines, by a sample of its verdicts that somebody has
// listened to. Pure statistics: draws no sample of its own and reads no store.

import { seededRandom } from '../base/random.ts';

/** What somebody heard in the first seconds of a call whose verdict was machine. */
export const JUDGEMENTS = ['human', 'machine', 'unclear'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

export interface SampleCounts {
  /** Machine verdicts of the period, sampled or not. */
  readonly machines: number;
  /** Those drawn, and of these the ones judged. */
  readonly drawn: number;
  readonly judged: Readonly<Record<Judgement, number>>;
}

export interface DetectorEstimate {
  /** Share of people among the machine verdicts, 0–1. */
  readonly share: number;
  /** Bounds of the 95 % confidence interval. */
  readonly low: number;
  readonly high: number;
  /** Clear judgements that it rests on. */
  readonly judged: number;
  /** How many of the period's machine verdicts were people, by the estimate. */
  readonly people: number;
}

/** What is assumed of a detector that no one has measured: the share of people among its machine verdicts. */
export const UNMEASURED_ERROR = 0.02;

/** Fewer clear judgements than this say too little to count with. */
export const LEAST_JUDGED = 30;

const Z_95 = 1.959964;

/** The estimate of a sample; undefined without a clear judgement. Unclear ones are left out. */
export function estimateOf({ machines, judged }: SampleCounts): DetectorEstimate | undefined {
  const clear = judged.human + judged.machine;
  if (clear === 0) return undefined;
  const share = judged.human / clear;
  return { share, ...wilsonInterval(judged.human, clear), judged: clear, people: share * machines };
}

/**
 * The Wilson score interval at 95 % for `successes` of `trials` (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): right also
 * for few trials and for shares near 0.
 */
export function wilsonInterval(successes: number, trials: number): { readonly low: number; readonly high: number } {
  const p = successes / trials;
  const z2 = Z_95 * Z_95;
  const middle = p + z2 / (2 * trials);
  const spread = Z_95 * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    low: successes === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    high: successes === trials ? 1 : Math.min(1, (middle + spread) / scale),
  };
}

/** `size` of the candidates, drawn without putting back; the same for the same seed. All when there are no more. */
export function drawSample<T>(candidates: readonly T[], size: number, seed: number): readonly T[] {
  const random = seededRandom(seed);
  const rest = [...candidates];
  const drawn: T[] = [];
  while (drawn.length < size && rest.length > 0) {
    const [one] = rest.splice(random.integer(rest.length), 1);
    if (one !== undefined) drawn.push(one);
  }
  return drawn;
}
