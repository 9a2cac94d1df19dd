// A control of the call looks asked for until the exchange has done it, by the one view.

import { expect, test, vi } from 'vitest';
import { aCall } from '../../../test/web/views.ts';
import type { Ask } from './ask.ts';
import { CallDesk } from './call.ts';
import type { LiveEvent } from './live.ts';

const ours = (change: Parameters<typeof aCall>[0] = {}) => aCall({ since: 1, ...change });

function desk(body: unknown): { call: CallDesk; events: LiveEvent[] } {
  const events: LiveEvent[] = [];
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
  const ask: Ask = <T>() =>
    body === 'lost' ? Promise.reject(new Error('no network')) : Promise.resolve({ status: 200, body: body as T });
  const call = new CallDesk({ ask, take: (event) => void events.push(event) });
  call.see(ours());
  return { call, events };
}

test('[D-06] mute: asked for until the view has it, also when the answer is faster than the stream', async () => {
  const { call } = desk({ call: ours({ muted: true }) });
  const asked = call.order('mute');
  expect(call.get()).toBe('mute');
  await asked;
  expect(call.get()).toBe('mute');
  call.see(ours({ muted: true }));
  expect(call.get()).toBeNull();
});

test('[D-06] the stream was faster than the answer: nothing is waited for', async () => {
  const { call } = desk({ call: ours({ muted: true }) });
  const asked = call.order('mute');
  call.see(ours({ muted: true }));
  await asked;
  expect(call.get()).toBeNull();
});

test('[D-06] the view never says the same: it does not look asked for for ever', async () => {
  vi.useFakeTimers();
  const { call } = desk({ call: ours({ muted: true }) });
  await call.order('mute');
  vi.advanceTimersByTime(1_500);
  expect(call.get()).toBeNull();
  vi.useRealTimers();
});

test.each([
  ['refused', { error: { code: 'exchange-refused', message: 'No.', hint: 'Again.' } }, 'exchange-refused'],
  ['no answer', 'lost', 'unanswered'],
])('[D-06] %s: it is said, and nothing looks asked for', async (_name, body, code) => {
  const { call, events } = desk(body);
  expect(await call.order('hold')).toBe(false);
  expect([call.get(), events]).toMatchObject([null, [{ refusal: { what: 'call-control', code } }]]);
});

test('[D-06] the call is over: nothing of it is asked for any more', () => {
  const { call } = desk('lost');
  void call.order('hold');
  call.see(null);
  expect(call.get()).toBeNull();
});
