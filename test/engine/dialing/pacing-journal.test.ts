import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JournalReader, JournalWriter, type JournalEntry } from '../../../src/engine/dialing/pacing-journal.ts';
import { createPacer, type PacerOptions, type PacingEvent } from '../../../src/pacing/pacer.ts';
import { Redecider } from '../../../src/sim/replay/redecide.ts';

const AT = 1_760_000_000_000;
const OPTIONS: PacerOptions = {
  mode: 'predictive',
  abandonTarget: 0.03,
  answerLimitMs: 2000,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 30,
  maxCallsPerSecond: 10,
};

/** A day that dice have made: events and questions in order of time. */
const someDay = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 5000 }),
    what: fc.constantFrom<string>(
      ...['ask', 'ask', 'ask', 'ready', 'talking', 'wrap-up', 'offline', 'dialed', 'ringing', 'answered', 'live'],
      ...['connected', 'abandoned', 'ended', 'window', 'until', 'expect'],
    ),
    n: fc.integer({ min: 0, max: 8 }),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { maxLength: 300 },
);

function eventOf(what: string, at: number, { n, rate }: { n: number; rate: number }): PacingEvent | undefined {
  const call = `01JK${n}`;
  const agent = String(100 + n);
  switch (what) {
    case 'ready':
    case 'talking':
    case 'wrap-up':
    case 'offline':
      return { at, type: 'agent', agent, state: what };
    case 'dialed':
    case 'ringing':
    case 'answered':
    case 'live':
    case 'abandoned':
      return { at, type: what, call };
    case 'connected':
      return { at, type: 'connected', call, agent };
    case 'ended':
      return { at, type: 'ended', call, result: n % 2 === 0 ? 'no-answer' : 'connected' };
    case 'window':
      return {
        at,
        type: 'window',
        target: rate / 10,
        liveAnswers: n * 50,
        abandoned: n,
        ...(n > 4 ? {} : { endsAt: at + 9e6 }),
        ...(n > 2 ? {} : { dialsLeft: n * 40 }),
      };
    case 'until':
      return { at, type: 'agent-until', agent, until: n === 0 ? null : at + n * 5000 };
    case 'expect':
      return { at, type: 'expect', answerRate: rate, dials: n * 10 };
    default:
      return undefined;
  }
}

/** Lives through the day, writing down everything; what was reported, and the lines. */
function live(day: { afterMs: number; what: string; n: number; rate: number }[]) {
  const pacer = createPacer(OPTIONS);
  const journal = new JournalWriter(AT);
  const lines = [JournalWriter.head({ campaign: 'renewals', at: AT, options: OPTIONS, learned: null })];
  const reported: PacingEvent[] = [];
  let at = AT;
  for (const { afterMs, what, ...dice } of day) {
    at += afterMs;
    const event = eventOf(what, at, dice);
    if (event) {
      reported.push(event);
      lines.push(journal.event(event));
      pacer.observe(event);
    } else lines.push(journal.asked(at, pacer.decide(at)));
  }
  return { lines, reported };
}

function read(lines: readonly string[]): JournalEntry[] {
  const reader = new JournalReader();
  return lines.flatMap((line) => reader.read(line) ?? []);
}

function redecide(lines: readonly string[]): ReturnType<Redecider['result']> {
  const redecider = new Redecider();
  for (const entry of read(lines)) redecider.take(entry);
  return redecider.result();
}

describe('the pacing log', () => {
  test('[P-07] property: every event comes back as it was, whatever happened', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const { lines, reported } = live(day);
        const events = read(lines).flatMap((entry) => (entry.type === 'event' ? [entry.event] : []));
        expect(events).toEqual(reported);
      }),
    );
  });

  test('[P-07] property: taken again, every decision is the same to the last digit', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const { lines } = live(day);
        const again = redecide(lines);
        expect(again.firstDifference).toBeNull();
        expect(again.decisions).toBe(day.filter(({ what }) => what === 'ask').length);
      }),
    );
  });

  test('[P-07] a decision that was not the library’s: found, with the number that differs', () => {
    const day = [
      { afterMs: 0, what: 'ready', n: 1, rate: 0 },
      { afterMs: 10, what: 'ask', n: 0, rate: 0 },
    ];
    const { lines } = live(day);
    const forged = lines.map((line) => line.replace(',"!",1,', ',"!",2,'));

    expect(forged).not.toEqual(lines);
    expect(redecide(forged).firstDifference).toEqual({ at: AT + 10, what: 'dial', logged: 2, again: 1 });
  });

  test('[P-07] cut off in the middle of a line by a crash: what is whole is read, the next stretch as well', () => {
    const { lines } = live([
      { afterMs: 0, what: 'ready', n: 1, rate: 0 },
      { afterMs: 10, what: 'ask', n: 0, rate: 0 },
    ]);
    const last = lines.at(-1) ?? '';
    const entries = read([...lines.slice(0, -1), last.slice(0, 20), '', ...lines]);

    expect(entries.map(({ type }) => type)).toEqual(['head', 'event', 'head', 'event', 'asked']);
  });

  test('[P-07] kept from dialing for minutes: the advice is written out once, its repetitions in a few bytes', () => {
    const pacer = createPacer(OPTIONS);
    const journal = new JournalWriter(AT);
    const lines = [JournalWriter.head({ campaign: 'renewals', at: AT, options: OPTIONS, learned: null })];
    const ready: PacingEvent = { at: AT, type: 'agent', agent: '101', state: 'ready' };
    lines.push(journal.event(ready));
    pacer.observe(ready);
    for (let at = AT; at < AT + 60_000; at += 1000) {
      lines.push(journal.asked(at, pacer.decide(at)));
      if (at === AT) lines.push(journal.held(at, 'The campaign is paused.'));
    }

    expect(lines.slice(4).join('').length / 59).toBeLessThan(20);
    expect(redecide(lines)).toMatchObject({ decisions: 60, differences: 0 });
  });
});
