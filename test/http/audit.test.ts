// Every change through the API is in the audit log before its answer; what was refused and what only looks is not.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi([aCampaign({ name: 'renewals' })]);
});
afterEach(async () => {
  await api.close();
});

const logged = async (): Promise<readonly object[]> => {
  const { body } = await api.ask('GET', '/api/audit/log?limit=20');
  return body as unknown as readonly object[];
};

/** The routes as they are written, each with what it says of the audit log. */
function routes(): readonly { readonly route: string; readonly audit: string | undefined }[] {
  const folder = path.resolve(import.meta.dirname, '../../src/http/routes');
  return readdirSync(folder).flatMap((file) => {
    const parts = readFileSync(path.join(folder, file), 'utf8').split(/(?=\bapi\.(?:get|post|put|patch|delete)\()/);
    return parts.slice(1).flatMap((text) => {
      const [, method = '', url = ''] = /^api\.(\w+)\(\s*['`]([^'`]+)['`]/.exec(text) ?? [];
      return { route: `${method.toUpperCase()} ${url}`, audit: /\baudit: (false|['`][^'`]+['`])/.exec(text)?.[1] };
    });
  });
}

test('[X-11] every route that changes something has a word of the audit log, but for these', () => {
  const changing = routes().filter(({ route }) => !route.startsWith('GET '));
  expect(changing.length).toBeGreaterThan(30);
  expect(changing.filter(({ audit }) => audit === undefined)).toEqual([]);
  expect(changing.filter(({ audit }) => audit === 'false').map(({ route }) => route)).toEqual([
    'POST /agent/commands', // an agent's own work is in the history of the session, the call and the contact
    'POST /agent/phone', // makes nothing that outlives the session
    'POST /audit/data-export', // writes its entry itself
    ...['POST /campaigns/check', 'POST /campaigns/form'], // change nothing
    'POST /contacts/:id/forget', // writes its entry itself
    'POST /filters/count', // changes nothing
    'PUT /incoming/:id/:name', // a piece of a file: its beginning is logged
    'POST /listening/phone', // makes nothing that outlives the listening, which has its entry
    ...['POST /scripts/check', 'POST /scripts/preview'], // change nothing
    'POST /agent/script', // answers are in the history of the contact
  ]);
});

test('[X-11] of what is read, an agent’s account, recordings, files and exports leave an entry; nothing else does', () => {
  const read = routes().filter(({ route, audit }) => route.startsWith('GET ') && audit !== undefined);
  expect(read.map(({ route }) => route)).toEqual([
    'GET /agents/:number/account',
    'GET /export/records',
    'GET /export/attempts',
    'GET /incoming/:id/:name',
    'GET /recordings/:attempt/sound',
  ]);
});

describe('[X-11] the audit log of the API', () => {
  test('[C-02] a campaign is approved and started: two entries with who, from and to; the refused step leaves none', async () => {
    await api.ask('POST', '/api/campaigns/renewals/start');
    await api.ask('POST', '/api/campaigns/renewals/approve');
    await api.ask('POST', '/api/campaigns/renewals/start');
    await api.ask('GET', '/api/campaigns/renewals');
    expect(await logged()).toMatchObject([
      { entry: 2, who: 'ann', what: 'campaign.start', subject: 'renewals', from: 'approved', to: 'running' },
      { entry: 1, who: 'ann', what: 'campaign.approve', subject: 'renewals', from: 'unapproved', to: 'approved' },
    ]);
  });

  test('an agent is added, changed and given a PIN: no secret is in the log', async () => {
    const added = await api.ask('POST', '/api/agents', { number: '7', name: 'Ada', groups: ['north'], pin: '471199' });
    await api.ask('PATCH', '/api/agents/7', { name: 'Ada Moss' });
    await api.ask('POST', '/api/agents/7/pin', { pin: '815815' });
    const entries = await logged();
    expect(entries).toMatchObject([
      { what: 'agent.set-pin', subject: '7' },
      { what: 'agent.change', from: { name: 'Ada', groups: ['north'] }, to: { name: 'Ada Moss' } },
      { what: 'agent.add', subject: '7', to: { name: 'Ada', groups: ['north'] } },
    ]);
    const text = JSON.stringify(entries);
    for (const secret of ['471199', '815815', String(added.body.sipPassword)]) expect(text).not.toContain(secret);
  });

  test('a number in the address: the entry that stays for ever has it masked', async () => {
    await api.ask('POST', '/api/do-not-call', { numbers: ['+12125550100'] });
    await api.ask('DELETE', '/api/do-not-call/+12125550100');
    const [removal] = await logged();
    expect(JSON.stringify(removal)).not.toContain('2125550100');
  });

  test('the store cannot write the entry: the answer says so', async () => {
    api.store.audit.append = () => Promise.reject(new Error('disk full'));
    const { code, body } = await api.ask('POST', '/api/campaigns/renewals/approve');
    expect({ code, error: body.error?.code }).toEqual({ code: 503, error: 'audit-log-failed' });
    expect(api.control.campaign('renewals')?.state).toBe('approved');
  });

  test('people’s data is exported: who asked for what; a look leaves nothing', async () => {
    await api.ask('GET', '/api/records?campaign=renewals');
    const take = (what: string): Promise<Response> =>
      fetch(`${api.url}/api/export/${what}`, {
        headers: { authorization: `Bearer ${api.token}`, 'x-outdial-by': 'ann' },
      });
    await take('records?campaign=renewals&format=jsonl&result=busy');
    await take('attempts');
    expect(await logged()).toMatchObject([
      { what: 'export.attempts', who: 'ann', subject: '', from: null },
      { what: 'export.records', subject: 'renewals', to: { campaign: 'renewals', format: 'jsonl', result: 'busy' } },
    ]);
    api.store.audit.append = () => Promise.reject(new Error('disk full'));
    const refused = await take('records');
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('audit-log-failed');
  });

  test('a command takes data out past the API: it says so here, and of nothing else', async () => {
    const taken = { what: 'export.attempts', subject: 'renewals', to: { file: '/tmp/a.csv' } };
    expect(await api.ask('POST', '/api/audit/data-export', taken)).toMatchObject({ code: 200, body: { entry: 1 } });
    expect(await logged()).toMatchObject([{ who: 'ann', from: null, ...taken }]);
    const forged = { ...taken, what: 'campaign.start' };
    expect((await api.ask('POST', '/api/audit/data-export', forged)).code).toBe(400);
  });

  test('the check shows the head, and holds it against one kept before', async () => {
    await api.ask('POST', '/api/campaigns/renewals/approve');
    const { body } = await api.ask('GET', '/api/audit/check');
    expect(body).toMatchObject({ entries: 1, erased: 0, head: { entry: 1 } });
    const { entry, hash } = body.head as { entry: number; hash: string };
    expect((await api.ask('GET', `/api/audit/check?entry=${entry}&hash=${hash}`)).body.broken).toBeUndefined();
    const { body: beyond } = await api.ask('GET', `/api/audit/check?entry=9&hash=${hash}`);
    expect(beyond.broken).toMatchObject({ entry: 2 });
  });
});
