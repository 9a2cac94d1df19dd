// How well a line was, as a figure and in words.

import { describe, expect, test } from 'vitest';
import { inWords, qualityOf, since, type LineFigures } from '../../src/call/line.ts';
import { lineOf } from '../../src/telephony/line-figures.ts';

const carried = (packets: number, lost = 0, jitterMs = 1) => ({ packets, lost, jitterMs });
const line = (parts: Partial<LineFigures> = {}): LineFigures => ({
  heard: carried(1000),
  spoken: carried(1000),
  roundTripMs: 20,
  ...parts,
});

describe('[D-09] quality of a line', () => {
  test('nothing lost: as good as it gets', () => expect(qualityOf(line())?.mos).toBeGreaterThan(4.35));

  test('the worse direction counts, whichever it is', () => {
    const poor = carried(900, 100, 30);
    expect(qualityOf(line({ heard: poor }))?.mos).toBeLessThan(3.5);
    expect(qualityOf(line({ spoken: poor }))).toEqual(qualityOf(line({ heard: poor })));
  });

  test.each([
    ['more loss', { heard: carried(950, 50) }, { heard: carried(900, 100) }],
    ['more jitter', { heard: carried(1000, 0, 20) }, { heard: carried(1000, 0, 120) }],
    ['more delay', { roundTripMs: 100 }, { roundTripMs: 800 }],
  ])('%s never makes it better', (_what, less, more) => {
    expect(qualityOf(line(more))?.mos).toBeLessThan(qualityOf(line(less))?.mos ?? 0);
  });

  test('a line that carried less than a second says nothing', () => {
    expect(qualityOf(line({ heard: carried(20), spoken: carried(20) }))).toBeUndefined();
  });

  test("of an agent's line only what came since the call began", () => {
    const before = line({ heard: carried(90_000, 4_000), spoken: carried(94_000) });
    const now = line({ heard: carried(91_000, 4_000), spoken: carried(95_000) });
    expect(since(now, before)).toEqual(line());
  });

  test('in words, with the figures of the worse direction', () => {
    expect(inWords(line({ heard: carried(990, 10, 4) }))).toBe('MOS 4.34, loss 1.0 %, jitter 4 ms, round trip 20 ms');
  });

  test('Asterisk writes seconds; what it leaves out is nothing', () => {
    expect(lineOf({ rxcount: 500, rxploss: 5, rxjitter: 0.004, txcount: 500, rtt: 0.02 })).toEqual({
      heard: carried(500, 5, 4),
      spoken: carried(500, 0, 0),
      roundTripMs: 20,
    });
    expect(lineOf(undefined)).toBeUndefined();
  });
});
