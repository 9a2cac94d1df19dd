// Numbers that agents and programs give during a conversation: another phone, a callback. Those that are never dialed are
// refused there and then.

import { afterEach, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { Rig } from '../support/rig.ts';
import { by } from '../support/actors.ts';

const PREMIUM = '+19005551234';
const OTHER = '+16505550177';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

interface WrapUp {
  readonly on: Rig;
  readonly phone: SimulatedPhone;
  readonly heard: string[];
  readonly attempt: string;
}

/** The agent has talked with the one person, and is to say what it was. */
async function wrapUp(): Promise<WrapUp> {
  const on = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => ({ setUpMs: 100, before: 'ringing', afterMs: 1000, outcome: { type: 'person', talksMs: 5000 } }),
    campaign: {
      mode: 'progressive',
      wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'ready' },
      dispositions: [{ code: 'phone', label: 'Another phone', key: '5', ask: 'phone' }],
    },
  });
  rig = on;
  const heard: string[] = [];
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press('100#4711#');
  await on.clock.runFor(6000);
  phone.press('1');
  await on.clock.runFor(1000);
  await on.startCampaign();
  const isOver = (): boolean => on.engine.campaigns()[0]?.agents['wrap-up'] === 1;
  expect(await on.clock.runUntilTrue(isOver, 60_000)).toBe(true);
  const [row] = await on.store.attempts.list({});
  return { on, phone, heard, attempt: row?.attempt ?? '' };
}

const phonesOf = async (on: Rig) => (await on.store.records.show(1))?.contact.phones.map(({ number }) => number) ?? [];

test.each(['19005551234', '447012345678', '8816123456'])(
  '[A-16] the agent types %s by phone: not a choice, asked again; the next number is taken',
  async (typed) => {
    const { on, phone, heard } = await wrapUp();
    const before = await phonesOf(on);
    phone.press(`5${typed}#`);
    await on.clock.runFor(8000);
    expect(heard.slice(-2)).toEqual(['outdial/not-a-choice', 'outdial/enter-phone-number']);
    expect(on.engine.campaigns()[0]?.agents['wrap-up']).toBe(1);
    expect(on.complaints.join()).toMatch(/an agent typed a number that is not dialed .*"why":"The typed number is /);

    phone.press(`${OTHER.slice(1)}#`);
    await on.clock.runFor(8000);
    expect(on.engine.campaigns()[0]?.agents['wrap-up']).toBe(0);
    expect(await phonesOf(on)).toEqual([...before, OTHER]);
  },
);

/** The code and message of the refusal. */
async function refusal(on: Rig, work: Promise<unknown>): Promise<string> {
  const said = work.then(
    () => 'done',
    (fault: unknown) =>
      fault instanceof OperationalError ? `${fault.code}: ${fault.message}` : Promise.reject(fault as Error),
  );
  return on.clock.settle(said);
}

test('[A-16] a program gives another phone that is never dialed: refused with the reason, another one is taken', async () => {
  const { on, attempt } = await wrapUp();
  const given = on.engine.dispose({ attempt, disposition: 'phone', phone: PREMIUM });
  expect(await refusal(on, given)).toBe(
    `number-not-dialed: ${PREMIUM} is a premium number of US: not allowed on trunk main (allow_classes).`,
  );
  expect(await refusal(on, on.engine.dispose({ attempt, disposition: 'phone', phone: OTHER }))).toBe('done');
});

test('[A-17] a callback on a number that is never dialed: refused with the reason', async () => {
  const { on } = await wrapUp();
  const at = on.clock.now() + 3_600_000;
  const asked = on.engine.setCallback({ record: 1, at, zone: 'UTC', number: PREMIUM, agent: null, by: by('test') });
  expect(await refusal(on, asked)).toMatch(
    /^callback-forbidden: .* \+19005551234 is a premium number of US: not allowed on trunk main \(allow_classes\)\.$/,
  );
});
