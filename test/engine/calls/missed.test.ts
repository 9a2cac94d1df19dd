// People who were missed shortly before the daemon died: none of them is forgotten, and no one is called twice.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';

const MINUTE_MS = 60_000;
const CALLER = '+16505550123';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const NEVER_ANSWERS: CallPlan = { setUpMs: 100, before: 'ringing', afterMs: 0, outcome: { type: 'no-answer' } };

const BACK: Partial<Campaign> = {
  name: 'call-back',
  mode: 'auto-callback',
  lists: ['missed'],
  attempts: { max: 3, perDay: 3 },
  callerIds: { choose: 'fixed', numbers: ['+12125550199'] },
  autoCallback: { from: ['renewals'], missed: ['inbound', 'abandoned'], afterMs: MINUTE_MS },
};

/** The daemon is dead; a call came in `agoMs` before its next start, as its books say. */
async function calledWhileDead(agoMs: number, parts: { readonly talked: boolean }): Promise<Rig> {
  const running = await Rig.start({ agents: 1, records: 0, others: [BACK], plan: () => NEVER_ANSWERS });
  rig = running;
  await running.clock.settle(running.engine.actOnCampaign('call-back', 'start', by('test')));
  running.killEngine();
  const at = running.clock.now();
  const call = `i-${at}`;
  const { inbound } = running.store;
  await inbound.open({ call, campaign: 'renewals', called: '+12125550100', caller: CALLER, at });
  await inbound.close({
    attempt: call,
    result: parts.talked ? 'connected' : 'abandoned',
    endedAt: at + 1000,
    counts: false,
    ...(parts.talked ? { bridgedAt: at + 500, agent: '100' } : {}),
    next: { state: 'finished', why: 'over' },
  });
  await running.clock.runFor(agoMs);
  await running.startEngine();
  await running.clock.runFor(2000);
  return running;
}

const waiting = (on: Rig) => on.store.records.find({ campaign: 'call-back', text: '', limit: 5 });
const calls = async (on: Rig): Promise<number> => (await on.store.attempts.list({ campaign: 'call-back' })).length;

test('[C-15] [O-09] missed, and the daemon died before it was noted: it is at the next start', async () => {
  const on = await calledWhileDead(5 * MINUTE_MS, { talked: false });
  expect(await waiting(on)).toMatchObject([{ state: 'waiting', contact: { phones: [{ number: CALLER }] } }]);
});

test('[C-15] missed and called back since: another start calls no one again', async () => {
  const on = await calledWhileDead(MINUTE_MS, { talked: false });
  on.startRobots();
  expect(await on.clock.runUntilTrue(() => on.exchange.calls.length > 0, 10 * MINUTE_MS)).toBe(true);
  await on.clock.runFor(2 * MINUTE_MS);
  const before = await calls(on);
  on.killEngine();
  await on.clock.runFor(MINUTE_MS);
  await on.startEngine();
  await on.clock.runFor(10 * MINUTE_MS);
  expect(before).toBe(1);
  expect(await calls(on)).toBe(before);
});

test('[C-15] talked with, or missed too long ago: no one is called back', async () => {
  expect(await waiting(await calledWhileDead(MINUTE_MS, { talked: true }))).toEqual([]);
  await rig?.close();
  expect(await waiting(await calledWhileDead(25 * 60 * MINUTE_MS, { talked: false }))).toEqual([]);
});
