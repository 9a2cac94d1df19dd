// The steps that lead to a schema, as files in a folder: `0001-first.sql`, `0002-…`. Their numbers ascend; one may be
// missing, where a step was given up before it was released.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The steps of a folder, in their order. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const steps = names.sort().map((name): Migration => {
    const sql = readFileSync(`${folder}/${name}`, 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { version: Number(name.slice(0, 4)), name: name.slice(0, -4), sql, checksum };
  });
  for (const [index, { version, name }] of steps.entries()) {
    if (version > (steps[index - 1]?.version ?? 0)) continue;
    throw new Error(`migration ${name} is out of order`);
  }
  return steps;
}

/** The version that the steps lead to. */
export const newestOf = (steps: readonly Pick<Migration, 'version'>[]): number => steps.at(-1)?.version ?? 0;
