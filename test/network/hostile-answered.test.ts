// Calls that are picked up by a carrier or a phone with manners of its own: two answers, holds, updates, session timers,
// keys by every way, no audio, no word to our BYE.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANSWERED, resultOf, scriptsOf } from '../support/hostile-calls.ts';
import { DETECTIONS, NOTHING_LEFT, PeerDesk, type LeftOver, type Outcome } from '../support/peer-desk.ts';

const RUN_MS = 240_000;
const LIMIT_MS = 240_000;
/** In front of the agent the detector listens first, for which the person hears nothing. */
const SILENCE_MS = { off: 2000, 'before-agent': 3500, parallel: 2000 };

let desk: PeerDesk;
let leftOver: LeftOver;
const outcomes = new Map<string, Readonly<Record<string, Outcome>>>();

beforeAll(async () => {
  desk = await PeerDesk.open();
  await Promise.all(DETECTIONS.map((detection) => desk.staff(detection, 5, { detection })));
  await Promise.all(
    DETECTIONS.map(async (detection) => {
      outcomes.set(detection, await desk.dial(detection, scriptsOf(ANSWERED), LIMIT_MS));
    }),
  );
  leftOver = await desk.leftOver();
}, RUN_MS);
afterAll(() => desk.close());

describe.each(DETECTIONS)('detection %s', (detection) => {
  test.each(ANSWERED)('[D-01] [D-02] $name: the conversation goes on, one result, and the right one', (call) => {
    const outcome = outcomes.get(detection)?.[call.name];

    expect(outcome).toMatchObject({ results: [resultOf(call, detection)], counted: [call.counted] });
    const log = outcome?.calls.flatMap((each) => each.log.map(({ what }) => what)) ?? [];
    expect(log).toEqual(expect.arrayContaining([...(call.seen ?? [])]));
    if (resultOf(call, detection) === 'connected') expect(log).not.toContain('BYE');
    expect(outcome?.silenceMs).toBeLessThan(call.deafMs?.[detection] ?? SILENCE_MS[detection]);
  });
});

test('[O-08] afterwards: no leg, bridge or stuck agent is left, and the books agree', () => {
  expect(leftOver).toEqual(NOTHING_LEFT);
});
