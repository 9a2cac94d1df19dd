// Commands that keep the law without a daemon: do-not-call lists, proofs of consent, exports of what there is.

import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { CAMPAIGN, configFolder, documentOf, outdial, type Ran } from './cli.ts';

const HOUR_MS = 3_600_000;

let folder = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });
const codeOf = (ran: Ran): string | undefined => documentOf(ran).error?.code;

beforeAll(async () => {
  folder = await configFolder();
  await writeFile(
    join(folder, 'config', 'campaigns', 'renewals.yaml'),
    `${CAMPAIGN.replace(/^lists: .*$/m, 'lists: [people]')}rules: [germany]\nperson: {consent: consent}\n`,
  );
  const store = await openSqliteStore({ file: join(folder, 'outdial.db') });
  const desk = new Desk(store);
  const campaign = aCampaign({ name: 'renewals', lists: ['people'] });
  await desk.list([desk.contact({ fields: { consent: 'form of 1 June' } }), desk.contact()], 'people');
  await desk.list([desk.contact()], 'others');
  const at = Date.now() - HOUR_MS;
  await store.records.sync(campaign, at);
  const { attempt } = await desk.dial(campaign, at);
  await desk.close(attempt, { endedAt: at + 1000 });
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('do-not-call lists without a daemon', () => {
  test('[X-01] a number is added, found on its list, and taken off again; the audit log shows', async () => {
    expect(documentOf(await run('dnc', 'add', '(212) 555-0188', 'nobody', '--reason', 'asked', '--json'))).toEqual({
      added: 1,
      known: 0,
      invalid: [{ line: 2, text: 'nobody', why: 'nobody is no telephone number.' }],
    });
    const held = await run('dnc', 'check', '+12125550188', '--json');
    expect(held.code).toBe(1);
    expect(documentOf(held)).toMatchObject({ blocked: true, lists: [{ list: 'global', reason: 'asked' }] });
    expect((await run('dnc', 'check', '212-555-0188')).out).toContain('+12125550188 is on the do-not-call list global');
    expect((await run('dnc', 'remove', '+12125550188')).code).toBe(0);
    const free = await run('dnc', 'check', '+12125550188');
    expect([free.code, free.out]).toEqual([0, '+12125550188 is on no do-not-call list.\n']);
    expect(codeOf(await run('dnc', 'remove', '+12125550188', '--json'))).toBe('number-not-listed');
    expect(codeOf(await run('dnc', 'check', 'nobody', '--json'))).toBe('number-invalid');
    const { out } = await run('audit', 'log', '--what', 'do-not-call');
    expect(out).toMatch(/do-not-call\.remove[^]*do-not-call\.add/);
    expect((await run('audit', 'log', '--check')).code).toBe(0);
  });

  test('[X-11] the audit log on a screen: a line an entry within its width, what is cut ends in …; --full and --json have all', async () => {
    const reason = 'a long reason that goes on and on, '.repeat(6).trim();
    await run('dnc', 'add', '+12125550189', '--reason', reason);
    const on = { folder, isScreen: true };
    const lines = (await outdial(['audit', 'log', '--limit', '1'], on)).out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^WHEN +WHO +WHAT +TO WHAT +CHANGE$/);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d {2}cli\.\S+ +do-not-call\.add .*…$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect((await outdial(['audit', 'log', '--limit', '1', '--full'], on)).out).toContain(reason);
    expect((await run('audit', 'log', '--limit', '1')).out).toContain(reason);
    const [entry] = documentOf(await run('audit', 'log', '--limit', '1', '--json')) as unknown as object[];
    expect(JSON.stringify(entry)).toContain(reason);
    await run('dnc', 'remove', '+12125550189');
  });
});

describe('all outbound calling without a daemon', () => {
  test('[C-17] [X-11] switched off before any daemon starts, and on again: kept, reported, in the audit log', async () => {
    expect((await run('outbound', 'show')).out).toBe('Outbound calling is on.\n');
    const off = await run('outbound', 'off', '--reason', 'the carrier complains', '--json');
    expect(documentOf(off)).toMatchObject({ on: false, reason: 'the carrier complains' });
    expect(documentOf(await run('outbound', 'off', '--json'))).toEqual(documentOf(off));
    expect((await run('outbound', 'show')).out).toMatch(/^Outbound calling is off since .*\(the carrier complains\)/);
    expect((await run('outbound', 'on')).out).toContain('Outbound calling is on since');
    expect(documentOf(await run('outbound', 'show', '--json'))).toMatchObject({
      history: [{ on: true }, { on: false }],
    });
    expect((await run('audit', 'log', '--what', 'outbound')).out).toMatch(/outbound\.switch[^]*outbound\.switch/);
    expect((await run('audit', 'log', '--check')).code).toBe(0);
  });
});

describe('what is asked for of an unknown campaign', () => {
  test.each([
    [['export', 'records', '--out', 'x.csv']],
    [['export', 'attempts', '--out', 'x.csv']],
    ...['agents', 'abandonment', 'attempts', 'trunks', 'caller-ids', 'dispositions', 'callbacks'].map((report) => [
      ['report', report],
    ]),
  ])('[L-13] [S-06] %j: refused, the nearest one is named, nothing is written', async (args) => {
    const ran = await run(...args, '--campaign', 'renewal', '--json');
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error).toMatchObject({ code: 'campaign-unknown' });
    expect(documentOf(ran).error?.message).toContain('Did you mean "renewals"?');
    expect((await readdir(folder)).filter((file) => file.startsWith('x.csv'))).toEqual([]);
  });

  test('[L-13] of one that is known: written', async () => {
    const ran = await run('export', 'records', '--campaign', 'renewals');
    expect([ran.code, ran.out.trim().split('\n')]).toMatchObject([0, { length: 3 }]);
  });
});

describe('taking a list away without a daemon', () => {
  test('[L-14] [X-10] it holds the proof of consents on which calls relied: refused with the law', async () => {
    const ran = await run('list', 'delete', 'people', '--json');
    expect(ran.code).toBe(1);
    expect(documentOf(ran).error).toMatchObject({ code: 'list-kept' });
  });

  test('[L-14] [X-10] a campaign file cannot be read, so it is not known what it wants kept: refused, the file is named', async () => {
    const file = join(folder, 'config', 'campaigns', 'broken.yaml');
    await writeFile(file, 'campaign: broken\nlists: [others\n');
    expect(codeOf(await run('list', 'delete', 'others', '--json'))).toBe('campaign-faulty');
    await rm(file);
    expect((await run('list', 'delete', 'others')).code).toBe(0);
  });
});

describe('emergencies without a daemon', () => {
  test('[X-04] declared with an end, listed, in the audit log, ended; a typing error names the nearest pack', async () => {
    expect((await run('emergency', 'list')).out).toBe('No emergency is declared.\n');
    const declared = await run('emergency', 'declare', 'us-louisiana', '--until', '3d', '--reason', 'flood');
    expect(declared.out).toMatch(
      /^Emergency of us-louisiana until \S+ \S+, declared by \S+ \S+ \S+ \(flood\)\. No loaded/,
    );
    expect(documentOf(await run('emergency', 'list', '--json'))).toMatchObject({ inForce: [{ pack: 'us-louisiana' }] });
    expect(codeOf(await run('emergency', 'declare', 'us-florida', '--until', '3d', '--json'))).toBe(
      'emergency-no-clause',
    );
    expect(codeOf(await run('emergency', 'declare', 'us-new-york', '--until', 'now', '--json'))).toBe('emergency-over');
    const typed = documentOf(await run('emergency', 'declare', 'us-luisiana', '--until', '3d', '--json'));
    expect(typed.error).toMatchObject({ code: 'rule-pack-unknown' });
    expect((await run('emergency', 'end', 'us-lousiana')).err).toContain('Did you mean "us-louisiana"?');
    expect((await run('emergency', 'end', 'us-louisiana')).out).toBe('The emergency of us-louisiana is ended.\n');
    expect((await run('emergency', 'list', '--all')).out).toMatch(
      /^No emergency is declared\.\n {2}before: us-louisiana/,
    );
    expect((await run('audit', 'log', '--what', 'emergency')).out).toMatch(/emergency\.end[^]*emergency\.declare/);
  });
});
