// Each route asks for a right, and no one gets past it: without anything, with every right but that one.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RIGHTS, ROLE_RIGHTS, ROUTE_RIGHTS, askedFor, rightsOf, type Right } from '../../src/http/access/rights.ts';
import { startTestApi, type TestApi } from './api.ts';

const ALL = Object.keys(RIGHTS) as Right[];
const ROUTES = Object.entries(ROUTE_RIGHTS);

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function tokenWith(name: string, scopes: readonly string[]): Promise<string> {
  const { code, body } = await api.ask('POST', '/api/tokens', { name, scopes });
  expect(code).toBe(201);
  return String(body['token']);
}

interface Answer {
  readonly code: number;
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

async function tried(route: string, token?: string): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${api.url}/api${path.replace(/:\w+/g, '1')}`;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { method, headers });
  const { error } = (await response.json().catch(() => ({}))) as Partial<Answer>;
  return { code: response.status, ...(error ? { error } : {}) };
}

test('[S-07] no route is without a right, and no right is for a route that is gone', async () => {
  const { body } = await api.ask('GET', '/api/openapi.json');
  const paths = Object.entries(body['paths'] as Record<string, object>);
  const routes = paths.flatMap(([path, methods]) =>
    Object.keys(methods).map(
      (one) => `${one.toUpperCase()} ${path.replace(/^\/api/, '').replace(/\{(\w+)\}/g, ':$1')}`,
    ),
  );
  expect(routes.length).toBeGreaterThan(80);
  expect([...routes, 'GET /openapi.json'].toSorted()).toEqual(Object.keys(ROUTE_RIGHTS).toSorted());
});

test('[S-07] a route that the table does not have is the administrator’s; HEAD is as GET', () => {
  expect(askedFor('POST', '/api/made-up')).toBe('admin');
  expect(askedFor('GET', '/api/constructor')).toBe('admin');
  expect(askedFor('HEAD', '/api/lists')).toBe('read');
});

test('[S-07] an administrator has all rights, an agent none but the own work; no role has one without a name', () => {
  expect(ROLE_RIGHTS.admin.toSorted()).toEqual(ALL.toSorted());
  expect(ROLE_RIGHTS.agent).toEqual(['work']);
  for (const role of ['campaign-manager', 'supervisor'] as const)
    for (const right of ['admin', 'audit', 'erase', 'work'] as const) expect(ROLE_RIGHTS[role]).not.toContain(right);
  expect([...rightsOf(['admin'])].toSorted()).toEqual(ALL.toSorted());
  expect([...rightsOf(['read', 'of-tomorrow', 'constructor'])]).toEqual(['read']);
});

test('[S-07] docs/users.md has every right with the roles that have it', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/users.md'), 'utf8');
  const rows = ALL.map((right) => {
    const roles = Object.entries(ROLE_RIGHTS).flatMap(([role, rights]) => (rights.includes(right) ? [role] : []));
    return `| \`${right}\` | ${RIGHTS[right]} | ${roles.join(', ')} |`;
  });
  expect(page.split('\n').filter((line) => /^\| `[a-z-]+` \| .* \| .* \|$/.test(line))).toEqual(rows);
});

/** Their answer has no end. */
const STREAMS = new Set(['GET /live', 'GET /board/stream']);

describe('[S-07] [O-04] route by route', () => {
  test('without token and cookie: 401, but for health and the sign-in', async () => {
    const open: string[] = [];
    for (const [route] of ROUTES) if ((await tried(route)).error?.code !== 'token-wrong') open.push(route);
    expect(open.toSorted()).toEqual(['GET /health', 'POST /session']);
  });

  test('with every right but the one asked for: 403, which names who has it; with it alone: let in', async () => {
    const without = new Map<Right, string>();
    const alone = new Map<Right, string>();
    for (const right of ALL) {
      const rest = ALL.filter((one) => one !== right && one !== 'admin');
      without.set(right, await tokenWith(`no-${right}`, rest));
      if (right !== 'admin') alone.set(right, await tokenWith(`only-${right}`, [right]));
    }
    const wrong: string[] = [];
    for (const [route, asked] of ROUTES) {
      if (asked === 'open' || asked === 'signed-in' || STREAMS.has(route)) continue;
      const refused = await tried(route, without.get(asked));
      if (refused.code !== 403 || refused.error?.code !== 'right-missing' || !refused.error.hint.includes('admin'))
        wrong.push(`${route} without ${asked}: ${refused.code}`);
      const token = alone.get(asked);
      if (token !== undefined && (await tried(route, token)).code === 403) wrong.push(`${route} with ${asked}: 403`);
    }
    expect(wrong).toEqual([]);
    for (const route of STREAMS) {
      const url = `${api.url}${route.replace('GET ', '/api')}`;
      expect((await fetch(url, { headers: { authorization: `Bearer ${without.get('read')}` } })).status).toBe(403);
    }
  });

  test('[O-10] refused for a hundred actions that were made up: one entry, with a short word', async () => {
    const headers = { authorization: `Bearer ${await tokenWith('inventive', ['read'])}` };
    for (let round = 0; round < 100; round += 1) {
      const action = `${'x'.repeat(3000)}${round}`;
      const { status } = await fetch(`${api.url}/api/campaigns/renewals/${action}`, { method: 'POST', headers });
      expect(status).toBe(403);
    }
    const { body } = await api.ask('GET', '/api/audit/log?who=token:inventive&limit=20');
    expect(body).toHaveLength(1);
    expect(JSON.stringify(body).length).toBeLessThan(500);
  });

  test('a refused change is in the audit log once a minute, with who wanted what; a refused look is not', async () => {
    const token = await tokenWith('curious', ['read']);
    for (let round = 0; round < 3; round += 1) await tried('POST /campaigns/:name/:action', token);
    await tried('DELETE /agents/:number', token);
    await tried('GET /records', token);
    const { body } = await api.ask('GET', '/api/audit/log?who=token:curious&limit=20');
    expect(body).toMatchObject([
      { what: 'right.refused', subject: 'agent.remove', to: { right: 'agents' } },
      { what: 'right.refused', subject: 'campaign.1', to: { right: 'campaigns' } },
    ]);
    expect(body).toHaveLength(2);
  });
});
