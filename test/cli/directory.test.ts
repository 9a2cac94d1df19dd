// The directory, exports and reports by command, without a daemon.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configFolder, documentOf, outdial, type Ran } from './cli.ts';

let folder = '';

beforeAll(async () => {
  folder = await configFolder();
  await outdial(['migrate'], { folder });
  writeFileSync(path.join(folder, 'people.csv'), 'name,phone,note\nAda Moss,2125550111,=1+1\nBen Moss,2125550112,x\n');
  await outdial(['list', 'import', 'people.csv'], { folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Ran> => outdial([...args, '--json'], { folder });
const rowsOf = (ran: Ran): readonly Record<string, unknown>[] =>
  documentOf(ran) as unknown as Record<string, unknown>[];

async function idOf(text: string): Promise<string> {
  const [contact] = rowsOf(await run('contact', 'find', text));
  return JSON.stringify(contact?.['id'] ?? 0);
}

describe('contacts by command', () => {
  test('[L-02] found, shown, edited; the edit is in the timeline and in the audit log', async () => {
    const ada = await idOf('ada');
    expect(rowsOf(await run('contact', 'find', '550111', '--in', 'number'))).toHaveLength(1);
    expect(rowsOf(await run('contact', 'find', 'ada', '--in', 'note'))).toEqual([]);
    const edit = await run('contact', 'edit', ada, '--set', 'note=', '--set', 'city=Bonn', '--name', 'Ada M. Moss');
    expect(documentOf(edit)['changes']).toMatchObject([
      { what: 'name' },
      { what: 'fields.note' },
      { what: 'fields.city' },
    ]);
    expect(documentOf(await run('contact', 'show', ada))).toMatchObject({
      name: 'Ada M. Moss',
      fields: { city: 'Bonn' },
    });
    expect(rowsOf(await run('contact', 'timeline', ada))).toMatchObject([{ what: 'edited' }, { what: 'imported' }]);
    expect(rowsOf(await run('audit', 'log', '--what', 'contact.edit'))).toMatchObject([{ subject: `contact ${ada}` }]);
    const wrong = await run('contact', 'edit', ada, '--phone', '123:home');
    expect([wrong.code, documentOf(wrong).error?.code]).toEqual([1, 'number-invalid']);
    expect(documentOf(await run('contact', 'show', '999999')).error?.code).toBe('contact-unknown');
    expect((await outdial(['contact', 'timeline', ada], { folder })).out).toContain('edited');
  });

  test('[L-14] merged, forgotten with proof; the audit log still holds', async () => {
    const [ada, ben] = [await idOf('ada'), await idOf('ben')];
    expect(documentOf(await run('contact', 'merge', ada, ben))).toMatchObject({ phones: [{}, {}] });
    const proof = documentOf(await run('contact', 'forget', ada, '--reason', 'letter', '--do-not-call'));
    expect(proof).toMatchObject({ proven: true, traces: 0 });
    expect(rowsOf(await run('contact', 'find', 'moss'))).toEqual([]);
    const bytes = readFileSync(path.join(folder, 'outdial.db'));
    for (const needle of ['2125550111', '2125550112', 'Ada M. Moss']) expect(bytes.includes(needle)).toBe(false);
    const check = await run('audit', 'log', '--check');
    expect([check.code, documentOf(check)['broken']]).toEqual([0, undefined]);
    expect((await run('contact', 'scrub')).code).toBe(0);
  });
});

describe('exports and reports by command', () => {
  test('[L-13] to a file that is new and whole, or to stdout', async () => {
    const file = path.join(folder, 'attempts.csv');
    expect(documentOf(await run('export', 'attempts', '--out', 'attempts.csv'))).toMatchObject({ file });
    expect(readFileSync(file, 'utf8')).toMatch(/^attempt,campaign,record,/);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect((await outdial(['export', 'records', '--format', 'csv'], { folder })).out).toMatch(/^record,campaign,/);
    expect(documentOf(await run('export', 'records')).error?.code).toBe('export-needs-file');
    expect(documentOf(await run('export', 'records', '--out', 'nowhere/x.csv')).error?.code).toBe('export-failed');
  });

  test.each(['trunks', 'caller-ids', 'dispositions', 'callbacks', 'agents', 'attempts'])(
    '[S-06] report %s: rows for a program, a sentence when there are none, CSV',
    async (report) => {
      expect(documentOf(await run('report', report))).toEqual([]);
      expect((await outdial(['report', report], { folder })).out).toMatch(/^No /);
      expect((await outdial(['report', report, '--csv'], { folder })).code).toBe(0);
    },
  );
});
