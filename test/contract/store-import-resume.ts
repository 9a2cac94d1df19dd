// Imports that were cut off: which of them can go on, from where, and what becomes of the others. Duplicates by a key.

import { expect, test } from 'vitest';
import type { ImportBatch, ImportMark, NewContact } from '../../src/engine/store/lists.ts';
import { codeOf } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

type Batch = Omit<ImportBatch, 'contacts'> & { readonly contacts: readonly NewContact[] };

export function describeImportResume(desk: () => Desk): void {
  const mark = (line: number): ImportMark => ({
    line,
    rows: line - 1,
    rejected: 1,
    rejectedBytes: 99,
    reasons: { x: 1 },
  });
  const people = (lines: readonly number[]): readonly NewContact[] => lines.map((line) => desk().contact({ line }));
  const batch = (parts: Partial<Batch> = {}): Batch => ({
    importId: desk().unique('import'),
    list: desk().unique('list'),
    source: 'people.csv',
    duplicates: 'skip',
    fingerprint: 'f1',
    contacts: people([2, 3, 4]),
    mark: mark(4),
    ...parts,
  });

  test('[L-01] an import is suspended: it shows where it stands, and goes on with the rest of the file', async () => {
    const { lists } = desk().store;
    const first = batch();
    expect(await lists.interruptedImport(first.list)).toBeUndefined();
    await lists.importBatch(first);
    expect(await lists.interruptedImport(first.list)).toBeUndefined();
    await lists.suspendImport(first.importId);
    const found = await lists.interruptedImport(first.list);
    expect(found).toMatchObject({ importId: first.importId, fingerprint: 'f1', mark: mark(4), added: 3, skipped: 0 });
    await lists.importBatch({ ...first, contacts: people([5]), mark: mark(5) });
    expect(await lists.interruptedImport(first.list)).toBeUndefined();
    expect(await lists.finishImport(first.importId)).toMatchObject({ contacts: 4 });
  });

  test('[L-01] contacts of a batch that are there already are not taken twice', async () => {
    const { lists } = desk().store;
    const first = batch({ duplicates: 'fail' });
    await lists.importBatch(first);
    await lists.suspendImport(first.importId);
    const again = { ...first, contacts: [...first.contacts, desk().contact({ line: 5 })], mark: mark(5) };
    expect(await lists.importBatch(again)).toMatchObject({ added: 1, merged: 0, skippedLines: [] });
    expect(await lists.finishImport(first.importId)).toMatchObject({ contacts: 4 });
  });

  test('[L-01] another import into the list of an interrupted one: the interrupted one is taken back', async () => {
    const { lists } = desk().store;
    const first = batch({ contacts: [desk().contact({ name: desk().unique('Stray') })] });
    await lists.importBatch(first);
    await lists.suspendImport(first.importId);
    const other = batch({ list: first.list });
    await lists.importBatch(other);
    expect(await lists.interruptedImport(first.list)).toBeUndefined();
    expect(await codeOf(lists.importBatch(first))).not.toBe('done');
    expect(await lists.finishImport(other.importId)).toMatchObject({ contacts: 3 });
  });

  test('[L-01] a list with an interrupted import is removed: nothing of either is left', async () => {
    const { lists } = desk().store;
    const list = await desk().list([desk().contact()]);
    const first = batch({ list });
    await lists.importBatch(first);
    expect(await codeOf(lists.remove(list))).toBe('import-running');
    await lists.suspendImport(first.importId);
    await lists.remove(list);
    expect(await codeOf(lists.finishImport(first.importId))).toBe('import-unknown');
  });

  test('[L-01] duplicates fail the import: the line is named, the contacts before it can be taken back', async () => {
    const { lists } = desk().store;
    const [known] = people([2]);
    if (!known) throw new Error('no contact');
    await desk().list([known]);
    const one = batch({ duplicates: 'fail', contacts: [...people([2, 3]), { ...known, line: 4 }] });
    expect(await codeOf(lists.importBatch(one))).toBe('import-duplicate');
    await lists.abandonImport(one.importId);
    expect(await codeOf(lists.finishImport(one.importId))).toBe('import-unknown');
  });

  test('[L-02] duplicates by a key: its value decides, two people may share a phone', async () => {
    const { lists } = desk().store;
    const key = desk().unique('customer');
    const phones = [{ number: desk().number(), type: 'home' }] as const;
    const person = (value: string | number, name: string, line: number): NewContact => {
      return desk().contact({ name, phones, fields: { [key]: value }, line });
    };
    // There before the field became a key.
    const list = await desk().list([person(17, 'Ada', 2)]);
    const merging = batch({
      list,
      key,
      duplicates: 'merge',
      contacts: [person('17', 'Ada Moss', 2), person('18', 'Ben', 3), person('18', 'Ben Moss', 4)],
    });
    expect(await lists.importBatch(merging)).toMatchObject({ added: 1, merged: 2 });
    await lists.finishImport(merging.importId);
    expect((await lists.show(list, 5)).contacts).toMatchObject([
      { name: 'Ada Moss', phones },
      { name: 'Ben Moss', phones },
    ]);
    const skipping = batch({
      list,
      key,
      contacts: [person('17', 'X', 7), desk().contact({ fields: { [key]: '' }, line: 8 })],
    });
    expect(await lists.importBatch(skipping)).toMatchObject({ added: 1, merged: 0, skippedLines: [7] });
    await lists.abandonImport(skipping.importId);
  });
}
