// Imports by the API: what is doubtful goes on and is in the report; what rows met is in a file.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi([]);
});
afterAll(() => api.close());

async function imported(wanted: object): Promise<Record<string, unknown>> {
  const { body } = await api.ask('POST', '/api/imports', wanted);
  return vi.waitUntil(
    async () => {
      const job = (await api.ask('GET', `/api/imports/${String(body['id'])}`)).body;
      return job['state'] === 'running' ? undefined : job;
    },
    { timeout: 20_000, interval: 20 },
  );
}

test('[L-01] numbers that may be two: left out and reported; said with the request, they are read', async () => {
  const file = join(api.folder, 'german.csv');
  await writeFile(file, 'name;phone;mobile\nAda;491773333333;030 901820\nBen;030901821;\n');
  const wanted = { file, list: 'german', country: 'DE', duplicates: 'merge' };
  const doubted = await imported(wanted);
  expect(doubted).toMatchObject({
    state: 'done',
    added: 2,
    rejected: 0,
    phonesLeftOut: 1,
    report: {
      doubts: ['1 of the first 2 rows have numbers that may be two: say --country-code present or absent.'],
      leftOut: { 'phone: may be one of several valid numbers (country DE): with or without its country code?': 1 },
    },
  });
  const said = await imported({ ...wanted, countryCode: 'present' });
  expect(said).toMatchObject({ merged: 2, phonesLeftOut: 0, report: { doubts: [] } });
  const { notesFile } = said['report'] as { notesFile: string };
  expect(await readFile(notesFile, 'utf8')).toMatch(/^line;reason;met contact;name;phone;mobile\n2;merged;\d+;Ada;/);
});

test('[X-01] one number that may be two: both are named, in every request that takes a number', async () => {
  const text = '+44 07911 123456';
  const { body } = await api.ask('POST', '/api/do-not-call', { numbers: [text, '447911123456'] });
  const why = '447911123456 may be +447911123456.';
  expect(body).toEqual({ added: 1, known: 0, invalid: [{ index: 1, text: '447911123456', why }] });
  expect((await api.ask('GET', '/api/do-not-call/%2B4407911123456')).body).toMatchObject({
    number: '+447911123456',
    blocked: true,
  });
  expect((await api.ask('GET', '/api/do-not-call/447911123456')).body.error).toMatchObject({
    code: 'number-invalid',
    message: why,
  });
});
