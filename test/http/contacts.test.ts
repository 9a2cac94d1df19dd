// The directory over the API: search, edits that the campaigns allow, merges, the story, forgetting with proof; and
// records taken up again or out by hand.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk, NOON } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

const CAMPAIGN = aCampaign({
  lists: ['people'],
  fields: [
    { field: 'balance', label: 'Open', type: 'number', editable: true, required: false },
    { field: 'customer', label: 'Customer', type: 'text', editable: false, required: true },
  ],
});
let api: TestApi;
let desk: Desk;

beforeEach(async () => {
  api = await startTestApi([CAMPAIGN]);
  desk = new Desk(api.store);
  const fields = { balance: 10, customer: '007' };
  const phones = [{ number: '+12125550111', type: 'mobile' }] as const;
  await desk.list([desk.contact({ name: 'Ada Moss', fields, phones }), desk.contact({ name: 'Ben Moss' })], 'people');
  await api.store.records.sync(CAMPAIGN, NOON);
});
afterEach(async () => {
  await api.close();
});

async function idOf(text: string): Promise<number> {
  const { body } = await api.ask('GET', `/api/contacts?text=${encodeURIComponent(text)}`);
  const [first] = body as unknown as { id: number }[];
  if (!first) throw new Error(`nobody is ${text}`);
  return first.id;
}

describe('contacts over the API', () => {
  test('[L-02] found by name, number and field, shown with lists and records', async () => {
    const ada = await idOf('ada');
    expect(await idOf('(212) 555-0111')).toBe(ada);
    const byField = await api.ask('GET', '/api/contacts?text=007&in=field&field=customer');
    expect(byField.body).toMatchObject([{ id: ada }]);
    expect((await api.ask('GET', `/api/contacts/${ada}`)).body).toMatchObject({
      lists: ['people'],
      records: [{ campaign: 'renewals', state: 'fresh' }],
    });
    expect((await api.ask('GET', '/api/contacts/999999')).code).toBe(404);
  });

  test('[L-06] an edit is checked by the campaign, kept in the story and in the audit log', async () => {
    const ada = await idOf('ada');
    const refused = await api.ask('PATCH', `/api/contacts/${ada}`, { fields: { customer: '8', balance: 'much' } });
    expect(refused).toMatchObject({ code: 400, body: { error: { code: 'contact-edit-refused' } } });
    const { body } = await api.ask('PATCH', `/api/contacts/${ada}`, { fields: { balance: '12,5' }, name: 'Ada M.' });
    expect(body.changes).toEqual([
      { what: 'name', from: 'Ada Moss', to: 'Ada M.' },
      { what: 'fields.balance', from: 10, to: 12.5 },
    ]);
    const phones = [{ number: '212 555 0199', type: 'home' }];
    expect((await api.ask('PATCH', `/api/contacts/${ada}`, { phones })).body.contact).toMatchObject({
      phones: [{ number: '+12125550199', type: 'home' }],
    });
    const wrong = await api.ask('PATCH', `/api/contacts/${ada}`, { phones: [{ number: '123', type: 'home' }] });
    expect(wrong.body.error?.code).toBe('number-invalid');
    const story = await api.ask('GET', `/api/contacts/${ada}/timeline?limit=2`);
    expect(story.body).toMatchObject([{ what: 'edited', by: 'ann' }, { what: 'edited' }]);
    const { body: log } = await api.ask('GET', '/api/audit/log?what=contact.edit');
    expect((log as unknown as object[])[1]).toMatchObject({
      subject: `contact ${ada}`,
      from: { 'fields.balance': 10 },
      to: { 'fields.balance': 12.5 },
    });
  });

  test('[L-02] two contacts become one', async () => {
    const [ada, ben] = [await idOf('ada'), await idOf('ben')];
    const { body } = await api.ask('POST', `/api/contacts/${ada}/merge`, { gone: ben });
    expect(body).toMatchObject({ id: ada, name: 'Ada Moss', phones: [{}, {}] });
    expect((await api.ask('GET', `/api/contacts/${ben}`)).code).toBe(404);
  });

  test('[L-14] forgotten with proof: the receipt, the log, and the opt-out', async () => {
    const ada = await idOf('ada');
    expect(await api.ask('POST', `/api/contacts/${ada}/forget`, { reason: 'letter of Mrs Moss' })).toMatchObject({
      body: { error: { code: 'forget-reason-names' } },
    });
    const { code, body } = await api.ask('POST', `/api/contacts/${ada}/forget`, { reason: 'letter', doNotCall: true });
    expect({ code, ...body }).toMatchObject({ code: 200, contact: ada, by: 'ann', proven: true, traces: 0 });
    expect(JSON.stringify(body)).not.toContain('2125550111');
    const { body: log } = await api.ask('GET', '/api/audit/log?what=contact.forget');
    expect(log).toMatchObject([{ entry: body.entry, who: 'ann', subject: `contact ${ada}`, to: { reason: 'letter' } }]);
    expect((await api.ask('GET', '/api/audit/check')).body.broken).toBeUndefined();
    expect((await api.ask('GET', '/api/do-not-call/+12125550111')).body).toMatchObject({ blocked: true });
    expect((await api.ask('POST', '/api/contacts/scrub')).body).toEqual({ done: true });
  });

  test('[L-07] a record is taken out and up again by hand', async () => {
    const { body } = await api.ask('GET', '/api/records?text=ada&state=fresh');
    const [record] = body as unknown as { id: number }[];
    const path = `/api/records/${record?.id ?? 0}`;
    expect((await api.ask('POST', `${path}/reopen`)).body.error?.code).toBe('record-step-refused');
    expect((await api.ask('POST', `${path}/remove`)).body).toEqual({ from: 'fresh', to: 'removed' });
    expect((await api.ask('GET', '/api/records?text=&state=removed')).body).toHaveLength(1);
    expect((await api.ask('POST', `${path}/reopen`)).body).toEqual({ from: 'removed', to: 'waiting' });
    const { body: log } = await api.ask('GET', '/api/audit/log?what=record');
    expect(log).toMatchObject([{ what: 'record.reopen', from: 'removed', to: 'waiting' }, { what: 'record.remove' }]);
  });
});
