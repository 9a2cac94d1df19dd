// Saved filters of a store, and how many contacts a filter fits.

import { expect, test } from 'vitest';
import { NOON, codeOf } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeFilters(desk: () => Desk): void {
  test('[L-03] a filter is saved, changed and removed, with who and when', async () => {
    const { filters } = desk().store;
    const filter = { name: desk().unique('filter'), expression: 'fields.balance > 0', by: 'eve', at: NOON };
    await filters.save(filter);
    expect(await filters.all()).toContainEqual(filter);
    const changed = { ...filter, expression: 'fields.balance > 10', by: 'bob', at: NOON + 1 };
    await filters.save(changed);
    expect((await filters.all()).filter(({ name }) => name === filter.name)).toEqual([changed]);
    expect(await filters.remove(filter.name)).toBe(true);
    expect(await filters.remove(filter.name)).toBe(false);
  });

  test('[L-03] a filter that cannot be read is neither saved nor counted', async () => {
    const { filters } = desk().store;
    const broken = { name: 'broken', expression: 'fields.balance >', by: 'eve', at: NOON };
    expect(await codeOf(filters.save(broken))).toBe('filter-invalid');
    expect(await codeOf(filters.count({ expression: 'fields.balance >', lists: [] }))).toBe('filter-invalid');
    expect(await codeOf(filters.count({ expression: 'true', lists: ['no-such-list'] }))).toBe('list-unknown');
  });

  test.each([
    ['fields.region == "north" && fields.balance > 10', 2],
    ['fields.region.startsWith("n")', 3],
    ['!empty(fields.note)', 1],
    ['fields.balance in [10, 20]', 2],
    ['fields.signed < date("2026-06-01")', 2],
    ['contact.name == "Ada Moss" || fields.region == "south"', 4],
    ['size(fields.region) + 1 > 5', 4],
    ['fields.balance * 2.0 > 30', 2],
    ['false', 0],
  ])('[L-03] before a filter is used: of four contacts on the list, %s fits %i', async (expression, fitting) => {
    const list = await desk().list([
      desk().contact({ fields: { region: 'north', balance: '20', signed: '2026-01-31' } }),
      desk().contact({ fields: { region: 'north', balance: '30', signed: '2026-06-01', note: 'x' } }),
      desk().contact({ fields: { region: 'nowhere', balance: '', note: ' ' } }),
      desk().contact({ name: 'Ben', fields: { region: 'south', balance: '10', signed: '2026-05-31T23:59:59Z' } }),
    ]);
    expect(await desk().store.filters.count({ expression, lists: [list] })).toEqual({ contacts: 4, fitting });
  });

  test('[L-03] contacts on several lists are counted once, and none of an import that has not ended', async () => {
    const [shared, own] = [desk().contact({ fields: { a: '1' } }), desk().contact({ fields: { a: '2' } })];
    const lists = [await desk().list([shared]), await desk().list([shared, own])];
    const [list = ''] = lists;
    const contacts = [desk().contact({ fields: { a: '1' } })];
    await desk().store.lists.importBatch({
      importId: desk().unique('import'),
      list,
      source: 'test.csv',
      duplicates: 'skip',
      contacts,
    });
    const count = (): Promise<unknown> => desk().store.filters.count({ expression: 'fields.a == "1"', lists });
    expect(await count()).toEqual({ contacts: 2, fitting: 1 });
  });
}
