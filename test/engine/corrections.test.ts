// A disposition that was wrong, or not given in time, corrected once the call is behind everybody, in a simulated call
// centre: the record is decided again as if the agent had said so.

import { defined } from '../../src/base/defined.ts';
import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { Rig } from '../support/rig.ts';
import { by } from '../support/actors.ts';

const HOUR_MS = 3_600_000;

const CAMPAIGN: Partial<Campaign> = {
  mode: 'progressive',
  attempts: { max: 2, perDay: 2 },
  wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'paused' },
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'closed', label: 'Closed', key: '2', then: { do: 'close' } },
    { code: 'later', label: 'Call later', key: '3', ask: 'callback' },
    { code: 'stop', label: 'Do not call', key: '4', then: { do: 'do-not-call', list: 'global', numbers: 'dialed' } },
    { code: 'other', label: 'Other phone', key: '5', ask: 'phone' },
  ],
  callAgain: [
    {
      when: 'disposition == "sale" || disposition == ""',
      then: { do: 'call-again', afterMs: HOUR_MS, phone: 'same' },
      priority: { by: 5 },
      times: 1,
    },
  ],
};

const PICKS_UP: CallPlan = {
  setUpMs: 200,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'person', talksMs: 20_000 },
};

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

interface Talked {
  readonly on: Rig;
  readonly phone: SimulatedPhone;
  readonly attempt: string;
  readonly number: string;
}

async function agentIs(on: Rig, state: 'ready' | 'talking' | 'wrap-up' | 'paused'): Promise<void> {
  const isSo = (): boolean => (on.engine.campaigns()[0]?.agents[state] ?? 0) === 1;
  expect(await on.clock.runUntilTrue(isSo, 120_000)).toBe(true);
}

async function ready(on: Rig): Promise<SimulatedPhone> {
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press('100#4711#');
  await on.clock.runFor(6000);
  phone.press('1');
  await on.clock.runFor(1000);
  return phone;
}

/** The one person has been talked with; the agent has pressed this key in the wrap-up, or let its limit pass. */
async function talked(key?: string): Promise<Talked> {
  const on = await Rig.start({ agents: 1, records: 1, plan: () => PICKS_UP, campaign: CAMPAIGN });
  rig = on;
  const phone = await ready(on);
  await on.startCampaign();
  await agentIs(on, 'wrap-up');
  if (key !== undefined) phone.press(key);
  await agentIs(on, key === undefined ? 'paused' : 'ready');
  await on.clock.runFor(1000);
  const [row] = await on.store.attempts.list({});
  return { on, phone, attempt: row?.attempt ?? '', number: row?.number ?? '' };
}

async function correct({ on, attempt }: Pick<Talked, 'on' | 'attempt'>, disposition: string, phone?: string) {
  const given = on.engine.dispose({ attempt, disposition, ...defined({ phone }) });
  return on.clock.settle(
    given.catch((fault: unknown) => (fault instanceof OperationalError ? fault.code : Promise.reject(fault as Error))),
  );
}

/** A callback two hours after the conversation, which has just ended. */
async function agree({ on }: Talked): Promise<{ readonly at: number; readonly id: number }> {
  const [row] = await on.store.attempts.list({});
  const at = (row?.endedAt ?? 0) + 2 * HOUR_MS;
  return on.clock.settle(on.engine.setCallback({ record: 1, at, agent: null, by: by('anna') }));
}

const recordOf = async ({ on }: Talked) => (await on.store.records.facts(1))?.facts;

test('[A-16] finished by the wrong key, it was a sale: the record waits as the rule for it says', async () => {
  const talk = await talked('2');
  expect(await recordOf(talk)).toMatchObject({ state: 'finished', attempts: 1, ruleUses: {} });

  expect(await correct(talk, 'sale')).toMatchObject({ disposition: 'sale', before: { disposition: 'closed' } });

  const [row] = await talk.on.store.attempts.list({});
  expect(row).toMatchObject({ disposition: 'sale', agent: '100' });
  const dueAt = (row?.endedAt ?? 0) + HOUR_MS;
  expect(await recordOf(talk)).toMatchObject({ state: 'waiting', dueAt, attempts: 1, ruleUses: { 0: 1 }, priority: 5 });
  expect(talk.on.complaints).toEqual([]);
});

test('[A-16] [L-09] corrected back and forth: attempts, uses of the rule and priority stay what one call makes of them', async () => {
  const talk = await talked('1');
  const once = await recordOf(talk);
  for (const said of ['closed', 'sale', 'closed', 'sale']) await correct(talk, said);
  expect(await recordOf(talk)).toEqual(once);
});

test('[A-19] none given within the limit: given late, the record is decided by it', async () => {
  const talk = await talked();
  expect(await recordOf(talk)).toMatchObject({ state: 'waiting', ruleUses: { 0: 1 } });
  expect(await correct(talk, 'closed')).toMatchObject({ agent: '100', disposition: 'closed', before: null });
  expect(await recordOf(talk)).toMatchObject({ state: 'finished', ruleUses: { 0: 0 }, priority: 0 });
});

test('[X-01] it was "do not call": the number is on the list; taken back, it stays there', async () => {
  const talk = await talked('1');
  await correct(talk, 'stop');
  expect(await talk.on.store.doNotCall.check(talk.number)).toHaveLength(1);
  expect(await recordOf(talk)).toMatchObject({ state: 'finished' });
  await correct(talk, 'sale');
  expect(await talk.on.store.doNotCall.check(talk.number)).toHaveLength(1);
});

test('[A-16] what the disposition asks for is demanded here too', async () => {
  const talk = await talked('1');
  expect(await correct(talk, 'other')).toBe('disposition-incomplete');
  expect(await correct(talk, 'later')).toBe('disposition-incomplete');
  expect(await correct(talk, 'other', '+12125550177')).toMatchObject({ disposition: 'other' });
  expect((await recordOf(talk))?.phones.map(({ number }) => number)).toEqual([talk.number, '+12125550177']);
});

test('[A-17] a callback agreed besides: stands when it was a sale, is taken back when they are not to be called', async () => {
  const talk = await talked('2');
  const { at, id } = await agree(talk);
  await correct(talk, 'sale');
  expect(await recordOf(talk)).toMatchObject({ state: 'waiting', callback: { at } });
  await correct(talk, 'stop');
  expect(await recordOf(talk)).toMatchObject({ state: 'finished', callback: null });
  expect((await talk.on.store.callbacks.show(id, talk.on.clock.now()))?.state).toBe('cancelled');
});

test('[A-17] it was "call later": waits for the callback; it was not: the callback goes with the disposition that asked for it', async () => {
  const talk = await talked('2');
  const { at, id } = await agree(talk);
  expect(await correct(talk, 'later')).toMatchObject({ disposition: 'later' });
  expect(await recordOf(talk)).toMatchObject({ state: 'waiting', callback: { at } });
  await correct(talk, 'sale');
  expect(await recordOf(talk)).toMatchObject({ state: 'waiting', dueAt: at - HOUR_MS, callback: null });
  expect((await talk.on.store.callbacks.show(id, talk.on.clock.now()))?.state).toBe('cancelled');
});

test('[A-16] dialed again since: what was said is corrected, the record stays with the newer call', async () => {
  const talk = await talked('1');
  await talk.on.clock.runFor(HOUR_MS - 60_000);
  await agentIs(talk.on, 'talking');
  expect(await correct(talk, 'closed')).toMatchObject({ disposition: 'closed' });
  expect(await recordOf(talk)).toMatchObject({ state: 'dialing' });
  await agentIs(talk.on, 'wrap-up');
  talk.phone.press('2');
  await agentIs(talk.on, 'ready');
  await talk.on.clock.runFor(1000);
  const said = (await talk.on.store.attempts.list({})).map(({ disposition }) => disposition);
  expect(said).toEqual(['closed', 'closed']);
});
