// The records of a campaign in a store: made from its lists, found, explained, counted.

import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, NOON, codeOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeRecords(desk: () => Desk): void {
  test('records are made once for every contact on the lists; new contacts get theirs at the next time', async () => {
    const campaign = await desk().people(3);
    expect(await desk().store.records.sync(campaign, NOON)).toBe(0);
    await desk().list([desk().contact(), desk().contact()], campaign.lists[0]);
    expect(await desk().store.records.sync(campaign, NOON)).toBe(2);
    expect((await desk().store.records.counts(campaign.name)).byState.fresh).toBe(5);
  });

  test('a contact on two lists of a campaign has one record', async () => {
    const contact = desk().contact();
    const lists = [await desk().list([contact]), await desk().list([contact, desk().contact()])];
    const campaign = await desk().campaign([], { lists });
    expect((await desk().store.records.counts(campaign.name)).byState.fresh).toBe(2);
  });

  test('a campaign whose list does not exist yet has no records', async () => {
    const campaign = await desk().campaign([], { lists: ['not-imported-yet'] });
    expect(await desk().store.records.sync(campaign, NOON)).toBe(0);
  });

  test('[L-03] the filter of the campaign: only contacts that fit get a record', async () => {
    const contacts = ['0', '120.50', 'unknown'].map((balance) => desk().contact({ fields: { balance } }));
    const campaign = await desk().campaign(contacts, { filter: 'fields.balance > 0' });
    expect((await desk().store.records.counts(campaign.name)).byState.fresh).toBe(1);
  });

  test('a filter that cannot be read is refused', async () => {
    const { name, ...rest } = await desk().people(1);
    const broken = { ...rest, name, filter: 'fields.balance >' };
    expect(await codeOf(desk().store.records.sync(broken, NOON))).toBe('filter-invalid');
  });

  test('[L-07] records are found by name, field and part of a number, in one campaign or all', async () => {
    const word = desk().unique('Zanzibar');
    const contact = desk().contact({ name: `Eve 100% ${word}`, fields: { city: `${word} town` } });
    const campaign = await desk().campaign([contact, desk().contact()]);
    const number = contact.phones[0]?.number ?? '';
    const { records } = desk().store;
    for (const text of [`eve 100% ${word}`, `${word} town`, number, number.slice(2)]) {
      const found = await records.find({ campaign: campaign.name, text, limit: 5 });
      expect(found.map((row) => row.contact.name)).toEqual([contact.name]);
    }
    expect(await records.find({ text: word, limit: 5 })).toHaveLength(1);
    expect(await records.find({ campaign: campaign.name, text: 'eve 100_', limit: 5 })).toEqual([]);
    expect(await records.find({ campaign: campaign.name, text: '', limit: 1 })).toHaveLength(1);
    expect(await records.find({ campaign: 'no-such-campaign', text: word, limit: 5 })).toEqual([]);
  });

  test('[L-12] the facts of a record are those that the rules need, with every attempt that counts', async () => {
    const contact = desk().contact({ name: 'Ada', fields: { region: 'north' } });
    const campaign = await desk().campaign([contact]);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS, { rule: 0 }) });
    expect(await desk().store.records.facts(record.record)).toEqual({
      campaign: campaign.name,
      facts: {
        ...{ record: record.record, contact: record.contact, campaign: campaign.name, name: 'Ada' },
        list: campaign.lists[0],
        ...{ fields: { region: 'north' }, phones: contact.phones, state: 'waiting', dueAt: NOON + HOUR_MS },
        ...{ phoneIndex: 0, priority: 0, attempts: 1, ruleUses: { 0: 1 }, lastResult: 'busy' },
        ...{ callback: null, heldUntil: null, uncounted: 0 },
        history: [
          {
            ...{ attempt, campaign: campaign.name, record: record.record, contact: record.contact },
            ...{ number: contact.phones[0]?.number, dialedAt: NOON, endedAt: NOON + MINUTE_MS, result: 'busy' },
            ...{ talked: false, counts: true, disposition: null },
          },
        ],
      },
    });
    expect(await desk().store.records.facts(999_999_999)).toBeUndefined();
    expect(await desk().store.records.show(999_999_999)).toBeUndefined();
  });

  test('records are counted by state, last result and last disposition', async () => {
    const campaign = await desk().people(4);
    const { opened } = await desk().open(campaign, 3);
    const [first = '', second = ''] = opened.map(({ attempt }) => attempt);
    await desk().close(first, { result: 'connected', next: { state: 'dialing' } });
    const disposing = { attempt: first, disposition: 'sale', agent: '101', at: NOON };
    await desk().store.attempts.dispose({ ...disposing, next: { state: 'finished', why: 'sold' } });
    await desk().close(second, { next: waitingUntil(NOON + HOUR_MS) });
    expect(await desk().store.records.counts(campaign.name)).toEqual({
      byState: { fresh: 1, waiting: 1, dialing: 1, finished: 1, removed: 0 },
      byResult: { connected: 1, busy: 1 },
      byDisposition: { sale: 1 },
      nextDueAt: NOON + HOUR_MS,
    });
  });
}
