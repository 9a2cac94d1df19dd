import { expect, test } from 'vitest';
import { Repeats } from '../../src/telephony/repeats.ts';

const key = (digit: string, ms: number): string =>
  JSON.stringify({ type: 'ChannelDtmfReceived', digit, timestamp: `2026-11-22T06:09:50.${ms}+0000` });

test('[A-04] Asterisk reports a key of a trunk twice: it is one press, also with other events in between', () => {
  const repeats = new Repeats();
  expect(repeats.has(key('2', 100))).toBe(false);
  expect(repeats.has(key('2', 100))).toBe(true);
  for (let other = 0; other < 10; other += 1) expect(repeats.has(`{"type":"Dial","n":${other}}`)).toBe(false);
  expect(repeats.has(key('2', 100))).toBe(true);
});

test('[A-04] the same key pressed again a moment later is another press', () => {
  const repeats = new Repeats();
  repeats.has(key('2', 100));
  expect(repeats.has(key('2', 250))).toBe(false);
});
