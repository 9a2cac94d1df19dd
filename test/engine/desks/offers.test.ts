// Records that are offered to agents at desks in a simulated call centre: push-preview, direct push-preview, progressive with
// before-call work, engaged; accepted, rejected, let pass, and the countdown to the next.

import { afterEach, expect, test } from 'vitest';
import type { Campaign, DeskRules } from '../../../src/campaign/definition.ts';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { desks, type Seat } from './desk-rig.ts';
import { answers, busy } from '../../support/call-plans.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function oneDesk(
  mode: Campaign['mode'],
  { desk = {}, ...options }: Partial<RigOptions> & { desk?: Partial<DeskRules> } = {},
): Promise<{ on: Rig; seat: Seat }> {
  const campaign = { mode, attempts: { max: 5, perDay: 5 }, desk: { ...USUAL_DESK, ...desk } };
  const centre = await desks({ agents: 1, records: 3, plan: answers, campaign, ...options });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

const finish = async (seat: Seat): Promise<void> => {
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done' })).toBe('done');
};

test('[C-05] push-preview: offered while the channel preview is ready; accepted it opens, and a click dials', async () => {
  const { on, seat } = await oneDesk('push-preview');
  await seat.sitDown();
  await on.clock.runFor(5_000);
  expect(seat.view).toMatchObject({ state: 'ready' });
  await seat.wish({ do: 'set-ready', channel: 'preview' });

  const offered = await seat.isIn('offered');
  expect(offered).toMatchObject({ state: 'engaged', open: { may: ['accept', 'reject'], record: { record: 1 } } });
  await seat.act({ do: 'accept' });
  expect(seat.view.open?.state).toBe('preview');
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.isIn('talking');
  await finish(seat);

  expect((await seat.isIn('offered')).open?.record?.record).toBe(2);
});

test('[C-05] push-preview while paused for calls: the offer comes all the same', async () => {
  const { seat } = await oneDesk('push-preview');
  await seat.open();
  await seat.until((view) => view.session?.phone === 'up');
  await seat.wish({ do: 'set-ready', channel: 'preview' });

  await seat.isIn('offered');
  expect(await seat.act({ do: 'reject' })).toBe('done');
});

test('[L-08] let pass: the record is at the top again, and the channel is not ready; rejected: it comes again', async () => {
  const { on, seat } = await oneDesk('push-preview');
  await seat.sitDown();
  await seat.wish({ do: 'set-ready', channel: 'preview' });
  await seat.isIn('offered');
  await seat.act({ do: 'reject' });
  expect((await seat.isIn('offered')).open?.record?.record).toBe(1);

  await seat.until((view) => view.session?.channels.preview === 'not-ready');
  expect(seat.view).toMatchObject({ state: 'ready' });
  await on.clock.runFor(10_000);
  expect(seat.view).not.toHaveProperty('open');
  expect(await on.store.records.show(1)).toMatchObject({ state: 'waiting' });
  expect((await on.store.desks.interactions({ record: 1 })).map(({ outcome }) => outcome)).toEqual([
    'missed',
    'rejected',
  ]);
});

test('[C-05] direct push-preview: from Get Record on; Accept dials after the before-call work', async () => {
  const { on, seat } = await oneDesk('direct-push-preview', { desk: { beforeCallMs: 4_000 } });
  await seat.sitDown();
  await on.clock.runFor(5_000);
  expect(seat.view).not.toHaveProperty('open');
  await seat.wish({ do: 'get-record', campaign: on.campaign.name, kind: 'direct-push-preview' });

  await seat.isIn('offered');
  await seat.act({ do: 'accept' });
  expect(seat.view.open).toMatchObject({ state: 'before-call', deadlineAt: on.clock.now() + 4_000 });
  expect(on.engine.health().calls).toBe(0);
  await seat.isIn('dialing', 5_000);
  await seat.isIn('talking');
  await seat.wish({ do: 'stop', campaign: on.campaign.name });
  await finish(seat);

  await seat.until((view) => view.state === 'ready');
  const [row] = await on.store.desks.interactions({ record: 1 });
  expect(row).toMatchObject({ outcome: 'called', calls: [{ by: 'accept', result: 'connected' }] });
});

test('[C-05] progressive with before-call work: the record is there first, one line is dialed for this agent', async () => {
  const { on, seat } = await oneDesk('progressive', { desk: { beforeCallMs: 5_000 } });
  await seat.sitDown();

  const before = await seat.isIn('before-call');
  expect(before.open?.facts).toMatchObject({ record: 1 });
  await on.clock.runFor(4_000);
  expect(await on.store.attempts.list({})).toEqual([]);
  await seat.isIn('talking');
  expect(await on.store.attempts.list({})).toHaveLength(1);
  await finish(seat);
  expect((await seat.isIn('before-call')).open?.record?.record).toBe(2);
});

test('[C-05] progressive with before-call work, busy: done by itself, and the next record comes', async () => {
  const { on, seat } = await oneDesk('progressive', { desk: { beforeCallMs: 1_000 }, plan: busy });
  await seat.sitDown();

  await seat.until((view) => view.open?.record?.record === 2);
  const [row] = await on.store.attempts.list({ record: 1 });
  expect(row).toMatchObject({ result: 'busy' });
  expect((await on.store.records.show(1))?.state).not.toBe('dialing');
});

test('[C-06] engaged: nothing is dialed before the blank offer is accepted; whoever picks up fills it', async () => {
  const { on, seat } = await oneDesk('predictive', { desk: { engaged: true } });
  await seat.sitDown();

  const offered = await seat.isIn('offered');
  expect(offered.open).not.toHaveProperty('record');
  await on.clock.runFor(10_000);
  expect(await on.store.attempts.list({})).toEqual([]);
  await seat.act({ do: 'accept' });
  expect(seat.view).toMatchObject({ state: 'engaged', open: { state: 'dialing' } });
  const talking = await seat.isIn('talking');
  expect(talking.open).toMatchObject({
    record: { record: expect.any(Number) as number },
    facts: expect.anything() as object,
  });
  await finish(seat);
  await seat.isIn('offered');
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', disposition: 'sale', agent: '100' });
});

test('[C-06] engaged and rejected: the agent is not ready, and no one is dialed', async () => {
  const { on, seat } = await oneDesk('progressive', { desk: { engaged: true } });
  await seat.sitDown();
  await seat.isIn('offered');

  await seat.act({ do: 'reject' });

  await seat.until((view) => view.state === 'paused');
  await on.clock.runFor(60_000);
  expect(await on.store.attempts.list({})).toEqual([]);
});

test('[C-06] engaged and accepted, then killed: the agent waits again, and gets whoever picks up', async () => {
  const { on, seat } = await oneDesk('predictive', { desk: { engaged: true } });
  await seat.sitDown();
  await seat.isIn('offered');
  await seat.act({ do: 'accept' });
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();

  expect(seat.view).toMatchObject({ state: 'engaged', open: { state: 'dialing' } });
  await seat.isIn('talking');
  await finish(seat);
});

test('[A-12] the countdown to the next call: asked for in time it comes, else the session ends', async () => {
  const { on, seat } = await oneDesk('progressive', { desk: { countdownMs: 5_000 } });
  await seat.sitDown();
  await seat.isIn('talking');
  await finish(seat);
  await seat.until((view) => view.session?.countdownUntil !== undefined);
  await on.clock.runFor(2_000);
  expect(seat.view).not.toHaveProperty('open');
  expect(await seat.wish({ do: 'go-on' })).toBe('done');
  await seat.isIn('talking');
  await finish(seat);
  await seat.until((view) => view.session?.countdownUntil !== undefined);

  await seat.until((view) => view.state === 'offline', 7_000);
  expect(await on.store.desks.all()).toEqual([]);
});
