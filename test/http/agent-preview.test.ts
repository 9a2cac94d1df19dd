// Preview, manual and callbacks through the API: a record is fetched, looked at, dialed by a click, declined or put off.

import { afterEach, describe, expect, test } from 'vitest';
import type { DeskRules } from '../../src/campaign/definition.ts';
import type { NumberValidator } from '../../src/engine/ports.ts';
import type { Mode } from '../../src/terms.ts';
import { REFUSALS, type CallPlan } from '../../src/sim/call-plan.ts';
import { USUAL_DESK } from '../../src/engine/agents/desk-plan.ts';
import type { DeskView } from '../../src/http/wire/desk.ts';
import { DeskCentre, type Seat } from './desk-centre.ts';

let centre: DeskCentre | undefined;
afterEach(async () => {
  await centre?.close();
  centre = undefined;
});

const HOUR_MS = 3_600_000;
const answers = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', talksMs: 30_000 },
});

interface Wanted {
  readonly mode: Mode;
  readonly secondPhone?: true;
  /** What the validation service says of numbers; absent: none is asked. */
  readonly says?: (number: string) => 'allowed' | 'blocked' | 'unavailable';
  readonly desk?: Partial<DeskRules>;
  readonly plan?: () => CallPlan;
}

/** An agent who is ready and has a record before them. */
async function pulled({
  mode,
  desk,
  says,
  secondPhone,
  plan = answers,
}: Wanted): Promise<{ on: DeskCentre; seat: Seat }> {
  centre = await DeskCentre.open({
    agents: 1,
    records: 3,
    plan,
    ...(says === undefined ? {} : { validator: validator(says) }),
    campaign: {
      ...(says === undefined ? {} : { validation: VALIDATION }),
      mode,
      desk: { ...USUAL_DESK, ...desk },
      dispositions: [{ code: 'sale', label: 'Sold', key: '1' }],
      schedule: { timezone: 'America/New_York', start: '0 1 * * *', stop: '0 23 * * *', holidays: [] },
    },
  });
  if (secondPhone) await giveSecondPhone(centre);
  const seat = await (await centre.seat()).sitDown();
  const row = (await seat.view()).campaigns[0];
  expect(row).toMatchObject({ delivery: 'manual', action: 'get-record', channel: null });
  expect((await seat.wish({ do: 'get-record', campaign: centre.rig.campaign.name })).code).toBe(200);
  await seat.isIn('preview');
  return { on: centre, seat };
}

const VALIDATION = { url: 'http://numbers', timeoutMs: 300, cacheMs: 60_000, whenUnavailable: 'skip' } as const;

const validator = (says: (number: string) => 'allowed' | 'blocked' | 'unavailable'): NumberValidator => ({
  ask: ({ numbers }) => {
    const said = numbers.map((number) => [number, says(number)] as const);
    const answers = said.filter(([, answer]) => answer !== 'unavailable');
    return Promise.resolve(
      new Map(answers.map(([number, answer]) => [number, { allowed: answer === 'allowed', reason: '' }])),
    );
  },
});

/** What the service said at the choice of the record counts no more. */
const ANSWER_OVER_MS = 61_000;

/** The second phone of the first person. */
const SECOND = '+16505550177';

async function giveSecondPhone({ rig }: DeskCentre): Promise<void> {
  const [contact] = await rig.store.contacts.find({ text: 'Person 0', limit: 1 });
  await rig.store.contacts.edit({
    contact: contact?.id ?? 0,
    by: 'ann',
    at: rig.clock.now(),
    definitions: [],
    phones: [...(contact?.phones ?? []), { number: SECOND, type: 'work' }],
  });
}

const isReported = ({ interaction }: DeskView): boolean => (interaction?.message ?? null) !== null;

const recordOf = async (seat: Seat): Promise<number> => (await seat.view()).interaction?.record?.record ?? 0;

describe('preview', () => {
  test('[A-08] Get Record, a look, Call, the conversation, Done; the next is asked for', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const { interaction } = await seat.view();
    expect(interaction).toMatchObject({
      kind: 'preview',
      call: null,
      mustClickNumber: false,
      declines: ['later', 'never'],
      missing: [],
      may: expect.arrayContaining(['call', 'decline', 'set-callback', 'done', 'write-notes']) as unknown,
    });
    expect((await seat.act({ do: 'call', phoneIndex: 0 })).body['view']).toMatchObject({
      interaction: { state: 'dialing', call: { state: 'placing', number: interaction?.record?.phones[0]?.number } },
    });
    await seat.isIn('talking');
    await seat.isIn('wrap-up');
    await seat.act({ do: 'dispose', code: 'sale' });
    expect((await seat.act({ do: 'done', stop: false })).code).toBe(200);
    await on.rig.clock.runFor(2_000);
    expect(await on.rig.store.attempts.list({})).toMatchObject([{ result: 'connected', disposition: 'sale' }]);
  });

  test('[A-08] Decline never: the record is taken out; a double click on it takes no second one', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const { interaction } = await seat.view();
    const record = await recordOf(seat);
    const command = {
      key: seat.key(),
      interaction: interaction?.id,
      expects: interaction?.version,
      act: { do: 'decline', until: 'never' },
    };
    const both = await Promise.all([seat.send(command), seat.send(command)]);
    expect(both.map(({ body }) => body['answer'])).toEqual(['done', 'repeated']);
    await on.rig.clock.runFor(1_000);
    expect((await on.rig.store.records.show(record))?.state).toBe('finished');
    expect(await on.rig.store.attempts.list({})).toEqual([]);
  });

  test('[A-08] the number is busy: back to the look at the record, with what was tried', async () => {
    const busy = (): CallPlan => ({
      setUpMs: 200,
      before: 'ringing',
      afterMs: 500,
      outcome: REFUSALS.busy,
    });
    const { seat } = await pulled({ mode: 'preview', plan: busy });
    await seat.act({ do: 'call', phoneIndex: 0 });
    const back = await seat.until(({ interaction }) => interaction?.tried[0]?.result === 'busy');
    expect(back.interaction).toMatchObject({ state: 'preview', call: null });
    expect((await seat.act({ do: 'done', stop: true })).body['view']).toMatchObject({ interaction: null });
  });

  test('[A-11] Done and Stop: nothing comes until Get Record', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
    await on.rig.clock.runFor(10_000);
    expect(await seat.view()).toMatchObject({
      interaction: null,
      fetching: null,
      campaigns: [{ takes: false, action: 'get-record' }],
    });
    await seat.wish({ do: 'get-record', campaign: on.rig.campaign.name });
    await seat.isIn('preview');
  });

  test('[X-01] not to be called, said before anything is dialed: on the list, and the record is done with for good', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const record = await recordOf(seat);
    const said = await seat.act({ do: 'do-not-call', numbers: 'all', list: 'campaign' });
    expect(said).toMatchObject({ code: 200 });
    await on.rig.clock.runFor(1_000);
    expect((await on.rig.store.records.show(record))?.state).toBe('finished');
    expect(await on.rig.store.attempts.list({})).toEqual([]);
  });
});

describe('[X-02] [A-21] numbers that must not be dialed', () => {
  test('put on the do-not-call list while it is looked at, no other number: never dialed, and what to do next', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const number = (await seat.view()).interaction?.record?.phones[0]?.number ?? '';
    await on.admin('POST', '/api/do-not-call', { numbers: [number] });
    expect((await seat.view()).interaction?.message).toMatchObject({ code: 'blocked-no-other' });
    await seat.act({ do: 'call', phoneIndex: 0 });
    const { interaction } = await seat.until(isReported);
    expect(interaction).toMatchObject({
      state: 'preview',
      message: { code: 'blocked-no-other', rule: 'do-not-call', next: expect.stringMatching(/Done/) as string },
    });
    expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
    expect(await on.rig.store.attempts.list({})).toEqual([]);
  });

  test.each([
    ['blocked', 'blocked-next-used'],
    ['unavailable', 'unavailable-next-used'],
  ] as const)(
    'the service says %s of the first number: the next is dialed, and the agent reads %s',
    async (said, code) => {
      let first = '';
      const says = (number: string) => (number === first ? said : 'allowed');
      const { on, seat } = await pulled({ mode: 'preview', secondPhone: true, says });
      first = (await seat.view()).interaction?.record?.phones[0]?.number ?? '';
      await on.rig.clock.runFor(ANSWER_OVER_MS);
      await seat.act({ do: 'call', phoneIndex: 0 });
      const { interaction } = await seat.until(isReported);
      expect(interaction?.message?.code).toBe(code);
      await on.rig.clock.runFor(1_000);
      expect((await on.rig.store.attempts.list({})).map(({ number }) => number)).toEqual([SECOND]);
    },
  );

  test.each([
    ['blocked', 'blocked-no-other'],
    ['unavailable', 'unavailable-no-other'],
  ] as const)(
    'the service says %s and there is no other number: nothing is dialed, and the agent reads %s',
    async (said, code) => {
      let hand = '';
      const { on, seat } = await pulled({ mode: 'preview', says: (number) => (number === hand ? said : 'allowed') });
      hand = (await seat.view()).interaction?.record?.phones[0]?.number ?? '';
      await on.rig.clock.runFor(ANSWER_OVER_MS);
      await seat.act({ do: 'call', phoneIndex: 0 });
      const { interaction } = await seat.until(isReported);
      expect(interaction).toMatchObject({ state: 'preview', message: { code } });
      expect(await on.rig.store.attempts.list({})).toEqual([]);
    },
  );
});

describe('manual', () => {
  test('[A-12] no Done before the record is processed, and no second one; a callback puts it off', async () => {
    const { on, seat } = await pulled({ mode: 'manual' });
    const record = await recordOf(seat);
    const more = await seat.wish({ do: 'get-record', campaign: on.rig.campaign.name });
    expect(more).toMatchObject({ code: 409, body: { error: { code: 'agent-busy' } } });
    const early = await seat.act({ do: 'done', stop: false });
    expect(early).toMatchObject({
      code: 409,
      body: { error: { code: 'incomplete' }, missing: [{ code: 'unprocessed' }] },
    });
    expect((await seat.view()).interaction).toMatchObject({ mustClickNumber: true, declines: ['never'] });

    const at = on.rig.clock.now() + 4 * HOUR_MS;
    expect((await seat.act({ do: 'set-callback', callback: { at, personal: true } })).code).toBe(200);
    expect((await seat.act({ do: 'done', stop: false })).code).toBe(200);
    await on.rig.clock.runFor(1_000);
    expect((await on.rig.store.records.show(record))?.state).toBe('waiting');
    expect((await seat.browser.ask('GET', '/api/agent/callbacks')).body).toMatchObject([
      { at, agent: seat.agent, state: 'pending', record },
    ]);
    expect((await seat.browser.ask('GET', '/api/agent/today')).body).toMatchObject({ callbacks: 1, calls: 0 });
  });
});

describe('callbacks', () => {
  test('[A-17] in the past, or outside the hours: refused with the rule, and when it would be allowed', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const past = await seat.act({ do: 'set-callback', callback: { at: on.rig.clock.now() - 1, personal: false } });
    expect(past).toMatchObject({
      code: 409,
      body: { error: { code: 'callback-past' }, view: { interaction: { callback: null } } },
    });
    const night = await seat.act({
      do: 'set-callback',
      callback: { local: '2026-01-06T23:30', zone: 'America/New_York', personal: false },
    });
    expect(night).toMatchObject({ code: 409, body: { error: { code: 'callback-outside-hours' } } });
    expect(night.body.error?.message).toMatch(/23:30.*New_York.*does not dial|does not dial.*23:30/s);
  });

  test('[A-17] set, moved, cancelled: until Done each is one, on the clock of the person', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    const record = await recordOf(seat);
    await seat.act({ do: 'set-callback', callback: { local: '2026-01-06T10:30', personal: true } });
    expect((await seat.view()).interaction?.callback).toMatchObject({ local: '2026-01-06T10:30', personal: true });
    const { zone } = (await seat.view()).interaction?.callback ?? {};
    // The numbers of the rig are Californian.
    expect(zone).toBe('America/Los_Angeles');
    const typed = { number: '+1 650 555 0199', type: 'work' } as const;
    await seat.act({ do: 'set-callback', callback: { local: '2026-01-06T11:00', phone: typed, personal: false } });
    expect((await seat.view()).interaction?.callback).toMatchObject({ number: '+16505550199', personal: false });
    expect((await seat.act({ do: 'cancel-callback' })).body['view']).toMatchObject({ interaction: { callback: null } });
    expect((await seat.act({ do: 'done', stop: true })).code).toBe(200);
    await on.rig.clock.runFor(1_000);
    const open = await on.rig.store.callbacks.list({ record, now: on.rig.clock.now(), limit: 10 });
    expect(open).toEqual([]);
  });

  test('[A-17] its time passes while the record is open: missing at Done, until it is moved', async () => {
    const { on, seat } = await pulled({ mode: 'preview' });
    await seat.act({ do: 'set-callback', callback: { at: on.rig.clock.now() + 60_000, personal: false } });
    await on.rig.clock.runFor(120_000);
    const done = await seat.act({ do: 'done', stop: false });
    expect(done).toMatchObject({ code: 409, body: { missing: [{ code: 'callback-past' }] } });
  });
});
