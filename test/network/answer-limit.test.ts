// Asterisk's own limit and the agent who is found in the last moment, again and again around that moment: a person either
// meets the agent and stays, or hears the message; no one is taken out of a conversation.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { TelephonyRefusal, type TelephonyEvent } from '../../src/engine/ports.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';

const ROUNDS = 10;
const AT_ONCE = 20;
/** Asterisk acts 50 ms before this; joins are asked for from a while before it acts, for they take their time too. */
const LIMIT_MS = 600;
const ASTERISK_ACTS_MS = 550;
const BEFORE_MS = 220;
const AFTER_MS = 20;
const SETTLED_MS = 1_500;

let harness: AsteriskHarness;
const events: TelephonyEvent[] = [];

beforeAll(async () => {
  harness = await AsteriskHarness.start();
  await harness.telephony.start((event) => events.push(event));
});
afterAll(async () => {
  await harness.telephony.stop();
  await harness.stop();
});

const has = (leg: string, type: TelephonyEvent['type']): boolean =>
  events.some((event) => event.type === type && 'leg' in event && event.leg === leg);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A call that is joined so long after its answer; what became of it. */
async function joined(afterMs: number): Promise<{ accepted: boolean; met: boolean; reported: boolean; torn: boolean }> {
  const leg = harness.newId();
  const bridge = harness.newId();
  await harness.telephony.execute({ type: 'create-bridge', bridge });
  await harness.telephony.execute({
    type: 'place-call',
    leg,
    attempt: leg,
    trunk: harness.trunk,
    callerId: harness.callerId,
    number: harness.number({ does: 'person', afterS: 0 }),
    abandonSound: 'digits/1',
    ringTimeoutMs: 20_000,
    answerLimitMs: LIMIT_MS,
  });
  await harness.until(() => has(leg, 'leg-answered'), 10_000);
  const answered = events.find((event) => event.type === 'leg-answered' && event.leg === leg);
  await pause((answered?.at ?? 0) + afterMs - Date.now());
  const accepted = await harness.telephony.execute({ type: 'add-to-bridge', bridge, leg }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof TelephonyRefusal) return false;
      throw error;
    },
  );
  await pause(SETTLED_MS);
  const result = {
    accepted,
    met: has(leg, 'leg-bridged'),
    reported: has(leg, 'leg-abandon-message'),
    torn: has(leg, 'leg-unbridged'),
  };
  await harness.telephony.execute({ type: 'hang-up', leg }).catch(() => undefined);
  await harness.telephony.execute({ type: 'destroy-bridge', bridge }).catch(() => undefined);
  return result;
}

test(`[X-07] ${ROUNDS * AT_ONCE} people joined around the moment at which Asterisk acts: joined and kept, or played the message; never both, never neither`, async () => {
  const results = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const moments = Array.from({ length: AT_ONCE }, (_, place) => {
      const share = (place + round / ROUNDS) / AT_ONCE;
      return ASTERISK_ACTS_MS - BEFORE_MS + (BEFORE_MS + AFTER_MS) * share;
    });
    results.push(...(await Promise.all(moments.map((afterMs) => joined(afterMs)))));
  }

  const met = results.filter((result) => result.met);
  console.info(`${met.length} met, ${results.filter(({ reported }) => reported).length} reported`);
  expect(met.length).toBeGreaterThan(10);
  expect(results.length - met.length).toBeGreaterThan(10);
  expect(results.filter(({ met: isMet, reported }) => isMet === reported)).toEqual([]);
  expect(results.filter(({ torn }) => torn)).toEqual([]);
  expect(results.filter(({ accepted, met: isMet }) => accepted !== isMet)).toEqual([]);
});
