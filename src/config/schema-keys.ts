// The keys that a schema knows, at any depth: for hints, for the sample files and for documentation.

import { z } from 'zod';
import type { Path } from './source.ts';

export interface KnownKey {
  /** `pacing.ring`, `trunks[].name` */
  readonly key: string;
  readonly description: string;
  /** As one would write it; absent when the key is required or has none. */
  readonly defaultValue?: unknown;
}

type Section = z.ZodObject<Readonly<Record<string, z.core.$ZodType>>>;
type List = z.ZodArray;

/** Keys of the map at `path`; empty when there is no map. */
export function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let current: readonly z.core.$ZodType[] = [schema];
  for (const step of path) current = current.flatMap((part) => childOf(part, step));
  return [...new Set(current.flatMap((part) => objectsIn(part).flatMap((object) => Object.keys(object.shape))))];
}

/** The description of the key at `path`; empty when it has none. */
export function describeKey(schema: z.core.$ZodType, path: Path): string {
  let current: readonly z.core.$ZodType[] = [schema];
  for (const step of path) current = current.flatMap((part) => childOf(part, step));
  return current.map(descriptionOf).find((text) => text !== '') ?? '';
}

/** Every key of the schema, in its order, with description and default. */
export function listKeys(schema: z.core.$ZodType, prefix = ''): readonly KnownKey[] {
  return objectsIn(schema).flatMap((object) =>
    Object.entries(object.shape).flatMap(([key, child]) => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const isList = listsIn(child).length > 0;
      const own: KnownKey = { key: path, description: descriptionOf(child), ...defaultOf(child) };
      const inner = isList ? listsIn(child).flatMap((list) => listKeys(list.element, `${path}[]`)) : [];
      return [own, ...listKeys(child, path), ...inner];
    }),
  );
}

function childOf(schema: z.core.$ZodType, step: string | number): readonly z.core.$ZodType[] {
  if (typeof step === 'number') return listsIn(schema).map((list) => list.element);
  return objectsIn(schema).flatMap((object) => (Object.hasOwn(object.shape, step) ? (object.shape[step] ?? []) : []));
}

function objectsIn(schema: z.core.$ZodType): readonly Section[] {
  return alternatives(schema).filter((part): part is Section => part instanceof z.ZodObject);
}

function listsIn(schema: z.core.$ZodType): readonly List[] {
  return alternatives(schema).filter((part): part is List => part instanceof z.ZodArray);
}

/** The schema without defaults and options around it; several when it is one of several. */
function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return alternatives(schema.unwrap());
  if (schema instanceof z.ZodPipe) return alternatives(schema.in);
  return [schema];
}

function descriptionOf(schema: z.core.$ZodType): string {
  const own = z.globalRegistry.get(schema)?.description;
  if (own !== undefined) return own;
  const wraps = schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return wraps ? descriptionOf(schema.unwrap()) : '';
}

function defaultOf(schema: z.core.$ZodType): { readonly defaultValue?: unknown } {
  return schema instanceof z.ZodPrefault ? { defaultValue: schema.def.defaultValue } : {};
}
