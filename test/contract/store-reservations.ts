// Records reserved for an agent and not dialed yet: no one else takes them, they are dialed, given back, or lapse.

import { defined } from '../../src/base/defined.ts';
import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { DialReserved, OpenedAttempts } from '../../src/engine/store/attempts.ts';
import type { ReleasedTo, ReservedRecord, ReserveAnswer } from '../../src/engine/store/reservations.ts';
import { FINISHED, HOUR_MS, MINUTE_MS, NOON, namesOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

const AGENT = '101';

class Reserving {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  ask(campaign: Campaign, parts: { record?: number; now?: number; agent?: string } = {}): Promise<ReserveAnswer> {
    const { now = NOON, agent = AGENT, record } = parts;
    const request = { campaign, agent, now, reservation: this.#desk.unique('r'), untilAt: now + 10 * MINUTE_MS };
    return this.#desk.store.reservations.reserve({ ...request, ...defined({ record }) });
  }

  async take(...args: Parameters<Reserving['ask']>): Promise<ReservedRecord> {
    const { reserved } = await this.ask(...args);
    if (!reserved) throw new Error('nothing was reserved');
    return reserved;
  }

  dial(campaign: Campaign, reserved: DialReserved, now = NOON + MINUTE_MS): Promise<OpenedAttempts> {
    return this.#desk.store.attempts.open({ campaign, now, lines: [this.#desk.line()], agent: AGENT, reserved });
  }

  release({ reservation }: ReservedRecord, to: ReleasedTo, now = NOON + MINUTE_MS) {
    return this.#desk.store.reservations.release({ reservation, now, to });
  }
}

export function describeReservations(desk: () => Desk): void {
  const reserving = () => new Reserving(desk());
  const show = (record: number) => desk().store.records.show(record);
  takingTests(desk, reserving);
  dialingTests(desk, reserving);

  test('[C-05] given back to the top: it comes before all others, and is due at once', async () => {
    const campaign = await desk().people(3);
    await reserving().take(campaign);
    const second = await reserving().take(campaign);
    expect(second.record.name).toBe('Person 2');
    expect(await reserving().release(second, { place: 'top', why: 'Rejected.' })).toMatchObject({ isDialed: false });
    expect(await show(second.record.record)).toMatchObject({ state: 'waiting', why: 'Rejected.', attempts: 0 });
    expect(namesOf(await desk().open(campaign, 3, NOON + MINUTE_MS))).toEqual(['Person 2', 'Person 3']);
  });

  test('[C-05] given back as it stood: fresh, or waiting until its time', async () => {
    const campaign = await desk().people(2);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    const waiting = await reserving().take(campaign, { record: record.record });
    const fresh = await reserving().take(campaign);
    for (const one of [waiting, fresh]) await reserving().release(one, { place: 'before' });
    expect(await show(record.record)).toMatchObject({ state: 'waiting', dueAt: NOON + HOUR_MS });
    expect(await show(fresh.record.record)).toMatchObject({ state: 'fresh', dueAt: null, why: null });
    await desk().store.attempts.dispose({ attempt, disposition: 'sale', agent: AGENT, at: NOON, next: FINISHED });
    expect(await show(record.record)).toMatchObject({ state: 'finished' });
  });

  test('[C-05] declined for later, and for ever', async () => {
    const campaign = await desk().people(2);
    const [one, other] = [await reserving().take(campaign), await reserving().take(campaign)];
    await reserving().release(one, { place: 'later', dueAt: NOON + HOUR_MS, why: 'Declined for now.' });
    await reserving().release(other, { place: 'never', why: 'Declined for good.' });
    expect(await show(one.record.record)).toMatchObject({ state: 'waiting', dueAt: NOON + HOUR_MS });
    expect(await show(other.record.record)).toMatchObject({ state: 'finished', finishedWhy: 'Declined for good.' });
    expect((await desk().open(campaign, 2, NOON + MINUTE_MS)).opened).toEqual([]);
    expect(namesOf(await desk().open(campaign, 2, NOON + HOUR_MS))).toEqual([one.record.name]);
  });

  test('[C-05] a callback is agreed while it is reserved: it waits for that, and is dialed for the agent then', async () => {
    const campaign = await desk().people(1);
    const reserved = await reserving().take(campaign);
    const { record, phones } = reserved.record;
    const [phone = { number: '', type: 'other' as const }] = phones;
    const at = NOON + HOUR_MS;
    const callback = {
      record,
      at,
      zone: 'UTC',
      phone,
      agent: AGENT,
      by: 'ann',
      now: NOON,
      dueAt: at + HOUR_MS,
      why: '',
    };
    await desk().store.callbacks.set(callback);
    await reserving().release(reserved, { place: 'later', dueAt: at + HOUR_MS, why: 'A callback.', first: true });
    expect(await show(record)).toMatchObject({ state: 'waiting', dueAt: at + HOUR_MS });
    expect((await reserving().ask(campaign, { now: at - 1 })).reserved).toBeUndefined();
    expect(await reserving().take(campaign, { now: at })).toMatchObject({ record: { callback: { agent: AGENT } } });
  });

  test('[C-05] the time is over: back to the top, and only then; one that was renewed stays', async () => {
    const campaign = await desk().people(2);
    const [one, other] = [await reserving().take(campaign), await reserving().take(campaign)];
    const { reservations } = desk().store;
    expect(await reservations.renew(other.reservation, NOON + HOUR_MS)).toBe(true);
    const lapsedOf = async (at: number) =>
      (await reservations.lapse(at)).filter((row) => row.campaign === campaign.name).map(({ record }) => record);
    expect(await lapsedOf(one.untilAt - 1)).toEqual([]);
    expect(await lapsedOf(one.untilAt)).toEqual([one.record.record]);
    expect(await lapsedOf(one.untilAt)).toEqual([]);
    expect(namesOf(await desk().open(campaign, 2, one.untilAt))).toEqual([one.record.name]);
    expect(await reservations.renew(one.reservation, NOON + HOUR_MS)).toBe(false);
    expect(await reserving().release(one, { place: 'top', why: '' })).toBeUndefined();
    expect(await desk().stateOf(other.record.record)).toBe('dialing');
  });
}

function takingTests(desk: () => Desk, reserving: () => Reserving): void {
  test('[C-05] the next record is reserved: no line is dialed on it, no other agent gets it', async () => {
    const campaign = await desk().people(2);
    const reserved = await reserving().take(campaign);
    expect(reserved).toMatchObject({ untilAt: NOON + 10 * MINUTE_MS, record: { name: 'Person 1', state: 'dialing' } });
    const { record } = reserved.record;
    expect(await desk().store.records.show(record)).toMatchObject({
      state: 'dialing',
      attempts: 0,
      lastAttemptAt: null,
    });
    expect(await reserving().ask(campaign, { record, agent: '102' })).toMatchObject({
      refused: { code: 'record-taken' },
    });
    expect(namesOf(await desk().open(campaign, 2))).toEqual(['Person 2']);
    expect(await reserving().ask(campaign)).toEqual({ exhausted: false });
    const mine = (await desk().store.reservations.all()).filter((row) => row.campaign === campaign.name);
    expect(mine).toEqual([
      {
        reservation: reserved.reservation,
        record,
        campaign: campaign.name,
        agent: AGENT,
        sinceAt: NOON,
        untilAt: NOON + 10 * MINUTE_MS,
        isDialed: false,
      },
    ]);
    expect(await desk().store.attempts.unfinished()).not.toContainEqual(
      expect.objectContaining({ record: { record } }),
    );
  });

  test('[C-05] a named record is reserved although it is not due; one of another campaign, or over, is not', async () => {
    const [campaign, other] = [await desk().people(1), await desk().people(1)];
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    const name = { record: record.record };
    expect(await reserving().ask(other, name)).toMatchObject({ refused: { code: 'record-unknown' } });
    const reserved = await reserving().take(campaign, name);
    expect(reserved.record).toMatchObject({ record: record.record, state: 'dialing', attempts: 1 });
    await reserving().release(reserved, { place: 'never', why: 'Not wanted.' });
    expect(await reserving().ask(campaign, name)).toMatchObject({ refused: { code: 'record-over' } });
  });

  test('[C-05] nothing may be dialed now: the answer says when, and nothing is reserved', async () => {
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    expect(await reserving().ask(campaign)).toMatchObject({ nextDueAt: NOON + HOUR_MS, exhausted: false });
    expect((await desk().open(campaign, 1, NOON + HOUR_MS)).opened).toHaveLength(1);
  });
}

function dialingTests(desk: () => Desk, reserving: () => Reserving): void {
  test('[C-05] it is dialed: one attempt, decided as any other, and the reservation is over when it is released', async () => {
    const campaign = await desk().people(2);
    const reserved = await reserving().take(campaign);
    const { reservation } = reserved;
    const [attempt] = (await reserving().dial(campaign, { reservation })).opened;
    expect(attempt).toMatchObject({ record: { record: reserved.record.record, state: 'dialing' }, phoneIndex: 0 });
    expect(await reserving().dial(campaign, { reservation })).toMatchObject({ refused: { rule: 'in-call' } });
    await desk().close(attempt?.attempt ?? '', { next: waitingUntil(NOON + HOUR_MS) });
    expect(await reserving().dial(campaign, { reservation })).toMatchObject({ refused: { rule: 'reservation-over' } });
    expect(await reserving().release(reserved, { place: 'top', why: '' })).toMatchObject({ isDialed: true });
    expect(await desk().store.records.show(reserved.record.record)).toMatchObject({
      state: 'waiting',
      dueAt: NOON + HOUR_MS,
      attempts: 1,
    });
  });

  test('[C-05] there was no answer, and it stays with the agent: another number is dialed, also a new one', async () => {
    const phones = [desk().number(), desk().number()].map((number) => ({ number, type: 'home' as const }));
    const campaign = await desk().campaign([desk().contact({ phones })]);
    const { reservation, record } = await reserving().take(campaign);
    const typed = { number: desk().number(), type: 'work' as const };
    const dialed: (string | undefined)[] = [];
    for (const phone of [undefined, phones[1], typed]) {
      const { opened } = await reserving().dial(campaign, { reservation, ...(phone ? { phone } : {}) });
      dialed.push(opened[0]?.record.phones[opened[0].phoneIndex]?.number);
      await desk().close(opened[0]?.attempt ?? '', { next: { state: 'dialing' } });
      expect(await desk().stateOf(record.record)).toBe('dialing');
    }
    expect(dialed).toEqual([phones[0]?.number, phones[1]?.number, typed.number]);
    const rows = await desk().store.attempts.list({ record: record.record });
    await desk().store.attempts.settle(rows[0]?.attempt ?? '', FINISHED);
    expect(await desk().stateOf(record.record)).toBe('dialing');
    await desk().store.attempts.settle(rows[2]?.attempt ?? '', FINISHED);
    expect(await desk().store.records.show(record.record)).toMatchObject({ state: 'finished', attempts: 3 });
  });

  test('[C-05] the law is asked at the dial: a number on the list is refused, with the one that may be dialed', async () => {
    const phones = [desk().number(), desk().number()].map((number) => ({ number, type: 'home' as const }));
    const campaign = await desk().campaign([desk().contact({ phones })]);
    const { reservation, record } = await reserving().take(campaign);
    const [phone = { number: '', type: 'home' as const }] = phones;
    await desk().store.doNotCall.add([phone.number], { list: 'global', by: 'ann', at: NOON, reason: 'asked' });
    expect(await reserving().dial(campaign, { reservation, phone })).toMatchObject({
      opened: [],
      refused: { rule: 'do-not-call', never: true, otherPhone: 1 },
    });
    expect(await desk().stateOf(record.record)).toBe('dialing');
    expect((await reserving().dial(campaign, { reservation })).opened).toMatchObject([{ phoneIndex: 1 }]);
  });

  test('[C-05] a personal callback of the agent comes before the queue', async () => {
    const campaign = await desk().people(3);
    const [last] = await desk().store.records.find({ campaign: campaign.name, text: 'Person 3', limit: 1 });
    const [phone = { number: '', type: 'other' as const }] = last?.contact.phones ?? [];
    const at = NOON - MINUTE_MS;
    const agreed = {
      record: last?.id ?? 0,
      at,
      zone: 'UTC',
      phone,
      agent: AGENT,
      by: 'ann',
      now: at,
      dueAt: NOON + HOUR_MS,
      why: '',
    };
    await desk().store.callbacks.set(agreed);
    expect((await reserving().take(campaign, { agent: '102' })).record.name).toBe('Person 1');
    expect((await reserving().take(campaign)).record.name).toBe('Person 3');
  });
}
