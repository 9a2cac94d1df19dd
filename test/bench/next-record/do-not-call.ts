// How fast a file of numbers becomes a do-not-call list, how fast the records of a campaign are brought in line with it,
// and what a request for the next record costs as long as they are not.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { runNumberImport } from '../../../src/store/import/numbers.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { Desk, NOON } from '../../contract/store-desk.ts';

export interface ImportFigures {
  readonly numbers: number;
  /** From the file to the list that counts. */
  readonly perSecond: number;
  readonly aligned: number;
  readonly alignedPerSecond: number;
  readonly worstRequestMs: number;
}

interface Sizes {
  /** All of them are on the list. */
  readonly people: number;
  readonly numbers: number;
}

export async function measureImport(folder: string, { people, numbers }: Sizes): Promise<ImportFigures> {
  const store = await openSqliteStore({ file: path.join(folder, 'do-not-call.db') });
  const desk = new Desk(store);
  const contacts = Array.from({ length: people }, () => desk.contact());
  const campaign = await desk.campaign(contacts, { doNotCall: ['registry'] });
  const own = contacts.map(({ phones }) => phones[0]?.number ?? '');
  const file = path.join(folder, 'registry.txt');
  await writeNumbers(file, own, numbers);
  const wanted = { file, list: 'registry', mode: 'replace', by: 'bench', country: 'US' } as const;
  const report = await runNumberImport(wanted, store, { clock: systemClock });
  const requests: number[] = [];
  for (let request = 0; request < 20; request += 1) {
    const start = performance.now();
    await desk.open(campaign, 10, NOON);
    requests.push(performance.now() - start);
  }
  const start = performance.now();
  await store.records.sync(campaign, NOON);
  const alignedMs = performance.now() - start;
  await store.close();
  return {
    numbers: report.numbers,
    perSecond: Math.round((report.numbers * 1000) / report.durationMs),
    aligned: people,
    alignedPerSecond: Math.round((people * 1000) / alignedMs),
    worstRequestMs: Number(Math.max(...requests).toFixed(1)),
  };
}

const AREA_CODES = ['212', '305', '850', '410', '415', '713', '312', '617', '206', '702'];

/** Numbers in no order, as files have them. */
async function writeNumbers(file: string, own: readonly string[], count: number): Promise<void> {
  const out = createWriteStream(file);
  for (const number of own) out.write(`${number}\n`);
  for (let index = own.length; index < count; index += 1) {
    // All of them may exist: what is none takes far longer to be sure of, and registries have few.
    const line = `+1${AREA_CODES[index % AREA_CODES.length] ?? ''}${2_000_000 + ((index * 7_919_317) % 8_000_000)}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
