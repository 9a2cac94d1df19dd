import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { campaignSchema } from '../../src/config/campaign/schema.ts';
import { jsonSchemaOf } from '../../src/config/json-schema.ts';
import { loadCampaigns } from '../../src/config/load-campaigns.ts';
import { readSettings } from '../../src/config/load-settings.ts';
import { listKeys } from '../../src/config/schema-keys.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { explainRecord } from '../../src/eligibility/eligibility.ts';
import { aRecord } from '../records/builders.ts';

const CONFIG = join(import.meta.dirname, '../../config');

async function keysIn(file: string): Promise<Set<string>> {
  const text = await readFile(join(CONFIG, file), 'utf8');
  return new Set([...text.matchAll(/(?:^|[\s{,#-])([a-z_]+):/gm)].map((match) => match[1] ?? ''));
}

describe('sample files', () => {
  test('[O-02] outdial.yaml: loads without fault, warns of its two sample secrets alone, and names every key of the schema', async () => {
    const { settings, faults } = readSettings(join(CONFIG, 'outdial.yaml'), {});
    expect(faults.map(({ severity, key }) => `${severity} ${key ?? ''}`)).toEqual([
      ...['warning asterisk.ari.password', 'warning asterisk.ami.secret'],
    ]);
    expect(settings?.trunks).toHaveLength(1);
    const keys = await keysIn('outdial.yaml');
    const missing = listKeys(settingsSchema).filter(
      ({ key }) => !keys.has(key.split('.').at(-1)?.replace('[]', '') ?? ''),
    );
    expect(missing).toEqual([]);
  });

  test("[O-02] outdial.yaml: the values written are the schema's defaults, but for what says otherwise", async () => {
    const defaults = listKeys(settingsSchema).filter(({ defaultValue }) => typeof defaultValue === 'string');
    const text = await readFile(join(CONFIG, 'outdial.yaml'), 'utf8');
    const isThere = (name: string, value: string): boolean =>
      ['', "'"].some((quote) => text.includes(`${name}: ${quote}${value}${quote}\n`)) ||
      text.includes(`Default: ${value}\n`);
    const other = defaults.filter(
      ({ key, defaultValue }) => !isThere(key.split('.').at(-1) ?? '', String(defaultValue)),
    );
    expect(other.map(({ key }) => key)).toEqual([]);
  });

  test('[C-01] the example campaign: loads without fault or warning, and names every key of this version', async () => {
    const { campaigns, faults } = await loadCampaigns(join(CONFIG, 'campaigns'), {
      trunks: ['main'],
      lists: ['example'],
      groups: ['team-north'],
    });
    expect(faults).toEqual([]);
    expect(campaigns.map(({ name }) => name)).toEqual(['example']);
    const keys = await keysIn('campaigns/example.yaml');
    const missing = listKeys(campaignSchema)
      .filter(({ description }) => description !== 'not in this version')
      .filter(({ key }) => !keys.has(key.split('.').at(-1)?.replace('[]', '') ?? ''));
    expect(missing.map(({ key }) => key)).toEqual([]);
  });

  test('[C-01] a record of the example campaign may be dialed', async () => {
    const [campaign] = (await loadCampaigns(join(CONFIG, 'campaigns'))).campaigns;
    expect(campaign).toBeDefined();
    if (!campaign) return;
    const facts = aRecord({ list: 'example', fields: { region: 'north', balance: '12.50' } });
    expect(explainRecord({ facts, campaign, blocked: new Map(), now: 0 }).mayDial).toBe(true);
  });

  test('[L-01] the example list: fictional numbers alone', async () => {
    const text = await readFile(join(CONFIG, 'lists/example.csv'), 'utf8');
    const numbers = text.match(/[+(]?\d[\d ()-]{8,}\d/g) ?? [];
    expect(numbers.length).toBeGreaterThan(5);
    for (const number of numbers) expect(number.replaceAll(/\D/g, '')).toMatch(/55501\d\d$/);
  });
});

describe('keys of the schemas', () => {
  test('[O-02] every key has a description', () => {
    const keys = [...listKeys(settingsSchema), ...listKeys(campaignSchema)];
    expect(keys.length).toBeGreaterThan(80);
    expect(keys.filter(({ description }) => description === '').map(({ key }) => key)).toEqual([]);
  });

  test('[C-01] JSON Schema for editors: keys with descriptions, words to choose from, nothing else allowed', () => {
    expect(jsonSchemaOf('campaign')).toMatchObject({
      type: 'object',
      additionalProperties: false,
      properties: {
        mode: { enum: expect.arrayContaining(['predictive']) as string[], description: 'how it decides what to dial' },
        pacing: { properties: { max_lines: { type: ['string', 'number', 'boolean'], default: '60' } } },
      },
    });
    expect(jsonSchemaOf('settings')).toMatchObject({ required: expect.arrayContaining(['trunks']) as string[] });
  });
});
