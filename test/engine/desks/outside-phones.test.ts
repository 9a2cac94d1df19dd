// Agents whose desk phone is any number, in a simulated call centre: called over the trunk, theirs once the PIN is typed on
// it, and never by itself again.

import { afterEach, expect, test } from 'vitest';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import type { Rig } from '../../support/rig.ts';
import { desks, type Seat } from './desk-rig.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const PHONE = '+16505551234';
const phone = (key?: string): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', ...(key === undefined ? {} : { presses: { key, afterMs: 3_000 } }) },
});
const person: CallPlan = { setUpMs: 200, before: 'ringing', afterMs: 3_000, outcome: { type: 'person' } };
const agentPhone = { mode: 'nailed-up', waiting: 'silence', ringMs: 20_000, outside: true } as const;

async function outside(plans: readonly CallPlan[], isAllowed = true): Promise<{ on: Rig; seat: Seat }> {
  let calls = 0;
  const centre = await desks({
    agents: 1,
    records: 3,
    plan: (number) => {
      if (number !== PHONE) return person;
      calls += 1;
      return plans[calls - 1] ?? phone();
    },
    campaign: { mode: 'progressive', ...(isAllowed ? { agentPhone } : {}) },
  });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

const open = ({ rig: on, agent }: Seat, number = PHONE) =>
  on.clock.settle(on.engine.desks.open({ agent, campaign: on.campaign.name, phone: { number } }));

const callAgain = (seat: Seat) => seat.send({ key: seat.key(), session: { do: 'call-phone' } });
const calledPhone = async (on: Rig): Promise<unknown[]> =>
  (await on.store.audit.list({ what: 'agent.phone', limit: 10 })).map(({ who, to }) => [who, to]);

test('[A-04] picked up and the PIN typed: the phone is the agent’s, and people come to it; the call is in the audit log', async () => {
  const { on, seat } = await outside([phone('4711#')]);
  await open(seat);
  await seat.until((view) => view.session?.phone === 'ringing');
  expect(seat.view.session).toMatchObject({ phoneKind: 'number', phoneNumber: PHONE });
  await seat.until((view) => view.session?.phone === 'up');
  expect(seat.view).toMatchObject({ state: 'paused', reason: 'signed-in' });
  expect(await calledPhone(on)).toEqual([['agent 100', { number: PHONE, trunk: 'main' }]]);
  await seat.wish({ do: 'set-ready', channel: 'voice' });
  expect(await seat.isIn('talking')).toMatchObject({ state: 'talking' });
});

test('[A-04] a voicemail box picks up: never the agent’s; called again when asked, once at a time', async () => {
  const { on, seat } = await outside([phone(), phone('4711#')]);
  await open(seat);
  await seat.until((view) => view.session?.phone === 'ringing');
  await seat.wish({ do: 'set-ready', channel: 'voice' });
  const gone = await seat.until((view) => view.session?.phone === 'down', 60_000);
  expect(gone).toMatchObject({ state: 'paused', reason: 'not-answered' });
  await on.clock.runFor(120_000);
  expect(await calledPhone(on)).toHaveLength(1);
  expect(await on.store.attempts.list({})).toEqual([]);

  expect((await callAgain(seat)).answer).toBe('done');
  expect((await callAgain(seat)).answer).toMatchObject({ code: 'not-now' });
  await seat.until((view) => view.session?.phone === 'up');
  expect(await calledPhone(on)).toHaveLength(2);
});

test('[A-04] put down: not ready, with the reason, and not called by itself; the line is free; after ten minutes the session is over', async () => {
  const quick: CallPlan = {
    ...phone('4711#'),
    outcome: { type: 'person', talksMs: 10_000, presses: { key: '4711#', afterMs: 3_000 } },
  };
  const { on, seat } = await outside([quick]);
  await open(seat);
  await seat.until((view) => view.session?.phone === 'up');
  await seat.until((view) => view.session?.phone === 'down');
  expect(seat.view).toMatchObject({ state: 'paused', reason: 'phone-gone' });
  expect(on.engine.trunks().map(({ linesInUse }) => linesInUse)).toEqual([0]);
  await on.clock.runFor(599_000);
  expect(seat.view.state).toBe('paused');
  await on.clock.runFor(5_000);
  expect(seat.view.state).toBe('offline');
  expect(await calledPhone(on)).toHaveLength(1);
});

test('[A-04] not allowed by the campaign, by the gate of numbers, or no number: refused, and nothing is called', async () => {
  const { on, seat } = await outside([], false);
  await expect(open(seat)).rejects.toMatchObject({ code: 'outside-phone-not-allowed' });
  await on.changeCampaign({ agentPhone });
  await expect(open(seat, '+4930901820')).rejects.toMatchObject({ code: 'number-not-dialed' });
  await expect(open(seat, '+19005551234')).rejects.toMatchObject({ code: 'number-not-dialed' });
  await expect(open(seat, '+18005551234')).rejects.toMatchObject({ code: 'number-not-dialed' });
  await expect(open(seat, '911')).rejects.toMatchObject({ code: 'number-invalid' });
  expect(seat.view.state).toBe('offline');
  expect(await calledPhone(on)).toEqual([]);
});

test('[A-04] [O-09] killed: a phone that sat is still there with its line, one that had not confirmed is let go', async () => {
  const { on, seat } = await outside([phone('4711#'), phone()]);
  await open(seat);
  await seat.until((view) => view.session?.phone === 'up');
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(2_000);
  await on.startEngine();
  await on.clock.runFor(1_000);
  expect(seat.view.session).toMatchObject({ phone: 'up', phoneKind: 'number', phoneNumber: PHONE });
  expect(on.engine.trunks().map(({ linesInUse }) => linesInUse)).toEqual([1]);

  await on.clock.settle(on.engine.signOutAgent(seat.agent, { kind: 'command', name: 'test' }));
  await on.clock.runFor(10_000);
  expect(on.engine.trunks().map(({ linesInUse }) => linesInUse)).toEqual([0]);
  await open(seat);
  await on.clock.runFor(4_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await on.clock.runFor(10_000);
  expect(seat.view).toMatchObject({ state: 'paused', session: { phone: 'down' } });
  expect(on.engine.trunks().map(({ linesInUse }) => linesInUse)).toEqual([0]);
});
