// Who is called, by a campaign's file: lists with their weights, the filter, do-not-call lists; and what a schema cannot
// say of them: lists named twice, lists and saved filters that are not there, a filter that does not fit the fields.

import { z } from 'zod';
import { didYouMean } from '../../base/nearest.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { FIELD_TYPES } from '../../campaign/fields.ts';
import { KIND_OF_TYPE } from '../../conditions/campaign-filter.ts';
import { compileFilter } from '../../conditions/conditions.ts';
import type { FieldSchema } from '../../conditions/terms.ts';
import type { Checking } from '../checking.ts';
import { valueAt } from '../validate.ts';
import { decimal, name, text, yesNo } from '../values.ts';

const listSchema = z.strictObject({
  name: name('list').describe('name of the list'),
  weight: decimal({ min: 0.1, max: 1000 })
    .optional()
    .describe(
      'its turns for each turn of a list with weight 1; default 1. Without any weight all lists are dialed as one',
    ),
  paused: yesNo().prefault('no').describe('not dialed for now; takes effect at the next choice'),
});

export const listKeys = {
  lists: z
    .array(z.union([name('list'), listSchema]))
    .min(1)
    .describe('lists whose contacts are called'),
  filter: z
    .union([text(), z.strictObject({ saved: name('filter').describe('name of a saved filter') })])
    .optional()
    .describe('CEL over fields and contact.name, or a saved filter; default: everyone on the lists'),
  do_not_call: z
    .array(name('do-not-call list'))
    .prefault([])
    .describe("do-not-call lists honoured beside the global one and the campaign's own"),
};

interface WrittenLists {
  readonly lists: z.output<typeof listKeys.lists>;
  readonly filter?: z.output<typeof listKeys.filter>;
  readonly do_not_call: z.output<typeof listKeys.do_not_call>;
}

type Listed = Pick<Campaign, 'lists' | 'listWeights' | 'pausedLists' | 'filter' | 'savedFilter' | 'doNotCall'>;

/** No one is called by a saved filter that is not known: a fault says so where it can be known. */
const NO_CONTACT = 'false';

export function toListed(written: WrittenLists, filters: ReadonlyMap<string, string> | undefined): Listed {
  const entries = written.lists.map((entry) =>
    typeof entry === 'string' ? { name: entry, weight: undefined, paused: false } : entry,
  );
  const paused = entries.filter((entry) => entry.paused).map(({ name }) => name);
  const weights = entries.map(({ name, weight }) => [name, weight ?? 1] as const);
  const { do_not_call: doNotCall } = written;
  return {
    lists: entries.map(({ name }) => name),
    ...(entries.some(({ weight }) => weight !== undefined) ? { listWeights: Object.fromEntries(weights) } : {}),
    ...(paused.length === 0 ? {} : { pausedLists: paused }),
    ...toFilter(written.filter, filters),
    ...(doNotCall.length === 0 ? {} : { doNotCall }),
  };
}

function toFilter(
  written: WrittenLists['filter'],
  filters: ReadonlyMap<string, string> | undefined,
): Pick<Campaign, 'filter' | 'savedFilter'> {
  if (written === undefined) return {};
  if (typeof written === 'string') return { filter: written };
  return { filter: filters?.get(written.saved) ?? NO_CONTACT, savedFilter: written.saved };
}

/** The filter's faults at their columns; those of a saved one at its name. */
export function checkFilter({ at, source, faults, report, context }: Checking): void {
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
    report(path, `There is no saved filter ${saved}.`, hint);
    return;
  }
  const compiled = compileFilter(expression, { fields });
  const [fault] = compiled.ok ? [] : compiled.faults;
  if (fault)
    report(path, `The saved filter ${saved} has a fault at column ${fault.column}: ${fault.message}`, fault.hint);
}

/** Each list is named once, and is there. */
export function checkLists({ at, report, context }: Checking): void {
  const written = at(['lists']);
  const seen = new Set<string>();
  for (const [index, entry] of (Array.isArray(written) ? written : []).entries()) {
    const isPlain = typeof entry === 'string';
    const name: unknown = isPlain ? entry : valueAt(entry, ['name']);
    const path = isPlain ? ['lists', index] : ['lists', index, 'name'];
    if (typeof name !== 'string' || name === '') continue;
    if (seen.has(name)) report(path, `The list ${name} is named twice.`, 'Name each list once.');
    seen.add(name);
    if (!context.lists || context.lists.includes(name)) continue;
    const hint = `Import it: outdial list import.${didYouMean(name, context.lists)}`;
    report(path, `There is no list ${name} yet.`, hint, 'warning');
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
