// What a campaign's file says, key by key, for the audit log.

import { expect, test } from 'vitest';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(import.meta.dirname, '../../config/campaigns/example.yaml');
const EXAMPLE = readFileSync(FILE, 'utf8');

function written(text: string): Readonly<Record<string, string>> {
  const { written: settings, faults } = readCampaign(text, FILE);
  if (!settings) throw new Error(`the campaign has faults: ${JSON.stringify(faults)}`);
  return settings;
}

test('[X-11] keys as the file has them, values as they are written, rule packs with a hash of what they hold', () => {
  const settings = written(EXAMPLE.replace(/^rules: \[\]/m, 'rules: [us-federal, us-florida]'));
  expect(settings).toMatchObject({ mode: expect.any(String) as string, 'pacing.ring': expect.any(String) as string });
  const packs = Object.entries(settings).filter(([key]) => key.startsWith('rules/'));
  expect(packs.map(([key]) => key)).toEqual(['rules/us-federal.yaml', 'rules/us-florida.yaml']);
  for (const [, value] of packs) expect(value).toMatch(/^sha256:[0-9a-f]{16}$/);
});

test('[X-11] a disposition is added before the others: only its own keys are new', () => {
  const before = written(EXAMPLE);
  const after = written(
    EXAMPLE.replace(/^dispositions:\n/m, `dispositions:\n  - {code: added, label: Added, key: 9}\n`),
  );
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  expect(changed.sort()).toEqual(['code', 'key', 'label'].map((key) => `dispositions[added].${key}`));
});
