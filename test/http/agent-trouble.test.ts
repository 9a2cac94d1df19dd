// What goes wrong at a workspace: double clicks, two tabs, a stale version, another agent's record, an agent removed or a
// campaign stopped during a call, and whatever can be typed.

import { afterEach, describe, expect, test } from 'vitest';
import type { RigOptions } from '../support/rig.ts';
import { DeskCentre, TOKEN, type Seat } from './desk-centre.ts';
import { stays } from '../support/call-plans.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

const CAMPAIGN: NonNullable<RigOptions['campaign']> = {
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'complaint', label: 'Complaint', key: '2', ask: 'reason' },
  ],
  fields: [
    { field: 'balance', label: 'Open balance', type: 'number', editable: true, required: false },
    { field: 'remark', label: 'Remark', type: 'text', editable: true, required: true },
    { field: 'region', label: 'Region', type: 'text', editable: false, required: false },
  ],
};

/** Agents who are talking, each with a person of their own. */
async function talking(agents = 1): Promise<{ on: DeskCentre; seats: readonly Seat[]; seat: Seat }> {
  centre = await DeskCentre.open({ agents: 2, records: 4, plan: stays, campaign: CAMPAIGN });
  const seats: Seat[] = [];
  for (let index = 0; index < agents; index += 1) seats.push(await (await centre.seat(index)).sitDown());
  for (const seat of seats) await seat.isIn('talking');
  const [seat] = seats;
  if (!seat) throw new Error('no seat');
  return { on: centre, seats, seat };
}

const interactionOf = async (seat: Seat) => {
  const { interaction } = await seat.view();
  if (!interaction) throw new Error('nothing is in hand');
  return interaction;
};

describe('sent twice', () => {
  test('[A-23] a double click is done once: the second waits for the first and is answered with the same state', async () => {
    const { seat } = await talking();
    const { id, version } = await interactionOf(seat);
    const command = { key: 'double-click', interaction: id, expects: version, act: { do: 'dispose', code: 'sale' } };

    const both = await Promise.all([seat.send(command), seat.send(command)]);

    expect(both.map(({ code, body }) => [code, body['answer']])).toEqual([
      [200, 'done'],
      [200, 'repeated'],
    ]);
    expect((await interactionOf(seat)).version).toBe(version + 1);
    const other = await seat.send({ ...command, act: { do: 'dispose', code: 'complaint', reason: 'x' } });
    expect(other).toMatchObject({ code: 409, body: { answer: 'refused', error: { code: 'key-used' } } });
  });

  test('[A-23] sent again after the daemon was killed: done once, whatever has become of the session since', async () => {
    const { on, seat } = await talking();
    const { interaction } = await seat.view();
    const edit = { do: 'edit-fields', fields: { remark: 'first' } } as const;
    const paused = { do: 'pause', reason: 'pause' } as const;
    expect((await seat.act(edit, 'edit-one')).code).toBe(200);
    expect((await seat.act({ do: 'edit-fields', fields: { remark: 'second' } }, 'edit-two')).code).toBe(200);
    expect((await seat.wish(paused, 'pause-one')).code).toBe(200);
    expect((await seat.wish({ do: 'resume' }, 'resume-one')).code).toBe(200);
    await on.restart();

    const again = { interaction: interaction?.id ?? '', expects: interaction?.version ?? 0 };
    const answers = [await seat.send({ key: 'edit-one', ...again, act: edit }), await seat.wish(paused, 'pause-one')];

    expect(answers.map(({ code, body }) => [code, body['answer']])).toEqual([
      [200, 'repeated'],
      [200, 'repeated'],
    ]);
    const contact = await on.rig.store.contacts.show(interaction?.record?.contact ?? 0);
    expect(contact?.fields['remark']).toBe('second');
    expect((await seat.view()).session).toMatchObject({ state: 'talking', pauseNext: null });
    const other = await seat.wish({ do: 'resume' }, 'pause-one');
    expect(other).toMatchObject({ code: 409, body: { error: { code: 'key-used' } } });
  });

  test('[A-23] what was refused may be tried again under its key', async () => {
    const { seat } = await talking();
    const act = { do: 'done', stop: false } as const;
    expect((await seat.act(act, 'one-more-time')).body.error?.code).toBe('not-now');
    const { call } = await interactionOf(seat);
    await seat.act({ do: 'hang-up', attempt: call?.attempt ?? '' });
    await seat.isIn('wrap-up');
    await seat.act({ do: 'dispose', code: 'sale' });
    await seat.act({ do: 'edit-fields', fields: { remark: 'paid' } });
    const { id, version } = await interactionOf(seat);
    const again = await seat.send({ key: 'one-more-time', interaction: id, expects: version, act });
    expect(again).toMatchObject({ code: 200, body: { answer: 'done', view: { interaction: null } } });
  });

  test('[A-23] a hang-up that comes late ends no other call', async () => {
    const { seat } = await talking();
    const { id } = await interactionOf(seat);
    const late = await seat.send({
      key: seat.key(),
      interaction: id,
      act: { do: 'hang-up', attempt: 'an-earlier-one' },
    });
    expect(late).toMatchObject({ code: 409, body: { view: { interaction: { state: 'talking' } } } });
  });
});

describe('two tabs', () => {
  test('[A-15] of two that write notes the later is shown what the other wrote, and nothing is lost', async () => {
    const { seat } = await talking();
    await seat.act({ do: 'write-notes', text: 'from the first', base: 0 });

    const late = await seat.act({ do: 'write-notes', text: 'from the second', base: 0 });

    expect(late).toMatchObject({
      code: 409,
      body: {
        error: { code: 'notes-changed' },
        view: { interaction: { notes: { text: 'from the first', version: 1 } } },
      },
    });
    const both = await seat.act({ do: 'write-notes', text: 'from the first and the second', base: 1 });
    expect(both.code).toBe(200);
  });

  test('[A-23] an act on what has changed since is refused with how it stands', async () => {
    const { seat } = await talking();
    const { id, version } = await interactionOf(seat);
    await seat.act({ do: 'dispose', code: 'sale' });

    const act = { do: 'dispose', code: 'complaint', reason: 'loud' };
    const stale = await seat.send({ key: seat.key(), interaction: id, expects: version, act });

    expect(stale).toMatchObject({
      code: 409,
      body: { error: { code: 'stale-version' }, view: { interaction: { disposition: { code: 'sale' } } } },
    });
  });
});

describe('not the agent’s', () => {
  test('[S-07] a record in another agent’s hands: 403, in the log and in the audit log, and nothing happens to it', async () => {
    const { on, seats, seat } = await talking(2);
    const [, other] = seats;
    if (!other) throw new Error('no second seat');
    const { id, call, record } = await interactionOf(other);

    const taken = await seat.send({
      key: seat.key(),
      interaction: id,
      act: { do: 'hang-up', attempt: call?.attempt ?? '' },
    });
    const looked = await seat.browser.ask('GET', `/api/agent/contacts/${record?.contact ?? 0}/timeline`);

    expect([taken.code, taken.body.error?.code]).toEqual([403, 'not-your-interaction']);
    expect([looked.code, looked.body.error?.code]).toEqual([403, 'not-in-hand']);
    expect((await interactionOf(other)).state).toBe('talking');
    expect(await on.rig.store.audit.list({ what: 'interaction.refused', limit: 5 })).toMatchObject([
      { who: 'user:eve0', subject: `interaction ${id}`, to: { owner: other.agent } },
    ]);
    expect(on.logged.join('\n')).toMatch(/in the hands of another agent/);
    const own = (await interactionOf(seat)).record?.contact ?? 0;
    expect((await seat.browser.ask('GET', `/api/agent/contacts/${own}/timeline`)).code).toBe(200);
  });

  test('[O-10] reaches for another agent’s record twenty times: refused each time, written down once a minute', async () => {
    const { on, seats, seat } = await talking(2);
    const { id } = await interactionOf(seats[1] ?? seat);
    const reach = () => seat.send({ key: seat.key(), interaction: id, act: { do: 'accept' } });
    for (let round = 0; round < 20; round += 1) expect((await reach()).code).toBe(403);
    expect(await on.rig.store.audit.list({ what: 'interaction.refused', limit: 50 })).toHaveLength(1);
  });

  test('[S-07] a record that is over, or never was: 409 with the one in hand', async () => {
    const { seat } = await talking();
    const none = await seat.send({ key: seat.key(), interaction: 'never-was', act: { do: 'accept' } });
    expect(none).toMatchObject({ code: 409, body: { error: { code: 'other-interaction' } } });
  });

  test('[S-07] a token and a user who is no agent have no workspace; an agent sees no campaign but the own', async () => {
    const { on, seat } = await talking();
    expect(await on.admin('GET', '/api/agent')).toMatchObject({
      code: 409,
      body: { error: { code: 'agent-missing' } },
    });
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ key: 'some-key-1', wish: { do: 'resume' } });
    const sent = await fetch(`${on.url}/api/agent/commands`, { method: 'POST', headers, body });
    expect(sent.status).toBe(409);
    expect((await seat.browser.ask('GET', '/api/agent/campaigns/secret')).code).toBe(404);
    expect((await seat.browser.ask('GET', '/api/agents')).code).toBe(403);
    const wrong = await seat.wish({ do: 'get-record', campaign: 'secret' });
    expect(wrong).toMatchObject({ code: 409, body: { error: { code: 'campaign-unknown' } } });
  });
});

describe('during a call', () => {
  test('[C-08] the campaign is stopped: the call goes on, then none comes; a notice says so until it is dismissed', async () => {
    const { on, seat } = await talking();
    const { name } = on.rig.campaign;
    expect((await on.admin('POST', `/api/campaigns/${name}/stop`)).code).toBe(200);
    const { interaction, notices } = await seat.view();
    expect(interaction?.state).toBe('talking');
    expect(notices).toMatchObject([{ kind: 'campaign-stopped', campaign: name }]);
    expect((await seat.wish({ do: 'dismiss-notice', notice: notices[0]?.id ?? '' })).body['view']).toMatchObject({
      notices: [],
    });

    await seat.act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
    await seat.isIn('wrap-up');
    await seat.act({ do: 'dispose', code: 'sale' });
    await seat.act({ do: 'edit-fields', fields: { remark: 'paid' } });
    expect((await seat.act({ do: 'done', stop: false })).code).toBe(200);
    await on.rig.clock.runFor(60_000);
    expect(await seat.view()).toMatchObject({ interaction: null, session: { campaign: name } });
    expect(await on.rig.store.attempts.list({})).toHaveLength(1);
    expect((await on.admin('POST', `/api/campaigns/${name}/start`)).code).toBe(200);
    expect((await seat.view()).notices).toMatchObject([{ kind: 'campaign-started' }]);
  });

  test('[S-07] the agent is removed: the conversation is finished, then the session ends; from then on nothing is given', async () => {
    const { on, seat } = await talking();
    const stream = await seat.stream();
    await on.admin('DELETE', `/api/agents/${seat.agent}`);
    await on.rig.clock.runFor(1_000);
    const { interaction } = await seat.view();
    expect(interaction?.state).toBe('talking');
    await seat.act({ do: 'hang-up', attempt: interaction?.call?.attempt ?? '' });
    await seat.isIn('wrap-up');
    await seat.act({ do: 'dispose', code: 'sale' });
    await seat.act({ do: 'edit-fields', fields: { remark: 'paid' } });
    expect((await seat.act({ do: 'done', stop: false })).code).toBe(200);
    const gone = { code: 409, body: { error: { code: 'agent-gone' } } };
    await on.rig.clock.runFor(20_000);
    await stream.ended;
    const notices = stream.of('change').flatMap(({ data }) => (data['notices'] ?? []) as { readonly kind: string }[]);
    expect(notices.map(({ kind }) => kind)).toContain('session-ended');
    for (const page of ['', '/stream', '/callbacks', '/today', `/campaigns/${on.rig.campaign.name}`]) {
      expect(await seat.browser.ask('GET', `/api/agent${page}`)).toMatchObject(gone);
    }
    const session = { do: 'open-session', campaign: on.rig.campaign.name, phone: { kind: 'account' } } as const;
    expect(await seat.wish(session)).toMatchObject(gone);
  });
});

test('[A-23] a flood of commands is refused unread, with the time to wait; other agents are served, and so is this one then', async () => {
  const { on, seats, seat } = await talking(2);
  const flood = await Promise.all(Array.from({ length: 100 }, () => seat.send('no command at all')));
  expect(flood.filter(({ code }) => code === 400)).toHaveLength(60);
  const refused = flood.find(({ code }) => code === 429);
  expect(refused?.body.error).toMatchObject({ code: 'too-many-commands' });
  expect(refused?.retryAfter).toBe('1');
  expect((await seats[1]?.act({ do: 'dispose', code: 'sale' }))?.code).toBe(200);
  await on.rig.clock.runFor(1_000);
  expect((await seat.act({ do: 'dispose', code: 'sale' })).code).toBe(200);
});

describe('typed', () => {
  const WILD = `<img src=x onerror=alert(1)>\n=1+cmd|'/c calc'!A0\t"';-- ́👋`;

  test('[A-15] markup, formulas and quotes are kept to the letter in notes, reasons and fields', async () => {
    const { on, seat } = await talking();
    const { id, record } = await interactionOf(seat);
    const written = await seat.act({ do: 'write-notes', text: WILD, base: 0 });
    expect(written.body['view']).toMatchObject({ interaction: { notes: { text: WILD } } });
    expect((await seat.act({ do: 'edit-fields', fields: { remark: WILD } })).code).toBe(200);
    expect((await seat.act({ do: 'dispose', code: 'complaint', reason: WILD })).code).toBe(200);
    expect((await on.rig.store.notes.of(id))?.text).toBe(WILD);
    expect((await on.rig.store.contacts.show(record?.contact ?? 0))?.fields['remark']).toBe(WILD);
  });

  test.each([
    { do: 'write-notes', text: 'bell \u0007', base: 0 },
    { do: 'write-notes', text: 'x'.repeat(10_001), base: 0 },
    { do: 'dispose', code: 'complaint', reason: 'escape \u001b[31m' },
    { do: 'edit-fields', fields: { remark: 'null \u0000' } },
    { do: 'edit-fields', fields: { remark: { a: 1 } } },
    { do: 'call', typed: { number: '<b>1</b>', type: 'mobile' } },
    { do: 'set-callback', callback: { local: 'tomorrow', personal: true } },
    { do: 'set-callback', callback: { local: '2026-12-01T10:30', zone: 'Nowhere/Land', personal: true } },
    { do: 'set-callback', callback: { personal: true } },
    { do: 'become-admin' },
  ])('[A-15] control characters, too much, no number, no time: 400, and nothing is changed: %j', async (act) => {
    const { seat } = await talking();
    const before = await interactionOf(seat);
    const { code } = await seat.send({ key: seat.key(), interaction: before.id, act });
    expect(code).toBe(400);
    const { version, notes } = await interactionOf(seat);
    expect({ version, notes }).toEqual({ version: before.version, notes: before.notes });
  });

  test('[L-06] a field of another type, a required one emptied, one that is not the agent’s: refused, and kept', async () => {
    const { on, seat } = await talking();
    const { record } = await interactionOf(seat);
    await seat.act({ do: 'edit-fields', fields: { balance: 7, remark: 'kept' } });
    const refused = async (fields: Record<string, string | null>) =>
      (await seat.act({ do: 'edit-fields', fields })).body.error?.code;
    expect(await refused({ balance: 'much' })).toBe('contact-edit-refused');
    expect(await refused({ remark: null })).toBe('contact-edit-refused');
    expect(await refused({ region: 'north' })).toBe('field-not-yours');
    expect(await refused({ __proto__x: 'a' })).toBe('field-not-yours');
    const contact = await on.rig.store.contacts.show(record?.contact ?? 0);
    expect(contact?.fields).toEqual({ balance: 7, remark: 'kept' });
  });

  test('[A-16] a required field that is empty is missing at Done', async () => {
    const { seat } = await talking();
    const { call } = await interactionOf(seat);
    await seat.act({ do: 'hang-up', attempt: call?.attempt ?? '' });
    await seat.isIn('wrap-up');
    await seat.act({ do: 'dispose', code: 'complaint' });
    const done = await seat.act({ do: 'done', stop: false });
    expect(done).toMatchObject({
      code: 409,
      body: { missing: [{ code: 'reason' }, { code: 'field', message: 'Fill in Remark.' }] },
    });
  });

  test('[X-01] do not call: every number of the person is on the list, and the log has who said so', async () => {
    const { on, seat } = await talking();
    const { record } = await interactionOf(seat);
    const said = await seat.act({ do: 'do-not-call', numbers: 'all', list: 'global', reason: 'asked' });
    expect(said.code).toBe(200);
    const number = record?.phones[0]?.number ?? '';
    expect(await on.rig.store.doNotCall.check(number)).toMatchObject([
      { list: 'global', by: 'user:eve0', reason: 'asked' },
    ]);
    expect(await on.rig.store.audit.list({ what: 'do-not-call.add', limit: 5 })).toMatchObject([{ who: 'user:eve0' }]);
  });
});
