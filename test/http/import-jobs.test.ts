// The daemon's imports: one at a time, stopped without a trace, failures told with their reason, the last remembered.

import { describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { OperationalError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { ImportJobs, type ImportOptions, type ImportReport, type ListImporter } from '../../src/http/import-jobs.ts';

const options: ImportOptions = { list: 'people', country: 'US', duplicates: 'skip', columns: {} };

const report: ImportReport = {
  ...{ rows: 2, added: 2, merged: 0, skipped: 0, rejected: 0, reasons: {}, durationMs: 1 },
  list: { name: 'people', contacts: 2, importedAt: 0, source: 'people.csv' },
};

function jobsWith(run: ListImporter['run']) {
  let made = 0;
  const onDone = vi.fn(() => Promise.resolve());
  const importer: ListImporter = { preview: () => Promise.reject(new Error('not asked')), run };
  const nextId = (): string => `i${(made += 1)}`;
  return { jobs: new ImportJobs({ importer, clock: systemClock, log: silentLog, nextId, onDone }), onDone };
}

const over = (jobs: ImportJobs, id: string) => vi.waitUntil(() => jobs.get(id).state !== 'running', { timeout: 5000 });

/** An importer that goes on until it is stopped. */
const endless: ListImporter['run'] = (_file, _options, { signal, onProgress }) =>
  new Promise((_resolve, reject) => {
    onProgress({ rows: 1, added: 1, merged: 0, skipped: 0, rejected: 0, bytes: 5, totalBytes: 10, resumedRows: 0 });
    signal.addEventListener('abort', () =>
      reject(new OperationalError('import-cancelled', 'Called off.', { hint: '' })),
    );
  });

describe('imports of the daemon', () => {
  test('[L-01] done: the figures and the report; the campaigns are told', async () => {
    const { jobs, onDone } = jobsWith(() => Promise.resolve(report));
    const { id } = jobs.start('/people.csv', options);
    await over(jobs, id);
    expect(jobs.get(id)).toMatchObject({ state: 'done', added: 2, report });
    expect(onDone).toHaveBeenCalledOnce();
  });

  test('[L-01] a second one while the first runs: refused; after it: taken', async () => {
    const { jobs } = jobsWith(endless);
    const { id } = jobs.start('/people.csv', options);
    expect(jobs.get(id)).toMatchObject({ state: 'running', bytes: 5, totalBytes: 10 });
    expect(() => jobs.start('/more.csv', options)).toThrow(
      expect.objectContaining({ code: 'import-running' }) as Error,
    );
    expect(await jobs.stop(id)).toMatchObject({ state: 'failed', error: { code: 'import-cancelled' } });
    const second = jobs.start('/more.csv', options);
    await jobs.close();
    expect(jobs.get(second.id).state).toBe('failed');
  });

  test('[L-01] failed at once: the reason is kept, the campaigns are not told, the next may start', async () => {
    const fault = new OperationalError('import-quotes', 'Line 3.', {
      hint: 'Close it.',
      places: [{ file: 'a', line: 3 }],
    });
    const { jobs, onDone } = jobsWith(() => {
      throw fault;
    });
    const { id } = jobs.start('/people.csv', options);
    await over(jobs, id);
    expect(jobs.get(id).error).toMatchObject({ code: 'import-quotes', places: [{ line: 3 }] });
    expect(onDone).not.toHaveBeenCalled();
    await jobs.close();
    expect(jobs.start('/people.csv', options).id).toBe('i2');
  });

  test('the newest first, the oldest forgotten, an unknown one refused', async () => {
    const { jobs } = jobsWith(() => Promise.resolve(report));
    for (let count = 0; count < 60; count += 1) {
      const { id } = jobs.start('/people.csv', options);
      await over(jobs, id);
      await jobs.close();
    }
    expect(jobs.all()[0]?.id).toBe('i60');
    expect(jobs.all()).toHaveLength(50);
    expect(() => jobs.get('i1')).toThrow(expect.objectContaining({ code: 'import-unknown' }) as Error);
  });
});
