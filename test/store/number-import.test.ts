// Files of telephone numbers as they come from registries and colleagues: which lines become numbers, which files are
// refused, and what is left of an import that did not end.

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { lineReader } from '../../src/store/import/number-lines.ts';
import { runNumberImport } from '../../src/store/import/numbers.ts';
import type { NumberReport } from '../../src/store/import/numbers.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { codeOf } from '../contract/store-desk.ts';
import { makeFolder, testFolder } from './folder.ts';

const folder = makeFolder();
let store: Store;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function write(content: string | Buffer): string {
  const file = path.join(folder, 'numbers.txt');
  writeFileSync(file, content);
  return file;
}

function imported(content: string | Buffer, list: string, signal?: AbortSignal): Promise<NumberReport> {
  const wanted = { file: write(content), list, mode: 'add', by: 'eve', country: 'US' } as const;
  return runNumberImport(wanted, store, { clock: systemClock, ...(signal ? { signal } : {}) });
}

const listed = async (number: string): Promise<readonly string[]> =>
  (await store.doNotCall.check(number)).map(({ list }) => list);

describe('lines of numbers', () => {
  test.each([
    ['+12125550123', 'US', 12125550123],
    ['2125550123', 'US', 12125550123],
    ['12125550123', 'US', 12125550123],
    ['212,5550123', 'US', 12125550123],
    ['(212) 555-0123', 'US', 12125550123],
    ['"+49 30 901820";2024-01-31;asked', 'US', 4930901820],
    ['030 901820 # the office', 'DE', 4930901820],
    ['+49301234567', 'DE', 49301234567],
  ] as const)('[X-01] %s in %s is a number', (line, country, digits) => {
    expect(lineReader(country)(line)).toEqual({ kind: 'number', digits });
  });

  test.each(['', '   ', '# a remark', '\r'])('[X-01] %j is nothing', (line) => {
    expect(lineReader('US')(line)).toEqual({ kind: 'nothing' });
  });

  test.each(['call me', '12', '+0123456789', '+12', '212555012', '+1212555012345678'])(
    '[X-01] %s is no number',
    (line) => {
      expect(lineReader('US')(line)).toMatchObject({ kind: 'refused' });
    },
  );
});

describe('an import of numbers', () => {
  test('[X-01] numbers in any order, some twice, with a header and lines that are none: each counts once', async () => {
    const lines = ['phone', '+12125550105', '2125550104', '', 'nobody', '+12125550105', '212,5550103'];
    const report = await imported(`\ufeff${lines.join('\r\n')}`, 'any-order');
    expect(report).toMatchObject({ lines: 7, numbers: 3, refused: 1, refusedLines: [{ line: 5, text: 'nobody' }] });
    expect(report.list).toMatchObject({ name: 'any-order', numbers: 3, source: 'numbers.txt' });
    for (const number of ['+12125550103', '+12125550104', '+12125550105']) {
      expect(await listed(number)).toEqual(['any-order']);
    }
  });

  test.each([
    ['', 'import-empty'],
    ['nobody\nnothing\n', 'import-all-rejected'],
    ['+12125550106\n+1212\u00005550107\n', 'import-nul'],
  ] as const)('[X-01] a file with %j: refused as %s, and no list is made of it', async (content, code) => {
    expect(await codeOf(imported(content, 'refused'))).toBe(code);
    expect((await store.doNotCall.lists()).map(({ name }) => name)).not.toContain('refused');
  });

  test.each([
    ['UTF-16', Buffer.from('+12125550130\r\n+12125550131\r\n', 'utf16le')],
    ['UTF-16 with its mark', Buffer.from('\ufeffphone\n+12125550130\n2125550131', 'utf16le').swap16()],
    ['CR line ends', '+12125550130\r+12125550131\r'],
    ['digits of Arabic', '\u0662\u0661\u0662\u0665\u0665\u0665\u0660\u0661\u0663\u0660\n="2125550131"\n'],
    ['Windows-1252', Buffer.from('+12125550130;M\u00fcller\n212\u00a0555\u00a00131;Zo\u00eb\n', 'latin1')],
  ])('[X-01] a file in %s: its numbers are read', async (what, content) => {
    const report = await imported(content, `in-${what.length}`);
    expect(report).toMatchObject({ numbers: 2, refused: 0 });
    expect(await listed('+12125550130')).toContain(`in-${what.length}`);
    expect(await listed('+12125550131')).toContain(`in-${what.length}`);
  });

  test('[X-01] numbers with a trunk prefix behind their code are the ones that lists bring; what may be two is named', async () => {
    const file = write(['+4407911123456', '+330612345678', '+5215512345678', '491773333333'].join('\n'));
    const wanted = { file, list: 'normalised', mode: 'add', by: 'eve', country: 'DE' } as const;
    const report = await runNumberImport(wanted, store, { clock: systemClock });
    const why = 'may be one of several valid numbers (country DE): with or without its country code?';
    expect(report).toMatchObject({ numbers: 3, refused: 1, refusedLines: [{ line: 4, text: '491773333333', why }] });
    for (const number of ['+447911123456', '+33612345678', '+525512345678'])
      expect(await listed(number)).toEqual(['normalised']);
    await runNumberImport({ ...wanted, countryCode: 'present' }, store, { clock: systemClock });
    expect(await listed('+491773333333')).toEqual(['normalised']);
  });

  test('[X-01] a file that is not there, and a country that is none, are refused', async () => {
    const wanted = { file: path.join(folder, 'nowhere'), list: 'x', mode: 'add', by: 'eve', country: 'US' } as const;
    expect(await codeOf(runNumberImport(wanted, store, { clock: systemClock }))).toBe('import-unreadable');
    const nowhere = { ...wanted, file: write('+12125550107\n'), country: 'XX' };
    expect(await codeOf(runNumberImport(nowhere, store, { clock: systemClock }))).toBe('import-country');
  });

  test('[X-01] an import is called off in the middle: nothing of it counts, and the next one into the list starts over', async () => {
    const lines = Array.from({ length: 60_000 }, (_, place) => `+1646${String(2_000_000 + place)}`);
    const stop = new AbortController();
    const wanted = {
      file: write(lines.join('\n')),
      list: 'called-off',
      mode: 'add',
      by: 'eve',
      country: 'US',
    } as const;
    const onProgress = ({ written }: { written: number }): void => {
      if (written > 0) stop.abort();
    };
    const running = runNumberImport(wanted, store, { clock: systemClock, onProgress, signal: stop.signal });
    expect(await codeOf(running)).toBe('import-cancelled');
    expect(await listed('+16462000000')).toEqual([]);
    const again = await imported(lines.slice(0, 10).join('\n'), 'called-off');
    expect(again.list.numbers).toBe(10);
  });

  test('[X-01] outdial dies in the middle of an import that replaces a list: the list is as before, the rest is deleted', async () => {
    const file = path.join(testFolder(), 'outdial.db');
    const first = await openSqliteStore({ file });
    await first.doNotCall.add(['+12125550110'], { list: 'registry', by: 'eve', at: 1, reason: '' });
    const numbers = Float64Array.from({ length: 5000 }, (_, place) => 12_125_550_200 + place);
    const batch = { importId: 'died', list: 'registry', mode: 'replace', source: 'x', by: 'eve', numbers } as const;
    await first.doNotCall.importBatch(batch);
    await first.close();
    const second = await openSqliteStore({ file });
    expect((await second.doNotCall.check('+12125550110')).map(({ list }) => list)).toEqual(['registry']);
    expect(await codeOf(second.doNotCall.finishImport('died', 2))).toBe('import-unknown');
    await second.doNotCall.importBatch({ ...batch, importId: 'again' });
    expect(await second.doNotCall.finishImport('again', 2)).toMatchObject({ numbers: 5000 });
    await second.close();
    const db = new Database(file, { readonly: true });
    expect(db.prepare('SELECT count(DISTINCT part) FROM do_not_call_numbers').pluck().get()).toBe(1);
    db.close();
  });
});
