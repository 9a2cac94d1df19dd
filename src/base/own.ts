// What an object has of its own under a name that came from outside: a field, a question or a column may be called
// `constructor`, and then no object is without one.

/** The value that stands under `name` itself; undefined for what every object inherits. */
export function own<Value>(object: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
