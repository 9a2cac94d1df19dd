// Mute, hold, keys and hang-up on the real network, with who hears whom measured at both ends: the person in the carrier's
// recording, the agent at the phone itself (Asterisk's recording of a leg may miss what comes after a hold). Each test has a campaign and an agent of its own: they run at once.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PhonesOptions } from '../../asterisk/box/phones.ts';
import * as numbers from '../../asterisk/box/numbers.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { agentCall } from '../../src/http/wire/calls.ts';
import { Desk, type DeskAgent } from '../support/desk.ts';
import { besidesToneMs, soundMs, toneMs } from '../support/hearing.ts';
import { SipPeer } from '../support/sip-peer.ts';
import { PhoneEar } from '../support/phone-ear.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const RATE = 8000;
/** Around each change of who hears whom: the way of the command, the codec's buffers, the short signals. */
const EDGE_MS = 700;

const CAMPAIGN = {
  wrap_up: '{limit: 1s, disposition: optional, over: paused}',
  pacing: '{ring: 20s, min_ring: 15s, max_lines: 1, max_calls_per_second: 20}',
};

let desk: Desk;
let peer: SipPeer;

beforeAll(async () => {
  peer = await SipPeer.open();
  desk = await Desk.open({ record: true, trunks: [peer.trunk('peer')] });
});
afterAll(async () => {
  await desk.close();
  await peer.close();
});

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function control(agent: DeskAgent, order: string, body?: object) {
  const { call } = await desk.centre.client.post(agentCall, `/agent/call/${order}?agent=${agent.number}`, body);
  return call;
}

/** An agent in a conversation with the person of that number. */
async function talking(campaign: string, number: string, changes = {}, phone: PhonesOptions = {}): Promise<DeskAgent> {
  await desk.ready(campaign, [number], { ...CAMPAIGN, ...changes });
  const agent = await desk.readyAgent(campaign, phone);
  await desk.act(campaign, 'start');
  await desk.isIn(agent, 'talking', undefined, 30_000);
  return agent;
}

/** What was heard between two moments of a recording that began at `from`, without the edges. */
function between(samples: Int16Array, from: number, [start, end]: readonly [number, number]): Int16Array {
  const at = (ms: number): number => Math.round(((ms - from) / 1000) * RATE);
  return samples.subarray(at(start + EDGE_MS), at(end - EDGE_MS));
}

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
    5_000,
  );
}

const lengthMs = (samples: Int16Array): number => (samples.length / RATE) * 1000;

describe.concurrent('what agent and person hear', () => {
  test(
    '[D-06] mute: the person hears nothing, the agent goes on hearing; hold: music for the person, nothing for the agent',
    async () => {
      const agent = await talking(
        'controls',
        numbers.personAnswers({ afterS: 1, talksS: 60 }, 600),
        {},
        { record: true },
      );
      const ear = new PhoneEar(agent.phones);
      const heard: Record<string, Int16Array> = {};
      const marks: Record<string, [number, number]> = {};
      const stretch = async (name: string, ms: number): Promise<void> => {
        const start = Date.now();
        await pass(EDGE_MS);
        const from = ear.now();
        await pass(ms - 2 * EDGE_MS);
        heard[name] = ear.between(from, ear.now());
        await pass(EDGE_MS);
        marks[name] = [start, Date.now()];
      };
      await stretch('talk', 4_000);
      expect(await control(agent, 'mute')).toMatchObject({ muted: true });
      await stretch('muted', 6_000);
      expect(await control(agent, 'unmute')).toMatchObject({ muted: false });
      await stretch('unmuted', 3_000);
      expect(await control(agent, 'hold')).toHaveProperty('heldSince');
      await pass(1_500); // the agent hears that the person is on hold
      await stretch('held', 6_000);
      expect(await control(agent, 'resume')).not.toHaveProperty('heldSince');
      await stretch('back', 9_000); // a person pauses for up to three seconds
      expect(await control(agent, 'hang-up')).toBeNull();

      const [row] = await desk.ended('controls', 1);
      expect(row).toMatchObject({ result: 'connected', endedBy: 'agent' });
      if (!row) return;
      const personHeard = await heardBy(row);
      const person = (name: string) => between(personHeard, row.answeredAt ?? 0, marks[name] ?? [0, 0]);
      const atPhone = (name: string) => heard[name] ?? new Int16Array();
      const tone = (name: string): number => toneMs(person(name), agent.phone.toneHz) / lengthMs(person(name));
      const any = (samples: Int16Array): number => soundMs(samples) / lengthMs(samples);

      expect(tone('talk')).toBeGreaterThan(0.9);
      expect(any(person('muted'))).toBe(0);
      expect(tone('unmuted')).toBeGreaterThan(0.9);
      expect(tone('held')).toBe(0);
      expect(besidesToneMs(person('held'), agent.phone.toneHz) / lengthMs(person('held'))).toBeGreaterThan(0.9);
      expect(tone('back')).toBeGreaterThan(0.9);
      expect(soundMs(atPhone('muted'))).toBeGreaterThan(500);
      expect(soundMs(atPhone('held'))).toBe(0);
      expect(soundMs(atPhone('back'))).toBeGreaterThan(500);
    },
    LIMIT_MS,
  );

  test(
    '[D-06] keys reach the person as telephone events, in their order',
    async () => {
      const number = peer.number(async (call) => {
        await call.answer();
        await call.pause(60_000);
      });
      const agent = await talking('keys', number, { trunk: 'peer' });
      await control(agent, 'keys', { keys: '0123456789*#' });
      const [call] = peer.callsTo(number);
      await until('all keys have come', () => Promise.resolve(call?.heard().keys.length === 12 || undefined), 10_000);
      expect(call?.heard().keys).toBe('0123456789*#');
      await control(agent, 'hang-up');
      await desk.ended('keys', 1);
    },
    LIMIT_MS,
  );
});

// The daemon dies: alone.
test(
  '[O-09] kill -9 of the daemon during hold: music goes on, the agent is shown the hold afterwards and takes the person back',
  async () => {
    const agent = await talking('killed', numbers.personAnswers({ afterS: 1, talksS: 60 }, 610));
    await pass(2_000);
    await control(agent, 'mute');
    const held = await control(agent, 'hold');
    await pass(1_000);

    await desk.centre.endDaemon('SIGKILL');
    const killedAt = Date.now();
    await pass(3_000);
    await desk.centre.startDaemon();
    await pass(1_000);
    const view = await desk.centre.client.get(agentCall, `/agent/call?agent=${agent.number}`);
    expect(view.call).toMatchObject({ heldSince: held?.heldSince, muted: true, pending: false });
    const backAt = Date.now();
    await control(agent, 'unmute');
    await control(agent, 'resume');
    const resumedAt = Date.now();
    await pass(4_000);
    await control(agent, 'hang-up');

    const [row] = await desk.ended('killed', 1);
    expect(row).toMatchObject({ result: 'connected', agent: agent.number });
    if (!row) return;
    const heard = await heardBy(row);
    const meanwhile = between(heard, row.answeredAt ?? 0, [killedAt, backAt]);
    const after = between(heard, row.answeredAt ?? 0, [resumedAt, resumedAt + 4_000]);
    expect(soundMs(meanwhile) / lengthMs(meanwhile)).toBeGreaterThan(0.9);
    expect(toneMs(after, agent.phone.toneHz) / lengthMs(after)).toBeGreaterThan(0.9);
    const { code, json } = await desk.cli('audit');
    expect({ code, unmatched: (json as { unmatched: number }).unmatched }).toEqual({ code: 0, unmatched: 0 });
  },
  LIMIT_MS,
);
