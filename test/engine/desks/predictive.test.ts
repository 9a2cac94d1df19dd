// Predictive calls at desks in a simulated call centre: the session is opened by a workspace, the record comes with the
// call, and what the agent says of it decides.

import { afterEach, expect, test } from 'vitest';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { desks, type Seat } from './desk-rig.ts';
import { answers } from '../../support/call-plans.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function oneDesk(options: Partial<RigOptions> = {}): Promise<{ on: Rig; seat: Seat }> {
  const pauseReasons = [{ code: 'lunch', label: 'Lunch' }];
  const centre = await desks({ agents: 1, records: 3, plan: answers, campaign: { pauseReasons }, ...options });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

test('[A-01] a session opened at a desk: the phone is rung, and the agent is paused until ready', async () => {
  const { seat } = await oneDesk();

  const opened = await seat.open();

  expect(opened).toMatchObject({
    state: 'paused',
    reason: 'signed-in',
    session: { kind: 'predictive', hasDesk: true },
  });
  await seat.until((view) => view.session?.phone === 'up');
  expect(seat.view).toMatchObject({ state: 'paused', reason: 'signed-in' });
  expect(seat.seen.map(({ session }) => session?.phone)).toEqual(expect.arrayContaining(['down', 'ringing', 'up']));
});

test('[C-03] a predictive call comes with its record; wrap-up lasts until Done, and the disposition decides', async () => {
  const { on, seat } = await oneDesk();
  await seat.sitDown();

  const talking = await seat.isIn('talking');
  expect(talking).toMatchObject({ state: 'talking', open: { facts: { name: expect.any(String) as string } } });
  expect(talking.open?.call).toMatchObject({ state: 'talking', isInbound: false });
  await seat.isIn('wrap-up');
  expect(seat.view.state).toBe('wrap-up');
  expect(await seat.act({ do: 'done' })).toMatchObject({ code: 'incomplete' });
  expect(await seat.act({ do: 'dispose', code: 'sale' })).toBe('done');
  await on.clock.runFor(10_000);
  expect(seat.view).toMatchObject({ state: 'wrap-up', open: { state: 'wrap-up', disposition: 'sale' } });
  expect(await seat.act({ do: 'done' })).toBe('done');

  await seat.until((view) => view.state === 'ready' || view.open?.state === 'talking');
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', disposition: 'sale', agent: seat.agent });
  expect((await on.store.records.show(row?.record ?? 0))?.state).toBe('finished');
});

test('[A-10] nothing said within the wrap-up: the agent is paused, and the record is decided by the result', async () => {
  const { on, seat } = await oneDesk();
  await seat.sitDown();
  await seat.isIn('wrap-up');

  await seat.until((view) => view.state === 'paused', 120_000);

  expect(seat.view).toMatchObject({ session: { channels: { voice: 'not-ready' } } });
  expect(seat.view).not.toHaveProperty('open');
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', disposition: null });
  expect((await on.store.records.show(row?.record ?? 0))?.state).toBe('finished');
});

test('[A-11] pause asked for in a call comes after it, and resume takes it back', async () => {
  const { seat } = await oneDesk();
  await seat.sitDown();
  await seat.isIn('talking');
  const pause = { key: 'p1', session: { do: 'pause', reason: 'lunch' } } as const;

  expect((await seat.send(pause)).answer).toBe('done');
  expect((await seat.send(pause)).answer).toBe('repeated');
  expect(seat.view.session).toMatchObject({ pauseAfter: 'lunch', channels: { voice: 'not-ready' } });
  expect((await seat.send({ key: 'r1', session: { do: 'resume' } })).answer).toBe('done');
  expect(seat.view.session).not.toHaveProperty('pauseAfter');
  expect((await seat.send({ key: 'p2', session: { do: 'pause', reason: 'lunch' } })).answer).toBe('done');
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done' });

  await seat.until((view) => view.state === 'paused');
  expect(seat.view.reason).toBe('lunch');
});

test('[A-10] the agent hangs up by a click, and the session ends after Done', async () => {
  const { seat } = await oneDesk();
  await seat.sitDown();
  const { open } = await seat.isIn('talking');

  expect(await seat.act({ do: 'hang-up', attempt: open?.attempt ?? '' })).toBe('done');
  await seat.isIn('wrap-up', 5_000);
  expect(await seat.wish({ do: 'end-session' })).toBe('done');
  expect(seat.view.session?.endsAfter).toBe(true);
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done' })).toBe('done');

  await seat.until((view) => view.state === 'offline');
  expect(seat.view).toMatchObject({ state: 'offline', reason: 'signed-out' });
});

test.each([
  ['Get Record', (seat: Seat, campaign: string) => seat.wish({ do: 'get-record', campaign, kind: 'predictive' })],
  ['Resume', async (seat: Seat) => (await seat.send({ key: 'again', session: { do: 'resume' } })).answer],
  ['1 on the phone', (seat: Seat) => (seat.phone.press('1'), 'done')],
] as const)('[A-11] Done and Stop: no call comes until the agent asks for them again, by %s', async (_how, asks) => {
  const { on, seat } = await oneDesk();
  await seat.sitDown();
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done', stop: true })).toBe('done');

  await seat.until((view) => view.state === 'paused');
  expect(seat.view).toMatchObject({ reason: 'stopped', session: { takes: false } });
  await on.clock.runFor(60_000);
  expect(await on.store.attempts.list({})).toHaveLength(1);
  expect(await asks(seat, on.campaign.name)).toBe('done');
  await seat.isIn('talking');
  expect(seat.view).toMatchObject({ session: { takes: true } });
});

test('[S-07] signed out by an admin while nothing is in hand, or after the call: the desk is over', async () => {
  const { on, seat } = await oneDesk();
  await seat.sitDown();
  await seat.isIn('talking');
  await on.clock.settle(on.engine.signOutAgent(seat.agent, { kind: 'command', name: 'test' }));
  expect(seat.view.session?.endsAfter).toBe(true);
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done' });

  await seat.until((view) => view.state === 'offline');
  expect(await on.store.desks.all()).toEqual([]);
});
