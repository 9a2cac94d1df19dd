// What the API does for campaigns, lists, records, agents, the do-not-call list and reports, over a real store.

import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { sipDigest } from '../../src/base/sip-digest.ts';
import { verifySecret } from '../../src/secrets/hashes.ts';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView } from './fake-control.ts';

let api: TestApi;
const campaign = aCampaign({ name: 'renewals', lists: ['people'] });
beforeAll(async () => {
  api = await startTestApi([campaign]);
  const rows = ['name,phone,city', 'Ada Moss,+12125550123,Troy', 'Ben Ash,+12125550124,Troy', 'Cy Low,12;34,Troy'];
  await writeFile(join(api.folder, 'people.csv'), `${rows.join('\n')}\n`);
});
afterAll(async () => {
  await api.close();
});

describe('campaigns', () => {
  test('[C-02] approve, start, pause: each step is carried out and recorded with who asked', async () => {
    for (const [step, state] of [
      ['approve', 'approved'],
      ['start', 'running'],
      ['pause', 'paused'],
      ['stop', 'stopped'],
    ] as const) {
      const answer = await api.ask('POST', `/api/campaigns/renewals/${step}`);
      expect([answer.code, answer.body['state']]).toEqual([200, state]);
    }
    expect(api.control.done).toContain('start renewals by ann');
  });

  test('[C-02] a step that its life does not allow: 409 with the reason and what to do', async () => {
    const answer = await api.ask('POST', '/api/campaigns/renewals/resume');
    expect(answer.code).toBe(409);
    expect(answer.body.error).toMatchObject({ code: 'campaign-step-refused', hint: expect.any(String) as string });
    expect((await api.ask('POST', '/api/campaigns/renewals/explode')).code).toBe(400);
    expect((await api.ask('POST', '/api/campaigns/nobody/start')).body.error?.code).toBe('campaign-unknown');
  });

  test('[C-01] created from YAML: the file is there whole, unapproved after the reload', async () => {
    api.control.onReload = () => api.control.views.set('spring', campaignView({ name: 'spring' }));
    const answer = await api.ask('POST', '/api/campaigns', { yaml: '# mine\ncampaign: spring\nmode: predictive\n' });
    expect([answer.code, answer.body['state']]).toEqual([201, 'unapproved']);
    expect(await readFile(join(api.folder, 'campaigns', 'spring.yaml'), 'utf8')).toContain('# mine');
  });

  test('[C-01] a faulty file is refused with its place and nothing is written', async () => {
    const before = await readdir(join(api.folder, 'campaigns'));
    const answer = await api.ask('POST', '/api/campaigns', { yaml: 'mode: predictive\n', file: '/home/ann/new.yaml' });
    expect(answer.code).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: 'campaign-faulty',
      places: [{ file: '/home/ann/new.yaml', line: 1, column: 1, key: 'campaign' }],
    });
    expect(await readdir(join(api.folder, 'campaigns'))).toEqual(before);
  });

  test('[C-01] a name that is taken, or would leave the folder: refused, no file changes', async () => {
    const before = await readFile(join(api.folder, 'campaigns', 'renewals.yaml'), 'utf8');
    const taken = await api.ask('POST', '/api/campaigns', { yaml: 'campaign: renewals\n' });
    expect([taken.code, taken.body.error?.code]).toEqual([409, 'campaign-exists']);
    const outside = await api.ask('POST', '/api/campaigns', { yaml: 'campaign: ../../evil\n' });
    expect([outside.code, outside.body.error?.code]).toEqual([400, 'campaign-name-invalid']);
    expect(await readFile(join(api.folder, 'campaigns', 'renewals.yaml'), 'utf8')).toBe(before);
    expect((await readdir(join(api.folder, 'campaigns'))).filter((file) => file.endsWith('.draft'))).toEqual([]);
  });

  test('[C-09] clone: the same file under another name, comments kept', async () => {
    api.control.onReload = () => api.control.views.set('autumn', campaignView({ name: 'autumn' }));
    const answer = await api.ask('POST', '/api/campaigns/renewals/clone', { name: 'autumn' });
    expect(answer.code).toBe(201);
    const text = await readFile(join(api.folder, 'campaigns', 'autumn.yaml'), 'utf8');
    expect(text).toBe('# about renewals\ncampaign: autumn\nmode: predictive\n');
  });

  test('[C-13] reload of a faulty file: refused with every place', async () => {
    api.control.onReload = () => {
      const places = [{ file: 'a.yaml', line: 3, column: 5, key: 'pacing.ring', message: 'No duration.', hint: '25s' }];
      throw new OperationalError('campaigns-faulty', '1 fault', { hint: 'Correct it.', places });
    };
    const answer = await api.ask('POST', '/api/reload');
    expect(answer.code).toBe(400);
    expect(answer.body.error).toMatchObject({ places: [{ line: 3, column: 5, message: 'No duration.' }] });
    api.control.onReload = () => undefined;
  });
});

describe('lists and records', () => {
  test('[L-01] preview: columns and first rows, rejected ones with their reason, nothing is imported', async () => {
    const wanted = { file: join(api.folder, 'people.csv'), list: 'people' };
    const { code, body } = await api.ask('POST', '/api/imports/preview', wanted);
    expect(code).toBe(200);
    expect(body['columns']).toContainEqual({ header: 'phone', use: { as: 'phone', type: 'other' } });
    expect(body['preview']).toHaveLength(3);
    expect((await api.ask('GET', '/api/lists')).body).toEqual([]);
  });

  test('[L-01] import: progress to the end, good rows in the list, bad ones in a file with line and reason', async () => {
    const started = await api.ask('POST', '/api/imports', { file: join(api.folder, 'people.csv'), list: 'people' });
    expect(started.code).toBe(202);
    const id = String(started.body['id']);
    const job = await vi.waitUntil(
      async () => {
        const { body } = await api.ask('GET', `/api/imports/${id}`);
        return body['state'] === 'running' ? undefined : body;
      },
      { timeout: 10_000, interval: 20 },
    );
    expect(job).toMatchObject({ state: 'done', rows: 3, added: 2, rejected: 1 });
    const { rejectedFile } = job['report'] as { rejectedFile: string };
    expect(await readFile(rejectedFile, 'utf8')).toMatch(/4.*12;34/);
    expect(api.control.done).toContain('lists changed');
    expect((await api.ask('GET', '/api/lists/people')).body).toMatchObject({ list: { contacts: 2 } });
  });

  test('[L-01] a file that is not there, is a folder, or is named by half a path: refused before anything starts', async () => {
    await mkdir(join(api.folder, 'folder.csv'));
    for (const file of ['none.csv', 'folder.csv'].map((name) => join(api.folder, name)).concat('people.csv')) {
      const answer = await api.ask('POST', '/api/imports', { file, list: 'more' });
      expect([answer.code, answer.body.error?.code]).toEqual([400, 'import-file-unreadable']);
    }
    const device = await api.ask('POST', '/api/imports', { file: '/dev/zero', list: 'more' });
    expect([device.code, device.body.error?.code]).toEqual([403, 'file-outside-roots']);
  });

  test('[L-07] records are found by number and shown with their attempts', async () => {
    await api.store.records.sync(campaign, Date.now());
    const { body } = await api.ask('GET', '/api/records?text=%2B12125550123');
    expect(body).toMatchObject([{ campaign: 'renewals', contact: { name: 'Ada Moss' }, state: 'fresh' }]);
    const id = (body as unknown as { id: number }[])[0]?.id ?? 0;
    expect((await api.ask('GET', `/api/records/${id}`)).body).toMatchObject({ id, attemptsMade: [] });
    expect((await api.ask('GET', '/api/records/999999')).body.error?.code).toBe('record-unknown');
  });

  test.each(["' OR 1=1 --", '%', '_', '"; DROP TABLE records;', 'x\u0000y', '*'])(
    '[O-10] search for %j: finds nothing, breaks nothing',
    async (text) => {
      const answer = await api.ask('GET', `/api/records?text=${encodeURIComponent(text)}`);
      expect([200, 400]).toContain(answer.code);
      if (answer.code === 200) expect(answer.body).toEqual([]);
      expect((await api.ask('GET', '/api/records?text=Ada')).body).toHaveLength(1);
    },
  );

  test('[L-12] explain by number: the campaign first, then rule by rule', async () => {
    await api.ask('POST', '/api/do-not-call', { numbers: ['+1 212 555 0124'], reason: 'asked' });
    const { body } = await api.ask('GET', '/api/records/explain?text=%2B12125550124');
    expect(body).toMatchObject(
      [
        { campaign: 'renewals', contact: 'Ben Ash', mayDialNow: false, never: true, checks: [{ rule: 'campaign' }] },
      ].map(({ checks: _checks, ...rest }) => rest),
    );
    const checks = (body as unknown as { checks: { rule: string; allows: boolean }[] }[])[0]?.checks ?? [];
    expect(checks[0]?.rule).toBe('campaign');
    expect(checks.find(({ rule }) => rule === 'do-not-call')?.allows).toBe(false);
    expect((await api.ask('GET', '/api/records/explain?text=nobody')).code).toBe(404);
  });

  test('[L-02] a list that a running campaign uses cannot be deleted; afterwards it can', async () => {
    api.control.views.set('renewals', campaignView({ state: 'running' }));
    expect((await api.ask('DELETE', '/api/lists/people')).body.error?.code).toBe('list-in-use');
    api.control.views.set('renewals', campaignView({ state: 'stopped' }));
    expect((await api.ask('DELETE', '/api/lists/people')).code).toBe(200);
    expect((await api.ask('GET', '/api/lists')).body).toEqual([]);
  });
});

describe('agents', () => {
  test('[O-03] added: a SIP account with a random password, the PIN hashed, the engine informed', async () => {
    const ann = { number: '101', name: 'Ann', groups: ['team-north'], pin: '1234' };
    const { code, body } = await api.ask('POST', '/api/agents', ann);
    expect(code).toBe(201);
    expect(body).toMatchObject({ account: 'a101', pin: '1234' });
    expect(String(body['sipPassword'])).toMatch(/^[a-z2-9]{24}$/);
    const secrets = await api.store.agents.secrets('101');
    expect(secrets?.sipDigest).toEqual(sipDigest('a101', 'our-realm', String(body['sipPassword'])));
    expect(await verifySecret(secrets?.pinHash ?? '', '1234')).toBe(true);
    expect(api.control.done).toContain('agents changed');
  });

  test('[O-03] [O-10] nothing shows a secret once it has been shown, nor what is kept of it', async () => {
    const secrets = await api.store.agents.secrets('101');
    for (const path of ['/api/agents', '/api/agents/101', '/api/agents/101/account']) {
      const text = JSON.stringify((await api.ask('GET', path)).body);
      expect(text).toContain('a101');
      expect(text).not.toContain(secrets?.sipDigest?.md5);
      expect(text).not.toContain('sipPassword');
      expect(text).not.toContain('argon2');
    }
  });

  test.each([
    [{ number: '101', name: 'Again' }, 'agent-exists'],
    [{ number: '10a', name: 'X' }, 'invalid-request'],
    [{ number: '102', name: 'X"\r\nAction: Originate' }, 'invalid-request'],
    [{ number: '102', name: 'X<sip:evil@example>' }, 'invalid-request'],
    [{ number: '102', name: 'X', pin: '12' }, 'invalid-request'],
    [{ number: '102', name: 'X', pin: '12345;' }, 'invalid-request'],
    [{ number: '102', name: 'X', groups: ['a/b'] }, 'invalid-request'],
  ])('[O-10] agent %j: refused with %s, no one is added', async (agent, expected) => {
    const answer = await api.ask('POST', '/api/agents', agent);
    expect(answer.body.error?.code).toBe(expected);
    expect(await api.store.agents.all()).toHaveLength(1);
  });

  test('[A-01] a new PIN ends a lock-out; a new SIP password replaces the old one', async () => {
    const { body } = await api.ask('POST', '/api/agents/101/pin', {});
    expect(String(body['pin'])).toMatch(/^\d{6}$/);
    expect(api.control.done).toContain('lock-out of 101 lifted');
    const before = (await api.store.agents.secrets('101'))?.sipDigest;
    const renewed = await api.ask('POST', '/api/agents/101/password');
    const kept = (await api.store.agents.secrets('101'))?.sipDigest;
    expect(kept).not.toEqual(before);
    expect(kept).toEqual(sipDigest('a101', 'our-realm', String(renewed.body['sipPassword'])));
  });

  test('[O-03] [A-18] other groups: the answer says which personal callbacks are any agent’s now', async () => {
    api.control.handedOver = [{ campaign: 'renewals', agent: '101', callbacks: 2 }];
    const { body } = await api.ask('PATCH', '/api/agents/101', { groups: ['team-south'] });
    expect(body).toMatchObject({ number: '101', handedOver: [{ campaign: 'renewals', agent: '101', callbacks: 2 }] });
  });

  test('[O-03] [A-18] removed: gone, and what became of the personal callbacks is in the answer and the audit log', async () => {
    api.control.handedOver = [
      { campaign: 'renewals', agent: '101', callbacks: 3 },
      { campaign: 'renewals', agent: '102', callbacks: 1 },
    ];
    const { code, body } = await api.ask('DELETE', '/api/agents/101');
    const handedOver = [{ campaign: 'renewals', agent: '101', callbacks: 3 }];
    expect([code, body]).toEqual([200, { removed: '101', handedOver, inCall: false }]);
    const [entry] = await api.store.audit.list({ what: 'agent.remove', limit: 1 });
    expect(entry).toMatchObject({ subject: '101', to: { handedOver: [{ campaign: 'renewals', callbacks: 3 }] } });
    expect((await api.ask('GET', '/api/agents/101')).body.error?.code).toBe('agent-unknown');
    expect((await api.ask('DELETE', '/api/agents/101')).code).toBe(404);
  });
});

test('[O-04] a campaign that there is not: the answer names the nearest', async () => {
  const { code, body } = await api.ask('GET', '/api/campaigns/renewal');
  expect([code, body.error?.code]).toEqual([404, 'campaign-unknown']);
  expect(body.error?.message).toContain('Did you mean "renewals"?');
});

describe('do-not-call', () => {
  test.each([
    ['Globl', 'Did you mean "global"?'],
    ['campaign:nope', 'No campaign honours'],
    ['campaign:renewal', 'Did you mean "campaign:renewals"?'],
  ])('[X-01] a list that protects no person, %s: refused, with the nearest name', async (list, reported) => {
    const { code, body } = await api.ask('POST', '/api/do-not-call', { numbers: ['+1 212 555 0177'], list });
    expect([code, body.error?.code]).toEqual([404, 'do-not-call-list-unknown']);
    expect(body.error?.message).toContain(reported);
  });

  test('[X-01] added in any form, looked up, taken off', async () => {
    const added = await api.ask('POST', '/api/do-not-call', {
      numbers: ['(212) 555-0199', '+12125550198'],
      reason: 'asked',
    });
    expect(added.body).toEqual({ added: 2, known: 0, invalid: [] });
    expect((await api.ask('GET', '/api/do-not-call/212-555-0199')).body).toMatchObject({
      number: '+12125550199',
      blocked: true,
      lists: [{ list: 'global', by: 'ann', reason: 'asked' }],
    });
    expect((await api.ask('DELETE', '/api/do-not-call/%2B12125550199')).code).toBe(200);
    expect((await api.ask('GET', '/api/do-not-call/%2B12125550199')).body).toMatchObject({ blocked: false });
    expect((await api.ask('DELETE', '/api/do-not-call/%2B12125550199')).code).toBe(404);
  });

  test('[X-01] what is no number comes back with its place; the good ones are kept', async () => {
    const numbers = ['+12125550197', 'CALL-ME', '123;456', 'sip:1@evil', '+1212\r\n5550100'];
    const { body } = await api.ask('POST', '/api/do-not-call', { numbers });
    expect(body).toMatchObject({ added: 1, invalid: [{ index: 1 }, { index: 2 }, { index: 3 }, { index: 4 }] });
  });

  test('[X-01] a list of its own: added to, shown, taken off, removed', async () => {
    const numbers = ['+12125550190', '+12125550191'];
    await api.ask('POST', '/api/do-not-call', { numbers, list: 'campaign:renewals' });
    const lists = async (): Promise<unknown> => (await api.ask('GET', '/api/do-not-call-lists')).body;
    expect(await lists()).toContainEqual({ name: 'campaign:renewals', numbers: 2, importedAt: null, source: '' });
    expect((await api.ask('DELETE', '/api/do-not-call/%2B12125550190')).body.error?.code).toBe('number-not-listed');
    expect((await api.ask('DELETE', '/api/do-not-call/%2B12125550190?list=campaign:renewals')).code).toBe(200);
    expect((await api.ask('DELETE', '/api/do-not-call-lists/campaign:renewals')).code).toBe(200);
    expect((await api.ask('DELETE', '/api/do-not-call-lists/campaign:renewals')).code).toBe(404);
  });

  test('[X-01] a file of numbers is imported, its progress asked for, and it can be replaced', async () => {
    const file = join(api.folder, 'registry.txt');
    await writeFile(file, 'number\n+12125550180\n(212) 555-0181 # home\n\n212,5550182\nnobody\n+12125550180\n');
    const started = await api.ask('POST', '/api/do-not-call-imports', { file, list: 'registry', mode: 'replace' });
    expect(started.code).toBe(202);
    const path = `/api/do-not-call-imports/${String(started.body['id'])}`;
    await vi.waitUntil(async () => (await api.ask('GET', path)).body['state'] !== 'running', 10_000);
    expect((await api.ask('GET', path)).body).toMatchObject({
      state: 'done',
      written: 3,
      numbers: 3,
      report: {
        numbers: 3,
        refused: 1,
        refusedLines: [{ line: 6, text: 'nobody' }],
        list: { name: 'registry', numbers: 3 },
      },
    });
    expect((await api.ask('GET', '/api/do-not-call/2125550182')).body).toMatchObject({ lists: [{ list: 'registry' }] });
    expect(api.control.done).toContain('lists changed');
    const missing = { file: join(api.folder, 'no-such-file'), list: 'registry' };
    expect((await api.ask('POST', '/api/do-not-call-imports', missing)).body.error?.code).toBe(
      'import-file-unreadable',
    );
  });

  test('[O-10] a look-up of something else is refused', async () => {
    for (const text of ['1;2', 'a', '+', '1/2', '1%0d%0a2'])
      expect((await api.ask('GET', `/api/do-not-call/${text}`)).code).toBeGreaterThanOrEqual(400);
  });
});

describe('filters', () => {
  test('[L-03] saved, counted, shown, deleted; one that cannot be read is refused with its column', async () => {
    const saved = await api.ask('PUT', '/api/filters/rich', { expression: 'fields.balance > 1000' });
    expect(saved.body).toMatchObject({ name: 'rich', expression: 'fields.balance > 1000', by: 'ann' });
    expect((await api.ask('GET', '/api/filters')).body).toMatchObject([{ name: 'rich' }]);
    const counted = await api.ask('POST', '/api/filters/count', { expression: 'true' });
    expect(counted.body['contacts']).toBe(counted.body['fitting']);
    const broken = await api.ask('PUT', '/api/filters/broken', { expression: 'fields.balance = 3' });
    expect(broken.body.error).toMatchObject({
      code: 'filter-invalid',
      message: expect.stringContaining('column') as string,
    });
    expect((await api.ask('DELETE', '/api/filters/rich')).code).toBe(200);
    expect((await api.ask('DELETE', '/api/filters/rich')).body.error?.code).toBe('filter-unknown');
  });
});

describe('reports and description', () => {
  test('[S-06] reports answer for an empty period', async () => {
    expect((await api.ask('GET', '/api/reports/campaigns/renewals')).body).toMatchObject({
      attempts: 0,
      abandonRate: 0,
    });
    expect((await api.ask('GET', '/api/reports/agents')).body).toEqual([]);
    expect((await api.ask('GET', '/api/reports/abandonment?zone=Europe/Berlin')).body).toEqual([]);
    expect((await api.ask('GET', '/api/reports/abandonment?zone=Mars')).body.error?.code).toBe('time-zone-unknown');
    expect((await api.ask('GET', '/api/reports/attempts?limit=0')).body.error?.code).toBe('invalid-request');
  });

  test('[O-04] OpenAPI 3.1 describes every route', async () => {
    const { body } = await api.ask('GET', '/api/openapi.json');
    expect(body['openapi']).toBe('3.1.0');
    const paths = Object.keys(body['paths'] as object);
    for (const path of ['/api/campaigns/{name}/{action}', '/api/imports', '/api/live', '/api/health', '/api/drain'])
      expect(paths).toContain(path);
  });

  test('[O-05] nothing that was logged holds a whole telephone number or the token', () => {
    const log = api.logged.join('\n');
    expect(log).toContain('list imported');
    expect(log).not.toMatch(/2125550\d\d\d/);
    expect(log).not.toContain(api.token);
  });

  test('[O-10] the token file is still readable by its owner alone', async () => {
    expect((await stat(join(api.folder, 'token'))).mode & 0o077).toBe(0);
  });

  test('[O-01] drain is answered at once', async () => {
    const answer = await api.ask('POST', '/api/drain');
    expect([answer.code, answer.body]).toEqual([202, { draining: true, calls: 0 }]);
    expect(api.control.done).toContain('drain');
  });
});

describe('dispositions', () => {
  test('[A-16] given with a reason: the answer, and the audit log without the words; without one: refused', async () => {
    const path = '/api/attempts/a1/disposition';
    const bare = await api.ask('POST', path, { disposition: 'complaint' });
    expect([bare.code, bare.body.error?.code]).toEqual([409, 'disposition-incomplete']);
    const given = await api.ask('POST', path, { disposition: 'complaint', reason: 'called at night' });
    expect(given.body).toEqual({
      attempt: 'a1',
      campaign: 'renewals',
      record: 1,
      agent: '101',
      before: null,
      disposition: 'complaint',
      reason: 'called at night',
    });
    const [entry] = await api.store.audit.list({ what: 'attempt.dispose', limit: 1 });
    expect(entry).toMatchObject({ subject: 'attempt a1', to: { disposition: 'complaint', hasReason: true } });
    expect(JSON.stringify(entry)).not.toContain('night');
  });
});
