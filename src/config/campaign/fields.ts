// Record information of a campaign's file: fields with their types, each defined once, with choices where there is
// something to choose.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { FIELD_TYPES, type FieldDefinition } from '../../campaign/fields.ts';
import type { Checking } from '../checking.ts';
import { valueAt } from '../validate.ts';
import { oneOf, text, yesNo } from '../values.ts';

export const fieldSchema = z.strictObject({
  field: text().describe('name of the field, as the list has it'),
  label: text().optional().describe("what agents see; default: the field's name"),
  type: oneOf(FIELD_TYPES).prefault('text').describe('what it holds'),
  choices: z.array(text()).min(1).optional().describe('of a choice: the words that it may be'),
  editable: yesNo().prefault('no').describe('whether agents may change it'),
  required: yesNo().prefault('no').describe('whether it must hold something; rows of lists without it are rejected'),
});

export function toField(written: z.output<typeof fieldSchema>): FieldDefinition {
  const { field, label = field, type, choices, editable, required } = written;
  return { field, label, type, ...defined({ choices }), editable, required };
}

/** Reports fields that are there twice, and of choices that are missing or of no use. */
export function checkFields({ at, report }: Checking): void {
  const fields: unknown = at(['fields']);
  if (!Array.isArray(fields)) return;
  const seen = new Set<string>();
  for (const [index, item] of fields.entries()) {
    const path = ['fields', index];
    const name = valueAt(item, ['field']);
    if (typeof name === 'string' && seen.has(name)) {
      report([...path, 'field'], `The field ${name} is there already.`, 'Define each field once.');
    }
    if (typeof name === 'string') seen.add(name);
    const choices = valueAt(item, ['choices']);
    const isChoice = valueAt(item, ['type']) === 'choice';
    if (isChoice && choices === undefined) {
      report([...path, 'type'], 'A choice needs choices.', 'Write choices: [gold, silver].');
    }
    if (!isChoice && choices !== undefined) {
      report(
        [...path, 'choices'],
        'Only a field of type choice has choices.',
        'Write type: choice, or leave them out.',
      );
    }
  }
}
