// The import's models: the steps of the wizard, the columns, and handing a file over piece by piece.

import { describe, expect, test } from 'vitest';
import { asFieldName, asType, codeOf, columnsOf, useOf } from './column-uses.ts';
import { idOf, nameFor, PIECE_BYTES, upload, type UploadPorts } from './upload.ts';
import {
  AT_FIRST,
  leftPath,
  listFor,
  missing,
  progressOf,
  step,
  wishOf,
  type Job,
  type Preview,
  type Wizard,
} from './wizard.ts';

const preview = (parts: Partial<Preview> = {}): Preview => ({
  file: '/in/a.csv',
  list: 'a',
  country: 'US',
  encoding: 'utf-8',
  delimiter: ',',
  bytes: 10,
  preview: [],
  columns: [
    { header: 'Name', use: { as: 'name' } },
    { header: 'Tel', use: { as: 'phone', type: 'home' } },
  ],
  doubts: [],
  ...parts,
});
const there: Wizard = [
  { type: 'chosen', name: 'Müller & Söhne.csv', size: 100 } as const,
  { type: 'there', file: { id: '0123456789abcdef', file: '/in/a.csv', name: 'a.csv', bytes: 100 } } as const,
  { type: 'seen', preview: preview() } as const,
].reduce(step, AT_FIRST);

describe('[S-08] the wizard', () => {
  test('a file is chosen, is there, and was looked at: a list’s name is made of the file’s', () => {
    expect(there).toMatchObject({ step: 'mapping', options: { list: 'Muller-Sohne', duplicates: 'skip' } });
    expect(missing(there)).toBeUndefined();
    expect(listFor('kunden.rejected-2.csv')).toBe('kunden');
  });

  test.each<[string, Wizard, string]>([
    ['no list', step(there, { type: 'said', options: { list: '' } }), 'list'],
    ['it is being looked at', step(there, { type: 'looking' }), 'look'],
    ['no column is a phone', step(there, { type: 'seen', preview: preview({ columns: [] }) }), 'phone'],
    ['doubts', step(there, { type: 'seen', preview: preview({ doubts: ['x'] }) }), 'sure'],
    ['refused', step(there, { type: 'refused', refusal: { code: 'x', message: '', hint: '' } }), 'look'],
  ])('%s: it is not imported', (_what, wizard, gap) => {
    expect(missing(wizard)).toBe(gap);
  });

  test('whoever was sure is asked again when anything is said otherwise', () => {
    const doubtful = step(there, { type: 'seen', preview: preview({ doubts: ['x'] }) });
    const sure = step(doubtful, { type: 'sure', isSure: true });
    expect(missing(sure)).toBeUndefined();
    expect(missing(step(sure, { type: 'mapped', header: 'Tel', use: { as: 'ignore' } }))).toBe('sure');
    expect(missing(step(sure, { type: 'said', options: { country: 'DE' } }))).toBe('sure');
  });

  test('the wish has what was said and nothing that was not', () => {
    const said = [
      { type: 'said', options: { header: 'no', delimiter: ';', country: 'DE' } } as const,
      { type: 'mapped', header: 'Tel', use: { as: 'phone', type: 'work' } } as const,
    ].reduce(step, there);
    expect(wishOf(said)).toEqual({
      file: '/in/a.csv',
      list: 'Muller-Sohne',
      duplicates: 'skip',
      header: false,
      delimiter: ';',
      country: 'DE',
      columns: { Tel: { as: 'phone', type: 'work' } },
    });
    expect(wishOf(AT_FIRST)).toBeUndefined();
  });

  test('corrected rows go into the same list with the same columns; a word of an earlier upload changes nothing', () => {
    const mapped = step(there, { type: 'mapped', header: 'Tel', use: { as: 'phone', type: 'work' } });
    const again = step(mapped, { type: 'corrected' });
    expect(again).toMatchObject({
      step: 'file',
      options: { list: 'Muller-Sohne' },
      columns: { Tel: { type: 'work' } },
    });
    expect(step(again, { type: 'sent', bytes: 5 })).toBe(again);
    expect(step(step(again, { type: 'chosen', name: 'x.csv', size: 1 }), { type: 'sent', bytes: 1 }).sent).toBe(1);
  });

  test('what the import leaves lies with what was handed over, wherever that is', () => {
    expect(leftPath(there, '/in/0123456789abcdef/a b.rejected.csv')).toBe(
      '/api/incoming/0123456789abcdef/a%20b.rejected.csv',
    );
    expect(leftPath(there, undefined)).toBeUndefined();
    expect(progressOf({ bytes: 5, totalBytes: 0 })).toBe(0);
    expect(step(there, { type: 'job', job: { state: 'running' } as Job }).step).toBe('running');
  });
});

describe('[S-08] what a column is', () => {
  test('chosen from the list and back; a field keeps its name', () => {
    expect(codeOf({ as: 'phone', type: 'work' })).toBe('phone-work');
    expect(useOf('phone-home', 'Tel', { as: 'ignore' })).toEqual({ as: 'phone', type: 'home' });
    expect(useOf('field', 'City', { as: 'ignore' })).toEqual({ as: 'field', field: 'City' });
    const city = { as: 'field', field: 'town', type: 'text' } as const;
    expect(useOf('field', 'City', city)).toBe(city);
    expect(asFieldName(city, ' ')).toBe(city);
    expect(asType(city, 'any')).toEqual({ as: 'field', field: 'town' });
    expect(asType(city, 'number')).toEqual({ as: 'field', field: 'town', type: 'number' });
  });

  test('what was said wins over what was found, and is marked', () => {
    expect(columnsOf(preview(), { Tel: { as: 'ignore' } })).toMatchObject([
      { header: 'Name', use: { as: 'name' }, isSaid: false },
      { header: 'Tel', use: { as: 'ignore' }, isSaid: true },
    ]);
  });
});

/** A daemon that takes pieces, and does not answer some. */
class Daemon {
  bytes: number | undefined;
  readonly asked: string[] = [];
  /** Answered so, once each, before it is asked properly; `lost`: the piece arrived, its answer did not. */
  readonly troubles: ('silence' | 'lost')[] = [];

  readonly send: UploadPorts['send'] = async (method, path, body) => {
    this.asked.push(`${method} ${path.replace(/^.*\/incoming/, '')}`);
    const silence = { refusal: { code: 'unanswered', message: '', hint: '' } };
    const trouble = method === 'PUT' ? this.troubles.shift() : undefined;
    if (trouble === 'silence') return silence;
    if (method === 'POST') this.bytes = 0;
    if (method === 'PUT' && body instanceof Blob) {
      const at = Number(/at=(\d+)/.exec(path)?.[1]);
      if (at !== this.bytes) return { refusal: { code: 'incoming-out-of-step', message: '', hint: '' } };
      this.bytes = at + body.size;
    }
    if (trouble === 'lost') return silence;
    if (this.bytes === undefined) return { refusal: { code: 'incoming-unknown', message: '', hint: '' } };
    const one = { name: 'people.csv', file: '/in/x/people.csv', bytes: this.bytes };
    return Promise.resolve({ body: method === 'GET' ? [one] : one });
  };
}

describe('[S-08] a file is handed over', () => {
  const file = new File([new Uint8Array(2 * PIECE_BYTES + 5)], 'people.csv', { lastModified: 1 });
  const ID = '0123456789abcdef';
  const hand = (daemon: Daemon, parts: Partial<UploadPorts> = {}, waits: number[] = []) =>
    upload(file, ID, {
      send: daemon.send,
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      onProgress: () => undefined,
      isStopped: () => false,
      ...parts,
    });
  const puts = ({ asked }: Daemon): readonly string[] => asked.filter((one) => one.startsWith('PUT'));

  test('in pieces, each behind the one before; its progress is reported', async () => {
    const [daemon, reported] = [new Daemon(), [] as number[]];
    const sent = await hand(daemon, { onProgress: (bytes) => reported.push(bytes) });
    expect(sent).toMatchObject({ file: { id: ID, file: '/in/x/people.csv', bytes: file.size } });
    expect(reported).toEqual([0, PIECE_BYTES, 2 * PIECE_BYTES, file.size]);
  });

  test('cut off at two thirds: goes on there, and begins nothing again', async () => {
    const daemon = new Daemon();
    daemon.bytes = 2 * PIECE_BYTES;
    await hand(daemon);
    expect(daemon.asked).toEqual([`GET /${ID}`, `PUT /${ID}/people.csv?at=${2 * PIECE_BYTES}`]);
  });

  test('no answer: waits longer each time; a piece whose answer was lost is not sent twice', async () => {
    const [daemon, waits] = [new Daemon(), [] as number[]];
    daemon.troubles.push('silence', 'silence', 'lost');
    expect(await hand(daemon, {}, waits)).toHaveProperty('file');
    expect(waits).toEqual([1_000, 3_000, 10_000]);
    expect(daemon.bytes).toBe(file.size);
    expect(puts(daemon).filter((one) => one.endsWith(`at=${PIECE_BYTES}`))).toHaveLength(1);
  });

  test('never an answer: it stops and says so; given up: nothing more is sent', async () => {
    const daemon = new Daemon();
    daemon.troubles.push(...Array.from({ length: 9 }, () => 'silence' as const));
    expect(await hand(daemon)).toMatchObject({ refusal: { code: 'unanswered' } });
    const other = new Daemon();
    expect(await hand(other, { isStopped: () => true })).toEqual({ isStopped: true });
    expect(other.asked).toEqual([]);
  });

  test('the same file has the same id, another one another; names are those that files may have', async () => {
    const same = new File([new Uint8Array(2 * PIECE_BYTES + 5)], 'people.csv', { lastModified: 1 });
    const other = new File([new Uint8Array([1])], 'people.csv', { lastModified: 1 });
    expect(await idOf(file)).toMatch(/^[0-9a-f]{16}$/);
    expect([await idOf(same), (await idOf(other)) === (await idOf(file))]).toEqual([await idOf(file), false]);
    expect(nameFor('.a/b\u0000.csv')).toBe('_a_b_.csv');
    expect(nameFor(`${'x'.repeat(300)}.csv`)).toHaveLength(154);
  });
});
