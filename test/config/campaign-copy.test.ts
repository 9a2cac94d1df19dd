// A campaign's file under another name: nothing else changes.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { copyCampaignText } from '../../src/config/campaign-copy.ts';
import { parseCampaign } from '../../src/config/load-campaigns.ts';

const EXAMPLE = readFileSync('config/campaigns/example.yaml', 'utf8');

/** Lines of the copy that the original does not have. */
const newLines = (original: string, copy: string | undefined): readonly string[] => {
  const known = new Set(original.split('\n'));
  return (copy ?? '').split('\n').filter((line) => !known.has(line));
};

describe('[C-09] a clone of a campaign file', () => {
  test('only the name changes; comments and order stay', () => {
    const copy = copyCampaignText(EXAMPLE, { name: 'example-2' });
    expect(newLines(EXAMPLE, copy)).toEqual(['campaign: example-2']);
    expect(copy?.split('\n').length).toBe(EXAMPLE.split('\n').length);
  });

  test('with lists of its own: the name and the lists change, and it is a campaign', () => {
    const copy = copyCampaignText(EXAMPLE, { name: 'again', lists: ['again-from-example'] });
    expect(newLines(EXAMPLE, copy)).toEqual(['campaign: again', 'lists: [again-from-example]']);
    expect(parseCampaign(copy ?? '', 'config/campaigns/again.yaml').lists).toEqual(['again-from-example']);
  });

  test('lists that stand below each other, a name in quotes', () => {
    const text = '# mine\ncampaign: "a" # its name\nlists:\n  - x # first\n  - y\nmode: predictive\n';
    expect(copyCampaignText(text, { name: 'b', lists: ['z'] })).toBe(
      '# mine\ncampaign: b # its name\nlists: [z]\nmode: predictive\n',
    );
  });

  test.each(['', 'no: [yaml', '- a list', 'mode: predictive'])('%j is no campaign file', (text) => {
    expect(copyCampaignText(text, { name: 'b' })).toBeUndefined();
  });
});
