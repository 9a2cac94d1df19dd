// Lists by their names, and what to say of one that there is not.

import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { sql } from '../statement.ts';
import { all, first } from '../work.ts';
import type { Work } from '../work.ts';

const NAMES = sql<{ name: string }>`SELECT name FROM lists WHERE removed_at IS NULL`;

/** Refuses with `list-unknown`, naming the nearest list. */
export function* listUnknown(name: string): Work<never> {
  const known = (yield* all(NAMES)).map((list) => list.name);
  const hint = 'outdial list list shows the lists that there are.';
  throw new OperationalError('list-unknown', `There is no list ${name}.${didYouMean(name, known)}`, {
    hint,
    httpCode: 404,
  });
}

const FIND = sql<{ id: number }>`SELECT id FROM lists WHERE name = :name AND removed_at IS NULL`;

/** Its id; refused with `list-unknown`. */
export function* listIdOf(name: string): Work<number> {
  return (yield* first(FIND, { name }))?.id ?? (yield* listUnknown(name));
}
