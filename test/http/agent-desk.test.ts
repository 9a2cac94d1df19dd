// An agent works through the API: the whole of a predictive call, what is sent twice, what the state does not allow, what
// is not the agent's, and what happens to the campaign or the agent in the middle of it.

import { afterEach, describe, expect, test } from 'vitest';
import type { RigOptions } from '../support/rig.ts';
import { callbackTimes } from '../../src/http/wire/callbacks.ts';
import { DeskCentre, type Seat } from './desk-centre.ts';
import { answers } from '../support/call-plans.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

const DISPOSITIONS = [
  { code: 'sale', label: 'Sold', key: '1' },
  { code: 'later', label: 'Call later', key: '2', ask: 'callback' },
  { code: 'complaint', label: 'Complaint', key: '3', ask: 'reason' },
] as const;

const CAMPAIGN: NonNullable<RigOptions['campaign']> = {
  dispositions: DISPOSITIONS,
  pauseReasons: [{ code: 'lunch', label: 'Lunch', key: '1' }],
  fields: [
    { field: 'balance', label: 'Open balance', type: 'number', editable: true, required: false },
    { field: 'region', label: 'Region', type: 'text', editable: false, required: false },
  ],
  texts: {
    instructions: 'Say who calls.\n<b>Then</b> why.',
    companyPage: 'https://www.example.com/about',
    screenPop: 'https://crm.example/p?phone={number}&n={name}',
  },
};

async function office(options: RigOptions = {}): Promise<DeskCentre> {
  centre = await DeskCentre.open({ agents: 2, records: 3, plan: answers, campaign: CAMPAIGN, ...options });
  return centre;
}

async function oneSeat(options: RigOptions = {}): Promise<{ on: DeskCentre; seat: Seat }> {
  const on = await office(options);
  return { on, seat: await on.seat() };
}

describe('a day', () => {
  test('[A-02] [A-03] [C-12] My Campaigns, what is read before, and a session that the API opens', async () => {
    const { on, seat } = await oneSeat();
    const { name } = on.rig.campaign;

    expect(await seat.view()).toMatchObject({
      agent: { number: seat.agent, name: 'Agent 0' },
      campaigns: [{ name, status: 'running', delivery: 'automatic', mode: 'predictive', action: null }],
      chosen: null,
      session: null,
      interaction: null,
      channels: { voice: 'not-ready', preview: 'not-ready' },
    });
    expect((await seat.browser.ask('GET', `/api/agent/campaigns/${name}`)).body).toEqual({
      name,
      description: '',
      instructions: 'Say who calls.\n<b>Then</b> why.',
      companyPage: 'https://www.example.com/about',
    });
    const before = on.rig.clock.now();
    const opened = await seat.wish({ do: 'open-session', campaign: name, phone: { kind: 'account' } });
    expect(opened).toMatchObject({ code: 200, body: { answer: 'done', view: { chosen: name } } });
    const up = await seat.until(({ session }) => session?.phone.state === 'up');
    expect(up.session).toMatchObject({
      campaign: name,
      state: 'paused',
      pause: { code: 'signed-in' },
      since: before,
      phone: { kind: 'account', address: 'a100', state: 'up' },
      pauseReasons: [{ code: 'lunch', label: 'Lunch', key: '1' }],
    });
  });

  test('[A-06] [A-15] [A-16] [A-17] [A-24] a predictive call: record, notes, what is missing, disposition, callback, Done', async () => {
    const { on, seat } = await oneSeat({ records: 1 });
    await seat.sitDown();

    const { interaction } = await seat.isIn('talking');
    const { id = '', record, call } = interaction ?? {};
    expect(interaction).toMatchObject({
      kind: 'predictive',
      origin: { kind: 'list', label: 'Person 0, +16502000000' },
      missing: [{ code: 'disposition' }],
      record: {
        name: 'Person 0',
        phones: [{ number: '+16502000000', type: 'mobile' }],
        fields: [
          { field: 'balance', type: 'number', editable: true, value: null },
          { field: 'region', type: 'text', editable: false, value: null },
        ],
        screenPop: 'https://crm.example/p?phone=%2B16502000000&n=Person%200',
      },
      call: { state: 'talking', number: '+16502000000', isInbound: false },
      may: expect.arrayContaining([
        'hang-up',
        'dispose',
        'set-callback',
        'write-notes',
        'keep-form',
        'edit-fields',
        'do-not-call',
      ]) as unknown,
    });
    expect((await seat.act({ do: 'write-notes', text: 'wants the small one', base: 0 })).code).toBe(200);
    expect((await seat.act({ do: 'edit-fields', fields: { balance: '12,50' } })).body['view']).toMatchObject({
      interaction: { notes: { text: 'wants the small one', version: 1 }, record: { fields: [{ value: 12.5 }, {}] } },
    });
    expect((await seat.act({ do: 'hang-up', attempt: call?.attempt ?? '' })).code).toBe(200);
    await seat.isIn('wrap-up');

    const early = await seat.act({ do: 'done', stop: false });
    expect(early).toMatchObject({
      code: 409,
      body: { answer: 'refused', error: { code: 'incomplete' }, missing: [{ code: 'disposition' }] },
    });
    await seat.act({ do: 'dispose', code: 'later' });
    expect((await seat.view()).interaction?.missing).toEqual([
      { code: 'callback', message: 'Say when to call again.' },
    ]);
    const at = on.rig.clock.now() + 3_600_000;
    expect((await seat.act({ do: 'set-callback', callback: { at, personal: true } })).body['view']).toMatchObject({
      interaction: { callback: { at, personal: true, number: '+16502000000' }, missing: [] },
    });
    const done = await seat.act({ do: 'done', stop: false });
    expect(done).toMatchObject({ code: 200, body: { answer: 'done', view: { interaction: null } } });
    await on.rig.clock.runFor(2_000);

    const [row] = await on.rig.store.attempts.list({});
    expect(row).toMatchObject({ disposition: 'later', agent: seat.agent, result: 'connected' });
    expect(await on.rig.store.notes.of(id)).toMatchObject({ text: 'wants the small one' });
    const contact = await on.rig.store.contacts.show(record?.contact ?? 0);
    expect(contact?.fields).toEqual({ balance: 12.5 });
    expect((await seat.browser.ask('GET', '/api/agent/today')).body).toMatchObject({
      calls: 1,
      sessions: 1,
      dispositions: [{ code: 'later', label: 'Call later', count: 1 }],
    });
  });
});

test('[A-17] times for a callback: of the record in hand alone, on the person’s clock; what is refused there is refused when it is set', async () => {
  const { seat } = await oneSeat();
  const times = (query = '') => seat.browser.ask('GET', `/api/agent/callback-times${query}`);
  expect(await times()).toMatchObject({ code: 409, body: { error: { code: 'not-now' } } });
  await seat.sitDown();
  const { interaction } = await seat.isIn('talking');

  const { code, body } = await times('?personal=true');
  const { zone, slots, quick } = callbackTimes.parse(body);
  expect([code, zone, slots.length, quick.length]).toEqual([200, interaction?.record?.zone, 48, 5]);
  const past = slots.find(({ forbidden }) => forbidden?.code === 'callback-past');
  expect(past).toBeDefined();
  for (const slot of [past, slots.find(({ forbidden }) => forbidden === undefined)]) {
    if (slot === undefined) continue;
    const set = await seat.act({ do: 'set-callback', callback: { at: slot.at, personal: true } });
    expect(set.code).toBe(slot.forbidden === undefined ? 200 : 409);
  }
  expect(await times('?phone=7')).toMatchObject({ code: 409, body: { error: { code: 'no-such-phone' } } });
});

test('[A-17] times for a callback on a number that the record does not have: on the clock of that number', async () => {
  const { seat } = await oneSeat();
  await seat.sitDown();
  const { interaction } = await seat.isIn('talking');
  const times = (number: string) =>
    seat.browser.ask('GET', `/api/agent/callback-times?type=work&number=${encodeURIComponent(number)}`);

  const { zone } = callbackTimes.parse((await times('(212) 555-0199')).body);

  expect([interaction?.record?.zone, zone]).toEqual(['America/Los_Angeles', 'America/New_York']);
  expect(await times('12')).toMatchObject({ code: 400, body: { error: { code: 'number-invalid' } } });
});

test('[A-15] [A-23] notes that come when the next record is in hand are kept with their own, beside what it has', async () => {
  const { on, seat } = await oneSeat();
  await seat.sitDown();
  const { interaction: first } = await seat.isIn('talking');
  await seat.act({ do: 'write-notes', text: 'first', base: 0 });
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done', stop: false });
  const { interaction: second } = await seat.until(
    ({ interaction }) => interaction !== null && interaction.id !== first?.id,
  );

  const late = (text: string, base: number) =>
    seat.send({ key: seat.key(), interaction: first?.id ?? '', act: { do: 'write-notes', text, base } });
  expect((await late('first, and more', 1)).code).toBe(200);
  expect((await late('a word of another window', 0)).code).toBe(200);

  const kept = await on.rig.store.notes.of(first?.id ?? '');
  expect(kept?.text).toBe('first, and more\n\na word of another window');
  expect((await seat.view()).interaction).toMatchObject({ id: second?.id, notes: { text: '' } });
  const act = { do: 'dispose', code: 'sale' } as const;
  expect((await seat.send({ key: seat.key(), interaction: first?.id ?? '', act })).code).toBe(409);
});

test('[A-20] a pause asked for in the wrap-up closes nothing: the record is open until Done, then the pause begins and stays', async () => {
  const { on, seat } = await oneSeat();
  await seat.sitDown();
  const { interaction: talked } = await seat.isIn('talking');
  await seat.act({ do: 'hang-up', attempt: talked?.call?.attempt ?? '' });
  await seat.isIn('wrap-up');
  expect((await seat.wish({ do: 'pause', reason: 'lunch' })).code).toBe(200);
  expect(await seat.view()).toMatchObject({
    interaction: { id: talked?.id, state: 'wrap-up' },
    session: { state: 'wrap-up', pauseNext: { code: 'lunch', label: 'Lunch' } },
  });
  await seat.act({ do: 'write-notes', text: 'still open', base: 0 });
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done', stop: false });
  await on.rig.clock.runFor(60_000);
  const { interaction, session } = await seat.view();
  expect([interaction, session?.state, session?.pause?.code]).toEqual([null, 'paused', 'lunch']);
  expect((await on.rig.store.notes.of(talked?.id ?? ''))?.text).toBe('still open');
});
