// What a walk through a script's file finds, with line and column.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readScript, scriptFaults } from '../../src/config/script-file.ts';

const CONFIG = join(import.meta.dirname, '../../config');
const HEAD = 'script: s\nstart: a\n';

const found = (text: string, fields?: string[]): string[] =>
  readScript(text, '/scripts/s.yaml', fields).faults.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity === 'warning' ? 'warning: ' : ''}${message}`,
  );

const section = (name: string, rest: string): string => `  - section: ${name}\n    ${rest}\n`;
const asks = (next: string, more = ''): string =>
  `${HEAD}${more}sections:\n` +
  section(
    'a',
    `parts: [{ask: q, text: Q?, type: choice, required: yes, choices: [{code: x, label: X}, {code: y, label: Y}]}]`,
  ) +
  `    next: ${next}\n` +
  section('z', 'last: yes');

describe('[A-14] a script is walked before anybody reads it out', () => {
  test('the example is without fault, and its version changes with its content', async () => {
    const text = await readFile(join(CONFIG, 'scripts/example.yaml'), 'utf8');
    const { script, faults } = readScript(text, 'example.yaml', ['name']);
    expect(faults).toEqual([]);
    const changed = readScript(text.replace('Good morning', 'Good evening'), 'example.yaml').script;
    expect(changed?.version).not.toBe(script?.version);
    expect(readScript(`# a comment\n${text}`, 'example.yaml').script?.version).toBe(script?.version);
    expect(scriptFaults(join(CONFIG, 'scripts'))).toEqual([]);
    expect(scriptFaults(join(CONFIG, 'none'))).toEqual([]);
  });

  test.each([
    ['every answer leads on', '[{when: {q: x}, go: z}, {when: {q: y}, go: z}]', []],
    ['the last branch takes the rest', '[{when: {q: x}, go: z}, {go: z}]', []],
    ['one answer leads nowhere', '[{when: {q: x}, go: z}]', ['6:11 Section a is a dead end when q is y.']],
    ['a section that is not there', '[{go: b}]', ['6:17 There is no section b.', '7:14 No answer leads to section z.']],
    ['an answer that is none', '[{when: {q: maybe}, go: z}, {go: z}]', ['6:23 maybe is no answer of q.']],
    ['a question that is none', '[{when: {p: x}, go: z}, {go: z}]', ['6:23 p is asked nowhere in the script.']],
  ] as const)('%s', (_what, next, expected) => {
    expect(found(asks(next))).toEqual(expected);
  });

  test('a question that need not be answered leaves a way open', () => {
    const text = asks('[{when: {q: [x, y]}, go: z}]').replace('required: yes, ', '');
    expect(found(text)).toEqual(['6:11 Section a is a dead end when q is not answered.']);
  });

  test('a section that leads nowhere, and one that no answer leads to', () => {
    const text = `${HEAD}sections:\n${section('a', 'title: A')}${section('b', 'last: yes')}`;
    expect(found(text)).toEqual(['4:5 Section a is a dead end.', '6:14 No answer leads to section b.']);
  });

  test('a circle that never ends', () => {
    const text = `${HEAD}sections:\n${section('a', 'next: [{go: b}]')}${section('b', 'next: [{go: a}]')}`;
    expect(found(text)).toEqual([
      '4:14 From section a the script never ends.',
      '6:14 From section b the script never ends.',
    ]);
  });

  test('what an exit leads to is reached, and must be there', () => {
    const exits = (go: string): string => `exits: [{exit: no, label: No, go: ${go}}]\n`;
    const text = (go: string): string =>
      `${HEAD}${exits(go)}sections:\n${section('a', 'last: yes')}${section('b', 'last: yes')}`;
    expect(found(text('b'))).toEqual([]);
    expect(found(text('c'))).toEqual(['3:35 There is no section c.', '7:14 No answer leads to section b.']);
  });

  test('a field that no record has: at its place in the text', () => {
    const text = `${HEAD}sections:\n${section('a', "parts: [{say: 'Hello {firstname}.'}]")}    last: yes\n`;
    expect(found(text, ['first_name'])).toEqual(['5:26 warning: No record has a field firstname.']);
    expect(found(text)).toEqual([]);
  });

  test('names that are there twice, a part that neither says nor asks, choices where none belong', () => {
    const text = `${HEAD}sections:\n${section('a', 'parts: [{ask: q, text: Q, type: text}, {ask: q, text: Q, type: text}]')}    last: yes\n`;
    expect(found(text)).toEqual(['5:50 q is there already.']);
    const wrong = `${HEAD}sections:\n${section('a', 'parts: [{required: yes}, {ask: q, text: Q, type: date, choices: [{code: x, label: X}]}]')}    last: yes\n`;
    expect(found(wrong)).toEqual(['5:13 A part either says or asks something.', '5:69 A date has no choices.']);
    expect(found(text.replace('script: s', 'script: t')).at(0)).toBe('1:9 The script t is in the file s.yaml.');
  });
});
