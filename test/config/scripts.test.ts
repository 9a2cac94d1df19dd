// The script that a campaign names, and the questions that its conditions ask for.

import { readFile, rename } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { readCampaign, type ReadCampaign } from '../../src/config/load-campaigns.ts';
import { CampaignWatch } from '../../src/config/watch.ts';
import { aFolder, campaignText, type TestFolder } from './files.ts';

const SCRIPT = `
script: renewals
start: hello
sections:
  - section: hello
    parts:
      - { say: 'Good morning {name} of {town}.' }
      - { ask: interested, text: Interested?, type: choice, choices: [{ code: yes, label: Yes }] }
      - { ask: remarks, text: Anything else?, type: text }
    last: yes
`;

let folder: TestFolder;
beforeEach(async () => {
  folder = await aFolder();
  await folder.write('scripts/renewals.yaml', SCRIPT);
});
afterEach(() => folder.remove());

const read = (more: string, context = {}): ReadCampaign =>
  readCampaign(campaignText(more), folder.file('campaigns/renewals.yaml'), context);
const said = (more: string, context = {}): string[] =>
  read(more, context).faults.map(({ line, column, severity, message, hint }) =>
    [`${line ?? ''}:${column ?? ''} ${severity}: ${message}`, hint].join(' ').trim(),
  );

describe("[A-14] a campaign's script", () => {
  test.each(['renewals', 'scripts/renewals.yaml'])('named as %s: the campaign has it, whole', (name) => {
    const { campaign, written, faults } = read(`script: ${name}`);
    expect(faults).toEqual([]);
    expect(campaign?.script).toMatchObject({ name: 'renewals', start: 'hello' });
    expect(written).toHaveProperty(['scripts/renewals.yaml']);
  });

  test('a name with a typing error: refused with its place and the nearest', () => {
    expect(said('script: renewal')).toEqual([
      '7:9 fault: There is no script renewal. Scripts: renewals. Did you mean "renewals"?',
    ]);
  });

  test('a script with a dead end: the campaign is refused, with the place in the script', async () => {
    await folder.write('scripts/renewals.yaml', SCRIPT.replace('    last: yes\n', ''));
    const { campaign, faults } = read('script: renewals');
    expect(campaign).toBeUndefined();
    expect(faults.map(({ file, message }) => [file.replace(/^.*\//, ''), message])).toEqual([
      ['renewals.yaml', 'Section hello is a dead end.'],
      ['renewals.yaml', 'The script renewals cannot be used.'],
    ]);
  });

  test('a field that no list of the campaign has: a warning at its place', () => {
    const context = { lists: ['people'], listFields: new Map([['people', ['city']]]) };
    expect(said('script: renewals', context)).toEqual([
      expect.stringContaining('warning: No record has a field town. Fields: name, city.'),
    ]);
  });

  test('questions of call-again rules that the script does not ask: a warning with the nearest', () => {
    const rule = (when: string): string => `call_again: [{when: '${when}', after: 1h}]`;
    expect(said(`script: renewals\n${rule('answers.intrested == "yes"')}`)).toEqual([
      '8:22 warning: The script renewals has no question intrested. Questions: interested, remarks. Did you mean "interested"?',
    ]);
    expect(said(`script: renewals\n${rule('answers.remarks != ""')}`)).toEqual([]);
    expect(said(rule('answers.interested == "yes"'))).toEqual([
      '7:22 warning: The campaign has no script: interested is never answered. No questions are known.',
    ]);
  });

  test('questions of a filter that no script asks, or that filters do not see: warnings', () => {
    expect(said('filter: answers.interested == "yes"')).toEqual([]);
    expect(said('filter: answers.interest == "yes"')).toEqual([
      '7:9 warning: No script has a question interest. Questions: interested. Did you mean "interested"?',
    ]);
    expect(said('filter: answers.remarks == "yes"')).toEqual([
      '7:9 warning: The answer to remarks is a free text, which filters do not see. Ask for it as a choice, or use it in call_again.',
    ]);
  });

  test('the script is changed while the daemon runs: the campaign has the new one, under another version', async () => {
    await folder.write('campaigns/renewals.yaml', campaignText('script: renewals'));
    const watch = new CampaignWatch({
      folder: folder.file('campaigns'),
      clock: systemClock,
      context: () => ({}),
      onChange: () => undefined,
    });
    const before = (await watch.start()).campaigns[0]?.script;
    await folder.write(
      'scripts/next.yaml',
      (await readFile(folder.file('scripts/renewals.yaml'), 'utf8')).replace('Interested?', 'Still interested?'),
    );
    await rename(folder.file('scripts/next.yaml'), folder.file('scripts/renewals.yaml'));
    const after = (await watch.reload()).campaigns[0]?.script;
    await watch.stop();
    expect(after?.version).not.toBe(before?.version);
    expect(JSON.stringify(after)).toContain('Still interested?');
  });
});
