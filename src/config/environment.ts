// Puts environment variables into configuration values: `${NAME}`, or `${NAME:-what else}`.

import type { ConfigFault } from './faults.ts';
import type { Path, Source } from './source.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/** The source with every reference replaced; one to a variable that is not set is a fault. */
export function putEnvironment(
  source: Source,
  environment: Environment,
): { readonly source: Source; readonly faults: readonly ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const replace = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => replace(item, [...path, index]));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, [...path, key])]));
    }
    if (typeof value !== 'string') return value;
    return value.replaceAll(REFERENCE, (reference: string, variable: string, otherwise: string | undefined) => {
      const found = environment[variable] ?? otherwise;
      if (found === undefined) faults.push(notSet(source, path, variable));
      return found ?? reference;
    });
  };
  return { source: { ...source, value: replace(source.value, []) }, faults };
}

function notSet(source: Source, path: Path, variable: string): ConfigFault {
  const message = `The environment variable ${variable} is not set.`;
  const hint = `Set it before the start, or write \${${variable}:-a default}.`;
  return { ...source.placeOf(path), severity: 'fault', message, hint };
}
