import { describe, expect, test } from 'vitest';
import { AnswerProfile } from '../../src/pacing/answer-profile.ts';
import type { Json } from '../../src/pacing/pacer.ts';

const DAY_MS = 86_400_000;
/** Monday, 09:00 UTC. */
const MONDAY = Date.UTC(2026, 0, 5, 9);
const HALF_HOUR_MS = 1_800_000;

/** `dials` calls from `at` on, of which a share of `rate` reaches a person. */
function dial(profile: AnswerProfile, at: number, { dials, rate }: { dials: number; rate: number }): void {
  profile.enter(at);
  for (let i = 0; i < dials; i += 1) {
    const call = `${at}-${i}`;
    const live = Math.floor((i + 1) * rate) > Math.floor(i * rate);
    profile.observe({ at, type: 'dialed', call });
    if (live) profile.observe({ at, type: 'live', call });
    profile.observe({ at, type: 'ended', call, result: live ? 'connected' : 'no-answer' });
  }
}

/** A profile that has seen so many days of 20 % from 9:00 and 50 % from 9:30. */
function after(days: number): AnswerProfile {
  const profile = new AnswerProfile('UTC');
  for (let day = 0; day < days; day += 1) {
    dial(profile, MONDAY + day * DAY_MS, { dials: 100, rate: 0.2 });
    dial(profile, MONDAY + day * DAY_MS + HALF_HOUR_MS, { dials: 100, rate: 0.5 });
  }
  return profile;
}

describe('what earlier days say', () => {
  test('[P-09] the first day: nothing', () => {
    const profile = new AnswerProfile('UTC');
    dial(profile, MONDAY, { dials: 200, rate: 0.2 });

    expect(profile.enter(MONDAY + HALF_HOUR_MS)).toBeUndefined();
  });

  test('[P-09] the third day: the jump from 20 to 50 % at half past nine is expected', () => {
    const profile = after(2);
    const monday = MONDAY + 2 * DAY_MS;
    dial(profile, monday, { dials: 100, rate: 0.2 });
    const expected = profile.enter(monday + HALF_HOUR_MS);

    expect(expected?.answerRate).toBeCloseTo(0.5, 1);
    expect(expected?.dials).toBe(100);
  });

  test('[P-09] today is worse than other days as a whole: so is what is expected', () => {
    const profile = after(3);
    const today = MONDAY + 3 * DAY_MS;
    dial(profile, today, { dials: 200, rate: 0.1 });

    expect(profile.enter(today + HALF_HOUR_MS)?.answerRate).toBeCloseTo(0.5 * (30 / 50), 1);
  });

  test('[P-09] half-hours alike but for chance: nothing is reported, the pacer knows better', () => {
    const profile = new AnswerProfile('UTC');
    for (const [day, rate] of [0.3, 0.31, 0.29].entries()) {
      dial(profile, MONDAY + day * DAY_MS, { dials: 100, rate });
      dial(profile, MONDAY + day * DAY_MS + HALF_HOUR_MS, { dials: 100, rate: rate + 0.02 });
    }
    const today = MONDAY + 3 * DAY_MS;
    dial(profile, today, { dials: 100, rate: 0.3 });

    expect(profile.enter(today + HALF_HOUR_MS)).toBeUndefined();
  });

  test('[P-09] saved and restored over a night: as if it had gone on', () => {
    const saved = JSON.parse(JSON.stringify(after(2).save())) as Json;
    const profile = new AnswerProfile('UTC', saved);

    // It ended at half past nine: the answer rate learned last is not that of nine o'clock.
    expect(profile.enter(MONDAY + 2 * DAY_MS)?.answerRate).toBeCloseTo(0.2, 1);
  });

  test('[P-09] anything else in its place: a profile of nothing', () => {
    for (const saved of [null, 7, 'x', [], { halfHours: [['workday 09:00', 1, -1, 2, 3, 4], 3, ['x']] }] as Json[]) {
      expect(new AnswerProfile('UTC', saved).enter(MONDAY)).toBeUndefined();
    }
  });

  test('[P-09] saturdays and sundays are no working days', () => {
    const profile = after(5);

    expect(profile.enter(MONDAY + 5 * DAY_MS)).toBeUndefined();
    expect(profile.enter(MONDAY + 7 * DAY_MS)).toBeDefined();
  });
});
