// Records that agents look at at their desks while something happens: somebody else changes them, the law does, the
// campaign stops, the phone, the page or the daemon is gone.

import { afterEach, expect, test } from 'vitest';
import { by } from '../../support/actors.ts';
import { MINUTE_MS, closeDesk, oneDesk, pull, pulled, stateOf } from './one-desk.ts';
import { busy } from '../../support/call-plans.ts';

afterEach(closeDesk);

test('[A-08] edited by someone else while it is looked at: the agent sees the new number and name at once', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one);
  const { contact = 0 } = seat.view.open?.facts ?? {};
  const edit = { contact, by: 'ann', at: on.clock.now(), definitions: [] };
  const { version } = seat.view.open ?? { version: 0 };

  await on.clock.settle(on.store.contacts.edit({ ...edit, name: 'Someone Else' }));
  await on.clock.settle(on.engine.listsChanged());
  expect(seat.view.open).toMatchObject({ facts: { name: 'Someone Else' }, version });
  expect(seat.seen.at(-1)?.open?.facts?.name).toBe('Someone Else');

  const phones = [{ number: '+12125559999', type: 'mobile' as const }];
  await on.clock.settle(on.store.contacts.edit({ ...edit, phones }));
  await on.clock.settle(on.engine.listsChanged());
  expect(seat.view.open).toMatchObject({
    state: 'preview',
    record: { phones },
    facts: { phones },
    version: version + 1,
  });
  expect(seat.seen.at(-1)?.open?.record?.phones).toEqual(phones);
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.isIn('talking');
  expect((await on.store.attempts.list({})).map(({ number }) => number)).toEqual(['+12125559999']);
});

test('[X-01] put on a do-not-call list by someone else while it is looked at: the agent reads it before any click', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one);
  const number = seat.view.open?.record?.phones[0]?.number ?? '';
  const entry = { list: 'global', by: 'ann', at: on.clock.now(), reason: 'asked' };
  await on.clock.settle(on.store.doNotCall.add([number, '+12125550000'], entry));
  await on.clock.settle(on.engine.recordsChanged({ listed: ['+12125550000'] }));
  expect(seat.view.open).not.toHaveProperty('message');

  await on.clock.settle(on.engine.recordsChanged({ listed: [number] }));

  const why = `${number} is on the do-not-call list global.`;
  expect(seat.view.open).toMatchObject({ state: 'preview', message: { rule: 'do-not-call', never: true, why } });
});

test('[A-08] removed by someone else while it is looked at: the agent gets the next one', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  await on.clock.settle(on.store.contacts.stepRecord({ record, step: 'remove', by: 'ann', at: on.clock.now() }));
  await on.clock.settle(on.engine.recordsChanged({}));

  const next = await seat.until(({ open }) => open !== undefined && open.record?.record !== record);
  expect(next.open).toMatchObject({ state: 'preview' });
  expect(await stateOf(on, record)).toBe('removed');
  expect(await on.store.desks.interactions({ record })).toMatchObject([{ outcome: 'withdrawn', calls: [] }]);
  await on.clock.runFor(2 * MINUTE_MS);
  expect(seat.view.open?.record?.record).toBe(next.open?.record?.record);
});

test('[O-09] killed while a record is looked at, and again while its number rings: agent and record are where they were', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(5_000);
  await on.startEngine();
  expect(seat.view).toMatchObject({
    state: 'engaged',
    open: { state: 'preview', record: { record }, facts: { record } },
  });

  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.until((view) => view.open?.call?.state === 'ringing');
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await seat.isIn('talking');
  await on.clock.runFor(2_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  expect(seat.view).toMatchObject({ state: 'talking', open: { state: 'talking', record: { record } } });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  on.killEngine();
  await on.startEngine();
  expect(seat.view).toMatchObject({ state: 'wrap-up', open: { state: 'wrap-up', disposition: 'sale' } });
  await seat.act({ do: 'done' });

  await seat.isIn('preview');
  expect(await on.store.attempts.list({ record })).toMatchObject([{ result: 'connected', disposition: 'sale' }]);
  expect(await stateOf(on, record)).toBe('finished');
});

test('[L-08] the phone is gone for good while a record is looked at: it goes back to the top', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  seat.phone.lost();
  await seat.until((view) => view.session?.phone !== 'up');
  expect(seat.view.open).toMatchObject({ state: 'preview' });

  await seat.until((view) => view.state === 'offline', 20 * MINUTE_MS);
  await on.clock.runFor(1_000);
  expect(await on.store.records.show(record)).toMatchObject({ state: 'waiting' });
  expect(await on.store.reservations.all()).toEqual([]);
  expect(await on.store.desks.all()).toEqual([]);
});

test('[C-01] the campaign is stopped: what is looked at is given back, a call goes on and no next record comes', async () => {
  const one = await oneDesk({ mode: 'preview' }, { agents: 1 });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one);
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.isIn('talking');
  await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'stop', by('test')));
  expect(seat.view.open?.state).toBe('talking');
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done' });
  await seat.until((view) => view.state === 'ready');
  expect(seat.view).not.toHaveProperty('open');
  expect(await pull(one)).toBe('done');
  await seat.until((view) => view.session?.nothing !== undefined);
  expect(seat.view.session?.nothing).toContain('stopped');
});

test('[C-05] busy, then the number is put on a do-not-call list: Done lets go of the record by its only call', async () => {
  const one = await oneDesk({ mode: 'preview' }, { plan: busy });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.until(({ open }) => open?.state === 'preview' && open.tried.length === 1);
  await seat.act({ do: 'dispose', code: 'wrong-person' });
  const number = seat.view.open?.record?.phones[0]?.number ?? '';
  await on.store.doNotCall.add([number], { list: 'global', by: 'test', at: on.clock.now(), reason: 'asked' });
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.until(({ open }) => open?.message !== undefined);
  expect(await stateOf(on, record)).toBe('dialing');

  expect(await seat.act({ do: 'done', stop: true })).toBe('done');

  await seat.until((view) => view.state === 'ready');
  expect(await stateOf(on, record)).not.toBe('dialing');
  expect(await on.store.attempts.list({ record })).toMatchObject([{ result: 'busy', disposition: 'wrong-person' }]);
});

test('[A-12] killed while the countdown to the next record runs: it runs on, and going on brings the next', async () => {
  const one = await oneDesk({ mode: 'preview' }, { desk: { countdownMs: 20_000 } });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  await seat.act({ do: 'decline', until: 'never' });
  await seat.until((view) => view.session?.countdownUntil !== undefined);
  on.killEngine();
  await on.clock.runFor(2_000);
  await on.startEngine();
  expect(seat.view).toMatchObject({ state: 'paused', reason: 'countdown' });

  expect(await seat.wish({ do: 'go-on' })).toBe('done');

  expect((await seat.isIn('preview')).open?.record?.record).not.toBe(record);
});

test('[L-08] the workspace is closed with a record open: after five minutes it is at the top, and no other comes', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  seat.leave();
  await on.clock.runFor(4 * MINUTE_MS);
  expect(seat.view.open).toMatchObject({ record: { record } });

  await seat.until((view) => view.open === undefined, 10 * MINUTE_MS);

  expect(await on.store.records.show(record)).toMatchObject({ state: 'waiting' });
  await seat.until((view) => view.state === 'paused');
  await on.clock.runFor(5 * MINUTE_MS);
  expect(seat.view).not.toHaveProperty('open');
  expect(await on.store.reservations.all()).toEqual([]);
});
