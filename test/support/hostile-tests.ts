// The tests of one kind of trouble: each happens under load, and afterwards nothing may be wrong.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HostileLoad } from './hostile-load.ts';
import { openTroubled, TROUBLES, type Kind, type Troubled } from './hostile-troubles.ts';
import { DETECTIONS, NOTHING_LEFT } from './peer-desk.ts';

const LIMIT_MS = 240_000;
const QUIET_MS = 40_000;
const PEOPLE = 20;

/** Calls per mode are few enough for two cores, and more than there are agents. */
export function testTroubles(kind: Kind): void {
  let troubled: Troubled;

  beforeAll(async () => {
    troubled = await openTroubled(kind);
    for (const detection of DETECTIONS) await troubled.desk.staff(detection, 3, { detection });
  }, LIMIT_MS);
  afterAll(() => troubled.close());

  describe(kind, () => {
    test.each(TROUBLES[kind])(
      '[O-09] %s under load: conversations go on, each attempt has one result and the right one, dialing resumes by itself',
      async (name) => {
        const { desk } = troubled;
        const trouble = troubled.troubles.find((candidate) => candidate.name === name);
        const load = await HostileLoad.begin(desk, name.length, PEOPLE);
        await trouble?.happens();
        await load.resumed();
        await load.end();

        const { silences, breaches, connected } = await load.figures(trouble?.bounds ?? { silenceMs: 0 });
        const leftOver = await desk.leftOver(QUIET_MS);
        expect({ breaches, silences, leftOver }).toEqual({ breaches: [], silences: [], leftOver: NOTHING_LEFT });
        expect(connected).toBeGreaterThan(0);
      },
      LIMIT_MS,
    );
  });
}
