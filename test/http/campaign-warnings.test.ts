// What an admin hears of a campaign before it dials: faults and warnings of its file at create, approve and start, and
// where a new file's holidays and rule packs are looked for.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CampaignReader } from '../../src/config/campaign-reader.ts';
import { warningsOf } from '../../src/http/campaign-warnings.ts';
import { campaignText } from '../config/files.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView } from './fake-control.ts';

let api: TestApi;
const reader = new CampaignReader();

beforeAll(async () => {
  api = await startTestApi([aCampaign({ name: 'doubtful' })]);
});
afterAll(async () => {
  await reader.stop();
  await api.close();
});

const warnings = async (text: string): Promise<readonly string[]> => {
  const file = join(api.folder, 'campaigns', 'asked.yaml');
  await writeFile(file, text);
  const found = await warningsOf({ file, store: api.store, context: { trunks: ['main'] }, reader });
  return found.map(({ key, message, hint }) => `${key}: ${message} ${hint}`);
};

test('[C-01] a list and an agent group that are not there yet: warnings, with the nearest that is', async () => {
  await api.ask('POST', '/api/agents', { number: '101', name: 'Ann', groups: ['teams'] });

  expect(await warnings(campaignText())).toEqual([
    'lists[0]: There is no list people yet. Import it: outdial list import.',
    'agents[0]: There is no agent group team yet. Put agents into it: outdial agent add --group. Did you mean "teams"?',
  ]);
});

test('[C-02] a field that no list of the campaign has: a warning at its place, with the nearest that there is', async () => {
  const one = { importId: 'people-1', list: 'people', source: 'p.csv', duplicates: 'skip' as const };
  const phones = [{ number: '+12125550142', type: 'home' as const }];
  const fields = { region: 'north', age: '7', state: 'NY' };
  await api.store.lists.importBatch({ ...one, contacts: [{ name: 'Ann', fields, phones, line: 2 }] });
  await api.store.lists.finishImport(one.importId);
  await api.ask('POST', '/api/agents', { number: '102', name: 'Bob', groups: ['team'] });
  await api.ask('PUT', '/api/filters/adults', { expression: 'fields.aeg >= 18' });
  const has = 'Its lists have: age, region, state.';
  expect(
    await warnings(
      campaignText(
        [
          'filter: fields.age > 3 && fields.regoin == "north"',
          'person: {state: stat}',
          'order: {field: balance}',
          'call_again: [{when: result == "busy" && fields.note == "x", after: 10m}]',
          'fields: [{field: nickname, editable: yes}, {field: agee}]',
        ].join('\n'),
      ),
    ),
  ).toEqual([
    `filter: No list of the campaign has a field regoin. ${has} Did you mean "region"?`,
    `person.state: No list of the campaign has a field stat. ${has} Did you mean "state"?`,
    `order.field: No list of the campaign has a field balance. ${has}`,
    `call_again[0].when: No list of the campaign has a field note. ${has}`,
    `fields[1].field: No list of the campaign has a field agee. ${has} Did you mean "age"?`,
  ]);
  expect(await warnings(campaignText('filter: {saved: adults}'))).toEqual([
    `filter.saved: No list of the campaign has a field aeg, which the saved filter adults asks for. ${has} Did you mean "age"?`,
  ]);
  expect(
    await warnings(campaignText('filter: fields.nickname == "K"\nfields: [{field: nickname, editable: yes}]')),
  ).toEqual([]);
  // A list that is still to come may bring it.
  expect(await warnings(campaignText('filter: fields.regoin == "n"').replace('[people]', '[people, later]'))).toEqual([
    'lists[1]: There is no list later yet. Import it: outdial list import.',
  ]);
});

test('[C-01] a campaign whose file has gone: no warning', async () => {
  expect(await warningsOf({ file: undefined, store: api.store, context: {}, reader })).toEqual([]);
});

test('[C-01] approve and start show the warnings of the file, pause does not', async () => {
  const said = async (action: string): Promise<unknown> =>
    (await api.ask('POST', `/api/campaigns/doubtful/${action}`)).body['warnings'];

  api.control.views.set('doubtful', campaignView({ name: 'doubtful' }));
  const doubt = [{ key: 'lists[0]', message: 'There is no list poeple yet.' }];
  expect(await said('approve')).toMatchObject(doubt);
  expect(await said('start')).toMatchObject(doubt);
  expect(await said('pause')).toEqual([]);
  expect(await said('resume')).toMatchObject(doubt);
});

test('[C-01] create shows the warnings of the new file', async () => {
  const made = async (name: string): Promise<unknown> => {
    api.control.onReload = () => api.control.views.set(name, campaignView({ name }));
    return (await api.ask('POST', '/api/campaigns', { yaml: `campaign: ${name}\n` })).body['warnings'];
  };
  expect(await made('doubtful-too')).toMatchObject([{ key: 'lists[0]', message: 'There is no list poeple yet.' }]);
  expect(await made('summer')).toEqual([]);
});

test('[C-04] a new file: its holidays and packs are looked for around its destination, and faults say where', async () => {
  await mkdir(join(api.folder, 'holidays'), { recursive: true });
  await writeFile(join(api.folder, 'holidays', 'ours.yaml'), 'holidays: [2026-12-25]\n');
  const schedule = (holidays: string): string =>
    campaignText(`schedule: {timezone: UTC, start: "0 9 * * *", stop: "0 17 * * *", holidays: ${holidays}}`);
  const context = { trunks: ['main'], destination: join(api.folder, 'campaigns', 'new.yaml') };
  const submitted = join(api.folder, 'elsewhere', 'drafts', 'spring.yaml');

  const good = await reader.check(schedule('ours.yaml'), submitted, context);
  expect(good.schedule?.holidays).toEqual(['2026-12-25']);
  const wrong = await reader
    .check(`${schedule('theirs.yaml')}rules: [us-fedral]\n`, submitted, context)
    .catch((error: unknown) => (error instanceof Error ? error.message : ''));
  expect(wrong).toContain(`${submitted}:`);
  expect(wrong).toContain(
    `Looked at ${join(api.folder, 'holidays', 'theirs.yaml')} and ${join(api.folder, 'theirs.yaml')}.`,
  );
  expect(wrong).toContain(`Did you mean "us-federal"? Looked in ${join(api.folder, 'rules')} and `);
});

test('[X-07] a missing sound is said at approve with its key; an Asterisk that does not answer is said too', async () => {
  api.control.views.set('spring', campaignView({ name: 'spring', state: 'approved' }));
  const missing = { sound: 'custom/hello', key: 'inbound.greeting', use: 'the greeting of callers' };
  api.control.soundsMissing = [{ ...missing, isLegalMessage: false }];
  const started = await api.ask('POST', '/api/campaigns/spring/start');
  expect(started.body['warnings']).toMatchObject([
    { key: 'inbound.greeting', message: 'Asterisk has no sound custom/hello: the greeting of callers.' },
  ]);
  api.control.soundsMissing = undefined;
  await api.ask('POST', '/api/campaigns/spring/pause');
  const resumed = await api.ask('POST', '/api/campaigns/spring/resume');
  expect(resumed.body['warnings']).toMatchObject([{ hint: 'outdial doctor says why.' }]);
  api.control.soundsMissing = [];
});
