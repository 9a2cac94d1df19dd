// npm run bench -- [NAME …] [--json] [--short] [--OPTION VALUE …]: runs the benchmarks named, or all of them, one after
// the other. A benchmark is a file beside this one that exports `run`; with --json one document of all figures comes last.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { renderError, OperationalError } from '../../src/base/errors.ts';
import type { BenchArgs } from './bench-args.ts';

type Run = (args: BenchArgs) => Promise<unknown>;

/** Files beside the benchmarks that are none. */
const NONE = new Set(['main', 'bench-args']);
/** Take many minutes when they are named; among all others they are short. */
const LONG = new Set(['soak']);

function benchNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => !NONE.has(name))
    .sort();
}

interface Wanted {
  readonly names: readonly string[];
  /** None was named. */
  readonly isAll: boolean;
  readonly args: BenchArgs;
}

function wantedOf(words: readonly string[]): Wanted {
  const known = benchNames();
  const names: string[] = [];
  const options: Record<string, string> = {};
  let json = false;
  let short = false;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '--json') json = true;
    else if (word === '--short') short = true;
    else if (word.startsWith('--')) {
      i += 1;
      const value = words[i];
      if (value === undefined) throw wrongUsage(`${word} wants a value.`, known);
      options[word.slice(2)] = value;
    } else if (known.includes(word)) names.push(word);
    else throw wrongUsage(`There is no benchmark "${word}".`, known);
  }
  const isAll = names.length === 0;
  return { names: isAll ? known : names, isAll, args: { json, short, options } };
}

function wrongUsage(message: string, known: readonly string[]): OperationalError {
  const hint = `npm run bench -- [${known.join(' | ')}] [--json] [--short]; --rounds and --seed for crash, --rounds and --kind for hostile.`;
  return new OperationalError('wrong-usage', message, { hint });
}

async function benchmark(name: string): Promise<Run> {
  const loaded: unknown = await import(pathToFileURL(path.join(import.meta.dirname, `${name}.ts`)).href);
  return (loaded as { run: Run }).run;
}

try {
  const { names, isAll, args } = wantedOf(process.argv.slice(2));
  const figures: Record<string, unknown> = {};
  for (const name of names) {
    if (!args.json) process.stdout.write(`\n== ${name}\n`);
    figures[name] = await (await benchmark(name))({ ...args, short: args.short || (isAll && LONG.has(name)) });
  }
  if (args.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
} catch (error) {
  const { code, message, hint } = renderError(error);
  process.stderr.write(`${code}: ${message}\n${hint}\n`);
  process.exitCode = code === 'wrong-usage' ? 2 : 1;
}
