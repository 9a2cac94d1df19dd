// A campaign's life on the running daemon, by command line and by file, and the daemon's orderly end.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, personAnswers } from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;

const MINUTE_MS = 60_000;

let desk: Desk;
/** When the campaign `closing` closes, a full minute of the clock; it dials from the beginning on. */
let closesAt: number;

beforeAll(async () => {
  desk = await Desk.open();
  closesAt = Math.ceil((Date.now() + 40_000) / MINUTE_MS) * MINUTE_MS;
  const [minute, hour] = [new Date(closesAt).getUTCMinutes(), new Date(closesAt).getUTCHours()];
  const numbers = Array.from({ length: 60 }, (_, index) => busy(200 + index, 3));
  await desk.ready('closing', numbers, {
    mode: 'predictive',
    schedule: `{timezone: UTC, start: "0 ${(hour + 12) % 24} * * *", stop: "${minute} ${hour} * * *"}`,
  });
  await desk.readyAgent('closing');
  await desk.act('closing', 'start').catch(() => undefined); // the schedule may have been quicker
}, LIMIT_MS);
afterAll(() => desk.close());

const people = (count: number, first: number, talksS: number): string[] =>
  Array.from({ length: count }, (_, index) => personAnswers({ afterS: 1, talksS }, first + index));

async function stateOf(name: string): Promise<string> {
  return (await desk.show(name)).state;
}

test.concurrent(
  '[C-01] [C-02] from unapproved to stopped by command line: each step as the life allows, refusals say why, all is on record',
  async () => {
    await desk.list('life', people(3, 0, 3));
    await desk.campaign('life');
    expect(await stateOf('life')).toBe('unapproved');
    const early = await desk.cli('campaign', 'start', 'life');
    expect(early).toMatchObject({ code: 1, json: { error: { code: 'campaign-step-refused' } } });

    for (const [step, state] of [
      ['approve', 'approved'],
      ['start', 'running'],
      ['pause', 'paused'],
      ['resume', 'running'],
      ['stop', 'stopped'],
    ] as const) {
      expect(await desk.cli('campaign', step, 'life')).toMatchObject({ code: 0 });
      expect(await stateOf('life')).toBe(state);
    }

    expect(await desk.cli('campaign', 'pause', 'life')).toMatchObject({ code: 1 });
    expect(await stateOf('life')).toBe('stopped');
    const { json } = await desk.cli('campaign', 'show', 'life');
    const byCommand = expect.stringMatching(/^cli\.\w+/) as string;
    expect(json).toMatchObject({
      history: [
        { from: 'unapproved', to: 'approved', by: byCommand },
        { from: 'approved', to: 'running', by: byCommand },
        { from: 'running', to: 'paused', by: byCommand },
        { from: 'paused', to: 'running', by: byCommand },
        { from: 'running', to: 'stopped', by: byCommand },
      ],
    });
  },
  LIMIT_MS,
);

test.concurrent(
  '[C-03] started outside its hours: agents join and wait, nothing is dialed, and everyone sees why',
  async () => {
    // A window of one hour that begins two hours from now.
    const opens = new Date(Date.now() + 2 * 3_600_000).getUTCHours();
    await desk.ready('night', people(2, 10, 3), {
      schedule: `{timezone: UTC, start: "0 ${opens} * * *", stop: "0 ${(opens + 1) % 24} * * *"}`,
    });
    await desk.act('night', 'start').catch(() => undefined);
    const agent = await desk.readyAgent('night');

    const { dialing, why } = await desk.show('night');

    expect(dialing).toBe(false);
    expect(why).not.toBe('');
    expect((await desk.view(agent)).state).toBe('ready');
    expect(await desk.attempts('night')).toEqual([]);
  },
  LIMIT_MS,
);

describe('[C-13] the file of a running campaign', () => {
  test(
    'faulty: nothing changes; corrected: the change takes effect, without a restart',
    async () => {
      await desk.ready('files', [busy(20), busy(21)], { description: 'Before' });
      await desk.act('files', 'start');
      desk.write('files', { description: 'Faulty', mode: 'progresive' });
      const check = await desk.cli('check');
      expect(check.code).toBe(1);
      expect(JSON.stringify(check.json)).toContain('files.yaml');
      expect(await desk.show('files')).toMatchObject({ description: 'Before', mode: 'progressive', state: 'running' });

      desk.write('files', { description: 'After', mode: 'ratio' });

      await until(
        'the change takes effect',
        async () => ((await desk.show('files')).description === 'After' ? true : undefined),
        10_000,
      );
      expect(await desk.show('files')).toMatchObject({ mode: 'ratio', state: 'running' });
    },
    LIMIT_MS,
  );
});

test.concurrent(
  '[C-05] [P-02] [P-03] progressive, one agent alone: one line at a time, every live answer meets the agent',
  async () => {
    await desk.ready('alone', people(4, 30, 2), { wrap_up: '{limit: 0s, disposition: optional}' });
    await desk.readyAgent('alone');
    let most = 0;
    await desk.act('alone', 'start');

    const rows = await until(
      'everyone was called',
      async () => {
        const { calls } = await desk.show('alone');
        most = Math.max(most, calls.placing + calls.ringing + calls.waiting + calls.detecting + calls.talking);
        const all = await desk.attempts('alone');
        return all.filter(({ result }) => result !== null).length === 4 ? all : undefined;
      },
      60_000,
    );

    expect(most).toBe(1);
    expect(rows.map(({ result }) => result)).toEqual(['connected', 'connected', 'connected', 'connected']);
    await until('it is exhausted', async () => ((await stateOf('alone')) === 'exhausted' ? true : undefined), 10_000);
  },
  LIMIT_MS,
);

test.concurrent(
  '[C-05] [C-07] predictive: dials by itself, gives its reason, and calls go to agents of its groups alone',
  async () => {
    await desk.ready('south', people(3, 60, 2), { mode: 'predictive', wrap_up: '{limit: 0s, disposition: optional}' });
    await desk.ready('north', people(1, 70, 2));
    const south = await desk.readyAgent('south');
    const north = await desk.readyAgent('north');
    await desk.act('south', 'start');

    const rows = await desk.ended('south', 3, 60_000);

    expect(rows.map(({ result, agent }) => ({ result, agent }))).toEqual(
      Array.from({ length: 3 }, () => ({ result: 'connected', agent: south.number })),
    );
    expect(await desk.show('south')).toMatchObject({ mode: 'predictive' });
    expect((await desk.show('south')).why).not.toBe('');
    expect((await desk.view(north)).state).toBe('ready');
    expect(await desk.attempts('north')).toEqual([]);
  },
  LIMIT_MS * 1.5,
);

/** A leg's end is noted a little later than its agent is free. */
const SETTLING_MS = 100;

/** The calls for which an agent was or might be needed, this one included, when each was dialed. */
function underWay(rows: readonly AttemptRow[]): readonly { readonly at: number; readonly lines: number }[] {
  const needing = rows.filter(({ result }) => result !== 'abandoned');
  return needing.map(({ dialedAt: at }) => {
    const going = needing.filter(({ dialedAt, endedAt }) => dialedAt <= at && (endedAt ?? Infinity) > at + SETTLING_MS);
    return { at, lines: going.length };
  });
}

/** A law that allows three abandoned calls in a hundred, over such a window. */
function writeLaw(name: string, window: string): void {
  const folder = path.join(desk.centre.dir, 'rules');
  mkdirSync(folder, { recursive: true });
  const clause = `{id: abandonment, says: Three in a hundred., citation: none, unverified: yes, abandonment: ${window}}`;
  const lines = [`pack: ${name}`, 'title: A budget', 'applies: {countries: [US]}', `clauses: [${clause}]`, ''];
  writeFileSync(path.join(folder, `${name}.yaml`), lines.join('\n'));
}

test(
  '[P-04] predictive, and the window’s budget is spent: overdialing before, no more lines than agents from then on',
  async () => {
    // With a period of days, and hours until it closes, the answers to come lend to it; a rolling window never borrows.
    const hour = new Date().getUTCHours() + 12;
    writeLaw('lends', '{most: 3%, window: periods, length: 30d}');
    writeLaw('owes', '{most: 3%, window: rolling, length: 30d}');
    const refuse = (count: number, first: number) =>
      Array.from({ length: count }, (_, index) => busy(first + index, 1));
    const rest = {
      schedule: `{timezone: UTC, start: "0 ${(hour + 1) % 24} * * *", stop: "0 ${hour % 24} * * *"}`,
      mode: 'predictive',
      wrap_up: '{limit: 0s, disposition: optional}',
      answer: '{detection: off, no_agent: {after: 2s, play: outdial/welcome}}',
    };
    const answering = people(15, 300, 1).flatMap((person, index) => [...refuse(2, 260 + 2 * index), person]);
    const numbers = [...answering, ...refuse(45, 300), ...people(12, 320, 3), ...refuse(200, 400)];
    await desk.ready('budget', numbers, { ...rest, rules: '[lends]' });
    const agents = await Promise.all([1, 2, 3].map(() => desk.readyAgent('budget')));
    await desk.act('budget', 'start').catch(() => undefined); // the schedule may have been quicker
    await until(
      'people are abandoned',
      async () => ((await desk.show('budget')).today.abandoned > 0 ? true : undefined),
      60_000,
    );
    desk.write('budget', { ...rest, rules: '[owes]' });
    await until(
      'the budget is used up',
      async () => ((await desk.show('budget')).pacing?.reason.includes('budget is used up') ? true : undefined),
      20_000,
    );
    const spentAt = Date.now();
    const dialedAfter = (rows: readonly AttemptRow[]) => rows.filter(({ dialedAt }) => dialedAt > spentAt);
    const rows = await until(
      'more people are called',
      async () => {
        const all = await desk.attempts('budget');
        return dialedAfter(all).length >= 12 ? all : undefined;
      },
      40_000,
    );
    await desk.act('budget', 'stop');

    const lines = underWay(rows);
    const most = (some: typeof lines) => Math.max(...some.map((one) => one.lines));
    expect(most(lines.filter(({ at }) => at < spentAt))).toBeGreaterThan(agents.length);
    expect(most(lines.filter(({ at }) => at > spentAt))).toBeLessThanOrEqual(agents.length);
  },
  LIMIT_MS * 2,
);

test(
  '[L-09] call again by result: a busy number is dialed again after its time, and given up after the second',
  async () => {
    await desk.ready('again', [busy(40, 1)], {
      call_again: '[{when: result == "busy", after: 2s, times: 1}]',
    });
    await desk.readyAgent('again');
    await desk.act('again', 'start');

    const rows = await desk.ended('again', 2);

    expect(rows.map(({ result, sipCode }) => ({ result, sipCode }))).toEqual([
      { result: 'busy', sipCode: 486 },
      { result: 'busy', sipCode: 486 },
    ]);
    expect((rows[1]?.dialedAt ?? 0) - (rows[0]?.endedAt ?? 0)).toBeGreaterThanOrEqual(2000);
    await until('it is exhausted', async () => ((await stateOf('again')) === 'exhausted' ? true : undefined), 10_000);
    expect(await desk.attempts('again')).toHaveLength(2);
  },
  LIMIT_MS,
);

test(
  '[C-03] the end of its hours: dialed until then, not one call afterwards, though an agent is ready and people are left',
  async () => {
    await until(
      'it is a while past the end',
      () => Promise.resolve(Date.now() > closesAt + 5_000 ? true : undefined),
      closesAt + 10_000 - Date.now(),
    );

    const rows = await desk.attempts('closing');
    const { dialing, why, agents } = await desk.show('closing');
    expect(dialing).toBe(false);
    expect(why).not.toBe('');
    expect(agents.ready).toBe(1);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.length).toBeLessThan(60);
    expect(Math.max(...rows.map(({ dialedAt }) => dialedAt))).toBeLessThan(closesAt);
  },
  LIMIT_MS,
);

test(
  '[O-01] [O-08] SIGTERM in a conversation: no new calls, the conversation ends by itself, then the daemon; nothing unmatched',
  async () => {
    await desk.ready('drain', people(5, 50, 8));
    const agent = await desk.readyAgent('drain');
    await desk.act('drain', 'start');
    await desk.isIn(agent, 'talking');

    await desk.centre.endDaemon('SIGTERM');

    const rows = await desk.attempts('drain');
    expect(rows).toMatchObject([{ result: 'connected', endedBy: 'person' }]);
    const audit = await desk.cli('audit', '--carrier-cdr', desk.centre.box.carrier.cdrFile);
    expect(audit).toMatchObject({ code: 0, json: { unmatched: 0, open: 0 } });
  },
  LIMIT_MS,
);
