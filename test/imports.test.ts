// Who may import whom. The directions are those of docs/architecture.md: everything points at the core,
// the core points at nothing, and each library that reaches outside is behind one folder.

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SourceImport } from './support/source-imports.ts';
import { importsOf, impureUses, readSource, sourceFiles } from './support/source-imports.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const FILES = sourceFiles(ROOT, 'src');
const IMPORTS = FILES.flatMap((file) => importsOf(file, readSource(ROOT, file)));

/** What may be called, from what is set up to what is allowed: each imports those before it, none of those after. */
const LADDER = ['script', 'campaign', 'conditions', 'places', 'trunks', 'records', 'rules', 'eligibility'] as const;
const CORE = [...LADDER, 'pacing', 'call', 'agent', 'interaction'] as const;
const INNER = ['base', 'terms', ...CORE, 'engine'] as const;
/** Work of several adapters that is no adapter: both HTTP and the commands stand on it. */
const SHARED = ['reports', 'imports', 'privacy', 'secrets'] as const;
const ADAPTERS = [
  'telephony',
  'store',
  'schedule',
  'validation',
  'outbox',
  'http',
  'config',
  'numbers',
  ...SHARED,
] as const;

const below = (step: (typeof LADDER)[number]): readonly string[] => LADDER.slice(0, LADDER.indexOf(step));

/** By part of `src` (a folder, or a file at the top): the other parts it may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  terms: ['base'],
  // A library of its own, shipped as `outdial/pacing`.
  pacing: ['base', 'terms'],
  // It carries why no record came, and looks at nothing of it.
  interaction: ['base', 'terms', 'eligibility'],
  ...Object.fromEntries(LADDER.map((step) => [step, ['base', 'terms', ...below(step)]])),
  call: ['base', 'terms', ...CORE],
  agent: ['base', 'terms', ...CORE],
  engine: ['base', 'terms', ...CORE],
  // Reads telephone numbers; stands on the core's terms alone.
  numbers: ['base', 'terms', ...CORE],
  config: ['base', 'terms', ...CORE, 'numbers'],
  telephony: [...INNER, 'config'],
  store: [...INNER, 'config', 'numbers'],
  schedule: [...INNER, 'config'],
  validation: [...INNER],
  outbox: [...INNER],
  reports: [...INNER, 'numbers'],
  imports: [...INNER, 'numbers'],
  privacy: [...INNER],
  secrets: ['base'],
  http: [...INNER, 'config', 'numbers', ...SHARED],
  sim: [...INNER],
  web: ['http', 'base'],
  daemon: [...INNER, ...ADAPTERS],
  cli: [...INNER, ...ADAPTERS, 'sim', 'daemon'],
  main: ['base', 'cli'],
};

/** What each view is made of; by file of `src/web`, who else may import what. */
const KIT = new Set(['react-aria-components', '@internationalized/date']);
/** Of the server, the one file that the pages run: it knows nothing but objects. */
const IN_BROWSERS_TOO = 'src/base/defined.ts';
const isBuilding = (file: string): boolean => /\.test\.tsx?$|vite\.config\.ts$/.test(file);

/** Not drivers: they read values and reach nothing outside. */
const SHARED_PACKAGES: ReadonlySet<string> = new Set(['zod', 'luxon']);

/** The part of `src` that a file belongs to. */
function partOf(file: string): string {
  const [, part = ''] = file.split(path.sep);
  return part.replace(/\.ts$/, '');
}

function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function wrongDirection(one: SourceImport): string | undefined {
  if (one.target === undefined) return undefined;
  const [from, to] = [partOf(one.file), partOf(one.target)];
  if (from === to) return undefined;
  const place = `${one.file}:${one.line} imports ${one.target}`;
  const allowed = MAY_IMPORT[from];
  if (!allowed) return `${place}: no direction is known for src/${from}; add it to this test and the architecture`;
  if (!allowed.includes(to)) return `${place}: ${from} may import only ${allowed.join(', ') || 'nothing'}`;
  const isMachine = path.basename(one.target) === 'machine.ts';
  if (isMachine && isCore(from)) return `${place}: machines of the core meet in engine, not in each other`;
  return undefined;
}

/** What a file of the pages may not import. */
function wrongInPage({ file, line, specifier, target, typeOnly }: SourceImport): string | undefined {
  const name = packageOf(specifier) ?? '';
  const place = `${file}:${line} imports ${specifier}`;
  if (KIT.has(name) && !file.startsWith('src/web/ui/')) return `${place}: only src/web/ui knows the kit`;
  if (name.startsWith('react') && file.endsWith('.ts')) return `${place}: a model knows no React`;
  if (specifier.startsWith('node:')) return `${place}: a browser has no Node`;
  const isServers = target !== undefined && partOf(target) !== 'web' && target !== IN_BROWSERS_TOO;
  if (isServers && (partOf(target) !== 'http' || !typeOnly)) return `${place}: of the server its types in http alone`;
  return undefined;
}

function isCore(part: string): boolean {
  return CORE.some((folder) => folder === part);
}

/** Packages imported from more than one part of `src`, with the places. */
function sharedDrivers(imports: readonly SourceImport[]): string[] {
  const parts = new Map<string, Map<string, string>>();
  for (const { file, line, specifier } of imports) {
    const name = packageOf(specifier);
    if (name === undefined || SHARED_PACKAGES.has(name)) continue;
    const places = parts.get(name) ?? new Map<string, string>();
    parts.set(name, places.set(partOf(file), `${file}:${line}`));
  }
  return [...parts]
    .filter(([, places]) => places.size > 1)
    .map(([name, places]) => `${name} is imported from ${[...places.values()].join(' and ')}: one folder only`);
}

/** Chains of imports, of types too, that end where they began. */
function cycles(imports: readonly SourceImport[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (target !== undefined) targets.set(file, [...(targets.get(file) ?? []), target]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, chain: readonly string[]): void => {
    const start = chain.indexOf(file);
    if (start >= 0) found.push([...chain.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...chain, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

describe('import directions', () => {
  test('every part of src imports only what lies below it', () => {
    expect(IMPORTS.map(wrongDirection).filter((fault) => fault !== undefined)).toEqual([]);
  });

  test('a library that reaches outside is imported from one folder only', () => {
    expect(sharedDrivers(IMPORTS)).toEqual([]);
  });

  test('pages: the kit behind src/web/ui alone, models without React, types alone of what the server says, no Node', () => {
    const web = IMPORTS.filter(({ file }) => partOf(file) === 'web' && !isBuilding(file));
    expect(web.length).toBeGreaterThan(0);
    expect(web.map(wrongInPage).filter((fault) => fault !== undefined)).toEqual([]);
  });

  test('no file imports itself by a detour', () => {
    expect(cycles(IMPORTS)).toEqual([]);
  });

  test('the core knows neither clock nor chance, timers, console, process or Node', () => {
    const core = FILES.filter((file) => isCore(partOf(file)));
    const uses = core.flatMap((file) => impureUses(file, readSource(ROOT, file)));
    const node = IMPORTS.filter(({ file, specifier }) => isCore(partOf(file)) && specifier.startsWith('node:'));
    expect(core.length).toBeGreaterThan(0);
    expect([
      ...uses.map(({ file, line, what }) => `${file}:${line} uses ${what}`),
      ...node.map(({ file, line, specifier }) => `${file}:${line} imports ${specifier}`),
    ]).toEqual([]);
  });
});

describe('the check itself', () => {
  const faultOf = (file: string, text: string): (string | undefined)[] => importsOf(file, text).map(wrongDirection);

  test.each([
    ['src/engine/a.ts', "import { x } from '../telephony/ari.ts';"],
    ['src/engine/a.ts', "import type { X } from '../store/sqlite/open.ts';"],
    ['src/engine/a.ts', "const x = await import('../http/server.ts');"],
    ['src/engine/a.ts', "export { x } from '../daemon.ts';"],
    ['src/engine/a.ts', "type X = import('../cli/run.ts').X;"],
    ['src/call/a.ts', "import type { X } from '../agent/machine.ts';"],
    ['src/pacing/a.ts', "import type { X } from '../campaign/definition.ts';"],
    ['src/records/a.ts', "import type { X } from '../rules/law.ts';"],
    ['src/sim/a.ts', "import { x } from '../telephony/ari.ts';"],
    ['src/store/sqlite/a.ts', "import { x } from '../../http/server.ts';"],
    ['src/new-part/a.ts', "import { x } from '../base/clock.ts';"],
  ])('%s with %s: refused', (file, text) => {
    expect(faultOf(file, text)).toEqual([expect.stringContaining(`${file}:1 imports `)]);
  });

  test.each([
    ['src/engine/a.ts', "import { x } from '../call/machine.ts';"],
    ['src/records/a.ts', "import type { Campaign } from '../campaign/definition.ts';"],
    ['src/daemon.ts', "import { x } from './telephony/ari.ts';"],
    ['src/call/a.ts', "import { x } from './machine.ts';"],
  ])('%s with %s: allowed', (file, text) => {
    expect(faultOf(file, text)).toEqual([undefined]);
  });

  test.each([
    ['src/web/agent/a.tsx', "import { Button } from 'react-aria-components';"],
    ['src/web/agent/a.ts', "import { useState } from 'react';"],
    ['src/web/live/a.ts', "import { deskView } from '../../http/wire/desk.ts';"],
    ['src/web/live/a.ts', "import path from 'node:path';"],
  ])('%s with %s: refused', (file, text) => {
    expect(importsOf(file, text).map(wrongInPage)).toEqual([expect.stringContaining(`${file}:1 imports `)]);
  });

  test('a driver in two folders, and a cycle: found', () => {
    const imports = [
      ...importsOf('src/store/a.ts', "import x from 'better-sqlite3'; import { b } from './b.ts';"),
      ...importsOf('src/store/b.ts', "import type { A } from './a.ts';"),
      ...importsOf('src/http/c.ts', "import type x from 'better-sqlite3/lib/x.js';"),
    ];
    expect(sharedDrivers(imports)).toEqual([
      'better-sqlite3 is imported from src/store/a.ts:1 and src/http/c.ts:1: one folder only',
    ]);
    expect(cycles(imports)).toEqual(['src/store/a.ts → src/store/b.ts → src/store/a.ts']);
  });

  test('impure code: every use is found, members and words of the same name are not', () => {
    const impure = 'Date.now(); new Date(); Math.random(); setTimeout(() => 1, 2); console.log(1); f(process.env);';
    const pure = 'new Date(5); const x = { process: 1, console: 2 }; x.process; call.setTimeout(1); type console = 1;';
    expect(impureUses('src/call/a.ts', impure).map(({ what }) => what)).toEqual([
      'Date.now',
      'new Date()',
      'Math.random',
      'setTimeout',
      'console',
      'process',
    ]);
    expect(impureUses('src/call/a.ts', pure)).toEqual([]);
  });
});
