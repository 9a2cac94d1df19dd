// The question of a replay, as a request says it. Pure.

import { spanOf, type PeriodWish } from '../study/period.ts';

const POLICY = /^[a-z][a-z0-9:=,.%]{0,59}$/;
const MOST_POLICIES = 3;

/** The policies of a line; undefined: one of them is none, or there are too many. */
export function policiesOf(text: string): readonly string[] | undefined {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return words.length <= MOST_POLICIES && words.every((word) => POLICY.test(word)) ? words : undefined;
}

interface ReplayWish {
  readonly campaign: string;
  readonly period: PeriodWish;
  readonly policies: string;
}

export function replayPath({ campaign, period, policies }: ReplayWish, now: number): string | undefined {
  const [stretch, beside] = [spanOf(period, now), policiesOf(policies)];
  if (campaign === '' || !stretch || !beside) return undefined;
  const query = new URLSearchParams({ from: String(stretch.from), to: String(stretch.to) });
  for (const policy of beside) query.append('policy', policy);
  return `/api/replays/${encodeURIComponent(campaign)}?${query.toString()}`;
}
