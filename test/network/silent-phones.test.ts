// Which phones of agents are taken for lost, and which only say nothing: muted ones, those that suppress silence, those on
// hold. On the real Asterisk, with phones that send exactly what each case is about.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';
import { PlainPhone, type Sound } from '../support/plain-phone.ts';

/** Longer than any limit of silence that is set. */
const LONG_MS = 22_000;
const LIMIT_MS = 240_000;

let harness: AsteriskHarness;
const events: TelephonyEvent[] = [];
const phones: PlainPhone[] = [];

beforeAll(async () => {
  harness = await AsteriskHarness.start();
  await harness.telephony.start((event) => events.push(event));
});
afterAll(async () => {
  for (const phone of phones.splice(0)) phone.close();
  await harness.telephony.stop();
  await harness.stop();
});

const reported = (leg: string, type: TelephonyEvent['type']): TelephonyEvent | undefined =>
  events.find((event) => event.type === type && 'leg' in event && event.leg === leg);

/** A phone in a bridge with a person who talks. */
async function seated(): Promise<{ phone: PlainPhone; leg: string; account: string }> {
  const account = harness.newAccount();
  await harness.telephony.provision(account);
  const phone = await replaced(account.name);
  return { phone, leg: await sitDown(phone, account.name), account: account.name };
}

/** Another phone registers with the account. */
async function replaced(account: string): Promise<PlainPhone> {
  const registrar = harness.box.pbx.sipAddress;
  const phone = await PlainPhone.open({ account, password: `secret-${account}`, registrar });
  phones.push(phone);
  await phone.register();
  return phone;
}

/** Its leg, answered and in a bridge. */
async function sitDown(phone: PlainPhone, account: string): Promise<string> {
  const before = events.length;
  const dialed = phone.dial(harness.signInCode);
  const arrival = (): TelephonyEvent | undefined =>
    events.slice(before).find((event) => event.type === 'leg-arrived' && event.account === account);
  await harness.until(() => arrival() !== undefined, 5000);
  const arrived = arrival();
  const leg = arrived?.type === 'leg-arrived' ? arrived.leg : '';
  await harness.telephony.execute({ type: 'answer', leg });
  await dialed;
  const bridge = harness.newId();
  await harness.telephony.execute({ type: 'create-bridge', bridge });
  await harness.telephony.execute({ type: 'add-to-bridge', bridge, leg });
  return leg;
}

const isLost = (leg: string): boolean =>
  reported(leg, 'leg-lost') !== undefined || reported(leg, 'leg-ended') !== undefined;

// All at once: each is a phone of its own, and most of the time is waiting.
describe.concurrent('[O-09] a phone in a call that sends no sound', () => {
  test.each(['rtcp', 'comfort-noise'] as const satisfies readonly Sound[])(
    'suppresses silence and sends %s alone: it is not lost',
    async (sound) => {
      const { phone, leg } = await seated();

      phone.send(sound);

      expect(await harness.until(() => isLost(leg), LONG_MS)).toBe(false);
    },
    LIMIT_MS,
  );

  test(
    'is on hold and sends nothing at all: it is not lost',
    async () => {
      const { phone, leg } = await seated();

      await phone.hold();

      expect(await harness.until(() => isLost(leg), LONG_MS)).toBe(false);
    },
    LIMIT_MS,
  );

  test(
    'sends nothing at all and still answers: lost when the time for that is over, and its end says so',
    async () => {
      const { phone, leg } = await seated();

      phone.send('nothing');

      expect(await harness.until(() => isLost(leg), LONG_MS)).toBe(true);
      expect(reported(leg, 'leg-ended')).toMatchObject({ cause: 44 });
    },
    LIMIT_MS,
  );

  test(
    'does not answer for a while but is heard: it is not lost',
    async () => {
      const { phone, leg } = await seated();

      phone.ignoreQuestions();

      expect(await harness.until(() => isLost(leg), LONG_MS)).toBe(false);
    },
    LIMIT_MS,
  );

  test(
    'is a muted softphone: it is not lost',
    async () => {
      const account = harness.newAccount();
      await harness.telephony.provision(account);
      const softphones = await harness.box.startPhones([{ username: account.name, password: account.password }]);
      await softphones.registered();
      const softphone = softphones.phone(account.name);
      await softphone.dial(harness.signInCode);
      const arrival = (): TelephonyEvent | undefined =>
        events.find((event) => event.type === 'leg-arrived' && event.account === account.name);
      await harness.until(() => arrival() !== undefined, 5000);
      const arrived = arrival();
      const leg = arrived?.type === 'leg-arrived' ? arrived.leg : '';
      await harness.telephony.execute({ type: 'answer', leg });
      await softphone.until('established');

      await softphone.mute();

      expect(await harness.until(() => isLost(leg), LONG_MS)).toBe(false);
      await softphones.stop();
    },
    LIMIT_MS,
  );
});

describe('[O-09] a phone in a call that is gone', () => {
  test(
    'is cut off from the network: lost within 5 s; reported as there again within 3 s of its return',
    async () => {
      const { phone, leg, account } = await seated();

      phone.goDeaf();

      expect(await harness.until(() => reported(leg, 'leg-lost') !== undefined, 5000)).toBe(true);
      const before = events.length;
      phone.hearAgain();
      const isBack = (): boolean =>
        events.slice(before).some((event) => event.type === 'phone' && event.account === account && event.registered);
      expect(await harness.until(isBack, 3000)).toBe(true);
    },
    LIMIT_MS,
  );

  test(
    'dies, and is registered again from elsewhere while Asterisk cannot be asked: lost as soon as it can',
    async () => {
      const { phone, leg, account } = await seated();

      harness.ariCable.cut();
      phone.goDeaf();
      await replaced(account);
      const before = events.length;
      setTimeout(() => harness.ariCable.restore(), 1_500);

      expect(await harness.until(() => reported(leg, 'leg-lost') !== undefined, 7_000)).toBe(true);
      const isUp = (): boolean => events.slice(before).some((event) => event.type === 'link' && event.up);
      expect(await harness.until(isUp, 10_000)).toBe(true);
    },
    LIMIT_MS,
  );

  test(
    'dies twice, each time registered again at once: each leg lost within 5 s',
    async () => {
      const first = await seated();

      first.phone.goDeaf();
      const second = await replaced(first.account);
      expect(await harness.until(() => reported(first.leg, 'leg-lost') !== undefined, 5_000)).toBe(true);
      const leg = await sitDown(second, first.account);
      second.goDeaf();
      await replaced(first.account);

      expect(await harness.until(() => reported(leg, 'leg-lost') !== undefined, 5_000)).toBe(true);
    },
    LIMIT_MS,
  );
});

test(
  '[O-09] a leg that somebody at the console sends elsewhere: reported as ended at once, without a cause',
  async () => {
    const { leg } = await seated();
    const channels = await harness.box.command('pbx', 'core show channels concise');
    const channel =
      channels
        .split('\n')
        .find((line) => line.includes(leg))
        ?.split('!')[0] ?? '';

    await harness.box.command('pbx', `channel redirect ${channel} outdial-agents,refused,1`);

    expect(await harness.until(() => reported(leg, 'leg-ended') !== undefined, 1000)).toBe(true);
    expect(reported(leg, 'leg-ended')).toMatchObject({ cause: 0 });
  },
  LIMIT_MS,
);
