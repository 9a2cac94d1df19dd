// An agent's controls over the API: the own call alone, whoever asks; what was done is in the audit log, keys are not.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './api.ts';

let api: TestApi;

beforeEach(async () => {
  api = await startTestApi();
  api.control.callNow = {
    agent: '2001',
    attempt: 'at1',
    campaign: 'renewals',
    since: 1_789_000_000_000,
    muted: false,
    pending: false,
    changing: [],
    recording: 'off',
    mayRecord: true,
    parties: ['person'],
  };
});
afterEach(() => api.close());

test('[D-06] a control is carried out for the agent that a program names, and answers how the call stands then', async () => {
  const held = await api.ask('POST', '/api/agent/call/hold?agent=2001');
  expect(held).toMatchObject({ code: 200, body: { call: { attempt: 'at1', heldSince: 1_790_000_000_000 } } });
  expect(await api.ask('GET', '/api/agent/call?agent=2001')).toMatchObject(held);
  expect(api.control.done).toContain('2001: hold');
});

test('[D-06] a program that names no agent, and an order that there is not, are refused', async () => {
  expect(await api.ask('POST', '/api/agent/call/hold')).toMatchObject({
    code: 400,
    body: { error: { code: 'agent-unnamed' } },
  });
  expect((await api.ask('POST', '/api/agent/call/explode?agent=2001')).code).toBe(400);
  expect(api.control.done.filter((act) => act.startsWith('2001'))).toEqual([]);
});

test('[D-06] no call: null', async () => {
  api.control.callNow = undefined;
  expect(await api.ask('GET', '/api/agent/call?agent=2001')).toMatchObject({ code: 200, body: { call: null } });
});

test('[D-06] keys are sent, and the audit log has how many they were and not which', async () => {
  await api.ask('POST', '/api/agent/call/keys?agent=2001', { keys: '4111111111111111#' });
  expect(api.control.done).toContain('2001: keys 4111111111111111#');
  const { body } = await api.ask('GET', '/api/audit/log?limit=5');
  const entry = (body as unknown as readonly { what: string }[]).find(({ what }) => what === 'call.keys');
  expect(entry).toMatchObject({ subject: '2001', to: { keys: 17 } });
  expect(JSON.stringify(body)).not.toContain('4111');
});
