// Dispositions that are given through the API beside the keys of the phone, in a simulated call centre: what a
// disposition asks for is demanded, kept, and can be added when the phone could not give it.

import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../../src/base/errors.ts';
import type { LiveEvent } from '../../../src/engine/live-events.ts';
import type { AttemptRow } from '../../../src/engine/store/attempts.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const picksUp = (talksMs: number): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'person', talksMs },
});

interface Talk {
  readonly on: Rig;
  readonly phone: SimulatedPhone;
  readonly attempt: string;
  readonly heard: LiveEvent[];
}

/** One agent who is ready; the campaign calls its one person. */
async function called(options: RigOptions = {}): Promise<Talk> {
  const on = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => picksUp(20_000),
    ...options,
    campaign: {
      mode: 'progressive',
      attempts: { max: 3, perDay: 3 },
      wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'paused' },
      dispositions: [
        { code: 'sale', label: 'Sold', key: '1' },
        { code: 'complaint', label: 'Complaint', key: '2', ask: 'reason', then: { do: 'close' } },
        { code: 'later', label: 'Call later', key: '3', ask: 'callback' },
      ],
      callAgain: [
        {
          when: 'disposition == "sale"',
          then: { do: 'call-again', afterMs: 3_600_000, phone: 'same' },
        },
      ],
    },
  });
  rig = on;
  const heard: LiveEvent[] = [];
  on.engine.subscribe((event) => heard.push(event));
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press('100#4711#');
  await on.clock.runFor(6000);
  phone.press('1');
  await on.clock.runFor(1000);
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => on.exchange.calls.length > 0, 60_000)).toBe(true);
  const [row] = await on.store.attempts.list({});
  return { on, phone, attempt: row?.attempt ?? '', heard };
}

async function until(on: Rig, state: string): Promise<void> {
  const isSo = (): boolean => (on.engine.campaigns()[0]?.agents[state as 'talking'] ?? 0) === 1;
  expect(await on.clock.runUntilTrue(isSo, 120_000)).toBe(true);
}

/** The answer, or the code of the refusal. */
async function give(
  { on, attempt }: Talk,
  said: { readonly disposition: string; readonly reason?: string },
): Promise<unknown> {
  const given = on.engine.dispose({ attempt, ...said });
  return on.clock.settle(
    given.catch((fault: unknown) => (fault instanceof OperationalError ? fault.code : Promise.reject(fault as Error))),
  );
}

async function rowOf({ on }: Talk): Promise<AttemptRow | undefined> {
  await on.clock.runFor(1000);
  return (await on.store.attempts.list({}))[0];
}

const complaint = { disposition: 'complaint', reason: 'called at night' };

test('[A-16] in the wrap-up: refused until the reason is there, then kept, and the wrap-up is over', async () => {
  const talk = await called();
  expect(await give(talk, complaint)).toBe('disposition-too-early');
  await until(talk.on, 'wrap-up');
  expect(await give(talk, { disposition: 'complaint' })).toBe('disposition-incomplete');
  expect(await give(talk, { disposition: 'complaint', reason: '  ' })).toBe('disposition-incomplete');
  expect(await give(talk, { disposition: 'later' })).toBe('disposition-incomplete');
  expect(await give(talk, { disposition: 'complant' })).toBe('disposition-unknown');
  expect(await give(talk, complaint)).toMatchObject({ agent: '100', ...complaint, before: null });
  await until(talk.on, 'ready');
  expect(await rowOf(talk)).toMatchObject({ result: 'connected', agent: '100', ...complaint });
  expect((await talk.on.store.records.show(1))?.state).toBe('finished');
  expect(talk.on.complaints).toEqual([]);
});

test('[A-16] during the conversation: kept with its reason until it ends, and then there is nothing to wrap up', async () => {
  const talk = await called();
  await until(talk.on, 'talking');
  expect(await give(talk, { disposition: 'sale' })).toMatchObject({ disposition: 'sale', before: null });
  expect(await give(talk, complaint)).toMatchObject({ ...complaint, before: { disposition: 'sale', reason: null } });
  expect((await rowOf(talk))?.disposition).toBeNull();
  await until(talk.on, 'ready');
  expect(await rowOf(talk)).toMatchObject(complaint);
});

test('[A-16] by key on the phone it is taken at once; the reason is added afterwards, what was decided stands', async () => {
  const talk = await called();
  await until(talk.on, 'wrap-up');
  talk.phone.press('2');
  await until(talk.on, 'ready');
  expect(await rowOf(talk)).toMatchObject({ disposition: 'complaint', reason: null });
  const before = await talk.on.store.records.show(1);

  expect(await give(talk, { disposition: 'complaint' })).toBe('disposition-incomplete');
  expect(await give(talk, complaint)).toMatchObject({ before: { disposition: 'complaint', reason: null } });

  expect(await rowOf(talk)).toMatchObject({ ...complaint, agent: '100' });
  const after = await talk.on.store.records.show(1);
  expect(after).toEqual(before);
  const timeline = await talk.on.store.contacts.timeline({ contact: before?.contact.id ?? 0, limit: 10 });
  expect(timeline.find(({ what }) => what === 'attempt')?.detail).toMatchObject(complaint);
});

test('[O-04] live: the result comes with the end of the call, the disposition when it is said', async () => {
  const talk = await called();
  await until(talk.on, 'wrap-up');
  const ends = (): readonly LiveEvent[] => talk.heard.filter((event) => event.type === 'call' && event.to === 'ended');
  expect(ends()).toMatchObject([{ attempt: talk.attempt, result: 'connected' }]);
  expect(talk.heard.filter((event) => event.type === 'call' && 'result' in event)).toHaveLength(1);
  expect(talk.heard.filter(({ type }) => type === 'disposition')).toEqual([]);
  talk.phone.press('1');
  await until(talk.on, 'ready');
  expect(talk.heard.filter(({ type }) => type === 'disposition')).toMatchObject([
    { attempt: talk.attempt, campaign: 'renewals', agent: '100', disposition: 'sale' },
  ]);
});

test('[A-16] a call without a conversation has no disposition, and neither has an unknown attempt', async () => {
  const talk = await called({
    plan: () => ({
      setUpMs: 100,
      before: 'ringing',
      afterMs: 500,
      outcome: { type: 'refused', cause: 17, sipCode: 486 },
    }),
  });
  await talk.on.clock.runFor(5000);
  expect(await give(talk, { disposition: 'sale' })).toBe('disposition-over');
  expect(await give({ ...talk, attempt: 'nobody' }, { disposition: 'sale' })).toBe('attempt-unknown');
  expect(await give({ ...talk, attempt: 'i-nobody' }, { disposition: 'sale' })).toBe('attempt-unknown');
});
