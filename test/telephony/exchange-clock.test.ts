import { beforeEach, describe, expect, test } from 'vitest';
import { ExchangeClock } from '../../src/telephony/exchange-clock.ts';

const HOUR = 3_600_000;
/** The exchange's clock is a day ahead of our monotonic time, whatever that says. */
const OFFSET = 86_400_000;

let clock: ExchangeClock;
beforeEach(() => {
  clock = new ExchangeClock();
  clock.measured({ askedAt: 1000, answeredAt: 1004, at: OFFSET + 1002 });
  clock.answered(1000);
});

describe('[C-05] how late word of something is', () => {
  test('at once, or within the noise of clocks and link: not late', () => {
    expect(clock.ageOf(OFFSET + 3000, 3001)).toBe(0);
    expect(clock.ageOf(OFFSET + 3000, 3200)).toBe(0);
    expect(clock.ageOf(OFFSET + 3010, 3000)).toBe(0);
  });

  test('we were frozen for 20 s: every event has its own age', () => {
    expect(clock.ageOf(OFFSET + 3000, 23_000)).toBe(20_000);
    expect(clock.ageOf(OFFSET + 22_500, 23_000)).toBe(500);
    expect(clock.isInDoubt).toBe(false);
  });

  test('nothing measured yet: not late', () => {
    expect(new ExchangeClock().ageOf(OFFSET + 3000, 23_000)).toBe(0);
  });

  test.each([
    ['back', -HOUR],
    ['forward', HOUR],
  ])("the exchange's clock is set an hour %s: nothing is late, until it is measured again", (_way, step) => {
    clock.answered(5000);
    expect(clock.ageOf(OFFSET + step + 6000, 6001)).toBe(0);
    expect(clock.isInDoubt).toBe(true);
    clock.measured({ askedAt: 6002, answeredAt: 6004, at: OFFSET + step + 6003 });
    expect(clock.isInDoubt).toBe(false);
    expect(clock.ageOf(OFFSET + step + 6000, 6900)).toBe(900);
  });

  test('older than the last ping that was answered: cannot be, so it is the clock', () => {
    clock.answered(9000);
    expect(clock.ageOf(OFFSET + 7000, 10_000)).toBe(0);
    expect(clock.isInDoubt).toBe(true);
  });

  test('an answer that took long says nothing of the time', () => {
    clock.measured({ askedAt: 2000, answeredAt: 22_000, at: OFFSET + 2001 });
    expect(clock.ageOf(OFFSET + 22_000, 22_010)).toBe(0);
    expect(clock.isInDoubt).toBe(false);
  });
});
