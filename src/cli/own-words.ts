// What the daemon says of a body's or path's fields, in the words of the command line: the argument or option that the
// value came from, and where its help is.

import type { Command } from 'commander';
import { OperationalError } from '../base/errors.ts';

/** The refusal of a command whose input the daemon did not take; any other error as it is. */
export function inWordsOf(command: Command, error: unknown): unknown {
  if (!(error instanceof OperationalError) || error.code !== 'invalid-request') return error;
  const faults = error.message.split('; ').map((fault) => {
    const [, key, what] = /^(?:body|params|querystring)\.([\w-]+)[^:]*: (.*)$/.exec(fault) ?? [];
    const word = key === undefined ? undefined : wordFor(command, key);
    return word === undefined || what === undefined ? fault : `${word}: ${what}`;
  });
  return new OperationalError(error.code, [...new Set(faults)].join('; '), {
    hint: `${pathOf(command)} --help shows what it takes.`,
    cause: error,
    httpCode: error.httpCode,
  });
}

/** `--group` for `groups`, `<number>` for `number`; a field of the path that no argument is named after is the first. */
function wordFor(command: Command, key: string): string | undefined {
  const names = [key, key.replace(/s$/, '')];
  const option = command.options.find((one) => names.includes(one.attributeName()));
  if (option) return option.long ?? option.flags;
  const argument = command.registeredArguments.find((one) => names.includes(one.name()));
  const [only, ...more] = command.registeredArguments;
  const meant = argument ?? (more.length === 0 ? only : undefined);
  return meant && `<${meant.name()}>`;
}

function pathOf(command: Command): string {
  const names: string[] = [];
  for (let one: Command | null = command; one !== null; one = one.parent) names.unshift(one.name());
  return names.join(' ');
}
