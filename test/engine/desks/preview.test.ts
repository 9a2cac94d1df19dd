// Records that agents pull at their desks in a simulated call centre, in preview and manual: looked at, dialed by a click,
// declined, postponed, left; and the same over crashes.

import { afterEach, expect, test } from 'vitest';
import type { DeskRules } from '../../../src/campaign/definition.ts';
import type { Campaign } from '../../../src/campaign/definition.ts';
import { REFUSALS, type CallPlan } from '../../../src/sim/call-plan.ts';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';
import { desks, type Seat } from './desk-rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const MINUTE_MS = 60_000;
const answers = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 3_000,
  outcome: { type: 'person', talksMs: 20_000 },
});
const busy = (): CallPlan => ({ setUpMs: 200, before: 'nothing', afterMs: 500, outcome: REFUSALS.busy });
const rings = (): CallPlan => ({ setUpMs: 200, before: 'ringing', afterMs: 600_000, outcome: REFUSALS.busy });

const RULES: DeskRules = {
  accept: false,
  engaged: false,
  offerMs: 30_000,
  beforeCallMs: 0,
  atPreviewEnd: 'nothing',
  handDialing: false,
  newNumbers: false,
};

interface One {
  readonly on: Rig;
  readonly seat: Seat;
}

async function oneDesk(
  campaign: Partial<Campaign>,
  { desk = {}, ...options }: Partial<RigOptions> & { desk?: Partial<DeskRules> } = {},
): Promise<One> {
  const attempts = { max: 5, perDay: 5 };
  const whole = { attempts, desk: { ...RULES, ...desk }, ...campaign };
  const centre = await desks({ agents: 1, records: 3, plan: answers, campaign: whole, ...options });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

const pull = ({ seat, on }: One, kind: 'preview' | 'manual' = 'preview') =>
  seat.wish({ do: 'get-record', campaign: on.campaign.name, kind });

async function pulled(one: One, kind: 'preview' | 'manual' = 'preview'): Promise<number> {
  expect(await pull(one, kind)).toBe('done');
  const view = await one.seat.isIn('preview');
  return view.open?.record?.record ?? 0;
}

const stateOf = async (on: Rig, record: number) => (await on.store.records.show(record))?.state;

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
