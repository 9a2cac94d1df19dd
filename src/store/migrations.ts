// The steps that lead to a schema, as files in a folder: one step, and its text for each database beside each other, as
// `0001-first.sqlite.sql` and `0001-first.postgres.sql`. Their numbers ascend; one may be missing, where a step was given
// up before it was released.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { InBoth } from './statement.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The steps of a folder for a database, in their order. */
export function readMigrations(folder: string, database: keyof InBoth): readonly Migration[] {
  const ending = `.${database}.sql`;
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  const steps = names.sort().map((name): Migration => {
    const sql = readFileSync(`${folder}/${name}`, 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { version: Number(name.slice(0, 4)), name: name.slice(0, -ending.length), sql, checksum };
  });
  for (const [index, { version, name }] of steps.entries()) {
    if (version > (steps[index - 1]?.version ?? 0)) continue;
    throw new Error(`migration ${name} is out of order`);
  }
  return steps;
}

/** The version that the steps lead to. */
export const newestOf = (steps: readonly Pick<Migration, 'version'>[]): number => steps.at(-1)?.version ?? 0;
