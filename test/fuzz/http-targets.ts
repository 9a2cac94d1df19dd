// Requests to the API, with the right token: whatever the body, the answer is ours and never 500.

import { startTestApi, type TestApi } from '../http/api.ts';
import { Broken, type Target } from './fuzz.ts';
import type { TargetEntry } from './targets.ts';

const SEEDS: readonly string[] = [
  'POST /api/agents {"number":"201","name":"Ann","groups":["north"],"pin":"4711"}',
  'POST /api/campaigns {"text":"campaign: a\\nmode: predictive\\n"}',
  'POST /api/campaigns/renewals/start {}',
  'POST /api/filters/count {"expression":"fields.city == \\"Troy\\"","campaign":"renewals"}',
  'PUT /api/filters/f1 {"expression":"fields.a > 1"}',
  'POST /api/do-not-call/global/numbers {"number":"+12125550123","reason":"asked"}',
  'POST /api/callbacks {"record":1,"at":"2026-12-01T10:00:00Z","zone":"America/New_York"}',
  'POST /api/imports {"file":"/nowhere.csv","list":"people","duplicates":"skip","columns":{}}',
  'GET /api/attempts?campaign=renewals&limit=10&from=2026-01-01 ',
  'GET /api/records/1/explain?at=2026-12-01T10:00:00Z ',
  'GET /api/contacts?number=%2B12125550123 ',
  'PATCH /api/contacts/1 {"name":"Ada","fields":{"city":"Troy"}}',
];
const WORDS = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '1',
  '-1',
  '"a":{"b":1}',
  '__proto__',
  '?',
  '&',
  '%2F',
  '%00',
  '%',
  '../',
  'limit=',
  '/',
];

/** `METHOD path body`. */
async function send(api: TestApi, input: string): Promise<void> {
  const [, method = 'GET', rest = '', body = ''] = /^([A-Z]+) (\S*) ?([^]*)$/.exec(input) ?? [];
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method) || !rest.startsWith('/')) return;
  let url: URL;
  try {
    url = new URL(`${api.url}${rest}`);
  } catch {
    return;
  }
  if (url.origin !== new URL(api.url).origin || /\/(live|events)/.test(url.pathname)) return;
  const response = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${api.token}`, 'x-outdial-by': 'ann', 'content-type': 'application/json' },
    ...(method === 'GET' || body === '' ? {} : { body: Buffer.from(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (response.status < 400) return;
  if (response.status === 500) throw new Broken(`500: ${text.slice(0, 200)}`);
  const { error } = JSON.parse(text) as { error?: { code?: string; message?: string } };
  if (!error?.code || !error.message) throw new Broken(`an error without code and words: ${text.slice(0, 200)}`);
}

async function startRequests(): Promise<Target> {
  const api = await startTestApi();
  return { name: 'requests', seeds: SEEDS, words: WORDS, run: (input) => send(api, input), close: () => api.close() };
}

export const HTTP_TARGETS: readonly TargetEntry[] = [{ name: 'requests', rounds: 150, start: startRequests }];
