// The records of a campaign in a store: made from its lists, found, explained, counted.

import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { TablePage, TableQuery } from '../../src/engine/store/records.ts';
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
        record: record.record,
        contact: record.contact,
        campaign: campaign.name,
        name: 'Ada',
        list: campaign.lists[0],
        fields: { region: 'north' },
        phones: contact.phones,
        state: 'waiting',
        dueAt: NOON + HOUR_MS,
        phoneIndex: 0,
        priority: 0,
        attempts: 1,
        ruleUses: { 0: 1 },
        lastResult: 'busy',
        callback: null,
        heldUntil: null,
        uncounted: 0,
        history: [
          {
            attempt,
            campaign: campaign.name,
            record: record.record,
            contact: record.contact,
            number: contact.phones[0]?.number,
            dialedAt: NOON,
            endedAt: NOON + MINUTE_MS,
            result: 'busy',
            talked: false,
            counts: true,
            disposition: null,
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

  describe('the table of records', () => {
    const table = (query: Partial<TableQuery>): Promise<TablePage> =>
      desk().store.records.table({ text: '', sort: 'taken-up', descending: false, limit: 50, ...query });
    const namesIn = ({ rows }: TablePage): readonly string[] => rows.map(({ contact }) => contact.name);

    /** Five people: one busy, one sold to, one removed, one put off, one fresh. */
    async function standing(): Promise<{ readonly campaign: Campaign; readonly agent: string; readonly sale: string }> {
      const campaign = await desk().people(5, { fields: [] });
      const agent = String(9_000_000 + Number(desk().unique('n').split('-')[1]));
      const sale = desk().unique('sale');
      const [busy, sold, removed] = [
        await desk().dial(campaign),
        await desk().dial(campaign, NOON + 1),
        await desk().dial(campaign, NOON + 2),
      ];
      await desk().close(busy.attempt, { next: waitingUntil(NOON + 2 * HOUR_MS) });
      await desk().close(sold.attempt, { result: 'connected', next: { state: 'dialing' } });
      const said = { attempt: sold.attempt, disposition: sale, agent, at: NOON };
      await desk().store.attempts.dispose({ ...said, next: { state: 'finished', why: 'sold' } });
      await desk().close(removed.attempt, { next: waitingUntil(NOON + HOUR_MS) });
      const { record } = removed.record;
      await desk().store.contacts.stepRecord({ record, step: 'remove', by: 'eve', at: NOON });
      return { campaign, agent, sale };
    }

    test.each([
      [{ state: 'fresh' }, ['Person 4', 'Person 5']],
      [{ state: 'removed' }, ['Person 3']],
      [{ result: 'busy' }, ['Person 1', 'Person 3']],
      [{ state: 'waiting', result: 'busy' }, ['Person 1']],
      [{ lastFromAt: NOON + 1, lastToAt: NOON + 2 }, ['Person 2']],
      [{ lastFromAt: NOON + 1 }, ['Person 2', 'Person 3']],
      [{ text: 'person 2' }, ['Person 2']],
      [{ text: 'n5' }, []],
      [{ text: '5', state: 'fresh', condition: 'contact.name.endsWith("5")' }, ['Person 5']],
      [{ condition: 'contact.name == "Person 4"' }, ['Person 4']],
      [{ condition: 'size(contact.name) > 3 && contact.name.endsWith("5")', state: 'fresh' }, ['Person 5']],
      [{ state: 'dialing' }, []],
    ] as const)('[S-05] %o', async (query, names) => {
      const { campaign } = await standing();
      const page = await table({ campaign: campaign.name, ...query });
      expect([namesIn(page), page.next]).toEqual([names, undefined]);
    });

    test('[S-05] by agent, by disposition, by list, each over all campaigns, and how many there are', async () => {
      const { campaign, agent, sale } = await standing();
      for (const query of [{ agent }, { disposition: sale }]) {
        expect(await table(query)).toMatchObject({ rows: [{ contact: { name: 'Person 2' } }], matches: 1 });
      }
      const [list = ''] = campaign.lists;
      expect(await table({ list, limit: 2 })).toMatchObject({
        matches: 5,
        rows: [{ id: expect.any(Number) as number }, {}],
      });
      expect(namesIn(await table({ list, state: 'fresh' }))).toEqual(['Person 4', 'Person 5']);
      expect(await codeOf(table({ list: 'no-such-list' }))).toBe('list-unknown');
      expect(await codeOf(table({ condition: 'fields.' }))).toBe('filter-invalid');
    });

    test.each([
      ['taken-up', ['Person 1', 'Person 2', 'Person 3', 'Person 4', 'Person 5']],
      ['last-attempt', ['Person 4', 'Person 5', 'Person 1', 'Person 2', 'Person 3']],
      ['due', ['Person 1', 'Person 2', 'Person 3', 'Person 4', 'Person 5']],
    ] as const)(
      '[S-05] sorted by %s up and down, page by page, nothing twice and nothing left out',
      async (sort, names) => {
        const { campaign } = await standing();
        for (const descending of [false, true]) {
          const seen: string[] = [];
          let after: TablePage['next'];
          do {
            const page = await table({ campaign: campaign.name, sort, descending, limit: 2, ...(after && { after }) });
            seen.push(...namesIn(page));
            after = page.next;
          } while (after);
          expect(seen).toEqual(descending ? names.toReversed() : names);
        }
      },
    );

    test('[S-05] a priority is set whatever the state, and stands in the timeline with the one before', async () => {
      const { campaign } = await standing();
      const [row] = (await table({ campaign: campaign.name, state: 'fresh', sort: 'taken-up', descending: true })).rows;
      const { id = 0, contact } = row ?? {};
      const change = { record: id, priority: 7, by: 'eve', at: NOON };
      expect(await desk().store.records.prioritise(change)).toEqual({ from: 0, to: 7 });
      expect(await desk().store.records.prioritise(change)).toEqual({ from: 7, to: 7 });
      expect((await desk().store.records.show(id))?.priority).toBe(7);
      expect((await desk().dial(campaign)).record.record).toBe(id);
      const events = await desk().store.contacts.timeline({ contact: contact?.id ?? 0, limit: 10 });
      expect(events.filter(({ what }) => what === 'record').map(({ detail }) => detail)).toEqual([
        { record: id, priority: { from: 0, to: 7 } },
      ]);
      expect(await codeOf(desk().store.records.prioritise({ ...change, record: 999_999_999 }))).toBe('record-unknown');
    });
  });
}
