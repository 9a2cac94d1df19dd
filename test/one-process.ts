// Which files of tests may share a process. A file that starts no daemon and replaces no module leaves nothing behind, and
// reading the sources once for all of them saves half of their time.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folders of test/ in which pure functions and small parts are tried. */
const FOLDERS: readonly string[] = [
  'agent',
  'base',
  'call',
  'campaign',
  'conditions',
  'config',
  'eligibility',
  'interaction',
  'numbers',
  'outbox',
  'pacing',
  'places',
  'records',
  'reports',
  'rules',
  'schedule',
  'script',
  'sim',
  'telephony',
  'trunks',
  'validation',
];

const REPLACES = /\bvi\.(mock|doMock|stubGlobal|stubEnv|resetModules)\(|\bprocess\.(env\.\w+ =|umask|chdir)/;

const here = import.meta.dirname;

const testsBelow = (folder: string): string[] =>
  readdirSync(path.join(here, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => path.join(here, folder, name));

/** Absolute paths of the files that run together in one process. */
export const inOneProcess = (): string[] =>
  FOLDERS.flatMap(testsBelow).filter((file) => !REPLACES.test(readFileSync(file, 'utf8')));
