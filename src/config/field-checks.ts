// Whether a campaign's fields go together: each defined once, choices where there is something to choose.

import type { Checking } from './checking.ts';
import { valueAt } from './validate.ts';

/** Tells of fields that are there twice, and of choices that are missing or of no use. */
export function checkFields({ at, tell }: Checking): void {
  const fields: unknown = at(['fields']);
  if (!Array.isArray(fields)) return;
  const seen = new Set<string>();
  for (const [index, item] of fields.entries()) {
    const path = ['fields', index];
    const name = valueAt(item, ['field']);
    if (typeof name === 'string' && seen.has(name)) {
      tell([...path, 'field'], `The field ${name} is there already.`, 'Define each field once.');
    }
    if (typeof name === 'string') seen.add(name);
    const choices = valueAt(item, ['choices']);
    const isChoice = valueAt(item, ['type']) === 'choice';
    if (isChoice && choices === undefined) {
      tell([...path, 'type'], 'A choice needs choices.', 'Write choices: [gold, silver].');
    }
    if (!isChoice && choices !== undefined) {
      tell([...path, 'choices'], 'Only a field of type choice has choices.', 'Write type: choice, or leave them out.');
    }
  }
}
