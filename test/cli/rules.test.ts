// Calling rules on the command line, without a daemon: check lists them, explain shows their law, the ledger is written.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { CAMPAIGN, configFolder, documentOf, outdial, type Ran } from './cli.ts';

const NOON = Date.parse('2026-03-02T17:00:00Z');

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  folder = await configFolder();
  await writeFile(
    join(folder, 'config', 'campaigns', 'renewals.yaml'),
    `${CAMPAIGN}rules: [us-federal, uk-ofcom, canada-crtc]\n`,
  );
  const store = await openSqliteStore({ file: join(folder, 'outdial.db') });
  const desk = new Desk(store);
  const campaign = aCampaign({ name: 'renewals', lists: ['people'], schedule: utc() });
  await desk.list([desk.contact(), desk.contact()], 'people');
  await store.records.sync(campaign, NOON);
  for (const result of ['abandoned', 'machine'] as const) {
    const { attempt } = await desk.dial(campaign, NOON);
    const live = result === 'abandoned' ? { liveAt: NOON + 5000 } : {};
    await desk.close(attempt, { result, answeredAt: NOON + 5000, endedAt: NOON + 8000, ...live });
  }
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function utc() {
  return { timezone: 'UTC', start: '0 9 * * *', stop: '0 18 * * *', holidays: [] };
}

describe('rules on the command line', () => {
  test('[X-04] check lists the packs in use with their clauses, and those that no one verified', async () => {
    const json = documentOf(await run('check', '--json'));
    expect(json['rules']).toMatchObject(
      [
        { pack: 'canada-crtc', campaigns: ['renewals'] },
        { pack: 'uk-ofcom', campaigns: ['renewals'] },
        { pack: 'us-federal', campaigns: ['renewals'] },
      ].reverse(),
    );
    const { code, out } = await run('check');
    expect(code).toBe(0);
    expect(out).toContain('rules canada-crtc: Canada, telemarketing (CRTC); 6 clauses, 2 unverified; for renewals');
    expect(out).toContain('  unverified: retention: Records of calls by predictive dialers are kept for three years.');
  });

  test('[X-04] check shows the faults of a pack that no campaign names', async () => {
    await mkdir(join(folder, 'config', 'rules'), { recursive: true });
    const file = join(folder, 'config', 'rules', 'ours.yaml');
    await writeFile(file, 'pack: ours\n');
    const { code, err } = await run('check');
    expect(code).toBe(1);
    expect(err).toContain(`${file}:1:1`);
    await rm(file);
  });

  test('[L-12] record explain: the law beside each rule, without a daemon', async () => {
    const { out } = await run('record', 'explain', '1');
    expect(out).toMatch(/us-federal\/hours [^✔✘]*47 CFR 64\.1200\(c\)\(1\); 16 CFR 310\.4\(c\)/);
    expect(out).toContain('Rule packs: us-federal; time zones: America/New_York.');
  });

  test('[X-06] report abandonment --rules: by each definition; --csv for a regulator', async () => {
    const rows = documentOf(await run('report', 'abandonment', '--rules', '--json')) as unknown as { rule: string }[];
    expect(rows.map(({ rule }) => rule)).toEqual([
      ...['campaign', 'us-federal/abandonment', 'uk-ofcom/abandonment', 'canada-crtc/abandonment'],
    ]);
    const { out } = await run('report', 'abandonment', '--rules', 'uk-ofcom', '--csv');
    const [head, first] = out.trim().split('\r\n');
    expect(head).toContain('campaign,rule,definition,citation,day,time_zone,live_answers,abandoned,taken_for_machines');
    expect(first).toContain('"at most 0.0 % of the live answers in each local day, with people taken for machines"');
    expect(first).toContain(',2026-03-02,UTC,1,1,1,');
    expect(first).toMatch(/,0\.02,1\.02,1\.02,1\.000000,0,no$/);
  });

  test('[X-06] a pack that is not there: refused, the nearest one is named', async () => {
    const { code, err } = await run('report', 'abandonment', '--rules', 'uk-ofcon');
    expect(code).toBe(1);
    expect(err).toContain('rule-pack-unknown');
    expect(err).toContain('uk-ofcom');
  });
});
