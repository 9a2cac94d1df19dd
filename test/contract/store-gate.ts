// Numbers that a campaign's trunks may not dial, calls abroad, and callbacks to callers whom no list holds, in a store.

import { expect, test } from 'vitest';
import { NUMBER_CLASSES, USUAL_CLASSES } from '../../src/campaign/number-gate.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { Phone } from '../../src/terms.ts';
import { FINISHED, HOUR_MS, MINUTE_MS, NOON, namesOf } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

const US = [{ trunk: 'main', countries: ['US'], classes: USUAL_CLASSES }];
const US_AND_PREMIUM = [{ trunk: 'main', countries: ['US'], classes: NUMBER_CLASSES }];
const US_AND_AUSTRIA = [{ trunk: 'main', countries: ['US', 'AT'], classes: USUAL_CLASSES }];

export function describeGate(desk: () => Desk): void {
  recordTests(desk);
  callbackTests(desk);
  unknownCallerTests(desk);
}

function recordTests(desk: () => Desk): void {
  const person = (name: string, ...numbers: readonly string[]) =>
    desk().contact({ name, phones: numbers.map((number): Phone => ({ number, type: 'mobile' })) });

  test('[L-12] no number of the record may be dialed: set aside with the reason, until the settings allow one', async () => {
    const contacts = [person('Ada', '+19005551001'), person('Ben', '+447012345601'), person('Cleo', desk().number())];
    const campaign = await desk().campaign(contacts, { reach: US });
    const answer = await desk().open(campaign, 3);
    expect(namesOf(answer)).toEqual(['Cleo']);
    expect(await desk().open(campaign, 3)).toMatchObject({ opened: [], exhausted: false });
    const counts = await desk().store.records.statistics(campaign.name, NOON);
    expect(counts).toMatchObject({ total: 3, dialing: 1, blocked: 2, neverDialed: 2 });
    const [ada] = await desk().store.records.find({ campaign: campaign.name, text: 'Ada', limit: 1 });
    expect(ada).toMatchObject({
      state: 'removed',
      why: '+19005551001 is a premium number of US: not allowed on trunk main (allow_classes).',
    });
    const reordered: Campaign = { ...campaign, order: { by: 'field', field: 'x', descending: true } };
    expect(await desk().store.records.sync(reordered, NOON)).toBe(0);
    const wider = { ...reordered, reach: US_AND_PREMIUM };
    expect(await desk().store.records.sync(wider, NOON)).toBe(1);
    expect(namesOf(await desk().open(wider, 3))).toEqual(['Ada']);
  });

  test('[L-12] another number of the record may be dialed: that one is', async () => {
    const own = desk().number();
    const campaign = await desk().campaign([person('Ada', '+19005551002', own)], { reach: US });
    expect((await desk().dial(campaign)).phoneIndex).toBe(1);
  });

  test('[X-09] two calls abroad are left in this hour: the third record waits for its time, the rest goes on', async () => {
    const austrians = ['+4313456001', '+4313456002', '+4313456003'];
    const contacts = [...austrians.map((number) => person(number, number)), person('Ben', desk().number())];
    const campaign = await desk().campaign(contacts, { reach: US_AND_AUSTRIA });
    const freeAt = NOON + 20 * MINUTE_MS;
    const quotas = [{ trunk: 'main', home: 'US', most: 3, used: { AT: { calls: 1, freeAt } } }];
    const lines = Array.from({ length: 4 }, (_, turn) => desk().line(turn));
    const answer = await desk().store.attempts.open({ campaign, now: NOON, lines, quotas });
    expect(namesOf(answer)).toEqual([...austrians.slice(0, 2), 'Ben']);
    const [waiting] = await desk().store.records.find({ campaign: campaign.name, text: '+4313456003', limit: 1 });
    expect(waiting).toMatchObject({ state: 'waiting', dueAt: freeAt });
    expect(waiting?.why).toMatch(/has placed 3 calls to AT within the hour/);
    expect(namesOf(await desk().open(campaign, 1, freeAt))).toEqual(['+4313456003']);
  });
}

function callbackTests(desk: () => Desk): void {
  test('[A-17] a callback was agreed, and its number may no longer be dialed: it is given up, not offered again', async () => {
    const campaign = await desk().people(1, { reach: US_AND_PREMIUM });
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt);
    const phone: Phone = { number: '+19005551003', type: 'other' };
    const { id } = await desk().store.callbacks.set({
      record: record.record,
      at: NOON + HOUR_MS,
      zone: 'UTC',
      phone,
      agent: null,
      by: 'test',
      now: NOON,
      dueAt: NOON + HOUR_MS,
      why: 'agreed',
    });
    const at = NOON + HOUR_MS;
    expect((await desk().open({ ...campaign, reach: US }, 1, at)).opened).toEqual([]);
    expect(await desk().stateOf(record.record)).toBe('removed');
    expect(await desk().store.callbacks.show(id, at)).toMatchObject({ state: 'expired' });
  });
}

function unknownCallerTests(desk: () => Desk): void {
  const limits = { perNumberPerDay: 2, perHour: 5 };
  // Far from whatever other tests granted.
  const START = NOON + 1000 * HOUR_MS;

  /** A person calls, reaches no agent and is to be called back; what became of that, and what the call says. */
  async function missed(campaign: string, number: string, at: number, more: Partial<typeof limits> = {}) {
    const { callbacks, inbound } = desk().store;
    const call = `i-${desk().unique('leg')}`;
    await inbound.open({ call, campaign, called: '+12125550100', caller: number, at });
    await inbound.close({ attempt: call, result: 'abandoned', endedAt: at, counts: false, next: FINISHED });
    const person = { campaign, list: 'missed', number, missedAt: at, at, dueAt: at, why: 'missed' };
    const added = await callbacks.addMissed({ ...person, called: { call, limits: { ...limits, ...more } } });
    const again = await callbacks.addMissed({ ...person, called: { call, limits: { ...limits, ...more } } });
    const [row] = await inbound.list({ call });
    return { added, again, why: row?.notCalledBack ?? null };
  }

  async function finish(campaign: string, number: string): Promise<void> {
    const why = 'talked';
    await desk().store.callbacks.dropMissed({ campaigns: [campaign], number, waitingFor: ['missed'], why });
  }

  test('[C-15] the same unknown caller calls three times in a day: called back twice, and the call says why not again', async () => {
    const { name } = await desk().people(0, { mode: 'auto-callback' });
    const number = desk().number();
    expect(await missed(name, number, START)).toEqual({ added: 'added', again: 'waits-already', why: null });
    await finish(name, number);
    expect((await missed(name, number, START + 2 * HOUR_MS)).added).toBe('added');
    await finish(name, number);
    const third = await missed(name, number, START + 4 * HOUR_MS);
    expect(third).toMatchObject({ added: 'limit', again: 'limit' });
    expect(third.why).toBe(
      'The caller is on no list, and 2 of 2 callbacks to the number in 24 hours are used (unknown_callers).',
    );
    expect((await missed(name, number, START + 25 * HOUR_MS)).added).toBe('added');
  });

  test('[C-15] unknown callers together: so many in an hour, and nothing is made of the others', async () => {
    const { name } = await desk().people(0, { mode: 'auto-callback' });
    const at = START + 200 * HOUR_MS;
    const numbers = Array.from({ length: 4 }, () => desk().number());
    const added = [];
    for (const number of numbers) added.push((await missed(name, number, at, { perHour: 3 })).added);
    expect(added).toEqual(['added', 'added', 'added', 'limit']);
    expect(await desk().store.records.find({ text: numbers[3] ?? '', limit: 1 })).toEqual([]);
    expect((await missed(name, numbers[3] ?? '', at + HOUR_MS + 1, { perHour: 3 })).added).toBe('added');
  });

  test('[C-15] one call, and two campaigns that call its caller back: it counts once', async () => {
    const { callbacks, inbound } = desk().store;
    const [first, second] = [await desk().people(0), await desk().people(0)];
    const [call, number, at] = [`i-${desk().unique('leg')}`, desk().number(), START + 400 * HOUR_MS];
    await inbound.open({ call, campaign: first.name, called: '+12125550100', caller: number, at });
    const called = { call, limits: { perNumberPerDay: 1, perHour: 1 } };
    const person = { list: 'missed', number, missedAt: at, at, dueAt: at, why: 'missed', called };
    expect(await callbacks.addMissed({ ...person, campaign: first.name })).toBe('added');
    expect(await callbacks.addMissed({ ...person, campaign: second.name })).toBe('added');
    expect((await missed(first.name, desk().number(), at, { perHour: 1 })).added).toBe('limit');
  });

  test('[C-15] who is on a list is no unknown caller, whoever else called', async () => {
    const { name } = await desk().people(0, { mode: 'auto-callback' });
    const known = await desk().people(1);
    const [record] = await desk().store.records.find({ campaign: known.name, text: '', limit: 1 });
    const number = record?.contact.phones[0]?.number ?? '';
    expect((await missed(name, number, START, { perHour: 0, perNumberPerDay: 0 })).added).toBe('added');
    expect((await missed(name, desk().number(), START, { perHour: 0 })).added).toBe('limit');
  });
}
