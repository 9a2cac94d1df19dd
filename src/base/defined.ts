// Optional properties: present when there is a value, absent when there is none.

/** The properties of `values` that are not undefined, in their order. */
export function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept: Partial<T> = {};
  for (const key in values) {
    if (values[key] !== undefined) kept[key] = values[key];
  }
  return kept as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
