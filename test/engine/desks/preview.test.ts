// Records that agents pull at their desks in a simulated call centre, in preview and manual: looked at, dialed by a click,
// declined, postponed, left.

import { afterEach, expect, test } from 'vitest';
import { MINUTE_MS, closeDesk, oneDesk, pulled, stateOf } from './one-desk.ts';
import { answers, busy, rings } from '../../support/call-plans.ts';

afterEach(closeDesk);

test('[C-05] preview: Get Record opens one, a click dials it, Done brings the next', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);

  expect(seat.view).toMatchObject({
    state: 'engaged',
    open: { facts: { record }, may: expect.arrayContaining(['call']) as string[] },
  });
  expect(await stateOf(on, record)).toBe('dialing');
  expect(on.engine.health().calls).toBe(0);
  expect(await seat.act({ do: 'call', phoneIndex: 0 })).toBe('done');
  await seat.isIn('dialing');
  await seat.isIn('talking');
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  expect(await seat.act({ do: 'done' })).toBe('done');

  const next = await seat.isIn('preview');
  expect(next.open?.record?.record).not.toBe(record);
  expect(await stateOf(on, record)).toBe('finished');
  const [row] = await on.store.desks.interactions({ record });
  expect(row).toMatchObject({ outcome: 'called', calls: [{ by: 'click', result: 'connected' }] });
  expect(await on.store.attempts.list({})).toMatchObject([{ result: 'connected', disposition: 'sale', agent: '100' }]);
});

test('[C-05] preview while paused for calls: a record is pulled, and the agent is paused again after it', async () => {
  const one = await oneDesk({ mode: 'preview', pauseReasons: [{ code: 'lunch', label: 'Lunch' }] });
  const { seat } = one;
  await seat.open();
  await seat.until((view) => view.session?.phone === 'up');
  await pulled(one);

  await seat.wish({ do: 'stop', campaign: one.on.campaign.name });
  expect(await seat.act({ do: 'decline', until: 'never' })).toBe('done');

  await seat.until((view) => view.state === 'paused');
  expect(seat.view.reason).toBe('signed-in');
});

test('[A-08] declined for later, for never, and left with Done: each goes where it belongs', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const later = await pulled(one);
  await seat.act({ do: 'decline', until: 'later' });
  const never = (await seat.until((view) => (view.open?.record?.record ?? later) !== later)).open?.record?.record ?? 0;
  await seat.act({ do: 'decline', until: 'never' });
  const left = (await seat.until((view) => ![later, never, undefined].includes(view.open?.record?.record))).open;
  await seat.act({ do: 'done', stop: true });

  await seat.until((view) => view.state === 'ready');
  expect(await on.store.records.show(later)).toMatchObject({
    state: 'waiting',
    why: expect.stringContaining('later') as string,
  });
  expect(await stateOf(on, never)).toBe('finished');
  expect(await stateOf(on, left?.record?.record ?? 0)).toBe('waiting');
  expect(await on.store.reservations.all()).toEqual([]);
  expect(seat.view.session).toMatchObject({ takes: false });
});

test('[C-05] no record is left: the desk says so, and the agent is free', async () => {
  const one = await oneDesk({ mode: 'preview' }, { records: 1 });
  await one.seat.sitDown();
  await pulled(one);
  await one.seat.act({ do: 'decline', until: 'never' });

  await one.seat.until((view) => view.session?.nothing !== undefined);
  expect(one.seat.view).toMatchObject({
    state: 'ready',
    session: { isFetching: false, nothing: 'No record is left.' },
  });
});

test.each(['preview', 'manual', 'push-preview'] as const)(
  '[C-01] %s: the campaign is exhausted once its last record is done with, and not while one is in hand or due again',
  async (mode) => {
    const one = await oneDesk({ mode }, { records: 2 });
    const { on, seat } = one;
    const campaign = () => on.engine.campaign(on.campaign.name)?.state;
    await seat.sitDown();
    await seat.wish({ do: 'set-ready', channel: 'preview' });
    for (const isLast of [false, true]) {
      if (mode !== 'push-preview' && seat.view.open === undefined) await pulled(one, mode);
      if (mode === 'push-preview') {
        await seat.isIn('offered');
        await seat.act({ do: 'accept' });
      }
      await on.clock.runFor(5_000);
      expect(campaign()).toBe('running');
      expect(await seat.act({ do: 'decline', until: 'never' })).toBe('done');
      if (!isLast) await on.clock.runFor(2_000);
    }
    expect(await on.clock.runUntilTrue(() => campaign() === 'exhausted', 5_000)).toBe(true);
    expect(seat.view).toMatchObject({ session: { campaign: on.campaign.name } });
  },
);

test('[C-05] busy: back in preview, and the same record is dialed again in the same interaction', async () => {
  let calls = 0;
  const one = await oneDesk({ mode: 'manual' }, { plan: () => ((calls += 1) === 1 ? busy() : answers()) });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one, 'manual');
  expect(await seat.act({ do: 'call' })).toMatchObject({ code: 'choose-number' });
  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.isIn('dialing');
  await seat.isIn('preview');

  await seat.act({ do: 'call', phoneIndex: 0 });
  await seat.isIn('talking');
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done' });

  await seat.until((view) => view.state === 'ready');
  expect(seat.view).not.toHaveProperty('open');
  expect((await on.store.attempts.list({ record })).map(({ result }) => result)).toEqual(['busy', 'connected']);
  expect(await stateOf(on, record)).toBe('finished');
});

test('[C-05] the agent takes a ringing call back: cancelled, and the record is still in hand', async () => {
  const one = await oneDesk({ mode: 'preview' }, { plan: rings });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  await seat.act({ do: 'call', phoneIndex: 0 });
  const ringing = await seat.until((view) => view.open?.call?.state === 'ringing');
  const attempt = ringing.open?.attempt ?? '';
  expect(await seat.act({ do: 'cancel-dial', attempt })).toBe('done');

  await seat.isIn('preview', 10_000);
  expect(await on.store.attempts.list({ record })).toMatchObject([{ result: 'cancelled' }]);
  expect(await stateOf(on, record)).toBe('dialing');
});

test('[X-01] the law is asked at the dial: a number on a do-not-call list is not dialed, and the agent sees why', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one);
  const number = seat.view.open?.record?.phones[0]?.number ?? '';
  await on.store.doNotCall.add([number], { list: 'global', by: 'test', at: on.clock.now(), reason: 'asked' });

  await seat.act({ do: 'call', phoneIndex: 0 });

  const view = await seat.until(({ open }) => open?.message !== undefined);
  expect(view.open).toMatchObject({ state: 'preview', message: { rule: 'do-not-call' } });
  expect(await on.store.attempts.list({})).toEqual([]);
});

test('[A-13] postponed by a callback: the record waits for that time', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);
  const phone = seat.view.open?.record?.phones[0] ?? { number: '', type: 'other' };
  const at = on.clock.now() + 60 * MINUTE_MS;
  const past = { at: on.clock.now() - 1, zone: 'UTC', phone, agent: '100' } as const;
  expect(await seat.act({ do: 'set-callback', callback: past })).toMatchObject({ code: 'callback-past' });

  expect(await seat.act({ do: 'set-callback', callback: { ...past, at } })).toBe('done');
  await seat.act({ do: 'done', stop: true });

  await seat.until((view) => view.state === 'ready');
  expect(await on.store.records.show(record)).toMatchObject({ state: 'waiting', dueAt: at });
  expect(await on.store.callbacks.list({ record, limit: 5, now: on.clock.now() })).toMatchObject([
    { at, agent: '100' },
  ]);
});

test('[A-10] a double click and a second tab: one number is dialed', async () => {
  const one = await oneDesk({ mode: 'preview' });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one);
  const { interaction = '', version = 0 } = seat.view.open ?? {};
  const command = { key: 'once', interaction, expects: version, act: { do: 'call', phoneIndex: 0 } } as const;

  const answers = await on.clock.settle(
    Promise.all([
      on.engine.desks.command('100', command),
      on.engine.desks.command('100', command),
      on.engine.desks.command('100', { ...command, key: 'other-tab' }),
    ]),
  );

  expect(answers.map(({ answer }) => (typeof answer === 'string' ? answer : answer.code))).toEqual([
    'done',
    'repeated',
    'stale-version',
  ]);
  await seat.isIn('talking');
  expect(await on.store.attempts.list({})).toHaveLength(1);
});

test('[C-05] the look at a record is over: its number is dialed by the timer, and so it stands in the books', async () => {
  const one = await oneDesk({ mode: 'preview' }, { desk: { previewMs: 10_000, atPreviewEnd: 'dial' } });
  const { on, seat } = one;
  await seat.sitDown();
  const record = await pulled(one);

  await seat.isIn('dialing', 11_000);
  await seat.isIn('talking');

  expect((await on.store.desks.interactions({ record }))[0]?.calls).toMatchObject([{ by: 'timer' }]);
});

test('[C-05] a new number is typed: dialed where the campaign lets it, refused where it does not or is never dialed', async () => {
  const one = await oneDesk({ mode: 'manual' }, { desk: { newNumbers: true } });
  const { on, seat } = one;
  await seat.sitDown();
  await pulled(one, 'manual');
  const typed = (number: string) => seat.act({ do: 'call', typed: { number, type: 'home' } });
  expect(await typed('+1911')).toMatchObject({
    code: expect.stringMatching(/number-not-dialed|no-such-phone/) as string,
  });

  expect(await typed('+16502000777')).toBe('done');

  await seat.isIn('talking');
  expect(await on.store.attempts.list({})).toMatchObject([{ number: '+16502000777' }]);
});

test('[A-18] [A-12] manual: a callback that is due comes first at the next Get customer, not before its time', async () => {
  const one = await oneDesk({ mode: 'manual' }, { records: 5 });
  const { on, seat } = one;
  await seat.sitDown();
  const promised = await pulled(one, 'manual');
  const phone = seat.view.open?.record?.phones[0] ?? { number: '', type: 'other' };
  const at = on.clock.now() + 30 * MINUTE_MS;
  await seat.act({ do: 'set-callback', callback: { at, zone: 'UTC', phone, agent: seat.agent } });
  await seat.act({ do: 'done' });
  await seat.until((view) => view.open === undefined);
  const fresh = await pulled(one, 'manual');
  expect(fresh).not.toBe(promised);
  await seat.act({ do: 'decline', until: 'never' });
  await on.clock.runFor(31 * MINUTE_MS);
  expect(seat.view).not.toHaveProperty('open');

  expect(await pulled(one, 'manual')).toBe(promised);
  expect(seat.view.open).toMatchObject({ facts: { callback: expect.anything() as object } });
});
