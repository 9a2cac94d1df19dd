// The board of supervisors: a whole picture first, then what changed, once for all readers; what supervisors do with
// agents' sessions; and a campaign's file, which is never written over unseen.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { BoardHub } from '../../src/http/board/board-hub.ts';
import { BoardPast } from '../../src/http/board/board-past.ts';
import { VirtualClock } from '../../src/sim/clock.ts';
import { startTestApi, type TestApi } from './api.ts';
import { campaignView, FakeControl } from './fake-control.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

/** Collects the events of a stream. */
class Reader extends EventEmitter {
  readonly events: { readonly type: string; readonly data: Record<string, unknown> }[] = [];
  readonly writableLength = 0;

  writeHead(): this {
    return this;
  }

  write(text: string): boolean {
    const [, type = '', data = ''] = /^event: (.*)\ndata: (.*)\n\n$/s.exec(text) ?? [];
    if (type !== '') this.events.push({ type, data: JSON.parse(data) as Record<string, unknown> });
    return true;
  }

  end(): void {
    this.emit('close');
  }
}

const NO_AGENTS = { times: () => Promise.resolve([]), talks: () => Promise.resolve([]) };

function started() {
  const clock = new VirtualClock({ settle: () => new Promise((resolve) => setImmediate(resolve)) });
  const agents = { all: () => Promise.resolve([{ number: '101', name: 'Ada', groups: [], account: 'a101' }]) };
  const control = new FakeControl({ agents } as unknown as ConstructorParameters<typeof FakeControl>[0]);
  const store = { sessions: NO_AGENTS } as unknown as ConstructorParameters<typeof BoardHub>[0]['store'];
  const hub = new BoardHub({ control, store, clock, log: silentLog });
  return { clock, control, hub };
}

async function reading({ hub, clock }: ReturnType<typeof started>): Promise<Reader> {
  const reader = new Reader();
  await hub.add(reader as unknown as ServerResponse);
  await clock.runFor(1);
  return reader;
}

describe('[S-01] the stream of the board', () => {
  test('first everything, then of many events within half a second one change with what they name', async () => {
    const on = started();
    const reader = await reading(on);
    expect(reader.events.map(({ type }) => type)).toEqual(['state']);
    for (let event = 0; event < 50; event += 1) on.control.emit({ type: 'agent', at: 0, agent: '101' });
    await on.clock.runFor(600);
    expect(reader.events.map(({ type }) => type)).toEqual(['state', 'change']);
    expect(reader.events[1]?.data).toMatchObject({ version: 1, campaigns: [], agents: [{ number: '101' }] });
    expect(reader.events[1]?.data).not.toHaveProperty('health');
  });

  test('nothing happens: a beat every two seconds; the switch of outbound comes with it', async () => {
    const on = started();
    const reader = await reading(on);
    await on.clock.runFor(2_100);
    expect(reader.events.at(-1)?.type).toBe('beat');
    on.control.outboundNow = { on: false, by: 'user:sue', at: 1, reason: 'x' };
    await on.clock.runFor(2_100);
    expect(reader.events.at(-1)).toMatchObject({ type: 'change', data: { outbound: { on: false } } });
  });

  test('another campaign is there: everything again, so that no page keeps one that is gone', async () => {
    const on = started();
    const reader = await reading(on);
    on.control.views.set('spring', campaignView({ name: 'spring' }));
    await on.clock.runFor(2_100);
    expect(reader.events.at(-1)?.type).toBe('state');
  });

  test('the last reader goes: the engine is not listened to any more', async () => {
    const on = started();
    const reader = await reading(on);
    expect(on.control.listeners.size).toBe(1);
    reader.end();
    expect(on.control.listeners.size).toBe(0);
  });
});

test('[S-01] the last hours: a sample a minute, of answers what came since the one before, also over midnight', async () => {
  const { clock, control } = started();
  const past = new BoardPast(control, clock);
  const answers = (liveAnswers: number): void => {
    const view = campaignView();
    const agents = { ...view.agents, talking: 3 };
    control.views.set('renewals', { ...view, agents, today: { ...view.today, liveAnswers } });
  };
  answers(10);
  past.start();
  answers(14);
  await clock.runFor(60_000);
  answers(2);
  await clock.runFor(60_000);
  past.stop();
  const { all, campaigns } = past.show(4);
  expect(all.liveAnswers).toEqual([0, 4, 2]);
  expect(all.talking).toEqual([3, 3, 3]);
  expect(campaigns).toEqual([{ name: 'renewals', liveAnswers: [0, 4, 2] }]);
});

describe('[S-04] sessions of agents are steered', () => {
  beforeAll(async () => {
    await api.store.agents.save({ number: '101', name: 'Ada', groups: [], account: 'a101' });
    api.control.signedIn = ['101'];
  });

  test('moved and ended: by whom, and in the audit log', async () => {
    expect((await api.ask('POST', '/api/agents/101/move', { campaign: 'spring' })).code).toBe(200);
    expect((await api.ask('POST', '/api/agents/101/end')).code).toBe(200);
    expect(api.control.done).toEqual(
      expect.arrayContaining(['move 101 to spring by ann', 'end session of 101 by ann']),
    );
    const { body } = await api.ask('GET', '/api/audit/log?limit=5');
    expect(body).toMatchObject([
      { what: 'agent.end-session', subject: '101' },
      { what: 'agent.move', subject: '101', from: 'renewals', to: 'spring' },
    ]);
  });

  test('one who is not there, or not signed in: refused', async () => {
    expect((await api.ask('POST', '/api/agents/999/move', { campaign: 'spring' })).code).toBe(404);
    const answer = await api.ask('POST', '/api/agents/101/state', { to: 'ready' });
    expect([answer.code, answer.body.error?.code]).toEqual([409, 'agent-not-signed-in']);
  });
});

test('[S-03] a supervisor is removed, or made an agent, while they listen: they hear no one from then on', async () => {
  const listens = (mode: 'barge' | 'take-over'): void => {
    const one = { agent: '101', phone: '190', state: 'on', since: 0, stays: false } as const;
    api.control.listeningNow = [{ ...one, mode, by: 'user:sue' }];
  };
  const add = () =>
    api.ask('POST', '/api/users', { name: 'sue', role: 'supervisor', password: 'correct horse battery' });
  await add();
  listens('barge');
  await api.ask('PATCH', '/api/users/sue', { role: 'campaign-manager' });
  expect(api.control.listeningNow).toHaveLength(1);
  await api.ask('DELETE', '/api/users/sue');
  expect(api.control.listeningNow).toEqual([]);
  await add();
  listens('take-over');
  await api.ask('DELETE', '/api/users/sue');
  expect(api.control.listeningNow).toHaveLength(1);
});

describe('[S-02] the file of a campaign', () => {
  const PATH = '/api/campaigns/renewals/file';
  const onDisk = (): string => join(api.folder, 'campaigns', 'renewals.yaml');
  const read = async () => (await api.ask('GET', PATH)).body as { yaml: string; version: string };

  test('read, changed, taken up; the version is another one then', async () => {
    const { yaml, version } = await read();
    const answer = await api.ask('PUT', PATH, { yaml: `${yaml}# more\n`, version });
    expect(answer.code).toBe(200);
    expect(await readFile(onDisk(), 'utf8')).toBe(`${yaml}# more\n`);
    expect(answer.body['version']).not.toBe(version);
    expect(api.control.done).toContain('reload');
  });

  test('changed on disk meanwhile: refused, and what is on disk stays', async () => {
    const { yaml, version } = await read();
    await writeFile(onDisk(), `${yaml}# theirs\n`);
    const answer = await api.ask('PUT', PATH, { yaml: `${yaml}# mine\n`, version });
    expect([answer.code, answer.body.error?.code]).toEqual([409, 'campaign-file-changed']);
    expect(await readFile(onDisk(), 'utf8')).toBe(`${yaml}# theirs\n`);
  });

  test('faulty, or of another campaign: refused, nothing is written or left behind', async () => {
    const { yaml, version } = await read();
    const faulty = await api.ask('PUT', PATH, { yaml: 'mode: predictive\n', version });
    expect([faulty.code, faulty.body.error]).toMatchObject([400, { places: [{ line: 1, key: 'campaign' }] }]);
    const renamed = await api.ask('PUT', PATH, { yaml: 'campaign: other\n', version });
    expect([renamed.code, renamed.body.error?.code]).toEqual([400, 'campaign-renamed']);
    expect(await readFile(onDisk(), 'utf8')).toBe(yaml);
    expect((await readdir(join(api.folder, 'campaigns'))).filter((file) => file.endsWith('.draft'))).toEqual([]);
  });

  test('only checked: every fault with its place, and nothing is written', async () => {
    const { yaml } = await read();
    expect((await api.ask('POST', '/api/campaigns/check', { yaml: 'mode: x\n', name: 'renewals' })).code).toBe(400);
    const fine = await api.ask('POST', '/api/campaigns/check', { yaml: 'campaign: new-one\n' });
    expect([fine.code, fine.body]).toEqual([200, { name: 'new-one' }]);
    expect(await readFile(onDisk(), 'utf8')).toBe(yaml);
  });
});
