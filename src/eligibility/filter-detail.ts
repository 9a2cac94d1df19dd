// Why a contact does not fit a filter: the conditions that fail, with the values that they saw. For people who ask; the
// values stay out of what a store keeps.

import type { Campaign } from '../campaign/definition.ts';
import { fieldSchema } from '../conditions/campaign-filter.ts';
import { compileFilter, partsOfFilter } from '../conditions/conditions.ts';
import { questionOf, shownName } from '../conditions/names.ts';
import type { RecordFacts } from '../records/record.ts';

type Person = Pick<RecordFacts, 'fields' | 'answers' | 'name'>;

/** `fields.balance > 100 (balance is 20); fields.region == "north" (region is missing)`; empty when none fails alone. */
export function failingParts(campaign: Pick<Campaign, 'filter' | 'fields'>, person: Person): string {
  const { fields, answers = {}, name } = person;
  const schema = fieldSchema(campaign);
  const failing = partsOfFilter(campaign.filter ?? '').flatMap((part) => {
    const compiled = compileFilter(part.text, { fields: schema });
    const holds = compiled.ok && compiled.test({ fields, answers, contact: { name } }).holds;
    if (holds) return [];
    const saw = part.fields.map((field) => `${shownName(field)} is ${shown(person, field)}`);
    if (part.text.includes('contact.name')) saw.push(`the name is ${JSON.stringify(name)}`);
    return saw.length === 0 ? part.text : `${part.text} (${saw.join(', ')})`;
  });
  return failing.join('; ');
}

function shown({ fields, answers = {} }: Person, name: string): string {
  const question = questionOf(name);
  const [values, key] = question === undefined ? [fields, name] : [answers, question];
  const value = Object.hasOwn(values, key) ? values[key] : undefined;
  if (value === undefined || value === null) return 'missing';
  return value === '' ? 'empty' : JSON.stringify(value);
}
