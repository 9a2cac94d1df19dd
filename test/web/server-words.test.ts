// Every code that an agent can meet has its German words, and what an import doubts names no option of the command line in
// the browser. Codes and sentences are read from where they are made.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CALLBACK_REFUSALS } from '../../src/eligibility/callbacks.ts';
import { judgeDialing, type DialingInput } from '../../src/eligibility/dialing.ts';
import { hourRefusal } from '../../src/trunks/hourly.ts';
import { chooseTrunks, trunkStanding, type OfferedTrunk } from '../../src/trunks/limits.ts';
import { freshTrunk, noteTrunkOutcome, type TrunkNews, type TrunkState } from '../../src/trunks/rests.ts';
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

  const trunk = { name: 'main', maxLines: 3, maxCallsPerSecond: 2 };
  const at = 1_000_000;
  /** A trunk after that news, again and again. */
  const after = (times: number, news: Partial<TrunkNews>) =>
    Array.from({ length: times }).reduce<TrunkState>(
      (state) => noteTrunkOutcome(state, { heard: 'failed', dialedAt: at, ...news }, at),
      freshTrunk,
    );
  const standing = (state: TrunkState, now = at): string => trunkStanding(trunk, state, now).why;
  const choice = (offer: Partial<OfferedTrunk>): string =>
    chooseTrunks([{ capacity: trunk, state: freshTrunk, linesInUse: 0, ...offer }], 9, at).why;
  const probed = after(3, {});
  const triedAt = (probed.rest?.untilAt ?? 0) + 1;
  test.each<readonly [string, string]>([
    ['it takes calls', standing(freshTrunk)],
    ['it is not reachable', standing({ ...freshTrunk, reachable: false })],
    ['failed calls', standing(after(3, {}))],
    ['failed after ringing', standing(after(3, { rang: true, heard: 'congestion' }))],
    ['no sound', standing(after(3, { mute: true, rang: true }))],
    ['refused calls', standing(after(10, { heard: 'rejected' }))],
    ['its own word', standing(after(1, { retryAfterMs: 300_000 }))],
    ['it may be tried', standing(probed, triedAt)],
    ['a failed probe', standing(noteTrunkOutcome(probed, { heard: 'failed', dialedAt: triedAt }, triedAt), triedAt)],
    [
      'it is being tried',
      chooseTrunks([{ capacity: { ...trunk, maxCallsPerSecond: 9 }, state: probed, linesInUse: 0 }], 9, triedAt).why,
    ],
    ['all lines', choice({ linesInUse: 3 })],
    ['one line', choice({ capacity: { ...trunk, maxLines: 1 }, linesInUse: 1 })],
    ['too quick', choice({})],
    ['its share', choice({ atMost: 1 })],
    [
      'its hour',
      hourRefusal('main', { home: 'US', perHour: 5, perHourAbroad: 5 }, { calls: 5, freeAt: at + 1 })?.why ?? '',
    ],
    ['two of them', [choice({ linesInUse: 3 }), standing(probed), choice({ atMost: 1 })].join(' ')],
    ['its numbers', 'Both caller IDs are used up for 2026-11-30 (1 call each).'],
    ['numbers are looked at', 'Numbers are being checked.'],
    ['switched off', 'Outbound calling was switched off by user:eve at 2026-11-30 07:53 (UTC): a flood.'],
  ])('trunks: %s', (_what, why) => {
    expect(why).not.toBe('');
    expect(german.reason(why)).not.toBe(why);
    expect(german.reason(why)).not.toMatch(/ (the|is|are|no|of|calls|rests|after) /i);
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

test('[S-08] what an import doubts: the wizard names its fields, and no option of the command line', () => {
  const labels = { encoding: 'Encoding', decimal: 'Decimals', countryCode: 'Country code' };
  const source = readFileSync(path.join(ROOT, 'store/import/doubts.ts'), 'utf8');
  const said = source.split('\n').filter((line) => line.includes('--'));
  expect(said).toHaveLength(3);
  const inWizard = said.map((line) => asInWizard(line, labels));
  expect(inWizard.join('\n')).not.toContain('--');
  for (const label of Object.values(labels)) expect(inWizard.join('\n')).toContain(`“${label}”`);
});
