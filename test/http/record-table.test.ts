// The table of records and what is done to one by hand, over the API: rights, masked numbers, pages, bad input.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCampaign } from '../records/builders.ts';
import { codeOf, People } from './people.ts';

const AT = Date.UTC(2026, 2, 2, 11);
const campaign = aCampaign({ name: 'renewals', lists: ['people'] });

let people: People;
beforeAll(async () => {
  people = await People.start();
  const { lists, records } = people.api.store;
  const contacts = Array.from({ length: 5 }, (_, place) => ({
    name: `Person ${place}`,
    fields: { region: place < 2 ? 'north' : 'south', note: '=1+1' },
    line: place + 2,
    phones: [{ number: `+1212555010${place}`, type: 'mobile' as const }],
  }));
  await lists.importBatch({ importId: 'i1', list: 'people', source: 'x.csv', duplicates: 'skip', contacts });
  await lists.finishImport('i1');
  await records.sync(campaign, AT);
  await people.add('sue', 'supervisor');
  await people.add('amy', 'agent', await people.agent('101'));
});
afterAll(() => people.api.close());

const table = (query: string) => people.api.ask('GET', `/api/records/table?${query}`);
const names = (body: Record<string, unknown>): readonly string[] =>
  (body['rows'] as { contact: { name: string } }[]).map(({ contact }) => contact.name);

test('[S-05] a page at a time, numbers masked, whole in the open record alone', async () => {
  const first = (await table('campaign=renewals&limit=2')).body;
  expect([names(first), first['matches']]).toEqual([['Person 0', 'Person 1'], 5]);
  expect(JSON.stringify(first)).toContain('+121******00');
  expect(JSON.stringify(first)).not.toContain('+12125550100');
  const second = (await table(`campaign=renewals&limit=2&after=${String(first['next'])}`)).body;
  const third = (await table(`campaign=renewals&limit=2&after=${String(second['next'])}`)).body;
  expect([names(second), names(third), third['next']]).toEqual([['Person 2', 'Person 3'], ['Person 4'], null]);
  const { id } = (first['rows'] as { id: number }[])[0] ?? { id: 0 };
  expect(JSON.stringify((await people.api.ask('GET', `/api/records/${id}`)).body)).toContain('+12125550100');
});

test('[S-05] by condition, by list, by name, downwards; nothing like that is an empty page', async () => {
  const condition = encodeURIComponent('fields.region == "north"');
  expect(names((await table(`condition=${condition}&order=down`)).body)).toEqual(['Person 1', 'Person 0']);
  expect(names((await table('list=people&text=person%203')).body)).toEqual(['Person 3']);
  expect((await table('campaign=no-such')).body).toEqual({ rows: [], next: null, matches: 0 });
});

test.each([
  ['condition=fields.', 400, 'filter-invalid'],
  ['list=nowhere', 404, 'list-unknown'],
  ['after=x', 400, 'invalid-request'],
  ['sort=name', 400, 'invalid-request'],
  ['limit=1000', 400, 'invalid-request'],
  ['from=yesterday', 400, 'invalid-request'],
])('[S-05] %s is refused', async (query, code, word) => {
  const answer = await table(query);
  expect([answer.code, answer.body.error?.code]).toEqual([code, word]);
});

test('[S-05] commands find by list and condition too, with whole numbers', async () => {
  const condition = encodeURIComponent('fields.region == "south"');
  const { body } = await people.api.ask('GET', `/api/records?list=people&condition=${condition}&limit=2`);
  expect(body).toMatchObject([{ contact: { phones: [{ number: '+12125550102' }] } }, {}]);
});

test('[S-05] [S-07] a supervisor sets a priority: who, before and after are in the audit log; an agent may not', async () => {
  const [{ id } = { id: 0 }] = (await table('text=person%204')).body['rows'] as { id: number }[];
  const [sue, amy] = [await people.signedIn('sue'), await people.signedIn('amy')];
  expect(await codeOf(amy.ask('POST', `/api/records/${id}/priority`, { priority: 3 }))).toBe('right-missing');
  expect(await codeOf(amy.ask('GET', '/api/records/table'))).toBe('right-missing');
  expect(await sue.ask('POST', `/api/records/${id}/priority`, { priority: 3 })).toMatchObject({
    code: 200,
    body: { from: 0, to: 3 },
  });
  const [entry] = await people.logged('record.priority');
  expect(entry).toMatchObject({ who: 'user:sue', subject: `record ${id}`, from: 0, to: 3 });
  expect(await codeOf(sue.ask('POST', `/api/records/${id}/priority`, { priority: 1.5 }))).toBe('invalid-request');
  expect(await codeOf(sue.ask('POST', '/api/records/999999/priority', { priority: 1 }))).toBe('record-unknown');
  // Of a page of somebody else's.
  const foreign = sue.ask('POST', `/api/records/${id}/priority`, { priority: 9 }, { origin: 'http://evil.example' });
  expect(await codeOf(foreign)).toBe('origin-refused');
  expect(
    await codeOf(sue.ask('POST', `/api/records/${id}/priority`, { priority: 9 }, { 'x-outdial-request': '' })),
  ).toBe('request-header-missing');
});

test('[S-05] a record that was removed meanwhile: re-opened still, removed twice refused with the reason', async () => {
  const [{ id } = { id: 0 }] = (await table('text=person%202')).body['rows'] as { id: number }[];
  const sue = await people.signedIn('sue');
  expect((await sue.ask('POST', `/api/records/${id}/remove`)).body).toEqual({ from: 'fresh', to: 'removed' });
  expect(await codeOf(sue.ask('POST', `/api/records/${id}/remove`))).toBe('record-step-refused');
  expect(await codeOf(sue.ask('POST', '/api/records/999999/remove'))).toBe('record-unknown');
});

test('[L-03] the fields that a condition may ask for, with the lists that have them', async () => {
  const { body } = await people.api.ask('GET', '/api/filters/fields');
  expect(body).toEqual([
    { field: 'note', lists: ['people'], type: null, choices: [] },
    { field: 'region', lists: ['people'], type: null, choices: [] },
  ]);
});
