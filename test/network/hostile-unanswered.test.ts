// A carrier that neither answers nor refuses: early media and ringing without end, and no word at all to INVITE or CANCEL.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LONG_RING, resultOf, scriptsOf, UNANSWERED } from '../support/hostile-calls.ts';
import { DETECTIONS, NOTHING_LEFT, PeerDesk, type LeftOver, type Outcome } from '../support/peer-desk.ts';

const RUN_MS = 240_000;
/** They ring for 43 s, and one of them rings on while nothing is heard of the CANCEL. */
const LIMIT_MS = 240_000;

let desk: PeerDesk;
let leftOver: LeftOver;
const outcomes = new Map<string, Readonly<Record<string, Outcome>>>();

beforeAll(async () => {
  desk = await PeerDesk.open();
  const changes = {
    mode: 'ratio',
    pacing: `{ring: ${LONG_RING}, min_ring: 15s, ratio: 10, max_lines: 40, max_calls_per_second: 40}`,
  };
  await Promise.all(DETECTIONS.map((detection) => desk.staff(detection, 2, { detection, changes })));
  await Promise.all(
    DETECTIONS.map(async (detection) => {
      outcomes.set(detection, await desk.dial(detection, scriptsOf(UNANSWERED), LIMIT_MS));
    }),
  );
  leftOver = await desk.leftOver();
}, RUN_MS);
afterAll(() => desk.close());

describe.each(DETECTIONS)('detection %s', (detection) => {
  test.each(UNANSWERED)('[D-01] [D-03] $name: one result, and the right one', (call) => {
    const outcome = outcomes.get(detection)?.[call.name];

    expect(outcome).toMatchObject({ results: [resultOf(call, detection)], counted: [call.counted] });
    expect(outcome?.calls[0]?.log.map(({ what }) => what)).toEqual(expect.arrayContaining([...(call.seen ?? [])]));
    expect(outcome?.silenceMs).toBeLessThan(2000);
  });

  test('[X-05] 180 for ever: it rang for 43 s, and not much longer', () => {
    const seen = outcomes.get(detection)?.['180 for ever']?.calls[0]?.seen;

    const rangMs = (seen?.cancelledAt ?? 0) - (seen?.rangAt ?? 0);
    expect(rangMs).toBeGreaterThanOrEqual(42_900);
    expect(rangMs).toBeLessThan(45_000);
  });
});

test('[O-08] afterwards: no leg, bridge or stuck agent is left, and the books agree', () => {
  expect(leftOver).toEqual(NOTHING_LEFT);
});
