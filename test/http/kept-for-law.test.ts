// What a law wants kept, over the API: recordings and lists that are not deleted, and what stays of a forgotten person.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeptThing, RulePack } from '../../src/campaign/rule-pack.ts';
import { Desk } from '../contract/store-desk.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

const DAY_MS = 86_400_000;

const keeps = (of: readonly KeptThing[], days: number): RulePack => ({
  name: 'ours',
  title: 'Ours',
  countries: ['US'],
  states: [],
  holidays: [],
  clauses: [
    {
      id: 'kept',
      says: 'Kept.',
      citation: 'Act 1',
      checked: null,
      kind: 'retention',
      leastMs: days * DAY_MS,
      of,
    },
  ],
});

let api: TestApi;
let attempt: string;
let contact: number;

/** A person who was called `daysAgo` and agreed to it, under these rules; the call was recorded. */
async function called(rules: readonly RulePack[], daysAgo: number): Promise<void> {
  const at = Date.now() - daysAgo * DAY_MS;
  const campaign = aCampaign({ name: 'renewals', lists: ['people'], rules, person: { consent: 'agreed' } });
  api = await startTestApi([campaign]);
  const desk = new Desk(api.store);
  await desk.list([desk.contact({ name: 'Ada Moss', fields: { agreed: '2026-01-03' } })], 'people');
  await api.store.records.sync(campaign, at);
  ({ attempt } = await desk.dial(campaign, at));
  await desk.close(attempt, { endedAt: at + 1000, next: { state: 'finished', why: 'done' } });
  const name = `day/${attempt}`;
  const times = { startedAt: at, keptUntil: at + 1 };
  await api.store.recordings.started({ name, attempt, kind: 'conversation', announced: true, ...times });
  await api.store.recordings.ended(name, { endedAt: at + 1000, bytes: 1, durationMs: 1000 });
  const [found] = await api.store.contacts.find({ text: 'Ada', limit: 1 });
  contact = found?.id ?? 0;
}

const forget = () => api.ask('POST', `/api/contacts/${contact}/forget`, { reason: 'letter' });
const errorOf = async (method: string, path: string) => (await api.ask(method, path)).body.error?.code;

beforeEach(() => {
  attempt = '';
});
afterEach(() => api.close());

test('[X-10] a recording that a law wants kept is not deleted by hand; afterwards it is', async () => {
  await called([keeps(['recordings'], 30)], 29);
  expect(await errorOf('DELETE', `/api/recordings/${attempt}`)).toBe('recording-kept');
  await api.close();
  await called([keeps(['recordings'], 30)], 31);
  expect((await api.ask('DELETE', `/api/recordings/${attempt}`)).code).toBe(200);
});

test('[L-14] [X-10] forgotten: calls, consent and recordings stay as long as the law wants, and the receipt says so', async () => {
  await called([keeps(['calls', 'consent', 'recordings'], 30)], 29);
  const { code, body } = await forget();
  expect(code).toBe(200);
  const kept = body['kept'] as { what: string; until: number; clause: string }[];
  expect(kept.map(({ what }) => what)).toEqual(['calls', 'consent', 'recordings']);
  expect(kept[1]).toMatchObject({ clause: 'ours/kept', citation: 'Act 1', consent: { field: 'agreed' } });
  const [row] = await api.store.recordings.of(attempt);
  expect(row).toMatchObject({ deletedAt: null, keptUntil: kept[2]?.until });
  expect((await api.store.attempts.list({}))[0]?.number).toMatch(/^forgotten-/);
  expect(JSON.stringify(body)).not.toContain('Ada');
});

test('[L-14] forgotten when the time is over: nothing stays but the books', async () => {
  await called([keeps(['calls', 'consent', 'recordings'], 30)], 31);
  expect((await forget()).body).toMatchObject({ kept: [], recordings: [`day/${attempt}`] });
  const [row] = await api.store.recordings.of(attempt);
  expect(row?.deletedAt).not.toBeNull();
});

test('[X-10] a list with the proof of consents that calls relied on is not deleted; without such a law it is', async () => {
  await called([keeps(['consent'], 30)], 29);
  expect(await errorOf('DELETE', '/api/lists/people')).toBe('list-kept');
  await api.close();
  await called([keeps(['calls'], 30)], 29);
  expect((await api.ask('DELETE', '/api/lists/people')).code).toBe(200);
});
