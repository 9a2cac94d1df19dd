// Third parties on the real network: consulted, joined, given the person; who hears whom measured at all three ends.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import type { ThirdCallRow } from '../../src/engine/store/third-parties.ts';
import { agentCall } from '../../src/http/wire/calls.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { besidesToneMs, soundMs, toneMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const RATE = 8000;
const EDGE_MS = 700;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
});
afterAll(() => desk.close());

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const person = (index: number, talksS = 60): string => numbers.personAnswers({ afterS: 1, talksS }, index);

async function control(agent: DeskAgent, order: string, body?: object) {
  const { call } = await desk.centre.client.post(agentCall, `/agent/call/${order}?agent=${agent.number}`, body);
  return call;
}
const standing = async (agent: DeskAgent) =>
  (await desk.centre.client.get(agentCall, `/agent/call?agent=${agent.number}`)).call;

/** An agent in a conversation; `third` is the number of the destination `claims`. */
async function talking(campaign: string, called: string, third: string, changes = {}): Promise<DeskAgent> {
  await desk.ready(campaign, [called], {
    wrap_up: '{limit: 1s, disposition: optional, over: paused}',
    pacing: '{ring: 20s, min_ring: 15s, max_lines: 1, max_calls_per_second: 20}',
    transfer: `{destinations: [{name: claims, label: Claims, number: "${third}", key: 1}]}`,
    ...changes,
  });
  const agent = await desk.readyAgent(campaign);
  await desk.act(campaign, 'start');
  await desk.isIn(agent, 'talking', undefined, 30_000);
  return agent;
}

async function thirdHere(agent: DeskAgent): Promise<void> {
  await until(
    'the third party is there',
    async () => ((await standing(agent))?.third?.state === 'here' ? true : undefined),
    20_000,
  );
}

/** What a called party heard from its answer on, once the carrier has written all of it. */
async function heardBy(name: string): Promise<Int16Array> {
  let length = -1;
  return until(
    `the recording of ${name} is complete`,
    () => {
      const wave = readFileSync(path.join(desk.centre.box.carrier.recordingsDir, `${name}.wav`));
      const isComplete = wave.length === length && length > 44;
      length = wave.length;
      if (!isComplete) return Promise.resolve(undefined);
      const samples = wave.subarray(44);
      return Promise.resolve(
        new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + (samples.length & ~1))),
      );
    },
    10_000,
  );
}

const thirdOf = async ({ attempt }: AttemptRow): Promise<ThirdCallRow> => {
  const [row] = await desk.centre.look((store) => store.thirdParties.of(attempt));
  if (!row) throw new Error('no third party is in the books');
  return row;
};

type Mark = readonly [number, number];
/** Shares of a stretch in which the agent's tone, and anything besides it, is heard. */
function heardIn(samples: Int16Array, from: number, [start, end]: Mark, agent: DeskAgent) {
  const at = (ms: number): number => Math.round(((ms - from) / 1000) * RATE);
  const part = samples.subarray(at(start + EDGE_MS), at(end - EDGE_MS));
  const ms = (part.length / RATE) * 1000;
  const { toneHz } = agent.phone;
  return { tone: toneMs(part, toneHz) / ms, others: besidesToneMs(part, toneHz) / ms, any: soundMs(part) / ms };
}

async function stretch(ms: number): Promise<Mark> {
  const start = Date.now();
  await pass(ms);
  return [start, Date.now()];
}

async function nothingIsLeft(): Promise<void> {
  const bridges = await desk.centre.box.command('pbx', 'bridge show all');
  expect(bridges).not.toContain('x-');
  const { code, json } = await desk.cli('audit');
  expect({ code, unmatched: (json as { unmatched: number }).unmatched }).toEqual({ code: 0, unmatched: 0 });
}

describe.concurrent('a third party', () => {
  test(
    '[D-06] consulted, joined, given the person: each hears whom they should, and no one else',
    async () => {
      const agent = await talking('attended', person(620), person(621));
      await pass(2_000);
      expect(await control(agent, 'consult', { to: { destination: 'claims' } })).toMatchObject({ parties: [] });
      await thirdHere(agent);
      const consulted = await stretch(6_000);
      expect(await control(agent, 'join')).toMatchObject({ parties: ['person', 'third-party'] });
      const three = await stretch(8_000);
      expect(await control(agent, 'complete')).toBeNull();
      const alone = await stretch(8_000);
      await desk.isIn(agent, 'paused', undefined, 10_000);

      const [row] = await desk.ended('attended', 1, 80_000);
      expect(row).toMatchObject({ result: 'connected', agent: agent.number });
      if (!row) return;
      const third = await thirdOf(row);
      expect(third).toMatchObject({ who: 'claims', how: 'consult', result: 'connected' });
      const [personHeard, thirdHeard] = [await heardBy(row.attempt), await heardBy(third.id)];
      const atPerson = (mark: Mark) => heardIn(personHeard, row.answeredAt ?? 0, mark, agent);
      const atThird = (mark: Mark) => heardIn(thirdHeard, third.answeredAt ?? 0, mark, agent);

      // Music for the person, the agent for the third party.
      expect(atPerson(consulted)).toMatchObject({ tone: 0 });
      expect(atPerson(consulted).others).toBeGreaterThan(0.9);
      expect(atThird(consulted).tone).toBeGreaterThan(0.9);
      // Both hear the agent, and each other.
      expect(atPerson(three).tone + atPerson(three).others).toBeGreaterThan(0.9);
      expect(atPerson(three).others).toBeGreaterThan(0.1);
      expect(atThird(three).others).toBeGreaterThan(0.1);
      // Each other alone.
      expect(atPerson(alone)).toMatchObject({ tone: 0 });
      expect(atThird(alone)).toMatchObject({ tone: 0 });
      expect(atPerson(alone).others).toBeGreaterThan(0.1);
      expect(atThird(alone).others).toBeGreaterThan(0.1);
    },
    LIMIT_MS,
  );

  test(
    '[D-06] blind: the agent is free at once, the person hears music and then the third party',
    async () => {
      const agent = await talking('blind', person(630, 30), person(631));
      await pass(2_000);
      const start = Date.now();
      expect(await control(agent, 'transfer', { to: { destination: 'claims' } })).toBeNull();
      await desk.isIn(agent, 'paused', undefined, 3_000);
      const music: Mark = [start, start + 1_800];
      await pass(5_000);
      const alone = await stretch(8_000);

      const [row] = await desk.ended('blind', 1, 60_000);
      expect(row).toMatchObject({ result: 'connected', agent: agent.number, endedBy: 'person' });
      if (!row) return;
      const third = await thirdOf(row);
      expect(third).toMatchObject({ how: 'transfer', result: 'connected' });
      const personHeard = await heardBy(row.attempt);
      expect(heardIn(personHeard, row.answeredAt ?? 0, music, agent)).toMatchObject({ tone: 0 });
      const atThird = heardIn(await heardBy(third.id), third.answeredAt ?? 0, alone, agent);
      expect(atThird.tone).toBe(0);
      expect(atThird.others).toBeGreaterThan(0.1);
    },
    LIMIT_MS,
  );

  test(
    '[D-06] busy: the agent has the person back',
    async () => {
      const agent = await talking('busy', person(640), numbers.busy(641));
      await control(agent, 'consult', { to: { destination: 'claims' } });
      await until(
        'the person is back',
        async () => ((await standing(agent))?.parties[0] === 'person' ? true : undefined),
        10_000,
      );
      expect(await standing(agent)).not.toHaveProperty('third');
      await control(agent, 'hang-up');
      const [row] = await desk.ended('busy', 1);
      if (row) expect(await thirdOf(row)).toMatchObject({ result: 'busy', sipCode: 486 });
    },
    LIMIT_MS,
  );

  test(
    '[D-06] another agent: consulted phone to phone, then the person is theirs',
    async () => {
      const agent = await talking('colleague', person(650), person(651));
      const other = await desk.readyAgent('colleague');
      await control(agent, 'consult', { to: { agent: other.number } });
      await thirdHere(agent);
      await control(agent, 'complete');
      await desk.isIn(other, 'talking', undefined, 5_000);
      const after = await stretch(4_000);
      await control(other, 'hang-up');
      const [row] = await desk.ended('colleague', 1);
      expect(row).toMatchObject({ result: 'connected', agent: other.number });
      if (!row) return;
      const heard = heardIn(await heardBy(row.attempt), row.answeredAt ?? 0, after, other);
      expect(heard.tone).toBeGreaterThan(0.9);
    },
    LIMIT_MS,
  );
});

// The daemon dies: alone.
test(
  '[O-09] kill -9 of the daemon in a consultation: it goes on, is shown afterwards and is completed; all books agree',
  async () => {
    const agent = await talking('killed', person(660), person(661));
    await control(agent, 'consult', { to: { destination: 'claims' } });
    await thirdHere(agent);
    await desk.centre.endDaemon('SIGKILL');
    await pass(2_000);
    await desk.centre.startDaemon();
    await pass(1_000);
    expect(await standing(agent)).toMatchObject({ third: { state: 'here' }, parties: ['third-party'] });
    await control(agent, 'complete');
    const alone = await stretch(5_000);

    const [row] = await desk.ended('killed', 1, 80_000);
    expect(row).toMatchObject({ result: 'connected', agent: agent.number });
    if (!row) return;
    const third = await thirdOf(row);
    const atThird = heardIn(await heardBy(third.id), third.answeredAt ?? 0, alone, agent);
    expect(atThird.tone).toBe(0);
    expect(atThird.others).toBeGreaterThan(0.1);
    await nothingIsLeft();
  },
  LIMIT_MS,
);
