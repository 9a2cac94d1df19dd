// A campaign's file by a form: what it shows, and that a change touches nothing else of the text.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changeForm, readForm } from '../../src/config/campaign-form.ts';
import { parseCampaign } from '../../src/config/load-campaigns.ts';

const EXAMPLE = readFileSync(new URL('../../config/campaigns/example.yaml', import.meta.url), 'utf8');

/** Read as text: it is written for a browser. */
const WORDS = readFileSync(new URL('../../src/web/console/campaigns/words.ts', import.meta.url), 'utf8');

const SMALL = `campaign: renewals # ours
mode: predictive
lists: [one, two] # both
agents: [north]
trunk: main
schedule: {timezone: UTC, start: "0 9 * * 1-5"}
pacing:
  # as agreed
  ring: 25s
`;

const valueOf = (text: string, key: string): string | undefined =>
  readForm(text)?.find((field) => field.key === key)?.value;

test('[S-02] the form shows what is in the file; what is left out is empty; what is more than text says so', () => {
  expect(valueOf(SMALL, 'lists')).toBe('one, two');
  expect(valueOf(SMALL, 'trunk')).toBe('main');
  expect(valueOf(SMALL, 'schedule.start')).toBe('0 9 * * 1-5');
  expect(valueOf(SMALL, 'pacing.max_lines')).toBe('');
  const lists = readForm(EXAMPLE)?.find(({ key }) => key === 'lists');
  expect(lists).toMatchObject({ isTextOnly: true, value: '' });
  expect(readForm('a: [')).toBeUndefined();
  expect(readForm('just words')).toBeUndefined();
});

test.each([
  ['pacing.ring', '30s', ['ring: 25s', 'ring: 30s']],
  ['lists', 'one,three', ['[one, two]', '[one, three]']],
  ['mode', 'progressive', ['mode: predictive', 'mode: progressive']],
  ['schedule.start', '0 9 * * 1,3', ['"0 9 * * 1-5"', '"0 9 * * 1,3"']],
  ['schedule.start', '*/5 9 * * *', ['"0 9 * * 1-5"', '"*/5 9 * * *"']],
] as const)('[S-02] %s becomes %s in its place, and every other character stays', (key, value, [before, after]) => {
  expect(changeForm(SMALL, { [key]: value })).toBe(SMALL.replace(before, after));
});

test('[S-02] a key that is not there is added, an emptied one taken away; comments and the rest mean the same', () => {
  const changes = {
    'pacing.max_lines': '40',
    'schedule.stop': '0 18 * * *',
    'wrap_up.limit': '30s',
    description: 'Spring: # 1',
  };
  const added = changeForm(SMALL, changes) ?? '';
  expect(added).toBe(`campaign: renewals # ours
mode: predictive
lists: [one, two] # both
agents: [north]
trunk: main
schedule: {timezone: UTC, start: "0 9 * * 1-5", stop: 0 18 * * *}
pacing:
  # as agreed
  ring: 25s
  max_lines: 40
description: "Spring: # 1"
wrap_up:
  limit: 30s
`);
  expect(changeForm(added, { 'pacing.max_lines': '', description: '' })).toBe(
    added.replace('  max_lines: 40\n', '').replace(/description: .*\n/, ''),
  );
  expect(changeForm(added, { 'wrap_up.limit': '' })).toBe(added.replace('wrap_up:\n  limit: 30s\n', ''));
});

test('[S-02] every key of the form changed in the file that has every key: it is a campaign still', () => {
  const numbers = '+12125550100, +12125550101';
  const changed = changeForm(EXAMPLE, {
    'caller_ids.numbers': numbers,
    'pacing.ring': '20s',
    filter: 'fields.balance > 5',
  });
  expect(changed?.split('\n')).toHaveLength(EXAMPLE.split('\n').length);
  expect(parseCampaign(changed ?? '', 'config/campaigns/example.yaml')).toMatchObject({
    callerIds: { numbers: ['+12125550100', '+12125550101'] },
    pacing: { ringTimeoutMs: 20_000 },
  });
});

test('[S-02] what no form has, and what cannot be read, stays as it is', () => {
  expect(changeForm(SMALL, { campaign: 'other', __proto__: 'x' })).toBe(SMALL);
  expect(changeForm('a: [', { mode: 'manual' })).toBeUndefined();
  const listed = SMALL.replace(/schedule: .*/, 'schedule: [mornings]');
  expect(changeForm(listed, { 'schedule.start': '0 9 * * *' })).toBe(listed);
  expect(readForm(listed)?.find(({ key }) => key === 'schedule.start')).toMatchObject({ isTextOnly: true });
});

test.each(['en', 'de'] as const)(
  '[S-02] the text that a new campaign begins with (%s) is without fault but for its list',
  (language) => {
    const [, words = ''] = WORDS.split(`\n  ${language}: {`);
    const template = /template:\s*'([^']*)'/.exec(words)?.[1]?.replaceAll('\\n', '\n') ?? '';
    expect(() => parseCampaign(template, 'config/campaigns/new.yaml')).not.toThrow();
  },
);
