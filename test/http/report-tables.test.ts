// Reports by period, webhooks and their acts over the API: what is asked of the programs beside the daemon, and what of the
// outbox.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;
const asked: string[][] = [];
let answer: () => Promise<string> = () => Promise.resolve('{}');
const retried: string[] = [];

beforeAll(async () => {
  api = await startTestApi(undefined, {
    programs: {
      run: (args) => {
        asked.push([...args]);
        return answer();
      },
    },
    outbox: {
      figures: () => [
        {
          name: 'crm',
          kind: 'webhook',
          address: 'https://crm.example.com',
          events: ['attempt.ended'],
          sent: 3,
          faults: 1,
        },
      ],
      standing: () => Promise.resolve([{ hook: 'crm', waiting: 2, givenUp: 1, oldestAt: 5, fault: 'it answered 500' }]),
      retry: (name) => Promise.resolve(retried.push(name)),
      test: () => Promise.resolve({ kind: 'receiver', fault: 'it answered 500' }),
    },
  });
});
afterAll(() => api.close());

const got = (path: string): Promise<Response> =>
  fetch(`${api.url}/api${path}`, { headers: { authorization: `Bearer ${api.token}` } });

test('[S-06] a report as JSON, CSV and a page: what the command makes of the wish, with a type and a policy', async () => {
  answer = () => Promise.resolve('{"rows": []}');
  const json = await got('/reports/tables/agents?period=last-week&by=day&zone=Europe/Berlin&campaign=renewals');
  expect([json.status, await json.json()]).toEqual([200, { rows: [] }]);
  expect(asked.at(-1)?.join(' ')).toBe(
    'report show agents --zone Europe/Berlin --period last-week --by day --campaign renewals --json',
  );
  answer = () => Promise.resolve('agent\r\n101');
  const csv = await got('/reports/tables/agents?from=0&to=86400000&format=csv');
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="outdial-agents.csv"');
  expect(await csv.text()).toBe('agent\r\n101');
  expect(asked.at(-1)?.join(' ')).toContain('--from 1970-01-01T00:00:00.000Z --to 1970-01-02T00:00:00.000Z --csv');
  answer = () => Promise.resolve('<!doctype html>');
  const page = await got('/reports/tables/ledger?format=html');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

test('[S-06] what cannot be: an unknown report, zone or campaign; what the command refuses comes with its code', async () => {
  for (const path of ['nothing', 'agents?zone=Mars', 'agents?period=some-day', 'agents?by=year'])
    expect([path, (await got(`/reports/tables/${path}`)).status]).toEqual([path, 400]);
  expect((await got('/reports/tables/agents?campaign=none')).status).toBe(404);
  answer = () => Promise.reject(new OperationalError('analysis-busy', 'Busy.', { hint: 'Later.', httpCode: 503 }));
  const busy = await got('/reports/tables/agents');
  expect([busy.status, await busy.json()]).toMatchObject([503, { error: { code: 'analysis-busy' } }]);
});

test('[O-04] webhooks: what waits and what was given up, tried again and tried out by name', async () => {
  const { body } = await api.ask('GET', '/api/webhooks');
  expect(body).toMatchObject([
    { name: 'crm', waiting: 2, givenUp: 1, oldestAt: 5, lastFault: 'it answered 500', sent: 3 },
  ]);
  expect((await api.ask('POST', '/api/webhooks/crm/retry')).body).toEqual({ retried: 1 });
  expect(retried).toEqual(['crm']);
  expect((await api.ask('POST', '/api/webhooks/crm/test')).body).toEqual({ isTaken: false, fault: 'it answered 500' });
  expect((await api.ask('POST', '/api/webhooks/none/test')).body.error?.code).toBe('webhook-unknown');
  const log = await api.store.audit.list({ what: 'webhook', limit: 10 });
  expect(log.map(({ what, subject }) => [what, subject])).toEqual([
    ['webhook.test', 'webhook crm'],
    ['webhook.retry', 'webhook crm'],
  ]);
});
