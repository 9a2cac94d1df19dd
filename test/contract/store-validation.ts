// Answers of validation services: how long they count, which numbers need one next, and what they do to the choice.

import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { NumberCheck } from '../../src/engine/store/validation.ts';
import { HOUR_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeValidation(desk: () => Desk): void {
  const service = (): NonNullable<Campaign['validation']> => ({
    url: `http://127.0.0.1:1/${desk().unique('service')}`,
    timeoutMs: 300,
    cacheMs: HOUR_MS,
    whenUnavailable: 'skip',
  });
  const says = (number: string, answer: NumberCheck['answer'], until = NOON + HOUR_MS): NumberCheck => ({
    number,
    answer,
    reason: 'listed',
    askedAt: NOON,
    until,
  });

  test('[X-02] an answer counts for its time, and a newer one takes its place', async () => {
    const { validations } = desk().store;
    const { url } = service();
    const [a, b] = [desk().number(), desk().number()];
    await validations.save(url, [says(a, 'allowed'), says(b, 'unavailable', NOON + 15_000)]);

    expect(await validations.of(url, [a, b], NOON)).toEqual([
      says(a, 'allowed'),
      says(b, 'unavailable', NOON + 15_000),
    ]);
    expect(await validations.of(url, [a, b], NOON + 15_000)).toEqual([says(a, 'allowed')]);
    expect(await validations.of(`${url}/other`, [a], NOON)).toEqual([]);

    await validations.save(url, [{ ...says(a, 'blocked'), askedAt: NOON + 1 }]);
    await validations.save(url, [{ ...says(a, 'allowed'), askedAt: NOON - 1 }]);
    expect(await validations.of(url, [a], NOON)).toMatchObject([{ answer: 'blocked' }]);
  });

  test('[X-02] numbers without an answer: named ahead in the order of dialing, and not dialed; nothing changes', async () => {
    const validation = service();
    const campaign = await desk().people(3, { validation });
    const { attempts, records, validations } = desk().store;

    const ahead = await validations.ahead({ campaign, now: NOON, records: 2 });
    const answer = await desk().open(campaign, 2);

    expect(ahead).toHaveLength(2);
    expect(answer.opened).toEqual([]);
    expect(answer).toMatchObject({ exhausted: false, heldBack: 'Numbers are being checked.' });
    expect(answer.nextDueAt).toBeLessThanOrEqual(NOON + 1000);
    expect((await records.counts(campaign.name)).byState).toMatchObject({ fresh: 3 });

    await validations.save(
      validation.url,
      ahead.map((number) => says(number, 'allowed')),
    );
    const { opened } = await desk().open(campaign, 2);
    expect(opened.map(({ record, phoneIndex }) => record.phones[phoneIndex]?.number)).toEqual(ahead);
    const rows = await attempts.list({ campaign: campaign.name });
    expect(rows.map((row) => row.validation)).toEqual([null, null]);
  });

  test('[X-02] blocked: the next number is used, and the attempt says so; without another the record is finished', async () => {
    const validation = service();
    const [first, second, only] = [desk().number(), desk().number(), desk().number()];
    const both = [first, second].map((number) => ({ number, type: 'mobile' as const }));
    const contacts = [desk().contact({ phones: both }), desk().contact({ phones: [{ number: only, type: 'home' }] })];
    const campaign = await desk().campaign(contacts, { validation });
    const { store } = desk();
    await store.validations.save(validation.url, [
      says(first, 'blocked'),
      says(second, 'allowed'),
      says(only, 'blocked'),
    ]);

    const { opened } = await desk().open(campaign, 2);

    expect(opened).toMatchObject([{ phoneIndex: 1, validation: 'blocked-next-used' }]);
    const rows = await store.attempts.list({ campaign: campaign.name });
    expect(rows).toMatchObject([{ number: second, validation: 'blocked-next-used' }]);
    const [row] = await store.records.find({ campaign: campaign.name, text: only, limit: 1 });
    expect(row).toMatchObject({
      state: 'finished',
      finishedWhy: 'The number is blocked, and the contact has no other number.',
    });
  });

  test('[X-02] the service is away: the record waits until the number may be asked about again', async () => {
    const validation = service();
    const campaign = await desk().people(1, { validation });
    const { store } = desk();
    const [number = ''] = await store.validations.ahead({ campaign, now: NOON, records: 5 });
    await store.validations.save(validation.url, [says(number, 'unavailable', NOON + 15_000)]);

    expect((await desk().open(campaign, 1)).opened).toEqual([]);
    expect(await store.validations.ahead({ campaign, now: NOON, records: 5 })).toEqual([]);

    expect(await store.validations.ahead({ campaign, now: NOON + 15_000, records: 5 })).toEqual([number]);
  });
}
