import { describe, expect, test } from 'vitest';
import { AnswerSlots, SLOT_MS } from '../../src/rules/answer-slots.ts';
import { tightestWindow, type AbandonLimit } from '../../src/rules/abandon-window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NONE = { liveAnswers: 0, abandoned: 0, machines: 0 };
/** Wednesday, noon in Berlin. */
const NOON = Date.UTC(2026, 6, 8, 10, 0);
const ZONE = 'Europe/Berlin';

function limit(parts: Partial<AbandonLimit> = {}): AbandonLimit {
  return { name: 'campaign', most: 0.03, window: { span: 'day' }, ...parts };
}

function tight(limits: readonly AbandonLimit[], slots: AnswerSlots, open = NONE, now = NOON) {
  return tightestWindow(limits, slots, { zone: ZONE, now, open });
}

describe('abandonment windows', () => {
  test('[P-04] a day: counts from local midnight, ends at the next, knows nothing of yesterday', () => {
    const slots = new AnswerSlots();
    const midnight = Date.UTC(2026, 6, 7, 22, 0);
    slots.add(midnight - 1, { liveAnswers: 50, abandoned: 9, machines: 0 });
    slots.add(midnight, { liveAnswers: 100, abandoned: 2, machines: 0 });

    expect(tight([limit()], slots)).toEqual({
      name: 'campaign',
      target: 0.03,
      liveAnswers: 100,
      abandoned: 2,
      endsAt: midnight + DAY_MS,
    });
  });

  test('[P-04] live answers of calls that go on count as well', () => {
    const slots = new AnswerSlots([{ at: NOON - HOUR_MS, liveAnswers: 10, abandoned: 0, machines: 0 }]);

    expect(tight([limit()], slots, { liveAnswers: 3, abandoned: 1, machines: 0 })).toMatchObject({
      liveAnswers: 13,
      abandoned: 1,
    });
  });

  test('[P-04] a calendar month: from its first local instant to that of the next', () => {
    const slots = new AnswerSlots([
      { at: Date.UTC(2026, 5, 30, 21, 45), liveAnswers: 7, abandoned: 7, machines: 0 },
      { at: Date.UTC(2026, 5, 30, 22, 0), liveAnswers: 30, abandoned: 1, machines: 0 },
    ]);

    expect(tight([limit({ window: { span: 'month' } })], slots)).toMatchObject({
      liveAnswers: 30,
      abandoned: 1,
      endsAt: Date.UTC(2026, 6, 31, 22, 0),
    });
  });

  test('[P-04] the last 24 hours: no end, and what is older has dropped out', () => {
    const slots = new AnswerSlots([
      { at: NOON - DAY_MS - SLOT_MS, liveAnswers: 9, abandoned: 9, machines: 0 },
      { at: NOON - DAY_MS, liveAnswers: 20, abandoned: 1, machines: 0 },
    ]);
    const found = tight([limit({ window: { span: 'rolling', ms: DAY_MS } })], slots);

    expect(found).toMatchObject({ liveAnswers: 20, abandoned: 1 });
    expect(found).not.toHaveProperty('endsAt');
  });

  test('[P-04] periods of 30 days: one after the other from the first call', () => {
    const firstAt = NOON - 40 * DAY_MS;
    const slots = new AnswerSlots([{ at: NOON - 11 * DAY_MS, liveAnswers: 9, abandoned: 9, machines: 0 }], firstAt);
    slots.add(NOON - 9 * DAY_MS, { liveAnswers: 40, abandoned: 1, machines: 0 });

    expect(tight([limit({ window: { span: 'periods', ms: 30 * DAY_MS } })], slots)).toMatchObject({
      liveAnswers: 40,
      endsAt: firstAt + 60 * DAY_MS,
    });
  });

  test('[P-04] [R-08] where people taken for machines count: by the detector’s error they are answers that got no agent', () => {
    const slots = new AnswerSlots([{ at: NOON - HOUR_MS, liveAnswers: 100, abandoned: 1, machines: 50 }]);

    expect(
      tightestWindow([{ ...limit(), mistaken: 0.04 }], slots, { zone: ZONE, now: NOON, open: NONE }),
    ).toMatchObject({
      liveAnswers: 102,
      abandoned: 3,
    });
  });

  test('[P-04] several at once: the one with the fewest abandonments left is reported', () => {
    const slots = new AnswerSlots([
      { at: NOON - 3 * DAY_MS, liveAnswers: 1000, abandoned: 40, machines: 0 },
      { at: NOON - HOUR_MS, liveAnswers: 100, abandoned: 0, machines: 0 },
    ]);
    const month = limit({ name: 'us-federal/abandonment', window: { span: 'rolling', ms: 30 * DAY_MS } });

    expect(tight([limit(), month], slots)).toMatchObject({ name: 'us-federal/abandonment', abandoned: 40 });
    expect(tight([limit()], slots)).toMatchObject({ name: 'campaign', abandoned: 0 });
  });

  test('[P-04] rolling: good answers that drop out within the hour are not counted on, bad ones still count', () => {
    const good = { at: NOON - DAY_MS + HOUR_MS / 2, liveAnswers: 100, abandoned: 0, machines: 0 };
    const bad = { at: NOON - DAY_MS + HOUR_MS / 2, liveAnswers: 10, abandoned: 5, machines: 0 };
    const kept = { at: NOON - HOUR_MS, liveAnswers: 50, abandoned: 1, machines: 0 };
    const rolling = limit({ window: { span: 'rolling', ms: DAY_MS } });

    expect(tight([rolling], new AnswerSlots([good, kept]))).toMatchObject({ liveAnswers: 50, abandoned: 1 });
    expect(tight([rolling], new AnswerSlots([bad, kept]))).toMatchObject({ liveAnswers: 60, abandoned: 6 });
  });

  test('[P-04] a rolling window nearly used up comes before a day deeper in debt, which later answers pay back', () => {
    const rolling = limit({ name: 'rolling', window: { span: 'rolling', ms: DAY_MS } });
    const day = limit({ name: 'day', most: 0.01 });
    const slots = new AnswerSlots([{ at: NOON - HOUR_MS, liveAnswers: 100, abandoned: 2, machines: 0 }]);
    const roomy = new AnswerSlots([{ at: NOON - HOUR_MS, liveAnswers: 200, abandoned: 3, machines: 0 }]);

    expect(tight([day, rolling], slots)).toMatchObject({ name: 'rolling' });
    expect(tight([rolling, day], roomy)).toMatchObject({ name: 'day' });
  });
});
