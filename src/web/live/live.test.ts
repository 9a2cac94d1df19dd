// The one reducer: the server's view is the truth, and what is old says so.

import { describe, expect, test } from 'vitest';
import { aView, anInteraction } from '../../../test/web/views.ts';
import { AT_FIRST, reduce, staleMs, type Live, type LiveEvent } from './live.ts';

const after = (...events: readonly LiveEvent[]): Live => events.reduce(reduce, AT_FIRST);
const state = (version: number, now = 1_000): LiveEvent => ({
  type: 'state',
  view: aView({ version, at: 1_700_000_000_000 + now }),
  now,
});

describe('the view', () => {
  test('a change replaces the sections it has and leaves the others', () => {
    const live = after(state(4), {
      type: 'change',
      change: { at: 1_700_000_001_100, version: 5, interaction: anInteraction() },
      now: 1_100,
    });
    expect([live.view?.version, live.view?.interaction?.id, live.view?.agent.name]).toEqual([5, 'i1', 'Eve Hart']);
  });

  test('a change that is older than the view, as after an answer that was faster: the view stays', () => {
    const live = after(state(9), {
      type: 'change',
      change: { at: 1_700_000_001_100, version: 8, nothing: 'old' },
      now: 1_100,
    });
    expect([live.view?.version, live.view?.nothing]).toEqual([9, null]);
  });

  test('a whole view counts even when its version is smaller: the daemon was started again', () => {
    expect(after(state(900), state(2)).view?.version).toBe(2);
  });

  test('the answer to a command takes it off the list and brings its view; a late one brings nothing', () => {
    const asked = { key: 'k', what: 'pause', isUnsure: false } as const;
    const waiting = after(state(5), { type: 'asked', asked });
    expect(waiting.asked).toEqual([asked]);
    const fresh = reduce(waiting, { type: 'answered', key: 'k', view: aView({ version: 6 }), now: 2_000 });
    expect([fresh.asked, fresh.view?.version]).toEqual([[], 6]);
    const late = reduce(waiting, { type: 'answered', key: 'k', view: aView({ version: 3 }), now: 2_000 });
    expect([late.asked, late.view?.version]).toEqual([[], 5]);
  });
});

describe('what is old', () => {
  test.each([
    [4_000, undefined],
    [5_000, undefined],
    [5_001, 5_001],
    [60_000, 60_000],
  ])('%d ms without a word: stale for %s', (silent, expected) => {
    expect(staleMs(after(state(1, 1_000)), 1_000 + silent)).toBe(expected);
  });

  test('a beat is a word', () => {
    const live = after(state(1, 1_000), { type: 'beat', at: 1_700_000_006_000, now: 6_000 });
    expect(staleMs(live, 9_000)).toBeUndefined();
  });

  test('another window has the workspace: what is here is old at once', () => {
    expect(staleMs(after(state(1, 1_000), { type: 'link', link: 'elsewhere' }), 1_001)).toBe(1);
  });
});

describe("the server's clock", () => {
  test('a slow word says less than a fast one; the machine’s own clock is never asked', () => {
    const live = after(state(1, 1_000), { type: 'beat', at: 1_700_000_001_900, now: 2_000 });
    expect(live.aheadMs).toBe(1_700_000_000_000);
  });

  test('the server’s clock was set: the new time counts', () => {
    const live = after(state(1, 1_000), { type: 'beat', at: 1_699_996_402_000, now: 2_000 });
    expect(live.aheadMs).toBe(1_699_996_400_000);
  });
});
