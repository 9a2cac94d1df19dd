// Supervisors who listen, as the API lets them: by which phone, and only as long as they are supervisors.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { People } from './people.ts';

let people: People;
let made = 0;
/** A supervisor of the test's own. */
let name = '';
beforeAll(async () => {
  people = await People.start();
  await people.agent('101');
});
beforeEach(async () => {
  name = `sue${(made += 1)}`;
  people.api.control.done.length = 0;
  people.api.control.admitted.length = 0;
  await people.add(name, 'supervisor');
});
afterAll(() => people.api.close());

const listen = async (phone: string) => {
  const sue = await people.signedIn(name);
  const { code, body } = await sue.ask('POST', '/api/agents/101/listen', { mode: 'listen', phone });
  return { sue, code, body };
};
const ends = (): readonly string[] => people.api.control.done.filter((what) => what.startsWith('listening'));

test('[S-03] by the browser: the phone is the browser of who has signed in; its line is made once she waits to listen', async () => {
  const { sue, code, body } = await listen('browser');
  expect([code, body['phone'], body['by']]).toEqual([200, `browser:${name}`, `user:${name}`]);
  const line = await sue.ask('POST', '/api/listening/phone', {});
  expect(line.body).toMatchObject({ number: 'session', socket: '/api/listening/phone' });
  expect(people.api.control.admitted).toEqual([`browser:${name} ${String(line.body['user'])}`]);
  await sue.ask('DELETE', '/api/agents/101/listen?phone=browser');
  expect(ends()).toEqual([`listening to 101 ends: browser:${name}`]);
  expect((await sue.ask('POST', '/api/listening/phone', {})).body.error?.code).toBe('not-listening');
});

test('[S-03] a program has no browser', async () => {
  const { code, body } = await people.api.ask('POST', '/api/agents/101/listen', { phone: 'browser' });
  expect([code, body.error?.code]).toEqual([400, 'browser-unnamed']);
});

test.each([
  ['the role is taken away', () => people.api.ask('PATCH', `/api/users/${name}`, { role: 'agent', agent: '101' })],
  ['the user is removed', () => people.api.ask('DELETE', `/api/users/${name}`)],
])('[S-03] [S-07] a supervisor who listens, %s: it ends at once', async (_how, act) => {
  await listen('900');
  expect(ends()).toEqual([]);
  expect((await act()).code).toBeLessThan(300);
  expect(ends()).toEqual(['listening to 101 ends: 900']);
});

test('[S-03] what another user is no longer ends nothing', async () => {
  await people.add('tom', 'supervisor');
  await listen('900');
  await people.api.ask('DELETE', '/api/users/tom');
  expect(ends()).toEqual([]);
});
