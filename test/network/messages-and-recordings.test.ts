// What machines are left, what a key does, and what is recorded, on the real network: heard in the carrier's recordings
// of the called party's end, and in outdial's own. Each test has a campaign and an agent of its own: they run at once.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { recordingRows } from '../../src/http/wire/recordings.ts';
import { Desk } from '../support/desk.ts';
import { besidesToneMs, soundMs, toneMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const RATE = 8000;

let desk: Desk;
let folder: string;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
  folder = mkdtempSync(path.join(tmpdir(), 'outdial-recordings-'));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const samplesOf = (file: string): Int16Array => {
  const samples = readFileSync(file).subarray(44);
  return new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + (samples.length & ~1)));
};

/** How long a sound of ours is heard, ms. */
const soundOf = (name: string): number =>
  soundMs(samplesOf(path.join(desk.centre.box.pbx.soundsDir, 'outdial', `${name}.wav`)));

const part = (samples: Int16Array, fromS: number, toS = Infinity): Int16Array =>
  samples.subarray(fromS * RATE, toS === Infinity ? undefined : toS * RATE);

/** What the called party heard, once the carrier has written all of it. */
async function heardBy(row: AttemptRow): Promise<Int16Array> {
  let length = -1;
  return until(
    `the recording of ${row.attempt} is complete`,
    () => {
      const samples = desk.heard(row);
      const isComplete = samples.length === length && length > 0;
      length = samples.length;
      return Promise.resolve(isComplete ? samples : undefined);
    },
    5000,
  );
}

/** The recording of an attempt, saved by command. */
async function saved(attempt: string): Promise<Int16Array> {
  const file = path.join(folder, `${attempt}.wav`);
  await until(
    `the recording of ${attempt} has ended`,
    async () => {
      const [row] = await desk.centre.client.get(recordingRows, `/recordings/${attempt}`);
      return row !== undefined && row.endedAt !== null ? true : undefined;
    },
    10_000,
  );
  const { code } = await desk.cli('recording', 'save', attempt, '--out', file);
  expect(code).toBe(0);
  return samplesOf(file);
}

describe.concurrent('answering machines', () => {
  const leave = {
    answer:
      '{detection: before-agent, on_machine: leave-message, message: {play: outdial/message, beep_within: 40s}, ' +
      'no_agent: {after: 2s, play: outdial/abandon}}',
    wrap_up: '{limit: 1s, disposition: optional, over: ready}',
  };

  test(
    '[D-04] before the agent: the machine hears nothing during its greeting and its beep, then the whole message',
    async () => {
      await desk.ready('leave', [numbers.machineLong(400, 1)], leave);
      await desk.readyAgent('leave');
      await desk.act('leave', 'start');

      const [row] = await desk.ended('leave', 1, 60_000);

      expect(row).toMatchObject({ result: 'machine', verdict: 'machine', messageLeft: true, agent: null });
      if (!row) return;
      const heard = await heardBy(row);
      // The greeting takes 14 s and the beep follows at about 15.
      expect(soundMs(part(heard, 0, 14))).toBe(0);
      expect(soundMs(part(heard, 14))).toBeGreaterThan(soundOf('message') * 0.9);
    },
    LIMIT_MS,
  );

  test(
    '[D-04] in parallel: the agent has the next person while the message is still being left',
    async () => {
      const person = numbers.personAnswers({ afterS: 1, talksS: 4 }, 401);
      await desk.ready('beside', [numbers.machineLong(402, 1), person], {
        ...leave,
        answer: leave.answer.replace('before-agent', 'parallel'),
      });
      await desk.readyAgent('beside');
      await desk.act('beside', 'start');

      const rows = await desk.ended('beside', 2, 60_000);

      const machine = rows.find(({ result }) => result === 'machine');
      const met = rows.find(({ number }) => number === person);
      expect(machine).toMatchObject({ messageLeft: true, verdict: 'machine' });
      expect(met).toMatchObject({ result: 'connected', agent: machine?.agent });
      expect(met?.endedAt).toBeLessThan(machine?.endedAt ?? 0);
    },
    LIMIT_MS,
  );
});

test.concurrent(
  '[X-07] 9 pressed in the message for who has no agent: on the do-not-call list, the confirmation is heard',
  async () => {
    const wisher = numbers.pressesNine(410, 3);
    await desk.ready('wish', [numbers.personAnswers({ afterS: 1, talksS: 30 }, 411), wisher], {
      mode: 'ratio',
      pacing: '{ratio: 2, abandon_target: 3%, ring: 20s, min_ring: 15s}',
    });
    const agent = await desk.readyAgent('wish');
    await desk.act('wish', 'start');

    const row = await until(
      'the call of who pressed 9 is over',
      async () => (await desk.attempts('wish')).find(({ number, result }) => number === wisher && result !== null),
      40_000,
    );

    expect(row).toMatchObject({ result: 'abandoned', bridgedAt: null });
    const { code, json } = await desk.cli('dnc', 'check', wisher);
    expect(code).toBe(1);
    expect(JSON.stringify(json)).toContain('person');
    const heard = await heardBy(row);
    // Four seconds after the answer the message stops: about two of it were heard, then the whole confirmation.
    const confirmed = soundMs(part(heard, 4));
    expect(confirmed).toBeGreaterThan(soundOf('do-not-call-confirmed') * 0.9);
    expect(confirmed).toBeLessThan(soundOf('do-not-call-confirmed') + soundOf('abandon') / 2);
    await agent.phone.press('**');
  },
  LIMIT_MS,
);

describe.concurrent('recordings', () => {
  test(
    '[D-07] a conversation: both voices are in its recording, the announcement first',
    async () => {
      await desk.ready('both', [numbers.personAnswers({ afterS: 1, talksS: 8 }, 420)], {
        recording: '{when: all, announce: outdial/recorded, keep: 30d}',
      });
      const agent = await desk.readyAgent('both');
      await desk.act('both', 'start');
      const [row] = await desk.ended('both', 1);

      const samples = await saved(row?.attempt ?? '');

      expect(samples.length / RATE).toBeGreaterThan(6.5);
      expect(samples.length / RATE).toBeLessThan(9.5);
      const toneInIt = toneMs(samples, agent.phone.toneHz);
      expect(toneInIt).toBeGreaterThan(1500);
      // The announcement has been made by then: the person's words lie over the agent's tone.
      expect(besidesToneMs(part(samples, 3), agent.phone.toneHz)).toBeGreaterThan(1000);
      expect(row && toneMs(await heardBy(row), agent.phone.toneHz)).toBeGreaterThan(1500);
    },
    LIMIT_MS,
  );

  test(
    '[X-10] the agent pauses by *1 and resumes: nothing of that time is in the recording',
    async () => {
      await desk.ready('card', [numbers.personAnswers({ afterS: 1, talksS: 20 }, 421)], {
        recording: '{when: all, keep: 1d}',
      });
      const agent = await desk.readyAgent('card');
      await desk.act('card', 'start');
      await desk.isIn(agent, 'talking');
      const { attempt = '' } = await desk.view(agent);
      const state = async () => (await desk.centre.client.get(recordingRows, `/recordings/${attempt}`))[0];
      await until('the recording has begun', state, 5000);
      await agent.phone.press('*1');
      await until('it is paused', async () => ((await state())?.isPaused === true ? true : undefined), 10_000);
      const pausedAt = Date.now();
      await until('some seconds have passed', () => Promise.resolve(Date.now() - pausedAt > 5000 || undefined), 10_000);
      await agent.phone.press('*1');
      await until('it goes on', async () => ((await state())?.isPaused === false ? true : undefined), 10_000);
      const pauseMs = Date.now() - pausedAt;
      await desk.ended('card', 1);

      const samples = await saved(attempt);

      expect(samples.length / RATE).toBeGreaterThan(18);
      expect((samples.length / RATE) * 1000 - soundMs(samples)).toBeGreaterThan(pauseMs - 1500);
      expect(longestSilenceMs(samples)).toBeGreaterThan(pauseMs - 1500);
    },
    LIMIT_MS,
  );

  test(
    '[D-07] a campaign that records nothing: there is no recording, and saving one is refused',
    async () => {
      await desk.ready('none', [numbers.personAnswers({ afterS: 1, talksS: 3 }, 422)]);
      await desk.readyAgent('none');
      await desk.act('none', 'start');
      const [row] = await desk.ended('none', 1);

      const { code, json } = await desk.cli('recording', 'save', row?.attempt ?? '');

      expect(code).toBe(1);
      expect(json).toMatchObject({ error: { code: 'recording-unknown' } });
    },
    LIMIT_MS,
  );
});

test.concurrent(
  '[X-09] [C-11] each call shows the number that is nearest to the called one: the carrier’s own call records say so',
  async () => {
    const [newYork, miami] = [numbers.personAnswers({ afterS: 1, talksS: 2 }, 430), numbers.machineShort(431, 1)];
    await desk.ready('near', [newYork, miami], {
      caller_ids: '{choose: local, numbers: ["+13055550100", "+12125550100"]}',
      answer: '{detection: before-agent, on_machine: hang-up, no_agent: {after: 2s, play: outdial/abandon}}',
      wrap_up: '{limit: 1s, disposition: optional, over: ready}',
    });
    await desk.readyAgent('near');
    await desk.act('near', 'start');
    const rows = await desk.ended('near', 2, 60_000);

    const shown = await until(
      'the carrier has written its records',
      async () => {
        const records = await desk.centre.box.readCdr('carrier');
        const found = rows.map(({ attempt }) => records.find(({ userField }) => userField === attempt));
        return found.every((record) => record !== undefined) ? found : undefined;
      },
      10_000,
    );

    const bySeen = new Map(shown.map((record, index) => [rows[index]?.number, record.source]));
    expect(bySeen.get(newYork)?.replace(/^\+/, '')).toBe('12125550100');
    expect(bySeen.get(miami)?.replace(/^\+/, '')).toBe('13055550100');
    expect(new Map(rows.map(({ number, callerId }) => [number, callerId]))).toEqual(
      new Map([
        [newYork, '+12125550100'],
        [miami, '+13055550100'],
      ]),
    );
  },
  LIMIT_MS,
);

function longestSilenceMs(samples: Int16Array): number {
  const frame = RATE / 20;
  let [longest, silent] = [0, 0];
  for (let at = 0; at + frame <= samples.length; at += frame) {
    silent = soundMs(samples.subarray(at, at + frame)) === 0 ? silent + 50 : 0;
    longest = Math.max(longest, silent);
  }
  return longest;
}
