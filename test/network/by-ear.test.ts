// The states of an agent by ear, on a real Asterisk with real phones: soft tones while paused and in wrap-up, a beep at the
// connection that the agent alone hears and that delays no one; and callbacks agreed on by keys alone.

import { afterAll, beforeAll, expect, test } from 'vitest';
import * as numbers from '../../asterisk/box/numbers.ts';
import { Desk } from '../support/desk.ts';
import { Ears } from '../support/ears.ts';
import { soundMs, toneMs } from '../support/hearing.ts';

const LIMIT_MS = 240_000;
const [PAUSED_HZ, WRAP_UP_HZ, BEEP_HZ] = [350, 520, 880];
/** Tones come every 12 s. */
const LISTEN_MS = 15_000;
/** Samples a second. */
const RATE = 8000;

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open({ record: true });
});
afterAll(() => desk.close());

const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test(
  '[A-01] tones: one while paused, another in wrap-up, a beep at the connection that the person does not hear and does not wait for',
  async () => {
    await desk.ready('by-ear', [numbers.personAnswers({ afterS: 1, talksS: 8 }, 610)], {
      agent_phone: '{tones: yes}',
      wrap_up: '{limit: 60s, disposition: required, over: paused}',
    });
    const agent = await desk.readyAgent('by-ear');
    await agent.phone.press('01');
    await desk.isIn(agent, 'paused', 'break');
    await pass(4_000);
    const paused = await Ears.at(desk.centre.box, agent.account, 'paused');
    await pass(LISTEN_MS);
    const whilePaused = await paused.end();
    expect(toneMs(whilePaused, PAUSED_HZ)).toBeGreaterThanOrEqual(100);
    expect(soundMs(whilePaused)).toBeLessThan(1_500);

    await agent.phone.press('1');
    await desk.isIn(agent, 'ready');
    const talking = await Ears.at(desk.centre.box, agent.account, 'talking');
    await desk.act('by-ear', 'start');
    await desk.isIn(agent, 'talking', undefined, 30_000);
    await pass(4_000);
    const inCall = await talking.end();
    expect(toneMs(inCall, BEEP_HZ)).toBeGreaterThanOrEqual(100);

    await desk.isIn(agent, 'wrap-up', undefined, 30_000);
    await pass(8_000);
    const wrappingUp = await Ears.at(desk.centre.box, agent.account, 'wrap-up');
    await pass(LISTEN_MS);
    expect(toneMs(await wrappingUp.end(), WRAP_UP_HZ)).toBeGreaterThanOrEqual(100);
    await agent.phone.press('1');

    const [row] = await desk.ended('by-ear', 1);
    if (!row) throw new Error('no attempt');
    const delayMs = (row.bridgedAt ?? Infinity) - (row.answeredAt ?? 0);
    expect(delayMs).toBeLessThanOrEqual(50);
    const person = desk.heard(row);
    expect(toneMs(person, BEEP_HZ)).toBe(0);
    // The agent's own sound reaches the person from the first second on.
    expect(toneMs(person.subarray(0, RATE), agent.phone.toneHz)).toBeGreaterThanOrEqual(600);
  },
  LIMIT_MS,
);

test(
  '[A-17] a callback by keys: for any agent, on another number, at a time of the person’s clock',
  async () => {
    await desk.ready('by-keys', [numbers.personAnswers({ afterS: 1, talksS: 2 }, 611)], {
      dispositions: '[{code: sale, label: Sold, key: 1}, {code: later, label: Call later, key: 2, ask: callback}]',
      wrap_up: '{limit: 60s, disposition: required, over: paused}',
    });
    const agent = await desk.readyAgent('by-keys');
    await desk.act('by-keys', 'start');
    await desk.isIn(agent, 'wrap-up', undefined, 30_000);
    await agent.phone.press('23#4#');
    await agent.phone.press('12125550187#1#');
    await desk.isIn(agent, 'ready', undefined, 20_000);
    const listed = (await desk.cli('callback', 'list', '--state', 'all')).json as readonly object[];
    expect(listed).toMatchObject([{ campaign: 'by-keys', state: 'pending', agent: null, number: '+12125550187' }]);
  },
  LIMIT_MS,
);
