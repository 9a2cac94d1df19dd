// The pages as the server gives them out: what was built and nothing else, under a policy that lets no one else in.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let folder: string;
let pages: string;
let api: TestApi;
const PAGE = '<!doctype html><title>outdial</title>';
const SCRIPT = 'console.log("outdial");'.repeat(20);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outdial-pages-'));
  pages = join(folder, 'web');
  await writeFile(join(folder, 'secret.txt'), 'not for browsers');
  api = await startTestApi(undefined, { pages });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}${path}`, { headers });

test('[A-01] pages that are not built: the page says how, and is found once it is', async () => {
  const before = await get('/agent');
  expect([before.status, before.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
  expect(await before.text()).toContain('npm run build');

  await mkdir(join(pages, 'assets'), { recursive: true });
  await writeFile(join(pages, 'agent.html'), PAGE);
  await writeFile(join(pages, 'assets', 'agent-1a2b.js'), SCRIPT);
  const after = await get('/agent');
  expect([after.status, await after.text()]).toEqual([200, PAGE]);
});

describe('[O-10] pages that are built', () => {
  test('the page is for everybody, kept by no browser, and runs and loads files of this server alone', async () => {
    const { headers } = await get('/agent');
    const policy = headers.get('content-security-policy') ?? '';
    expect(headers.get('cache-control')).toBe('no-store');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|http|\*|data:/);
    for (const rule of [
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      expect(policy.split('; ')).toContain(rule);
    expect(headers.get('permissions-policy')).toBe('microphone=(self), camera=(), geolocation=()');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a file whose name holds its sum is kept for ever, comes packed, and is not sent again unchanged', async () => {
    const first = await get('/assets/agent-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(first.headers.get('cache-control')).toContain('immutable');
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(await first.text()).toBe(SCRIPT);
    const plain = await get('/assets/agent-1a2b.js', { 'accept-encoding': 'identity' });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, SCRIPT]);
    const again = await get('/assets/agent-1a2b.js', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  test.each([
    '/assets/../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2fagent.html',
    '/assets/',
    '/assets/none.js',
  ])('%s leads nowhere', async (path) => {
    const answer = await get(path);
    expect([answer.status, (await answer.text()).includes('browsers')]).not.toEqual([200, true]);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  test('only reading is open there', async () => {
    expect((await fetch(`${api.url}/agent`, { method: 'POST' })).status).toBe(401);
  });
});
