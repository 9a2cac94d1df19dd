// Contacts and lists in a store: what an import brings, when it is seen, what becomes of duplicates, and removal.

import { expect, test } from 'vitest';
import type { ImportBatch, NewContact } from '../../src/engine/store/lists.ts';
import { NOON, codeOf } from './store-desk.ts';
import type { Desk } from './store-desk.ts';
import { textOfContacts } from '../../src/store/contact-batch.ts';

export function describeLists(desk: () => Desk): void {
  const batch = (parts: Partial<ImportBatch> = {}): ImportBatch => ({
    importId: desk().unique('import'),
    list: desk().unique('list'),
    source: 'people.csv',
    duplicates: 'skip',
    contacts: [desk().contact()],
    ...parts,
  });
  importTests(desk, batch);
  duplicateTests(desk, batch);
  removalTests(desk);
  fieldNameTests(desk, batch);
}

function importTests(desk: () => Desk, batch: (parts?: Partial<ImportBatch>) => ImportBatch): void {
  test('[L-01] an import is not seen before it finishes, and then as a whole', async () => {
    const { lists } = desk().store;
    const text = desk().unique('Hidden');
    const one = batch({ contacts: [desk().contact({ name: text })] });
    expect(await lists.importBatch(one)).toMatchObject({ added: 1, merged: 0, skippedLines: [] });
    expect((await lists.all()).map(({ name }) => name)).not.toContain(one.list);
    expect(await lists.findContacts(text, 5)).toEqual([]);
    expect(await codeOf(lists.show(one.list, 5))).toBe('list-unknown');
    const campaign = await desk().campaign([], { lists: [one.list] });
    expect((await desk().store.records.counts(campaign.name)).byState.fresh).toBe(0);
    await lists.importBatch({ ...one, contacts: textOfContacts([desk().contact()]) });
    const summary = await lists.finishImport(one.importId);
    expect(summary).toMatchObject({ name: one.list, contacts: 2, source: 'people.csv' });
    expect(await lists.all()).toContainEqual(summary);
    expect(await lists.findContacts(text, 5)).toHaveLength(1);
    expect(await desk().store.records.sync(campaign, NOON)).toBe(2);
  });

  test('[L-01] an abandoned import leaves no trace, and its list can be imported again', async () => {
    const { lists } = desk().store;
    const contact = desk().contact({ name: desk().unique('Abandoned') });
    const one = batch({ contacts: [contact] });
    await lists.importBatch(one);
    await lists.abandonImport(one.importId);
    await lists.abandonImport(one.importId);
    expect(await codeOf(lists.finishImport(one.importId))).toBe('import-unknown');
    expect(await lists.findContacts(contact.name, 5)).toEqual([]);
    expect(await lists.importBatch({ ...one, importId: desk().unique('import') })).toMatchObject({ added: 1 });
  });

  test('[L-01] two imports into one list at a time: the second is refused', async () => {
    const { lists } = desk().store;
    const one = batch();
    await lists.importBatch(one);
    expect(await codeOf(lists.importBatch({ ...one, importId: desk().unique('import') }))).toBe('import-running');
    expect(await codeOf(lists.importBatch({ ...one, list: desk().unique('list') }))).toBe('import-ended');
    await lists.finishImport(one.importId);
    expect(await codeOf(lists.importBatch(one))).toBe('import-ended');
    expect(await lists.finishImport(one.importId)).toMatchObject({ contacts: 1 });
  });

  test('[L-02] phones are kept in their order and with their types, fields to the letter', async () => {
    const phones = (['work', 'mobile', 'other'] as const).map((type) => ({ number: desk().number(), type }));
    const fields = { 'Customer No.': ' 007 ', note: 'a "quote",\nand æ 漢', empty: '', __proto__x: '1' };
    const list = await desk().list([desk().contact({ name: 'Ada', phones, fields })]);
    const { contacts } = await desk().store.lists.show(list, 5);
    expect(contacts).toEqual([{ id: expect.any(Number) as number, name: 'Ada', fields, phones }]);
  });
}

function duplicateTests(desk: () => Desk, batch: (parts?: Partial<ImportBatch>) => ImportBatch): void {
  const twins = (): readonly [NewContact, NewContact] => {
    const phone = { number: desk().number(), type: 'mobile' } as const;
    const old = desk().contact({ name: desk().unique('Old'), fields: { city: 'Bonn', age: '40' }, phones: [phone] });
    const phones = [{ number: desk().number(), type: 'home' } as const, phone];
    return [old, { ...old, name: desk().unique('New'), fields: { city: 'Kiel', age: '' }, phones, line: 7 }];
  };

  test('[L-02] a duplicate by phone is skipped: the person stays as known, and is on the new list too', async () => {
    const { lists } = desk().store;
    const [old, twin] = twins();
    await desk().list([old]);
    const one = batch({ contacts: [twin, desk().contact()] });
    const counts = await lists.importBatch(one);
    expect(counts).toMatchObject({ added: 1, merged: 0, skippedLines: [7] });
    await lists.finishImport(one.importId);
    const { list, contacts } = await lists.show(one.list, 5);
    expect(counts.met).toEqual([{ line: 7, contact: contacts[0]?.id, what: 'skipped' }]);
    expect(list.contacts).toBe(2);
    expect(contacts[0]).toMatchObject({ name: old.name, fields: old.fields, phones: old.phones });
  });

  test('[L-02] a duplicate by phone is merged: at the finish new values win, empty ones do not, phones are added', async () => {
    const { lists } = desk().store;
    const [old, twin] = twins();
    await desk().list([old]);
    const one = batch({ duplicates: 'merge', contacts: [twin] });
    const counts = await lists.importBatch(one);
    const [known] = await lists.findContacts(old.name, 5);
    expect(counts).toMatchObject({ added: 0, merged: 1, skippedLines: [] });
    expect(counts.met).toEqual([{ line: 7, contact: known?.id, what: 'merged' }]);
    expect(known).toMatchObject({ fields: old.fields });
    await lists.finishImport(one.importId);
    expect((await lists.show(one.list, 5)).contacts).toEqual([
      {
        id: expect.any(Number) as number,
        name: twin.name,
        fields: { city: 'Kiel', age: '40' },
        phones: [old.phones[0], twin.phones[0]],
      },
    ]);
  });

  test('[L-02] duplicates within one file: skipped by their line, or merged', async () => {
    const { lists } = desk().store;
    const [old, twin] = twins();
    const skipping = batch({ contacts: [old, twin] });
    expect(await lists.importBatch(skipping)).toMatchObject({ added: 1, merged: 0, skippedLines: [7] });
    await lists.abandonImport(skipping.importId);
    const merging = batch({ duplicates: 'merge', contacts: [old, twin] });
    expect(await lists.importBatch(merging)).toMatchObject({ added: 1, merged: 1, skippedLines: [] });
    expect(await lists.finishImport(merging.importId)).toMatchObject({ contacts: 1 });
  });

  test('[L-02] many people with twins among them: each is there once, in the order of the file, with phones, and is found', async () => {
    const { lists } = desk().store;
    const people = Array.from({ length: 163 }, (_, place) => {
      const phones = (['mobile', 'home'] as const).map((type) => ({ number: desk().number(), type }));
      return desk().contact({ name: desk().unique('Many'), phones, line: place + 2 });
    });
    const twinAt = [70, 163];
    const withTwins = twinAt.reduceRight<NewContact[]>((all, at) => {
      const phone = people[at - 2]?.phones[1] ?? { number: desk().number(), type: 'home' };
      return all.toSpliced(at, 0, desk().contact({ phones: [phone], line: 1000 + at }));
    }, people);
    const one = batch({ contacts: withTwins });
    expect(await lists.importBatch(one)).toMatchObject({ added: 163, skippedLines: twinAt.map((at) => 1000 + at) });
    await lists.finishImport(one.importId);
    const { list, contacts } = await lists.show(one.list, 200);
    expect(list.contacts).toBe(163);
    expect(contacts).toMatchObject(people.map(({ name, phones }) => ({ name, phones })));
    for (const at of [0, 99, 162]) {
      const found = await lists.findContacts(people[at]?.phones[0]?.number ?? '', 5);
      expect(found.map(({ name }) => name)).toEqual([people[at]?.name]);
    }
  });

  test('[L-02] an abandoned import with merges leaves the people as they were', async () => {
    const { lists } = desk().store;
    const [old, twin] = twins();
    const list = await desk().list([old]);
    const one = batch({ duplicates: 'merge', contacts: [twin], list });
    await lists.importBatch(one);
    await lists.abandonImport(one.importId);
    expect((await lists.show(list, 5)).contacts).toMatchObject([{ name: old.name, phones: old.phones }]);
  });
}

function removalTests(desk: () => Desk): void {
  test('a list is removed: its contacts are gone unless they are on another list', async () => {
    const { lists } = desk().store;
    const both = desk().contact({ name: desk().unique('Both') });
    const only = desk().contact({ name: desk().unique('Only') });
    const list = await desk().list([both, only]);
    await desk().list([both]);
    await lists.remove(list);
    expect(await codeOf(lists.show(list, 1))).toBe('list-unknown');
    expect(await lists.findContacts(only.name, 5)).toEqual([]);
    expect(await lists.findContacts(both.name, 5)).toHaveLength(1);
    expect(await codeOf(lists.remove(list))).toBe('list-unknown');
  });

  test('a running campaign uses the list: its removal is refused', async () => {
    const campaign = await desk().people(1);
    const step = { campaign: campaign.name, by: 'eve', at: NOON, reason: '' };
    await desk().store.campaigns.saveState({ ...step, from: 'approved', to: 'running' });
    expect(await codeOf(desk().store.lists.remove(campaign.lists[0] ?? ''))).toBe('list-in-use');
    await desk().store.campaigns.saveState({ ...step, from: 'running', to: 'stopped' });
    expect(await codeOf(desk().store.lists.remove(campaign.lists[0] ?? ''))).toBe('done');
    expect(await desk().open(campaign, 1)).toEqual({ opened: [], exhausted: true });
  });

  test('a list with a history is removed: the attempts stay, the person is forgotten', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    expect(await codeOf(desk().store.lists.remove(campaign.lists[0] ?? ''))).toBe('list-in-use');
    await desk().close(attempt);
    await desk().store.lists.remove(campaign.lists[0] ?? '');
    expect(await desk().store.attempts.list({ campaign: campaign.name })).toHaveLength(1);
    expect(await desk().store.records.show(record.record)).toMatchObject({
      state: 'removed',
      contact: { name: '', fields: {}, phones: [] },
    });
  });
}

function fieldNameTests(desk: () => Desk, batch: (parts?: Partial<ImportBatch>) => ImportBatch): void {
  const namesOf = async (list: string): Promise<readonly string[] | undefined> =>
    (await desk().store.lists.fieldNames()).find((one) => one.list === list)?.fields;
  const imported = async (parts: Partial<ImportBatch>): Promise<ImportBatch> => {
    const one = batch(parts);
    await desk().store.lists.importBatch(one);
    await desk().store.lists.finishImport(one.importId);
    return one;
  };

  test('[C-02] the fields of a list: those of its rows and of columns without a value, once its import has finished', async () => {
    const { lists } = desk().store;
    const one = batch({ contacts: [desk().contact({ fields: { region: 'north' } })], fields: ['balance'] });
    await lists.importBatch(one);
    expect(await namesOf(one.list)).toBeUndefined();
    await lists.finishImport(one.importId);
    expect(await namesOf(one.list)).toEqual(['balance', 'region']);
    await imported({ list: one.list, contacts: [desk().contact({ fields: { tariff: 'b' } })] });
    expect(await namesOf(one.list)).toEqual(['balance', 'region', 'tariff']);
    await lists.remove(one.list);
    expect(await namesOf(one.list)).toBeUndefined();
  });

  test('[C-02] an abandoned import leaves no field names on its list', async () => {
    const first = await imported({ contacts: [desk().contact({ fields: { region: 'north' } })] });
    const second = batch({ list: first.list, contacts: [desk().contact({ fields: { typo: 'x' } })] });
    await desk().store.lists.importBatch(second);
    await desk().store.lists.abandonImport(second.importId);
    expect(await namesOf(first.list)).toEqual(['region']);
  });

  test('[C-02] a contact that was there before brings its fields to the new list; merged, it takes new ones to the old', async () => {
    const contact = desk().contact({ fields: { region: 'north' } });
    const old = await imported({ contacts: [contact] });
    const skipping = await imported({ contacts: [{ ...contact, fields: { age: '7' } }] });
    expect(await namesOf(skipping.list)).toEqual(['age', 'region']);
    expect(await namesOf(old.list)).toEqual(['region']);
    const merging = await imported({ duplicates: 'merge', contacts: [{ ...contact, fields: { tariff: 'b' } }] });
    // Of the second import it is not known which contacts have its fields: in doubt a field is there.
    expect(await namesOf(merging.list)).toEqual(expect.arrayContaining(['region', 'tariff']));
    expect(await namesOf(old.list)).toEqual(expect.arrayContaining(['region', 'tariff']));
  });

  test('[C-02] a field given to a contact by an edit is on its lists, and so is one that a merged contact brings', async () => {
    const [kept, gone] = [desk().contact({ name: desk().unique('Kept') }), desk().contact({ fields: { tariff: 'b' } })];
    const [one, other] = [await imported({ contacts: [kept] }), await imported({ contacts: [gone] })];
    const { contacts } = desk().store;
    const idOf = async ({ phones }: NewContact): Promise<number> =>
      (await contacts.find({ text: phones[0]?.number ?? '', limit: 1 }))[0]?.id ?? 0;
    const keep = await idOf(kept);
    await contacts.edit({ contact: keep, by: 'ann', at: NOON, fields: { nickname: 'K' }, definitions: [] });
    expect(await namesOf(one.list)).toContain('nickname');
    await contacts.merge({ keep, gone: await idOf(gone), by: 'ann', at: NOON });
    expect(await namesOf(one.list)).toEqual(expect.arrayContaining(['nickname', 'tariff']));
    expect(await namesOf(other.list)).toEqual(expect.arrayContaining(['nickname', 'tariff']));
  });
}
