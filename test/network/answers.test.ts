// What becomes of live answers, machines and trunk trouble on the real network, heard from the called person's end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { Desk } from '../support/desk.ts';
import { firstSoundMs, soundMs, toneMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
/** A person must not notice the wait; how quick calls are is what `npm run bench -- calls` measures. */
const CONNECTED_WITHIN_MS = 250;

const NO_WRAP_UP = { wrap_up: '{limit: 1s, disposition: optional, over: ready}' };

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
});
afterAll(() => desk.close());

describe('live answers', () => {
  test(
    '[D-02] agent ready: legs in one bridge at once, and the agent’s own tone is what the person hears',
    async () => {
      const people = [0, 1, 2].map((index) => numbers.personAnswers({ afterS: 1, talksS: 4 }, 300 + index));
      await desk.ready('met', people, NO_WRAP_UP);
      const agent = await desk.readyAgent('met');
      await desk.act('met', 'start');

      const rows = await desk.ended('met', 3);

      const delays = rows.map(({ answeredAt, bridgedAt }) => (bridgedAt ?? Infinity) - (answeredAt ?? 0));
      expect(Math.min(...delays)).toBeLessThanOrEqual(CONNECTED_WITHIN_MS);
      expect(rows.map(({ result }) => result)).toEqual(['connected', 'connected', 'connected']);
      for (const row of rows) expect(toneMs(desk.heard(row), agent.phone.toneHz)).toBeGreaterThan(2500);
    },
    LIMIT_MS,
  );

  test.concurrent.each([
    ['off', 0],
    ['before-agent', 10],
  ])(
    '[X-06] agent ready, detection %s, people who hang up as soon as they have answered: no one kept them waiting',
    async (detection, index) => {
      const campaign = `hasty-${detection}`;
      await desk.ready(
        campaign,
        [1, 2, 3].map((place) => numbers.hangsUpAtOnce(index + place)),
        { answer: `{detection: ${detection}, no_agent: {after: 2s, play: outdial/abandon}}`, ...NO_WRAP_UP },
      );
      const agent = await desk.readyAgent(campaign);
      await desk.act(campaign, 'start');

      const rows = await desk.ended(campaign, 3);

      for (const row of rows) expect(['rejected', 'connected']).toContain(row.result);
      expect(rows.every(({ liveAt }) => liveAt !== null)).toBe(true);
      await agent.phone.press('**');
    },
    LIMIT_MS,
  );

  test(
    '[C-05] [X-07] [P-02] ratio 3, one agent: who gets no agent hears the message within 2 s, and is abandoned',
    async () => {
      const people = [0, 1, 2].map((index) => numbers.personAnswers({ afterS: 2, talksS: 25 }, 310 + index));
      await desk.ready('ratio', people, {
        mode: 'ratio',
        pacing: '{ratio: 3, abandon_target: 3%, ring: 20s, min_ring: 15s}',
        call_again: '[{when: result == "abandoned", after: 1d}]',
      });
      const agent = await desk.readyAgent('ratio');
      await desk.act('ratio', 'start');

      const rows = await desk.ended('ratio', 2);

      const abandoned = rows.filter(({ result }) => result === 'abandoned');
      expect(abandoned).toMatchObject([
        { bridgedAt: null, endedBy: 'dialer', counts: true },
        { bridgedAt: null, endedBy: 'dialer', counts: true },
      ]);
      for (const row of abandoned) {
        await until('the recording is there', () => Promise.resolve(heardMs(row) > 2000 ? true : undefined), 5000);
        expect(firstSoundMs(desk.heard(row))).toBeGreaterThan(1000);
        expect(firstSoundMs(desk.heard(row))).toBeLessThanOrEqual(2000);
        expect(toneMs(desk.heard(row), agent.phone.toneHz)).toBe(0);
      }
      await agent.phone.press('**');
    },
    LIMIT_MS,
  );

  test(
    '[D-05] music while an agent is sought: the person hears it from the answer on, then the message',
    async () => {
      const people = [0, 1].map((index) => numbers.personAnswers({ afterS: 1, talksS: 25 }, 320 + index));
      await desk.ready('music', people, {
        mode: 'ratio',
        pacing: '{ratio: 2, abandon_target: 3%, ring: 20s, min_ring: 15s}',
        answer: '{detection: off, while_waiting: music, no_agent: {after: 2s, play: outdial/abandon}}',
      });
      const agent = await desk.readyAgent('music');
      await desk.act('music', 'start');

      const [abandoned] = (await desk.ended('music', 1)).filter(({ result }) => result === 'abandoned');

      expect(abandoned).toBeDefined();
      if (!abandoned) return;
      const silent = (await desk.attempts('ratio')).find(({ result }) => result === 'abandoned');
      await until('it was heard', () => Promise.resolve(heardMs(abandoned) > 0 ? true : undefined), 5000);
      expect(heardMs(abandoned)).toBeGreaterThan((silent ? heardMs(silent) : 0) + 1000);
      await agent.phone.press('**');
    },
    LIMIT_MS,
  );
});

/** Sound that the person of an attempt heard, ms; 0 as long as there is no recording. */
function heardMs(row: AttemptRow): number {
  try {
    return soundMs(desk.heard(row));
  } catch {
    return 0; // the carrier has not written it yet
  }
}

describe.concurrent('[D-03] detection', () => {
  const answer = (detection: string): Record<string, string> => ({
    answer: `{detection: ${detection}, on_machine: hang-up, no_agent: {after: 2s, play: outdial/abandon}}`,
    ...NO_WRAP_UP,
  });

  test(
    'before the agent: machine and fax are let go unheard by any agent, the person meets one',
    async () => {
      const [machine, fax] = [numbers.machineLong(330), numbers.fax(331)];
      const person = numbers.personAnswers({ afterS: 1, talksS: 8 }, 332);
      await desk.ready('before', [machine, fax, person], answer('before-agent'));
      await desk.readyAgent('before');
      await desk.act('before', 'start');

      const rows = await desk.ended('before', 3, 60_000);

      const of = (number: string): AttemptRow | undefined => rows.find((row) => row.number === number);
      expect(of(machine)).toMatchObject({ result: 'machine', verdict: 'machine', agent: null, bridgedAt: null });
      expect(of(machine)?.verdictCause).not.toBe('');
      expect(of(fax)).toMatchObject({ result: 'fax', verdict: 'fax', agent: null });
      expect(of(person)).toMatchObject({ result: 'connected' });
    },
    LIMIT_MS * 1.5,
  );

  test(
    'off: a machine is a conversation like any other, without a verdict',
    async () => {
      await desk.ready('off', [numbers.machineLong(340)], answer('off'));
      const agent = await desk.readyAgent('off');
      await desk.act('off', 'start');
      await desk.isIn(agent, 'talking');
      await agent.phone.press('**');

      const [row] = await desk.ended('off', 1);

      expect(row).toMatchObject({ result: 'connected', verdict: null, endedBy: 'agent' });
    },
    LIMIT_MS,
  );

  test(
    'in parallel: the agent is connected at once, released when it is a machine, and gets the next call',
    async () => {
      const person = numbers.personAnswers({ afterS: 1, talksS: 6 }, 351);
      await desk.ready('parallel', [numbers.machineLong(350), person], answer('parallel'));
      await desk.readyAgent('parallel');
      await desk.act('parallel', 'start');

      const [machine, next] = await desk.ended('parallel', 2, 60_000);

      expect(machine).toMatchObject({ result: 'machine', verdict: 'machine' });
      expect((machine?.bridgedAt ?? Infinity) - (machine?.answeredAt ?? 0)).toBeLessThan(500);
      expect((machine?.endedAt ?? Infinity) - (machine?.answeredAt ?? 0)).toBeLessThan(9000);
      expect(next).toMatchObject({ number: person, result: 'connected', agent: machine?.agent });
    },
    LIMIT_MS * 1.5,
  );
});

describe('[D-08] trunk trouble', () => {
  test(
    'congestion on every call: the trunk rests, the campaign says so, and no attempt of the records is used up',
    async () => {
      const people = Array.from({ length: 12 }, (_, index) => numbers.congestion(360 + index));
      await desk.ready('jam', people, { call_again: '[{when: result == "busy", after: 10m}]' });
      await Promise.all([desk.readyAgent('jam'), desk.readyAgent('jam')]);
      await desk.act('jam', 'start');
      const why = await until(
        'the campaign says that its trunk rests',
        async () => {
          const view = await desk.show('jam');
          return !view.dialing && view.why.includes('rests') ? view.why : undefined;
        },
        20_000,
      );

      const rows = await desk.attempts('jam');

      expect(why).toMatch(/Trunk main rests .* because of .*congestion/);
      expect(rows.length).toBeLessThan(people.length);
      expect(rows.filter(({ result }) => result !== null).every(({ counts }) => !counts)).toBe(true);
      await desk.act('jam', 'stop');
    },
    LIMIT_MS,
  );
});
