// What a schema cannot tell of who is called: lists named twice, lists and saved filters that are not there, and whether
// the filter goes with the campaign's fields.

import { didYouMean } from '../base/nearest.ts';
import { KIND_OF_TYPE } from '../conditions/campaign-filter.ts';
import { compileFilter } from '../conditions/conditions.ts';
import type { FieldSchema } from '../conditions/terms.ts';
import { FIELD_TYPES } from '../campaign/fields.ts';
import type { Checking } from './checking.ts';
import { valueAt } from './validate.ts';

/** The filter's faults at their columns; those of a saved one at its name. */
export function checkFilter({ at, source, faults, tell, context }: Checking): void {
  const written = at(['filter']);
  const fields = fieldsOf(at(['fields']));
  if (typeof written === 'string' && written !== '') {
    const compiled = compileFilter(written, { fields });
    for (const { column, message, hint } of compiled.ok ? [] : compiled.faults) {
      faults.push({ ...source.placeWithin(['filter'], column - 1), severity: 'fault', message, hint });
    }
    return;
  }
  const saved = valueAt(written, ['saved']);
  if (typeof saved !== 'string' || saved === '' || !context.filters) return;
  const path = ['filter', 'saved'];
  const expression = context.filters.get(saved);
  if (expression === undefined) {
    const known = [...context.filters.keys()];
    const hint = `Save it first: outdial filter save ${saved} EXPRESSION.${didYouMean(saved, known)}`;
    tell(path, `There is no saved filter ${saved}.`, hint);
    return;
  }
  const compiled = compileFilter(expression, { fields });
  const [fault] = compiled.ok ? [] : compiled.faults;
  if (fault)
    tell(path, `The saved filter ${saved} has a fault at column ${fault.column}: ${fault.message}`, fault.hint);
}

/** Each list is named once, and is there. */
export function checkLists({ at, tell, context }: Checking): void {
  const written = at(['lists']);
  const seen = new Set<string>();
  for (const [index, entry] of (Array.isArray(written) ? written : []).entries()) {
    const isPlain = typeof entry === 'string';
    const name: unknown = isPlain ? entry : valueAt(entry, ['name']);
    const path = isPlain ? ['lists', index] : ['lists', index, 'name'];
    if (typeof name !== 'string' || name === '') continue;
    if (seen.has(name)) tell(path, `The list ${name} is named twice.`, 'Name each list once.');
    seen.add(name);
    if (!context.lists || context.lists.includes(name)) continue;
    const hint = `Import it: outdial list import.${didYouMean(name, context.lists)}`;
    tell(path, `There is no list ${name} yet.`, hint, 'warning');
  }
}

function fieldsOf(written: unknown): FieldSchema {
  const schema: Record<string, FieldSchema[string]> = {};
  for (const entry of Array.isArray(written) ? written : []) {
    const field = valueAt(entry, ['field']);
    const type = FIELD_TYPES.find((one) => one === (valueAt(entry, ['type']) ?? 'text'));
    if (typeof field === 'string' && type !== undefined) schema[field] = KIND_OF_TYPE[type];
  }
  return schema;
}
