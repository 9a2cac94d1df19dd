// Whether the fields that a campaign's file asks for are on any of its lists: in its filter, call-again rules, order, what
// says where a person is. A name with a typing error would otherwise match no contact, or every one, without an error.

import { didYouMean } from '../../base/nearest.ts';
import { compileCallAgain, compileFilter } from '../../conditions/conditions.ts';
import type { NamedField } from '../../conditions/conditions.ts';
import type { Checking } from '../checking.ts';
import type { Path } from '../source.ts';
import { valueAt } from '../validate.ts';
import { entries } from './written.ts';

/** So many known names are shown. */
const MOST_SHOWN = 12;
const PERSON = ['zone', 'country', 'state', 'zip', 'consent'];

/** Warnings alone: a list that is still to come may bring the field. */
export function checkFieldNames(checking: Checking): void {
  const known = fieldsOfLists(checking);
  if (known === undefined) return;
  const declared = new Set<string>();
  for (const [index, item] of entries(checking.at(['fields']))) {
    const field = valueAt(item, ['field']);
    if (typeof field !== 'string' || field === '') continue;
    declared.add(field);
    const mayBeFilled = ['yes', 'true'].includes(String(valueAt(item, ['editable'])));
    if (!mayBeFilled) reportUnlessKnown(checking, known, { field, path: ['fields', index, 'field'] });
  }
  for (const place of askedFields(checking)) {
    if (!declared.has(place.field)) reportUnlessKnown(checking, known, place);
  }
}

interface Place {
  readonly field: string;
  readonly path: Path;
  /** Within the value, from 1; absent: the value as a whole. */
  readonly column?: number;
  /** The filter that asks for it, by its name. */
  readonly saved?: string;
}

/** Names of the fields on the campaign's lists; undefined when one of its lists is not there, or nothing is known of them. */
export function fieldsOfLists({ at, context }: Pick<Checking, 'at' | 'context'>): ReadonlySet<string> | undefined {
  const { lists, listFields } = context;
  if (!lists || !listFields) return undefined;
  const named = entries(at(['lists'])).map(([, one]) => (typeof one === 'string' ? one : valueAt(one, ['name'])));
  const names = named.filter((name) => typeof name === 'string');
  if (names.length === 0 || !names.every((name) => lists.includes(name))) return undefined;
  return new Set(names.flatMap((name) => listFields.get(name) ?? []));
}

function askedFields({ at, context }: Checking): readonly Place[] {
  const filter = at(['filter']);
  const saved = valueAt(filter, ['saved']);
  const expression = typeof saved === 'string' ? context.filters?.get(saved) : undefined;
  const inSaved = expression === undefined ? [] : named(compileFilter(expression));
  return [
    ...(typeof filter === 'string' ? named(compileFilter(filter)) : []).map((one) => ({ ...one, path: ['filter'] })),
    ...inSaved.map(({ field }) => ({ field, path: ['filter', 'saved'], saved: String(saved) })),
    ...entries(at(['call_again'])).flatMap(([index, rule]) => {
      const when = valueAt(rule, ['when']);
      const asked = typeof when === 'string' ? named(compileCallAgain(when)) : [];
      return asked.map((one) => ({ ...one, path: ['call_again', index, 'when'] }));
    }),
    ...[['order', 'field'], ...PERSON.map((key) => ['person', key])].flatMap((path) => {
      const field = at(path);
      return typeof field === 'string' && field !== '' ? [{ field, path }] : [];
    }),
  ];
}

function named(compiled: { readonly ok: true; readonly named: readonly NamedField[] } | { readonly ok: false }) {
  return compiled.ok ? compiled.named : [];
}

function reportUnlessKnown({ source, faults }: Checking, known: ReadonlySet<string>, place: Place): void {
  const { field, path, column, saved } = place;
  if (known.has(field)) return;
  const at = column === undefined ? source.placeOf(path) : source.placeWithin(path, column - 1);
  const what = `No list of the campaign has a field ${field}`;
  const message = saved === undefined ? `${what}.` : `${what}, which the saved filter ${saved} asks for.`;
  faults.push({ ...at, severity: 'warning', message, hint: knownFields(field, [...known]) });
}

/** The nearest name, and those that there are. */
export function knownFields(field: string, known: readonly string[]): string {
  const shown = known.slice(0, MOST_SHOWN).join(', ');
  const more = known.length > MOST_SHOWN ? ` and ${known.length - MOST_SHOWN} more` : '';
  return `Its lists have: ${shown === '' ? 'no fields' : shown}${more}.${didYouMean(field, known)}`;
}
