// The switch of all outbound calling by API.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

test('[C-17] switched off: who, when and why are reported, and the audit log has it', async () => {
  expect((await api.ask('GET', '/api/outbound')).body).toMatchObject({ on: true, by: '' });

  const off = await api.ask('POST', '/api/outbound', { on: false, reason: 'a wrong list' });

  expect(off).toMatchObject({ code: 200, body: { on: false, by: 'ann', reason: 'a wrong list' } });
  expect((await api.ask('GET', '/api/outbound')).body).toMatchObject({ on: false });
  const [entry] = await api.store.audit.list({ limit: 1 });
  expect(entry).toMatchObject({
    who: 'ann',
    what: 'outbound.switch',
    subject: 'outbound',
    from: true,
    to: { on: false, reason: 'a wrong list' },
  });
});

test('[C-17] a switch without a position: 400, nothing changes', async () => {
  const before = await api.ask('GET', '/api/outbound');
  expect((await api.ask('POST', '/api/outbound', { reason: 'hm' })).code).toBe(400);
  expect((await api.ask('GET', '/api/outbound')).body).toEqual(before.body);
});
