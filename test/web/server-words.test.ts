// Every code that an agent can meet has its German words, and what an import doubts names no option of the command line in
// the browser. Codes and sentences are read from where they are made.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CALLBACK_REFUSALS } from '../../src/eligibility/callbacks.ts';
import { asInWizard } from '../../src/web/console/imports/doubts.ts';
import { serverWords as english } from '../../src/web/words/en/server.ts';
import { NOT_DIALED } from '../../src/web/words/de/not-dialed.ts';
import { MISSING, REFUSALS, serverWords as german } from '../../src/web/words/de/server.ts';
import { LIST_RULES } from '../../src/eligibility/list-rules.ts';
import { PHONE_RULES } from '../../src/eligibility/phone-rules.ts';
import { RECORD_RULES } from '../../src/eligibility/record-rules.ts';

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
  ...['access', 'caller', 'guard', 'sign-in', 'web-address'].map((name) => `http/access/${name}.ts`),
  ...['http/routes/agent-phone.ts', 'http/routes/session.ts', 'engine/agents/browser-phones.ts'],
  ...['engine/agents/outside-phones.ts', 'engine/agents/new-session.ts', 'engine/asterisk-unreachable.ts'],
  ...['http/routes/agent-about.ts', 'http/routes/agent-desk.ts', 'http/own-agent.ts', 'numbers/refusal.ts'],
];
const MADE = /(?:OperationalError|orderRefused|refused|refuse|refusal|no)\(\s*(?:\d+,\s*)?'([a-z]+(?:-[a-z]+)*)'/g;
/** Why nothing of a request was looked at. */
const NOT_READ = /\bcode: (?:json \? )?'([a-z]+(?:-[a-z]+)*)'/g;
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
  const shapes = readFileSync(path.join(ROOT, 'http/error-shape.ts'), 'utf8');
  const unread = [...shapes.matchAll(NOT_READ)].flatMap(([, code]) => code ?? []);
  const codes = [...found(MADE), ...CALLBACK_REFUSALS, ...unread];
  expect(codes).toEqual(expect.arrayContaining(['sign-in-wrong', 'session-ended', 'invalid-request']));
  expect(codes).toEqual(expect.arrayContaining(['stale-version', 'not-now', 'no-such-phone']));
  expect(codes.filter((code) => REFUSALS[code] === undefined)).toEqual([]);
});

test('[A-22] everything that Done can miss has German words', () => {
  const codes = found(MISSES);
  expect(codes).toEqual(expect.arrayContaining(['disposition', 'script', 'field', 'callback-past']));
  expect(codes.filter((code) => MISSING[code] === undefined)).toEqual([]);
});

const DIALING = ['engine/agents', 'engine/dialing', 'interaction', 'store', 'store/sqlite', 'store/nouns'];

test('[A-22] [A-21] why a number is not dialed has German words, by every rule and by whatever keeps a call from being placed', () => {
  const files = DIALING.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8')),
  ).join('\n');
  const named = [...files.matchAll(/\brule: '([a-z-]+)'/g), ...files.matchAll(/return refuse\('(cancelled)'/g)];
  const notAsked = [...(/interface NotAsked \{([^;]*);/.exec(files)?.[1]?.matchAll(/'([a-z-]+)'/g) ?? [])];
  const rules = [...LIST_RULES, ...RECORD_RULES, ...PHONE_RULES].map(({ name }) => name);
  const all = [...rules, 'hours', ...[...named, ...notAsked].flatMap(([, rule]) => rule ?? [])];
  expect(all).toEqual(expect.arrayContaining(['attempts-max', 'validation-pending', 'no-line', 'cancelled']));
  expect(all.filter((rule) => NOT_DIALED[rule] === undefined)).toEqual([]);
});

test('[A-21] a number that another took the place of: the German message says so, and what to do', () => {
  const refused = { code: 'not-now', text: 'No.', next: 'Click it to dial it.', rule: 'hours' } as const;
  expect(german.message({ ...refused, nextTaken: true }, true)).toEqual({
    text: 'Um diese Zeit darf die Person nicht angerufen werden. Die nächste wird genommen.',
    next: 'Zum Wählen anklicken.',
  });
  const law = german.message({ ...refused, rule: 'us-federal/hours', nextTaken: false }, false);
  expect(law.text).toBe('Die Anrufregel us-federal/hours erlaubt diesen Anruf nicht.');
  expect(law.next).toContain('Rückruf');
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
