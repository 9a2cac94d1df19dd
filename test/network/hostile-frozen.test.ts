// The daemon stands still, or the links to Asterisk do, while people pick up: Asterisk itself shows them what is to be
// reported, in time, and what became of each is booked by when it happened and not by when we heard of it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { Desk } from '../support/desk.ts';
import { firstSoundMs, silenceAtEndMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';
import { LinkProxy } from '../telephony/link-proxy.ts';

const LIMIT_MS = 240_000;
/** The message begins within the law's 2 s of the answer; the recording begins with the answer. */
const MESSAGE_WITHIN_MS = 2_050;
/** Behind the message, whoever plays it. */
const SILENCE_AFTER_MS = 2_000;

let desk: Desk;

const cables: LinkProxy[] = [];

beforeAll(async () => {
  desk = await Desk.open({
    record: true,
    link: async ({ ariUrl, amiHost, amiPort }) => {
      const { hostname, port } = new URL(ariUrl);
      const [ari, ami] = [await LinkProxy.open(hostname, Number(port)), await LinkProxy.open(amiHost, amiPort)];
      cables.push(ari, ami);
      return { ariUrl: `http://127.0.0.1:${ari.port}`, amiHost: '127.0.0.1', amiPort: ami.port };
    },
  });
});
afterAll(async () => {
  await desk.close();
  for (const cable of cables) await cable.close();
});

const answer = (detection: string, waiting = 'silence'): Record<string, string> => ({
  mode: 'ratio',
  pacing: '{ratio: 4, abandon_target: 3%, ring: 30s, min_ring: 15s, max_lines: 20, max_calls_per_second: 20}',
  answer: `{detection: ${detection}, while_waiting: ${waiting}, no_agent: {after: 2s, play: outdial/abandon}}`,
  wrap_up: '{limit: 1s, disposition: optional, over: ready}',
  call_again: '[{when: result == "abandoned", after: 1d}]',
});

/** Calls these people for one ready agent, and returns when all of them ring. */
async function allRing(campaign: string, people: readonly string[], changes: Record<string, string>): Promise<void> {
  await desk.ready(campaign, people, changes);
  await desk.readyAgent(campaign);
  await startAndRing(campaign, people.length);
}

async function startAndRing(campaign: string, people: number): Promise<void> {
  await desk.act(campaign, 'start');
  await until('all ring', async () => ((await desk.show(campaign)).calls.ringing >= people ? true : undefined), 20_000);
}

async function heardAtLeast(row: AttemptRow, ms: number): Promise<Int16Array> {
  return until(
    'it was recorded',
    () => {
      try {
        const samples = desk.heard(row);
        return Promise.resolve(samples.length / 8 >= ms ? samples : undefined);
      } catch {
        return Promise.resolve(undefined);
      }
    },
    20_000,
  );
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const FROZEN_MS = 20_000;

async function freeze(): Promise<void> {
  desk.centre.freezeDaemon();
  await pause(FROZEN_MS);
  desk.centre.thawDaemon();
}

describe('[X-07] the daemon is frozen for 20 s before anyone picks up', () => {
  const leaves = (index: number): string => numbers.personAnswers({ afterS: 5, talksS: 4 }, 610 + index);
  const stays = (first: number): string[] =>
    [0, 1].map((index) => numbers.personAnswers({ afterS: 4 + index, talksS: 40 }, first + index));
  const campaigns = {
    'frozen-silence': { people: [...stays(600), leaves(0)], changes: answer('off', 'silence') },
    'frozen-music': { people: [...stays(602), leaves(1)], changes: answer('off', 'music') },
    'frozen-before': { people: stays(620), changes: answer('before-agent') },
  };

  // One freeze is enough for all of them.
  beforeAll(async () => {
    const all = Object.entries(campaigns);
    for (const [campaign, { people, changes }] of all) {
      await desk.ready(campaign, people, changes);
      await desk.readyAgent(campaign);
    }
    await Promise.all(all.map(([campaign, { people }]) => startAndRing(campaign, people.length)));
    await freeze();
  }, LIMIT_MS);

  test.each(['silence', 'music'] as const)(
    'detection off, %s while waiting: each hears the message within 2 s and is abandoned, as is one who hung up in it',
    async (waiting) => {
      const campaign = `frozen-${waiting}` as const;
      const rows = await desk.ended(campaign, 3, 30_000);
      const left = rows.find(({ number }) => number === campaigns[campaign].people.at(-1));
      for (const row of rows) {
        expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
        const samples = await heardAtLeast(row, 3_500);
        expect(firstSoundMs(samples)).toBeLessThanOrEqual(MESSAGE_WITHIN_MS);
        if (row !== left) expect(silenceAtEndMs(samples)).toBeLessThanOrEqual(SILENCE_AFTER_MS);
      }
      expect((left?.endedAt ?? 0) - (left?.answeredAt ?? 0)).toBeLessThan(6_000);
      const report = await desk.cli('report', 'abandonment', '--campaign', campaign);
      expect(JSON.stringify(report.json)).toContain('"abandoned":3');
    },
    LIMIT_MS,
  );

  test(
    'detection before the agent: no person is left in silence, each is abandoned',
    async () => {
      for (const row of await desk.ended('frozen-before', 2, 30_000)) {
        expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
        expect(firstSoundMs(await heardAtLeast(row, 3_500))).toBeLessThanOrEqual(MESSAGE_WITHIN_MS);
      }
    },
    LIMIT_MS,
  );
});

describe('[X-07] the daemon is frozen for 20 s while people are listened to or talk', () => {
  test(
    'detection before the agent, frozen while the detector listens: no person is left in silence, each is abandoned',
    async () => {
      const people = [0, 1].map((index) => numbers.personAnswers({ afterS: 5, talksS: 40 }, 625 + index));
      await allRing('frozen-listening', people, answer('before-agent'));

      await pause(4_600);
      await freeze();

      for (const row of await desk.ended('frozen-listening', 2, 30_000)) {
        expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
        // The detector hears up to 5 s, the limit runs from its word.
        expect(firstSoundMs(await heardAtLeast(row, 3_500))).toBeLessThanOrEqual(5_000 + MESSAGE_WITHIN_MS);
      }
    },
    LIMIT_MS,
  );

  test(
    'in the middle of the message that a person hears: it plays to its end, the call is over within 2 s of it',
    async () => {
      const people = [0, 1, 2].map((index) => numbers.personAnswers({ afterS: 3, talksS: 40 }, 650 + index));
      await allRing('frozen-message', people, answer('off'));
      await until(
        'the agent talks',
        async () => ((await desk.show('frozen-message')).calls.talking > 0 ? true : undefined),
        20_000,
        20,
      );
      await pause(2_400); // the message has begun 1.85 s after the answer

      desk.centre.freezeDaemon();
      await pause(20_000);
      desk.centre.thawDaemon();

      const all = await desk.ended('frozen-message', 2, 30_000);
      const rows = all.filter(({ bridgedAt }) => bridgedAt === null);
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
        const samples = await heardAtLeast(row, 3_500);
        expect(firstSoundMs(samples)).toBeLessThanOrEqual(MESSAGE_WITHIN_MS);
        expect(silenceAtEndMs(samples)).toBeLessThanOrEqual(SILENCE_AFTER_MS);
        expect((row.endedAt ?? 0) - (row.answeredAt ?? 0)).toBeLessThan(21_500);
      }
      await desk.act('frozen-message', 'stop');
    },
    LIMIT_MS,
  );

  test(
    'in the middle of the message that a machine is left: it is left whole, and said to be; the line is free',
    async () => {
      const leave =
        '{detection: before-agent, on_machine: leave-message, message: {play: outdial/message, beep_within: 40s}, ' +
        'no_agent: {after: 2s, play: outdial/abandon}}';
      await desk.ready('frozen-machine', [numbers.machineLong(660, 1)], { ...answer('before-agent'), answer: leave });
      await desk.readyAgent('frozen-machine');
      await desk.act('frozen-machine', 'start');
      await until(
        'the message plays',
        async () => {
          const channels = await desk.centre.box.command('pbx', 'core show channels concise');
          return /!outdial-message!/.test(channels) ? true : undefined;
        },
        40_000,
        50,
      );

      desk.centre.freezeDaemon();
      await pause(20_000);
      desk.centre.thawDaemon();

      const [row] = await desk.ended('frozen-machine', 1, 20_000);
      expect(row).toMatchObject({ result: 'machine', messageLeft: true });
      if (!row) return;
      expect(silenceAtEndMs(await heardAtLeast(row, 15_000))).toBeLessThanOrEqual(SILENCE_AFTER_MS);
    },
    LIMIT_MS,
  );

  test(
    'conversations go on all the while, and so does dialing afterwards',
    async () => {
      const people = [0, 1, 2].map((index) => numbers.personAnswers({ afterS: 1, talksS: 25 }, 630 + index));
      await desk.ready('frozen-talk', people, { ...answer('off'), mode: 'progressive' });
      const agent = await desk.readyAgent('frozen-talk');
      await desk.act('frozen-talk', 'start');
      await desk.isIn(agent, 'talking');
      await pause(500);

      desk.centre.freezeDaemon();
      await pause(15_000);
      desk.centre.thawDaemon();

      const [first] = await desk.ended('frozen-talk', 1, 40_000);
      expect(first).toMatchObject({ result: 'connected', endedBy: 'person' });
      if (!first) return;
      expect((first.endedAt ?? 0) - (first.bridgedAt ?? 0)).toBeGreaterThan(23_000);
      await desk.isIn(agent, 'talking', undefined, 20_000);
      await desk.act('frozen-talk', 'stop');
      await agent.phone.press('**');
    },
    LIMIT_MS,
  );
});

describe('[X-07] the links to Asterisk are stalled for 30 s while people pick up', () => {
  test(
    'each hears the message within 2 s and is abandoned; dialing resumes',
    async () => {
      const people = [0, 1, 2].map((index) =>
        numbers.personAnswers({ afterS: 4 + 3 * index, talksS: 40 }, 640 + index),
      );
      await allRing('stalled', people, answer('off'));

      for (const cable of cables) cable.freeze();
      await pause(30_000);
      for (const cable of cables) cable.restore();

      const rows = await desk.ended('stalled', 3, 40_000);
      for (const row of rows) {
        expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
        const samples = await heardAtLeast(row, 3_500);
        expect(firstSoundMs(samples)).toBeLessThanOrEqual(MESSAGE_WITHIN_MS);
      }
    },
    LIMIT_MS,
  );
});
