// Which part of a file a player asks for, and which requests are one play.

import { describe, expect, test } from 'vitest';
import { byteRange } from '../../src/http/byte-range.ts';
import { Plays } from '../../src/http/plays.ts';

describe('[D-07] the part of a recording that is asked for', () => {
  test.each([
    [undefined, { is: 'whole' }],
    ['bytes=0-', { is: 'part', start: 0, end: 99 }],
    ['bytes=0-9', { is: 'part', start: 0, end: 9 }],
    ['bytes=90-500', { is: 'part', start: 90, end: 99 }],
    ['bytes=-10', { is: 'part', start: 90, end: 99 }],
    ['bytes=-500', { is: 'part', start: 0, end: 99 }],
    ['bytes=99-', { is: 'part', start: 99, end: 99 }],
    ['bytes=100-', { is: 'outside' }],
    ['bytes=-0', { is: 'outside' }],
    ['bytes=9-5', { is: 'whole' }],
    ['bytes=0-1,5-6', { is: 'whole' }],
    ['bytes=-', { is: 'whole' }],
    ['lines=0-5', { is: 'whole' }],
    ['bytes=x', { is: 'whole' }],
  ])('of 100 bytes, %s: %o', (header, asked) => {
    expect(byteRange(header, 100)).toEqual(asked);
  });

  test('of an empty file nothing lies there', () => {
    expect(byteRange('bytes=0-', 0)).toEqual({ is: 'outside' });
  });
});

describe('[D-07] one play', () => {
  const play = (
    start: number,
    at: number,
    who = 'user:ann',
  ): { who: string; recording: string; start: number; at: number } => ({
    who,
    recording: '2026/a1',
    start,
    at,
  });

  test('its beginning begins it, jumps and a second look at the beginning do not; from the beginning later is another', () => {
    const plays = new Plays();
    const begun = [play(0, 0), play(0, 1_000), play(8_000, 60_000), play(0, 61_000), play(5, 62_000)];
    expect(begun.map((one) => plays.begins(one))).toEqual([true, false, false, true, false]);
  });

  test('who begins in the middle plays it too; each listener has a play of their own', () => {
    const plays = new Plays();
    expect(plays.begins(play(500, 0))).toBe(true);
    expect(plays.begins(play(500, 1, 'user:bob'))).toBe(true);
    expect(plays.begins(play(500, 3_600_001))).toBe(true);
  });
});
