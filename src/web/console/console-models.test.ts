// What the console knows without a browser: the reducer, sums, what needs a look, where a page is.

import { describe, expect, test } from 'vitest';
import { aCampaign, aCentre, anAgent } from '../../../test/web/centres.ts';
import { concernsOf } from './board/attention.ts';
import { faultOf } from './campaigns/form-faults.ts';
import { stepsOf } from './campaigns/steps.ts';
import { NO_BOARD, reduceBoard } from './live/board.ts';
import { daysOf, isInSums, tightestOf, totalsOf, usualOf } from './shared/sums.ts';

const centre = aCentre();
const opened = reduceBoard(NO_BOARD, { type: 'state', view: centre, now: 100 });

describe('[S-01] the board', () => {
  test('a change replaces what it names and leaves every other row the same object', () => {
    const other = anAgent(0, { state: 'paused' });
    const change = { at: centre.at + 10, version: 2, agents: [other], campaigns: [] };
    const { view } = reduceBoard(opened, { type: 'change', change, now: 110 });
    expect(view?.agents[0]).toBe(other);
    expect(view?.agents[1]).toBe(centre.agents[1]);
    expect(view?.campaigns).toBe(centre.campaigns);
  });

  test('a change of a picture that never came changes nothing; the link alone is noted', () => {
    const change = { at: 1, version: 2, agents: [anAgent(0)] };
    expect(reduceBoard(NO_BOARD, { type: 'change', change, now: 1 }).view).toBeNull();
    expect(reduceBoard(opened, { type: 'link', link: 'lost' })).toMatchObject({ link: 'lost', view: centre });
  });

  test('totals are the sums of the rows, and the rate is that of all people', () => {
    const rows = [aCampaign(), aCampaign({ name: 'b' })];
    expect(totalsOf(rows)).toMatchObject({ talking: 14, ready: 4, signedIn: 24, lines: 20, abandoned: 16 });
    expect(totalsOf(rows).abandonRate).toBeCloseTo(8 / 612);
    expect(totalsOf([])).toMatchObject({ signedIn: 0, abandonRate: 0 });
  });

  test('what is left out of the table changes no sum: at rest, and nothing done today', () => {
    const stopped = aCampaign({ name: 'autumn', state: 'stopped' });
    const none = { placing: 0, ringing: 0, detecting: 0, waiting: 0, talking: 0 };
    const away = { paused: 0, ready: 0, engaged: 0, reserved: 0, talking: 0, 'wrap-up': 0 };
    const today = { ...stopped.today, attempts: 0, liveAnswers: 0, connected: 0, abandoned: 0 };
    const atRest = aCampaign({ name: 'winter', state: 'stopped', calls: none, agents: away, today });
    const dialedToday = { ...atRest, name: 'morning', state: 'archived' as const, today: stopped.today };
    const ringing = { ...atRest, name: 'ended', calls: { ...none, ringing: 1 } };
    const all = [aCampaign(), stopped, atRest, dialedToday, ringing];
    const shown = all.filter(isInSums);
    expect(shown.map(({ name }) => name)).toEqual(['spring-renewals', 'autumn', 'morning', 'ended']);
    expect(totalsOf(shown)).toEqual(totalsOf(all));
    const { lines, ringing: rings, waiting } = totalsOf(all);
    expect(rings + waiting).toBe(lines);
  });

  test('a day over several campaigns is one; without work there is no utilisation', () => {
    const row = { agent: '101', talks: 5, talkMs: 600, wrapUpMs: 100, waitingMs: 300, pausedMs: 0 };
    const days = daysOf({
      since: 0,
      at: 1,
      rows: [
        { ...row, campaign: 'a' },
        { ...row, campaign: 'b' },
      ],
    });
    expect(days.get('101')).toEqual({ talks: 10, utilisation: 0.7, meanTalkMs: 120 });
    const idle = { ...row, campaign: 'a', talks: 0, talkMs: 0, wrapUpMs: 0, waitingMs: 0 };
    expect(daysOf({ since: 0, at: 1, rows: [idle] }).get('101')).toMatchObject({ utilisation: undefined });
  });

  test('what is usual is said only after enough conversations, and not of pauses', () => {
    const row = { agent: '1', campaign: 'a', talks: 10, talkMs: 1_000, wrapUpMs: 200, waitingMs: 100, pausedMs: 9_000 };
    const usual = usualOf({ since: 0, at: 1, rows: [row] });
    expect([usual('a', 'talking'), usual('a', 'wrap-up'), usual('a', 'paused')]).toEqual([100, 20, undefined]);
    expect(usualOf({ since: 0, at: 1, rows: [{ ...row, talks: 9 }] })('a', 'talking')).toBeUndefined();
  });

  test('the tightest limit is the first that the daemon names', () => {
    expect(tightestOf(centre, 'spring-renewals')?.name).toBe('uk-ofcom: abandoned calls');
    expect(tightestOf(centre, 'autumn')).toBeUndefined();
  });
});

describe('[S-01] what needs a look', () => {
  test('links, limits, trunks, phones, agents who are long in a state: worst first', () => {
    const concerns = concernsOf(centre, Date.now()).map(({ what }) => what);
    expect(concerns.slice(0, 2)).toEqual(['trunk-rests', 'not-registered']);
    expect(concerns).toContain('long');
    const ill = { ...centre, health: { ...centre.health, links: { ari: true, ami: false } } };
    expect(concernsOf(ill, Date.now())[0]).toEqual({ what: 'link-down' });
  });

  test('a campaign that runs, does not dial and has agents waiting; not one without agents', () => {
    const quiet = aCampaign({ dialing: false });
    const agents = { ...quiet.agents, ready: 0 };
    const view = { ...centre, agents: [], trunks: [], campaigns: [quiet, { ...quiet, name: 'b', agents }] };
    expect(concernsOf(view, 0)).toEqual([{ what: 'not-dialing', campaign: quiet }]);
  });
});

test('[S-02] steps that a state does not allow are not offered', () => {
  expect(stepsOf({ state: 'running' })).toEqual(['pause', 'stop']);
  expect(stepsOf({ state: 'unapproved' })).toEqual(['approve', 'archive']);
  expect(stepsOf({ state: 'archived' })).toEqual([]);
});

describe('[S-02] faults at the fields of a form', () => {
  const places = [
    { file: 'f', key: 'caller_ids.numbers[1]', message: 'No number.', hint: 'E.164.' },
    { file: 'f', key: 'lists_more', message: 'No such key.', severity: 'fault' },
    { file: 'f', key: 'mode', message: 'Look at it.', severity: 'warning' },
  ];
  test.each([
    ['caller_ids.numbers', 'No number. E.164.'],
    ['caller_ids', 'No number. E.164.'],
    ['lists', undefined],
    ['mode', undefined],
  ])('%s: %s', (key, fault) => {
    expect(faultOf({ places }, key)).toBe(fault);
  });
});
