import { describe, expect, test } from 'vitest';
import { lastFireAt, nextFireAt, parseCron } from '../../src/campaign/cron.ts';
import type { Cron } from '../../src/campaign/cron.ts';

function cron(text: string): Cron {
  const parsed = parseCron(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.cron;
}

function next(text: string, zone: string, from: string): string | undefined {
  const at = nextFireAt(cron(text), zone, Date.parse(from));
  return at === undefined ? undefined : new Date(at).toISOString();
}

describe('faulty expressions', () => {
  test.each([
    ['', 'has 0 fields instead of 5', 1],
    ['0 9 * *', 'has 4 fields instead of 5', 1],
    ['0 9 * * 1-5 2026', 'has 6 fields instead of 5', 1],
    ['60 9 * * *', 'minute "60" is not 0 to 59', 1],
    ['0 24 * * *', 'hour "24" is not 0 to 23', 3],
    ['0 9 0 * *', 'day of month "0" is not 1 to 31', 5],
    ['0 9 * 13 *', 'month "13" is not 1 to 12 or JAN to DEC', 7],
    ['0 9 * * MO-FR', 'day of week "MO" is not 0 to 7 or SUN to SAT', 9],
    ['0 9 * * 5-1', 'day of week range "5-1" runs backwards', 9],
    ['*/0 9 * * *', 'minute step "0" is not 1 to 59', 1],
    ['*/2/3 9 * * *', 'minute "*/2/3" has more than one step', 1],
    ['0 9-12-15 * * *', 'hour "9-12-15" is no range', 3],
    ['0, 9 * * *', 'minute "" is not 0 to 59', 1],
    ['-5 9 * * *', 'minute "" is not 0 to 59', 1],
    ['0 9 30 2 *', 'never fires', 5],
    ['0 9 31 4,6,9,11 *', 'never fires', 5],
  ])('[C-04] "%s": %s, at column %i', (text, message, column) => {
    const parsed = parseCron(text);
    expect(parsed).toMatchObject({ ok: false, column });
    expect(parsed.ok ? '' : parsed.message).toContain(message);
  });
});

describe('when it fires', () => {
  test.each([
    ['0 9 * * 1-5', 'UTC', '2026-11-20T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['0 9 * * MON-FRI', 'UTC', '2026-11-20T08:59:59Z', '2026-11-20T09:00:00.000Z'],
    ['0 9 * * sat-sun', 'UTC', '2026-11-21T09:00:00Z', '2026-11-22T09:00:00.000Z'],
    ['0 9 * * 7', 'UTC', '2026-11-20T00:00:00Z', '2026-11-22T09:00:00.000Z'],
    ['*/20 9-10 * * *', 'UTC', '2026-11-20T09:20:00Z', '2026-11-20T09:40:00.000Z'],
    ['5/20 9 * * *', 'UTC', '2026-11-20T09:25:00Z', '2026-11-20T09:45:00.000Z'],
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 0 29 feb *', 'UTC', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00.000Z'],
    ['0 0 13 * 5', 'UTC', '2026-11-01T00:00:00Z', '2026-11-06T00:00:00.000Z'],
    ['0 9 * * *', 'America/New_York', '2026-11-20T14:00:00Z', '2026-11-21T14:00:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    ['0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
  ])('[C-04] "%s" in %s after %s: %s', (text, zone, from, expected) => {
    expect(next(text, zone, from)).toBe(expected);
  });

  test('[C-04] the last firing at or before an instant is the one whose next is after it', () => {
    const weekdays = cron('0,30 9-17 * * 1-5');
    const at = Date.parse('2026-11-23T08:59:59Z');
    const last = lastFireAt(weekdays, 'UTC', at);
    expect(last).toBe(Date.parse('2026-11-20T17:30:00Z'));
    expect(nextFireAt(weekdays, 'UTC', last ?? 0)).toBe(Date.parse('2026-11-23T09:00:00Z'));
    expect(lastFireAt(weekdays, 'UTC', Date.parse('2026-11-23T09:00:00Z'))).toBe(Date.parse('2026-11-23T09:00:00Z'));
  });
});
