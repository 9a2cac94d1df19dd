// Every code that an agent can meet has its German words. The codes are read from where they are made.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CALLBACK_REFUSALS } from '../../src/eligibility/callbacks.ts';
import { judgeDialing, type DialingInput } from '../../src/eligibility/dialing.ts';
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

describe('[A-22] why nothing is dialed has German words', () => {
  const well: DialingInput = {
    state: 'running',
    now: Date.UTC(2026, 10, 30),
    agents: { working: 1, paused: 0 },
    linkUp: true,
    storeWorks: true,
    draining: false,
    trunks: [{ mayDial: true, why: '' }],
  };
  const states = ['unapproved', 'approved', 'paused', 'stopped', 'exhausted', 'archived'] as const;
  test.each<readonly [string, Partial<DialingInput>]>([
    ['it is dialed', {}],
    ...states.map((state): [string, Partial<DialingInput>] => [state, { state }]),
    ['draining', { draining: true }],
    ['no link', { linkUp: false }],
    ['no store', { storeWorks: false }],
    ['a fault', { halted: 'oh', isFault: true }],
    ['halted', { halted: 'oh' }],
    ['no agent', { agents: { working: 0, paused: 0 } }],
    ['paused agents', { agents: { working: 0, paused: 2 } }],
    ['no trunk', { trunks: [] }],
    ['no record', { nextRecordAt: Infinity }],
    ['none due', { nextRecordAt: Date.UTC(2026, 11, 1), nextBecause: 'their hours: closed' }],
  ])('%s', (_what, change) => {
    const { why } = judgeDialing({ ...well, ...change });
    expect(german.reason(why)).not.toBe(why);
    expect(german.reason(why)).not.toMatch(/ (the|is|are|no) /);
    expect(english.reason(why)).toBe(why);
  });

  test.each([
    [
      'Mon–Fri 09:00–18:00 New York; next open Mon 2026-11-30 09:00',
      'Mo–Fr 09:00–18:00 New York; wieder ab Mo 2026-11-30 09:00',
    ],
    ['at any time (no schedule)', 'jederzeit (ohne Zeitplan)'],
    ['Sat 10:00–14:00 Berlin, not on holidays; never open', 'Sa 10:00–14:00 Berlin, nicht an Feiertagen; nie offen'],
  ])('hours: %s', (hours, said) => expect(german.reason(hours)).toBe(said));

  test('what an administrator wrote stays', () => expect(german.reason('Fire drill.')).toBe('Fire drill.'));
});

test('[A-22] a code that is not known is shown as the server says it', () => {
  const refusal = { code: 'made-up', message: 'Made up.', hint: 'Do so.' };
  expect([german.refused(refusal), english.refused(refusal)]).toEqual(['Made up. Do so.', 'Made up. Do so.']);
  expect(german.missing({ code: 'field', message: 'Fill in City.', about: 'City' })).toBe('Ausfüllen: City');
});
