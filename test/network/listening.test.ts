// A supervisor who listens on the real network: who hears whom, measured at the person's end and at the agent's phone.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import { agentCall } from '../../src/http/wire/calls.ts';
import { credentials } from '../../src/http/wire/agents.ts';
import { listening } from '../../src/http/wire/listening.ts';
import { Desk } from '../support/desk.ts';
import { Ears } from '../support/ears.ts';
import { soundMs, toneMs } from '../support/hearing.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 240_000;
const RATE = 8000;
const EDGE_MS = 700;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
});
afterAll(() => desk.close());

type Mark = readonly [number, number];
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function stretch(ms: number): Promise<Mark> {
  const start = Date.now();
  await pass(ms);
  return [start, Date.now()];
}

function share(samples: Int16Array, from: number, [start, end]: Mark, hz: number): number {
  const at = (ms: number): number => Math.round(((ms - from) / 1000) * RATE);
  const part = samples.subarray(at(start + EDGE_MS), at(end - EDGE_MS));
  return toneMs(part, hz) / ((part.length / RATE) * 1000);
}

test(
  '[S-03] listens, whispers, barges in, takes over: the person hears a supervisor who barges in and no other (30)',
  async () => {
    const box = desk.centre.box;
    await desk.ready('watched', [numbers.personAnswers({ afterS: 1, talksS: 70 }, 700)], {
      wrap_up: '{limit: 1s, disposition: optional, over: paused}',
    });
    const agent = await desk.readyAgent('watched');
    const number = '900';
    const body = { number, name: 'Eva', groups: [], pin: '4711' };
    const { account, sipPassword } = await desk.centre.client.post(credentials, '/agents', body);
    const phones = await box.startPhones([
      { username: account, password: sipPassword, autoAnswer: true, toneHz: 1700 },
    ]);
    await phones.registered();
    await desk.act('watched', 'start');
    await desk.isIn(agent, 'talking', undefined, 30_000);
    const ears = await Ears.at(box, agent.account, 'watched');
    const earsFrom = Date.now();
    const listen = (mode: string) =>
      desk.centre.client.post(listening, `/agents/${agent.number}/listen`, { mode, phone: number });

    await listen('listen');
    await until(
      'the supervisor listens',
      async () => {
        const [one] = await desk.centre.client.get(listening.array(), '/listening');
        return one?.state === 'on' ? true : undefined;
      },
      15_000,
    );
    const boss = await Ears.at(box, account, 'boss');
    const bossFrom = Date.now();
    const listened = await stretch(5_000);
    await listen('whisper');
    const whispered = await stretch(5_000);
    await listen('barge');
    const barged = await stretch(5_000);
    await listen('listen');
    const again = await stretch(4_000);
    const bossHeard = await boss.end();
    const { call } = await desk.centre.client.get(agentCall, `/agent/call?agent=${agent.number}`);
    expect(call).toMatchObject({ muted: false, pending: false, parties: ['person'] });
    const atAgent = await ears.end();
    await listen('take-over');
    await desk.isIn(agent, 'paused', undefined, 10_000);
    const taken = await stretch(5_000);

    const [row] = await desk.ended('watched', 1, 80_000);
    expect(row).toMatchObject({ result: 'connected', agent: agent.number });
    if (!row) return;
    await pass(2_000);
    const wave = readFileSync(path.join(box.carrier.recordingsDir, `${row.attempt}.wav`)).subarray(44);
    const person = new Int16Array(wave.buffer.slice(wave.byteOffset, wave.byteOffset + (wave.length & ~1)));
    const from = row.answeredAt ?? 0;
    const [agentHz, bossHz] = [agent.phone.toneHz, 1700];

    expect(share(person, from, listened, agentHz)).toBeGreaterThan(0.9);
    expect(share(person, from, whispered, agentHz)).toBeGreaterThan(0.9);
    expect(share(atAgent, earsFrom, listened, bossHz)).toBe(0);
    // Both tones at once: neither is alone.
    expect(share(person, from, barged, agentHz)).toBeLessThan(0.5);
    expect(share(person, from, again, agentHz)).toBeGreaterThan(0.9);
    expect(share(atAgent, earsFrom, again, bossHz)).toBe(0);
    expect(share(person, from, taken, bossHz)).toBeGreaterThan(0.9);
    const at = (ms: number): number => Math.round(((ms - bossFrom) / 1000) * RATE);
    expect(soundMs(bossHeard.subarray(at(listened[0]), at(listened[1])))).toBeGreaterThan(2_000);
    const { code, json } = await desk.cli('audit');
    expect({ code, unmatched: (json as { unmatched: number }).unmatched }).toEqual({ code: 0, unmatched: 0 });
    expect(await box.command('pbx', 'core show channels concise')).not.toContain('Snoop');
  },
  LIMIT_MS,
);
