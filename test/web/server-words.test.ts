// Every code that an agent can meet has its German words, and what an import doubts names no option of the command line in
// the browser. Codes and sentences are read from where they are made.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CALLBACK_REFUSALS } from '../../src/eligibility/callbacks.ts';
import { asInWizard } from '../../src/web/console/imports/doubts.ts';
import { serverWords as english } from '../../src/web/words/en/server.ts';
import { MISSING, REFUSALS, serverWords as german } from '../../src/web/words/de/server.ts';

const ROOT = path.resolve(import.meta.dirname, '../../src');
const FOLDERS = ['interaction', 'http/desk', 'script'];
const FILES = [
  ...['engine/agents/desk-requests.ts', 'engine/calls/callbacks.ts', 'engine/calls/call-controls.ts'],
  ...[
    'engine/calls/callback-refusals.ts',
    'engine/calls/control-refusals.ts',
    'engine/calls/third-choice.ts',
    'engine/calls/third-parties.ts',
    'engine/calls/scripts.ts',
  ],
  ...['http/routes/agent-about.ts', 'http/routes/agent-desk.ts', 'http/own-agent.ts', 'numbers/refusal.ts'],
];
const MADE = /(?:OperationalError|orderRefused|refused|refuse|refusal|no)\(\s*(?:\d+,\s*)?'([a-z]+(?:-[a-z]+)*)'/g;
const MISSES = /\bcode: '([a-z]+(?:-[a-z]+)*)'[^}]*message/g;

function sources(): string {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`),
  );
  return [...inFolders, ...FILES].map((file) => readFileSync(path.join(ROOT, file), 'utf8')).join('\n');
}

const found = (pattern: RegExp): readonly string[] => [
  ...new Set([...sources().matchAll(pattern)].flatMap(([, code]) => code ?? [])),
];

test('[A-22] every refusal that an agent can meet has German words', () => {
  const codes = [...found(MADE), ...CALLBACK_REFUSALS];
  expect(codes).toEqual(expect.arrayContaining(['stale-version', 'not-now', 'no-such-phone']));
  expect(codes.filter((code) => REFUSALS[code] === undefined)).toEqual([]);
});

test('[A-22] everything that Done can miss has German words', () => {
  const codes = found(MISSES);
  expect(codes).toEqual(expect.arrayContaining(['disposition', 'script', 'field', 'callback-past']));
  expect(codes.filter((code) => MISSING[code] === undefined)).toEqual([]);
});

test('[A-22] a code that is not known is shown as the server says it', () => {
  const refusal = { code: 'made-up', message: 'Made up.', hint: 'Do so.' };
  expect([german.refused(refusal), english.refused(refusal)]).toEqual(['Made up. Do so.', 'Made up. Do so.']);
  expect(german.missing({ code: 'field', message: 'Fill in City.', about: 'City' })).toBe('Ausfüllen: City');
});

test('[S-08] what an import doubts: the wizard names its fields, and no option of the command line', () => {
  const labels = { encoding: 'Encoding', decimal: 'Decimals', countryCode: 'Country code' };
  const source = readFileSync(path.join(ROOT, 'store/import/doubts.ts'), 'utf8');
  const said = source.split('\n').filter((line) => line.includes('--'));
  expect(said).toHaveLength(3);
  const inWizard = said.map((line) => asInWizard(line, labels));
  expect(inWizard.join('\n')).not.toContain('--');
  for (const label of Object.values(labels)) expect(inWizard.join('\n')).toContain(`“${label}”`);
});
