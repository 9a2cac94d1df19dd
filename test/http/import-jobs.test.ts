// The daemon's imports: one at a time, stopped without a trace, failures reported with their reason, the last remembered.

import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { OperationalError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { ImportJobs } from '../../src/imports/import-jobs.ts';
import {
  listImports,
  type ImportReport,
  type ListImporter,
  type ListImportJobs,
  type ListImportRequest,
} from '../../src/imports/list-imports.ts';
import { numberImports, type NumberImporter } from '../../src/imports/number-imports.ts';

const wanted: ListImportRequest = {
  file: '/people.csv',
  list: 'people',
  country: 'US',
  duplicates: 'skip',
  columns: {},
};

const report: ImportReport = {
  rows: 2,
  added: 2,
  merged: 0,
  skipped: 0,
  rejected: 0,
  reasons: {},
  durationMs: 1,
  phonesLeftOut: 0,
  leftOut: {},
  neverDialed: {},
  doubts: [],
  list: { name: 'people', contacts: 2, importedAt: 0, source: 'people.csv' },
};

function jobsWith(run: ListImporter['run']) {
  let made = 0;
  const onDone = vi.fn(() => Promise.resolve());
  const importer: ListImporter = { preview: () => Promise.reject(new Error('not asked')), run };
  const nextId = (): string => `i${(made += 1)}`;
  const isCalling = vi.fn(() => false);
  const options = { clock: systemClock, log: silentLog, nextId, onDone, isCalling };
  return { jobs: new ImportJobs(listImports(importer), options), options, onDone, isCalling };
}

const over = (jobs: Pick<ListImportJobs, 'get'>, id: string) =>
  vi.waitUntil(() => jobs.get(id).state !== 'running', { timeout: 5000 });

/** An importer that goes on until it is stopped. */
const endless: ListImporter['run'] = (_file, _options, { signal, onProgress }) =>
  new Promise((_resolve, reject) => {
    const figures = { rows: 1, added: 1, merged: 0, skipped: 0, rejected: 0, phonesLeftOut: 0 };
    onProgress({ ...figures, bytes: 5, totalBytes: 10, resumedRows: 0 });
    signal.addEventListener('abort', () =>
      reject(new OperationalError('import-cancelled', 'Called off.', { hint: '' })),
    );
  });

describe('imports of the daemon', () => {
  test('[L-01] done: the figures and the report; the campaigns are informed', async () => {
    const { jobs, onDone } = jobsWith(() => Promise.resolve(report));
    const { id } = jobs.start(wanted);
    await over(jobs, id);
    expect(jobs.get(id)).toMatchObject({ state: 'done', added: 2, report });
    expect(onDone).toHaveBeenCalledOnce();
  });

  test('[L-01] a second one while the first runs: refused; after it: taken', async () => {
    const { jobs } = jobsWith(endless);
    const { id } = jobs.start(wanted);
    expect(jobs.get(id)).toMatchObject({ state: 'running', bytes: 5, totalBytes: 10 });
    expect(() => jobs.start({ ...wanted, file: '/more.csv' })).toThrow(
      expect.objectContaining({ code: 'import-running' }) as Error,
    );
    expect(await jobs.stop(id)).toMatchObject({ state: 'failed', error: { code: 'import-cancelled' } });
    const second = jobs.start({ ...wanted, file: '/more.csv' });
    await jobs.close();
    expect(jobs.get(second.id).state).toBe('failed');
  });

  test('[L-01] failed at once: the reason is kept, the campaigns are not informed, the next may start', async () => {
    const fault = new OperationalError('import-quotes', 'Line 3.', {
      hint: 'Close it.',
      places: [{ file: 'a', line: 3 }],
    });
    const { jobs, onDone } = jobsWith(() => {
      throw fault;
    });
    const { id } = jobs.start(wanted);
    await over(jobs, id);
    expect(jobs.get(id).error).toMatchObject({ code: 'import-quotes', places: [{ line: 3 }] });
    expect(onDone).not.toHaveBeenCalled();
    await jobs.close();
    expect(jobs.start(wanted).id).toBe('i2');
  });

  test('[L-01] calls go on meanwhile: it says that it gives way to them; not when they or it are over', async () => {
    const { jobs, isCalling } = jobsWith(endless);
    const { id } = jobs.start(wanted);
    expect(jobs.get(id).givesWay).toBe(false);
    isCalling.mockReturnValue(true);
    expect(jobs.get(id).givesWay).toBe(true);
    expect(jobs.all()).toMatchObject([{ givesWay: true }]);
    expect(await jobs.stop(id)).toMatchObject({ givesWay: false });
  });

  test('[L-11] numbers go the same way: their own progress, figures and place in the API', async () => {
    const { options } = jobsWith(endless);
    const list = { name: 'global', numbers: 3, importedAt: 0, source: 'numbers.txt' };
    const found = { list, lines: 4, numbers: 3, refused: 1, refusedLines: [], durationMs: 1 };
    let finish: () => void = () => undefined;
    const run: NumberImporter = (_wish, { onProgress }) =>
      new Promise((resolve) => {
        onProgress({ bytes: 5, totalBytes: 10, written: 0, numbers: 0 });
        finish = () => resolve(found);
      });
    const jobs = new ImportJobs(numberImports(run), options);
    const numbers = { file: '/numbers.txt', list: 'global', mode: 'add', by: 'cli.ann', country: 'US' } as const;
    const { id } = jobs.start(numbers);
    expect(jobs.get(id)).toMatchObject({ state: 'running', bytes: 5, totalBytes: 10 });
    expect(() => jobs.start(numbers)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('/api/do-not-call-imports/') as string }) as Error,
    );
    finish();
    await vi.waitUntil(() => jobs.get(id).state !== 'running', { timeout: 5000 });
    expect(jobs.get(id)).toMatchObject({ state: 'done', written: 3, numbers: 3, report: found });
  });

  test('the newest first, the oldest forgotten, an unknown one refused', async () => {
    const { jobs } = jobsWith(() => Promise.resolve(report));
    for (let count = 0; count < 60; count += 1) {
      const { id } = jobs.start(wanted);
      await over(jobs, id);
      await jobs.close();
    }
    expect(jobs.all()[0]?.id).toBe('i60');
    expect(jobs.all()).toHaveLength(50);
    expect(() => jobs.get('i1')).toThrow(expect.objectContaining({ code: 'import-unknown' }) as Error);
  });
});
