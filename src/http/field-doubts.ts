// Fields that a condition asks for and that no list has: said where a filter is saved or counted.

import { compileFilter } from '../conditions/conditions.ts';
import { knownFields } from '../config/campaign/field-names.ts';
import type { Store } from '../engine/store/store.ts';

/** A sentence for each such field; `lists` empty: of any list. Nothing while there are no lists. */
export async function fieldDoubts(
  store: Pick<Store, 'lists'>,
  { expression, lists = [] }: { readonly expression: string; readonly lists?: readonly string[] },
): Promise<readonly string[]> {
  const compiled = compileFilter(expression);
  if (!compiled.ok || compiled.named.length === 0) return [];
  const all = await store.lists.fieldNames();
  const known = new Set(all.flatMap(({ list, fields }) => (lists.length === 0 || lists.includes(list) ? fields : [])));
  if (known.size === 0) return [];
  return compiled.named
    .filter(({ field }) => !known.has(field))
    .map(({ field }) => `No list has a field ${field}. ${knownFields(field, [...known])}`);
}
