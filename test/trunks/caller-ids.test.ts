import { describe, expect, test } from 'vitest';
import { chooseCallerId, nearness, type CallerIdRequest } from '../../src/trunks/caller-ids.ts';
import type { CallerIds } from '../../src/campaign/definition.ts';

const NOON = Date.UTC(2026, 2, 10, 12);
const NEW_YORK = '+12125550100';
const BUFFALO = '+17165550100';
const MIAMI = '+13055550100';
const TORONTO = '+14165550100';
const BERLIN = '+493012345678';
const MUNICH = '+498912345678';

interface Given extends Partial<Omit<CallerIdRequest, 'campaign' | 'shownToday'>> {
  readonly shown?: Readonly<Record<string, number>>;
  readonly timezone?: string;
}

function choose(callerIds: CallerIds, given: Given = {}): ReturnType<typeof chooseCallerId> {
  const { shown = {}, timezone, ...rest } = given;
  return chooseCallerId({
    campaign: {
      callerIds,
      ...(timezone === undefined
        ? {}
        : { schedule: { timezone, start: '0 9 * * *', stop: '0 18 * * *', holidays: [] } }),
    },
    number: '+12125559999',
    shownToday: (callerId) => shown[callerId] ?? 0,
    turn: 0,
    now: NOON,
    ...rest,
  });
}

const shows = (callerId: string): unknown => ({ kind: 'show', callerId });

test('[C-11] fixed: always the first number', () => {
  const numbers = [NEW_YORK, MIAMI];
  expect([0, 1, 2].map((turn) => choose({ choose: 'fixed', numbers }, { turn }))).toEqual([
    shows(NEW_YORK),
    shows(NEW_YORK),
    shows(NEW_YORK),
  ]);
});

test('[C-11] rotating: one number after the other, and from the start again', () => {
  const numbers = [NEW_YORK, MIAMI, TORONTO];
  expect([0, 1, 2, 3].map((turn) => choose({ choose: 'rotate', numbers }, { turn }))).toEqual(
    [NEW_YORK, MIAMI, TORONTO, NEW_YORK].map(shows),
  );
});

describe('local to the called number', () => {
  const numbers = [MIAMI, BUFFALO, NEW_YORK, TORONTO, BERLIN, MUNICH];
  test.each([
    ['the same area code', '+12125559999', NEW_YORK],
    ['no number of the area code: the same state', '+15185559999', BUFFALO],
    ['no number of the state: the same country', '+14165559999', TORONTO],
    ['Canada is not the United States', '+16045559999', TORONTO],
    ['the same city abroad', '+493055555555', BERLIN],
    ['the same country abroad, the longer beginning', '+498955555555', MUNICH],
  ])('[C-11] %s', (_case, number, nearest) => {
    expect(choose({ choose: 'local', numbers }, { number })).toEqual(shows(nearest));
  });

  test('[C-11] a state beats a longer common beginning', () => {
    // 718 Brooklyn and 716 Buffalo begin alike; 719 is Colorado and begins as they do.
    const colorado = '+17195550100';
    const manhattan = '+12125550100';
    expect(choose({ choose: 'local', numbers: [colorado, manhattan] }, { number: '+17185559999' })).toEqual(
      shows(manhattan),
    );
  });

  test('[C-11] numbers that are equally near take turns', () => {
    const twins = ['+12125550100', '+12125550101', MIAMI];
    const shown = [0, 1, 2, 3].map((turn) => choose({ choose: 'local', numbers: twins }, { turn }));
    expect(new Set(shown.map((choice) => (choice.kind === 'show' ? choice.callerId : '')))).toEqual(
      new Set(['+12125550100', '+12125550101']),
    );
  });

  test('[C-11] nothing in common: some number of ours all the same', () => {
    expect(choose({ choose: 'local', numbers: [MIAMI] }, { number: '+819012345678' })).toEqual(shows(MIAMI));
  });

  test('[C-11] nearness says the same of both directions, and of a number itself the most', () => {
    for (const a of numbers) {
      for (const b of numbers) {
        expect(nearness(a, b)).toBe(nearness(b, a));
        if (a !== b) expect(nearness(a, a)).toBeGreaterThan(nearness(a, b));
      }
    }
  });
});

describe('by the agent', () => {
  const callerIds: CallerIds = { choose: 'agent', numbers: [NEW_YORK, MIAMI] };

  test("[C-11] the agent's number is shown", () => {
    expect(choose(callerIds, { chosenByAgent: MIAMI })).toEqual(shows(MIAMI));
  });

  test('[C-11] the agent has chosen none: the nearest', () => {
    expect(choose(callerIds)).toEqual(shows(NEW_YORK));
  });

  test("[X-09] a number that is not the campaign's is not shown, whoever wants it", () => {
    expect(choose(callerIds, { chosenByAgent: '+19005550100' })).toEqual(shows(NEW_YORK));
  });
});

describe('a daily cap', () => {
  const capped: CallerIds = { choose: 'local', numbers: [NEW_YORK, BUFFALO, MIAMI], perDay: 100 };

  test('[C-11] the nearest is used up: the next nearest', () => {
    expect(choose(capped, { shown: { [NEW_YORK]: 100, [BUFFALO]: 99 } })).toEqual(shows(BUFFALO));
  });

  test('[C-11] all are used up: nothing is dialed until the next day of the time zone', () => {
    const shown = { [NEW_YORK]: 100, [BUFFALO]: 100, [MIAMI]: 120 };
    expect(choose(capped, { shown, timezone: 'America/New_York' })).toMatchObject({
      kind: 'none',
      why: 'All 3 caller IDs are used up for 2026-03-10 (100 calls each).',
      untilAt: Date.UTC(2026, 2, 11, 4),
    });
  });

  test('[C-11] all are used up and the campaign names a number for that: it is shown', () => {
    const shown = { [NEW_YORK]: 100, [BUFFALO]: 100, [MIAMI]: 100 };
    expect(choose({ ...capped, usedUp: TORONTO }, { shown })).toEqual(shows(TORONTO));
  });

  test('[C-11] without a cap no one is asked how often a number was shown', () => {
    const asked: string[] = [];
    chooseCallerId({
      campaign: { callerIds: { choose: 'rotate', numbers: [NEW_YORK, MIAMI] } },
      number: MIAMI,
      shownToday: (callerId) => asked.push(callerId),
      turn: 1,
      now: NOON,
    });
    expect(asked).toEqual([]);
  });
});
