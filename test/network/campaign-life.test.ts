// A campaign's life on the running daemon, by command line and by file, and the daemon's orderly end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, personAnswers } from '../../asterisk/box/numbers.ts';
import { Desk } from '../support/desk.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 90_000;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const people = (count: number, first: number, talksS: number): string[] =>
  Array.from({ length: count }, (_, index) => personAnswers({ afterS: 1, talksS }, first + index));

async function stateOf(name: string): Promise<string> {
  return (await desk.show(name)).state;
}

test(
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

test(
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
    'faulty: nothing changes; mended: the change takes effect, without a restart',
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

test(
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

test(
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
