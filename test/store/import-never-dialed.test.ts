// What an import says of numbers that no trunk dials; they are kept.

import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { USUAL_CLASSES } from '../../src/campaign/number-gate.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { makePlan, type ImportPlan } from '../../src/store/import/plan.ts';
import { runImport } from '../../src/store/import/run.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { makeFolder } from './folder.ts';

const folder = makeFolder();
const REACHES = [
  { trunk: 'main', countries: ['US'], classes: USUAL_CLASSES },
  { trunk: 'spare', countries: ['US', 'CA'], classes: USUAL_CLASSES },
];
let store: Store;

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function plan(numbers: readonly string[], list: string): Promise<ImportPlan> {
  const file = path.join(folder, `${list}.csv`);
  writeFileSync(file, ['name,phone', ...numbers.map((number, index) => `Person ${index},${number}`), ''].join('\n'));
  return makePlan(file, { list, country: 'US', reaches: REACHES });
}

test('[L-01] a few numbers that no trunk dials: kept, counted by what they are, and reported at the end', async () => {
  const ordinary = Array.from({ length: 20 }, (_, index) => `+16462000${100 + index}`);
  const never = ['+19005551234', '+18765230123', '+18765230124'];
  const found = await plan([...ordinary, ...never, '+14165550123'], 'few');
  expect(found.doubts).toEqual([]);
  expect(await runImport(found, store)).toMatchObject({
    added: 24,
    neverDialed: { 'a premium number of US': 1, 'a number of a fixed line or mobile of JM': 2 },
    doubts: [
      '3 phones are kept and never dialed: 2 × a number of a fixed line or mobile of JM, 1 × a premium number of US ' +
        '(allow_countries, allow_classes of the trunks).',
    ],
  });
});

test('[L-01] most of them, as in a list of another country: reported before the import', async () => {
  const found = await plan(['+493012345678', '+493012345679'], 'abroad');
  expect(found.doubts).toEqual([
    'No trunk dials 2 of the first 2 phones: check the country, or allow_countries of the trunks.',
  ]);
});
