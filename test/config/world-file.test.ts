import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listKeys } from '../../src/config/schema-keys.ts';
import { readWorldFile, worldSchema } from '../../src/config/world-file.ts';
import { USUAL_FIGURES } from '../../src/sim/forecast/given-world.ts';

const EXAMPLE = join(import.meta.dirname, '../../config/worlds/example.yaml');

test('[P-08] the example of a world: loads, names every key, and is what simulate assumes anyway', async () => {
  const text = await readFile(EXAMPLE, 'utf8');
  const missing = listKeys(worldSchema).filter(({ key }) => !text.includes(`${key.split('.').at(-1) ?? ''}:`));

  expect(missing).toEqual([]);
  expect(USUAL_FIGURES).toMatchObject(readWorldFile(EXAMPLE));
});
