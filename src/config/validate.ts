// Holds a file's values against a schema and names every fault at once, each with its place and what to write.

import type { z } from 'zod';
import { nearestWord } from '../base/nearest.ts';
import { MOST_FAULTS } from './faults.ts';
import type { ConfigFault } from './faults.ts';
import { describeKey, keysAt } from './schema-keys.ts';
import { keyOf } from './source.ts';
import type { Path, Source } from './source.ts';

type Issue = z.core.$ZodIssue;

/** The value that the schema makes of the source, or all that is wrong with it. */
export function validate<T>(
  source: Source,
  schema: z.ZodType<T>,
): { readonly value?: T; readonly faults: readonly ConfigFault[] } {
  const parsed = schema.safeParse(source.value);
  if (parsed.success) return { value: parsed.data, faults: [] };
  const faults: ConfigFault[] = [];
  for (const issue of parsed.error.issues) {
    faults.push(...faultsOf({ source, schema }, issue, []));
    if (faults.length > MOST_FAULTS) break;
  }
  return { faults: faults.slice(0, MOST_FAULTS) };
}

/** The value at `path`; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, step) => {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    return Reflect.get(current, step) as unknown;
  }, value);
}

interface Checked {
  readonly source: Source;
  readonly schema: z.core.$ZodType;
}

function faultsOf(checked: Checked, issue: Issue, prefix: Path): readonly ConfigFault[] {
  const { source } = checked;
  const path = [...prefix, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const fault = (message: string, hint: string): ConfigFault => ({
    ...source.placeOf(path),
    severity: 'fault',
    message,
    hint,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MOST_FAULTS).map((key) => unknownKey(checked, [...path, key]));
    case 'invalid_union':
      return unionFaults(checked, issue, path);
    case 'invalid_type':
      return [typeFault(checked, path, issue.expected)];
    case 'too_small':
      return [fault('The list is empty.', `At least ${issue.minimum.toString()} is needed.`)];
    case 'custom': {
      const hint: unknown = issue.params?.['hint'];
      return [fault(issue.message, typeof hint === 'string' ? hint : ANY_SHAPE)];
    }
    default:
      return [fault(`${issue.message}.`, describeKey(checked.schema, path) || ANY_SHAPE)];
  }
}

/** Of several possible forms, the faults of the one that the value has the shape of. */
function unionFaults(checked: Checked, issue: z.core.$ZodIssueInvalidUnion, path: Path): readonly ConfigFault[] {
  const value = valueAt(checked.source.value, path);
  if (value === undefined) return [typeFault(checked, path, 'value')];
  const fits = issue.errors.filter(
    (issues) => !issues.some(({ code, path: at }) => code === 'invalid_type' && at.length === 0),
  );
  const nearest = fits.at(-1) ?? issue.errors[0] ?? [];
  return nearest.flatMap((inner) => faultsOf(checked, inner, path));
}

function unknownKey({ source, schema }: Checked, path: Path): ConfigFault {
  const known = keysAt(schema, path.slice(0, -1));
  const nearest = nearestWord(String(path.at(-1)), known);
  return {
    ...source.placeOf(path, 'key'),
    severity: 'fault',
    message: `There is no key ${keyOf(path.slice(-1))} here.`,
    hint: nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  };
}

const KEYS = { message: 'Keys with values are expected here.', hint: 'Write a line for each: key: value.' };
/** What is expected, and what to write where the key itself says nothing of it. */
const SHAPES: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  string: { message: 'A single value is expected here.', hint: 'Write one value, without dashes, brackets or braces.' },
  object: KEYS,
  record: KEYS,
  array: { message: 'A list is expected here.', hint: 'Write [one, two], or a line with a dash for each.' },
};
const ANY_SHAPE = 'config/ in the sources shows every key with an example.';

function typeFault({ source, schema }: Checked, path: Path, expected: string): ConfigFault {
  const description = describeKey(schema, path);
  const shape = SHAPES[expected] ?? { message: `${expected} is expected here.`, hint: ANY_SHAPE };
  const about = description === '' ? shape.hint : `Needed: ${description}.`;
  const place = source.placeOf(path);
  const value = valueAt(source.value, path);
  if (value === undefined) return { ...place, severity: 'fault', message: 'The key is missing.', hint: about };
  const hint = expected === 'array' && typeof value === 'string' ? `Write [${value}].` : about;
  return { ...place, severity: 'fault', message: shape.message, hint };
}
