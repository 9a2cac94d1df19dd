// In which order the files of tests run: the longest first, so that none is begun when the others are nearly done and a
// single worker ends the whole. What is not in here takes less; of it the largest files come first.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** In order of their time on two cores, the longest first (those with phones wait, the others reckon). */
const LONGEST: readonly string[] = [
  'bench/pacing',
  'pacing/list-runs-dry',
  'network/callbacks',
  'network/hostile-frozen',
  'network/messages-and-recordings',
  'network/hostile-unanswered',
  'network/hostile-answered',
  'network/hostile-reroute',
  'network/answers',
  'network/transfers',
  'network/desks',
  'network/listening',
  'network/by-ear',
  'network/call-controls',
  'engine/scenario',
  'engine/desks/days',
  'web/views',
  'network/hostile-clock',
  'network/campaign-life',
  'network/telephony',
  'bench/exact',
  'network/crash',
  'network/workspace-page',
  'network/hostile-accounts',
  'web/work',
  'cli/import',
  'network/hostile-ari',
  'network/agents-by-phone',
  'network/hostile-phones',
  'network/hostile-ami',
  'network/lost-events',
  'network/agent-at-desk',
  'engine/dialing/campaign-pacer',
  'engine/journal/replayed-hour',
  'cli/directory',
  'network/hostile-disk',
  'network/hostile-results',
  'network/hostile-asterisk',
  'network/hostile-carrier',
  'pacing/unknown-end',
  'pacing/worlds',
  'store/audit-log',
  'network/telephony-link',
  'engine/calls/bridge-guard',
  'network/box',
  'bench/lone-agent',
  'engine/pacing',
  'store/import-resume',
  'network/hostile-peer',
  'engine/chaos',
  'network/call-centre',
  'network/silent-phones',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? LONGEST.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    return bySize.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
