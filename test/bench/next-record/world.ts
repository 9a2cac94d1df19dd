// The people of the benchmark: numbers all over the United States, a campaign under their law, and the ways in which
// nearly all of them may not be called now.

import type { Campaign } from '../../../src/campaign/definition.ts';
import { findPack, SHIPPED_RULES } from '../../../src/config/rule-packs.ts';
import { aCampaign } from '../../records/builders.ts';
import { US_GATE } from '../../support/trunk-gate.ts';

const PACKS = ['us-federal', 'us-florida', 'us-oklahoma', 'us-washington', 'us-maryland'];

export const CAMPAIGN: Campaign = aCampaign({
  lists: ['bench'],
  rules: PACKS.flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []),
  attempts: { max: 6, perDay: 3 },
  reach: [{ trunk: 'main', ...US_GATE.reach }],
});

/** Noon in Chicago: calls are allowed everywhere. */
const DAY = Date.parse('2026-03-02T18:00:00Z');
/** Half past seven in the evening in California, the only place where calls are still allowed. */
const LATE = Date.parse('2026-03-03T03:30:00Z');

const WEST = ['213', '310', '415', '619', '916'];
const EAST = (
  '212 305 850 407 813 410 301 617 215 412 404 704 804 216 614 313 317 502 615 205 504 601 ' +
  '312 414 612 515 314 816 402 605 701 405 918 214 713 512 210'
).split(' ');

/** Area codes of a hundred people in turn: 1 % of them where calls are still allowed late. */
export const AREAS: readonly string[] = Array.from({ length: 500 }, (_, place) =>
  place % 100 === 99 ? (WEST[Math.floor(place / 100)] ?? '213') : (EAST[place % EAST.length] ?? '212'),
);

/** What keeps 99 of 100 people from being called; `nothing`: nothing does. */
export const OBSTACLES = ['nothing', 'hours', 'later', 'do-not-call'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

export const TOLD: Readonly<Record<Obstacle, string>> = {
  nothing: 'all may be called',
  later: '99 % are put off to later',
  hours: '99 % are where hours are closed',
  'do-not-call': '99 % are on a do-not-call list',
};

export function nowFor(obstacle: Obstacle): number {
  return obstacle === 'hours' ? LATE : DAY;
}
