// An agent's SIP account over the API: what it shows at any time, and how a password is renewed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sipDigest } from '../../src/base/sip-digest.ts';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await api.ask('POST', '/api/agents', { number: '101', name: 'Ann', groups: ['team-north'] });
});
afterAll(() => api.close());

describe("an agent's SIP account", () => {
  test('[O-10] the account: user, server and realm, how to renew; not to be stored; the look is in the audit log', async () => {
    const headers = { authorization: `Bearer ${api.token}`, 'x-outdial-by': 'eve' };
    const response = await fetch(`${api.url}/api/agents/101/account`, { headers });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const account = await response.json();
    expect(account).toMatchObject({ account: 'a101', server: 'pbx.example', realm: 'our-realm', hasPassword: true });
    expect(JSON.stringify(account)).toContain('outdial agent set-password 101');
    const [entry] = await api.store.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ who: 'eve', what: 'agent.show-account', subject: '101' });
  });

  test('[O-10] a password made for another realm goes on with that realm until it is renewed', async () => {
    await api.store.agents.save({ number: '101', sipDigest: sipDigest('a101', 'asterisk', 'older') });
    expect((await api.ask('GET', '/api/agents/101/account')).body).toMatchObject({ realm: 'asterisk' });
    const { body } = await api.ask('POST', '/api/agents/101/password', { password: 'chosen-by-hand' });
    expect(body).toMatchObject({ realm: 'our-realm', sipPassword: 'chosen-by-hand' });
    expect((await api.ask('GET', '/api/agents/101/account')).body).toMatchObject({ realm: 'our-realm' });
    const [entry] = await api.store.audit.list({ limit: 2 }).then((all) => all.slice(1));
    expect(entry).toMatchObject({ what: 'agent.set-password', subject: '101', to: { realm: 'our-realm' } });
  });
});
