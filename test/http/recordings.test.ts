// Recordings and the check of the detector by API, over a real store and real files.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCampaign } from '../records/builders.ts';
import { startTestApi, type TestApi } from './api.ts';

const AT = Date.UTC(2026, 2, 2, 11);
const campaign = aCampaign({ name: 'renewals', lists: ['people'] });
let api: TestApi;
let attempts: string[];

/** A WAV file of so many ms. */
function wave(ms: number): Buffer {
  const samples = Buffer.alloc(ms * 16);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16_000, 28);
  return Buffer.concat([header, samples]);
}

beforeAll(async () => {
  api = await startTestApi([campaign]);
  const { lists, records, attempts: store, recordings } = api.store;
  const contacts = Array.from({ length: 3 }, (_, index) => ({
    name: `Person ${index}`,
    fields: {},
    line: index + 2,
    phones: [{ number: `+1212555010${index}`, type: 'mobile' as const }],
  }));
  await lists.importBatch({ importId: 'i1', list: 'people', source: 'x.csv', duplicates: 'skip', contacts });
  await lists.finishImport('i1');
  await records.sync(campaign, AT);
  const lines = [1, 2, 3].map((turn) => ({ attempt: `attempt-${turn}`, trunk: 'main', turn }));
  const { opened } = await store.open({ campaign, now: AT, lines });
  attempts = opened.map(({ attempt }) => attempt);
  const folder = join(api.folder, 'recordings', '2026-03-02');
  mkdirSync(folder, { recursive: true });
  for (const attempt of attempts) {
    const next = { state: 'finished', why: 'done' } as const;
    await store.close({ attempt, result: 'machine', verdict: 'machine', endedAt: AT + 9000, counts: true, next });
    const name = `2026-03-02/${attempt}`;
    const kind = 'conversation' as const;
    await recordings.started({ name, attempt, kind, startedAt: AT, announced: true, keptUntil: AT + 86_400_000 });
    await recordings.ended(name, { endedAt: AT + 3000, bytes: 48_044, durationMs: 3000 });
    writeFileSync(join(folder, `${attempt}.wav`), wave(3000));
  }
});
afterAll(() => api.close());

const sound = (attempt: string, query = ''): Promise<Response> =>
  fetch(`${api.url}/api/recordings/${attempt}/sound${query}`, { headers: { authorization: `Bearer ${api.token}` } });

describe('recordings', () => {
  test('[D-07] listed by campaign, newest first; of one attempt alone', async () => {
    const { body } = await api.ask('GET', '/api/recordings?campaign=renewals');
    expect(body).toHaveLength(3);
    expect(await api.ask('GET', '/api/recordings?campaign=other')).toMatchObject({ code: 200, body: [] });
    const one = await api.ask('GET', `/api/recordings/${attempts[0] ?? ''}`);
    expect(one.body).toMatchObject([{ attempt: attempts[0], durationMs: 3000, deletedAt: null, announced: true }]);
  });

  test('[D-07] the sound is a WAV file of its whole length, for the holder of the token alone', async () => {
    const response = await sound(attempts[0] ?? '');
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(Buffer.from(await response.arrayBuffer()).equals(wave(3000))).toBe(true);
    expect((await fetch(`${api.url}/api/recordings/${attempts[0] ?? ''}/sound`)).status).toBe(401);
  });

  test('[D-07] a player asks for parts: each is that part, never kept, and together they are one play in the audit log', async () => {
    const attempt = attempts[1] ?? '';
    const part = (range: string): Promise<Response> =>
      fetch(`${api.url}/api/recordings/${attempt}/sound`, {
        headers: { authorization: `Bearer ${api.token}`, range },
      });
    const begun = await part('bytes=0-');
    expect([begun.status, begun.headers.get('content-range')]).toEqual([206, 'bytes 0-48043/48044']);
    expect([begun.headers.get('cache-control'), begun.headers.get('accept-ranges')]).toEqual(['no-store', 'bytes']);
    await begun.arrayBuffer();
    const jumped = await part('bytes=40-47');
    expect([jumped.status, jumped.headers.get('content-range')]).toEqual([206, 'bytes 40-47/48044']);
    expect(Buffer.from(await jumped.arrayBuffer()).equals(wave(3000).subarray(40, 48))).toBe(true);
    const outside = await part('bytes=48044-');
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */48044']);
    expect(await outside.json()).toMatchObject({ error: { code: 'range-outside' } });
    const plays = await api.store.audit.list({ what: 'recording.download', limit: 100 });
    expect(plays.filter(({ subject }) => subject === `attempt ${attempt}`)).toHaveLength(1);
  });

  test('[D-07] nothing was recorded, or only something else: 404 with its reason', async () => {
    expect((await sound('nobody')).status).toBe(404);
    const response = await sound(attempts[0] ?? '', '?kind=greeting');
    expect(await response.json()).toMatchObject({ error: { code: 'recording-unknown' } });
  });

  test('[X-10] deleted before its time: the file is gone, the row says who did it, the audit log has it', async () => {
    const attempt = attempts[2] ?? '';
    const deleted = await api.ask('DELETE', `/api/recordings/${attempt}`);

    expect(deleted).toMatchObject({ code: 200, body: { attempt, deleted: 1 } });
    expect(existsSync(join(api.folder, 'recordings', '2026-03-02', `${attempt}.wav`))).toBe(false);
    expect((await sound(attempt)).status).toBe(410);
    const [row] = await api.store.recordings.of(attempt);
    expect(row).toMatchObject({ deletedBy: 'ann' });
    const [entry] = await api.store.audit.list({ what: 'recording.delete', limit: 1 });
    expect(entry).toMatchObject({ who: 'ann', subject: `attempt ${attempt}` });
    expect((await api.ask('DELETE', `/api/recordings/${attempt}`)).code).toBe(404);
  });
});

describe('the check of the detector', () => {
  test('[D-10] drawn, judged, reported: who judged is in the audit log', async () => {
    const drawn = await api.ask('POST', '/api/detection/samples', { campaign: 'renewals', size: 10, seed: 1 });
    expect(new Set(drawn.body['drawn'] as string[])).toEqual(new Set(attempts.slice(0, 2)));
    const [first = '', second = ''] = drawn.body['drawn'] as string[];

    expect((await api.ask('POST', `/api/detection/samples/${first}`, { is: 'human' })).code).toBe(200);
    expect((await api.ask('POST', `/api/detection/samples/${second}`, { is: 'machine' })).code).toBe(200);
    expect((await api.ask('POST', '/api/detection/samples/nobody', { is: 'machine' })).body.error?.code).toBe(
      'sample-unknown',
    );

    const report = await api.ask('GET', '/api/detection/report?campaign=renewals');
    expect(report.body).toMatchObject({
      machines: 3,
      drawn: 2,
      judged: { human: 1, machine: 1, unclear: 0 },
      estimate: { share: 0.5, judged: 2, people: 1.5 },
      isCounted: false,
    });
    const [entry] = await api.store.audit.list({ what: 'detection.judge', limit: 1 });
    expect(entry).toMatchObject({ who: 'ann', to: { is: 'machine' } });
  });
});
