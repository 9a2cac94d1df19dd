// What an agent can do with the SIP account alone, against a real Asterisk: have the phone "ring" somewhere else, and take
// the exchange's lines and ports for itself.

import { defined } from '../../src/base/defined.ts';
import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TelephonyRefusal } from '../../src/engine/ports.ts';
import type { TelephonyCommand } from '../../src/engine/telephony-commands.ts';
import { PlainPhone } from '../support/plain-phone.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';
import { until } from './network.ts';

const LIMIT_MS = 240_000;
const NUMBER = '+19005550100';
/** An agent's own machine, beside that of the exchange and the carrier: only addresses tell them apart. */
const AGENTS_HOST = '127.0.0.2';

let harness: AsteriskHarness;
let carrier: Socket;
const atCarrier: string[] = [];

beforeAll(async () => {
  carrier = createSocket('udp4');
  carrier.on('message', (datagram) => atCarrier.push(datagram.toString()));
  await new Promise<void>((resolve) => carrier.bind(0, '127.0.0.1', resolve));
  harness = await AsteriskHarness.start({
    trunks: [{ name: 'known', host: '127.0.0.1', port: carrier.address().port }],
  });
  await harness.telephony.start((event) => {
    if (event.type === 'leg-arrived' && event.purpose === 'sign-in')
      harness.telephony.execute({ type: 'answer', leg: event.leg }).catch(() => undefined); // it has hung up again
  });
}, LIMIT_MS);
afterAll(async () => {
  carrier.close();
  await harness.stop();
});

/** A phone of an account at a port of its own; of the carrier's number when it is to be taken for the carrier. */
async function phone(port?: number): Promise<{ readonly phone: PlainPhone; readonly account: string }> {
  const account = harness.newAccount();
  await harness.telephony.provision(account);
  const made = await PlainPhone.open({
    account: account.name,
    password: account.password,
    registrar: harness.box.pbx.sipAddress,
    host: AGENTS_HOST,
    ...defined({ port }),
  });
  return { phone: made, account: account.name };
}

/** Why the phone is not rung; undefined: it is. */
async function ring(account: string): Promise<TelephonyRefusal['reason'] | undefined> {
  const leg = harness.newId();
  const command: TelephonyCommand = { type: 'ring-agent', leg, account, label: 'x', ringTimeoutMs: 2000 };
  try {
    await harness.telephony.execute(command);
    return undefined;
  } catch (error) {
    if (error instanceof TelephonyRefusal) return error.reason;
    throw error;
  }
}

const channels = async (): Promise<number> =>
  (await harness.box.command('pbx', 'core show channels concise')).split('\n').filter((line) => line.includes('!'))
    .length;

const dialed = (): readonly string[] => atCarrier.filter((text) => text.startsWith('INVITE ') && text.includes(NUMBER));

describe('[D-02] [O-10] an agent registers an address that leads elsewhere', () => {
  test.each([
    ['maddr', (place: string) => `<sip:${NUMBER}@x;maddr=${place}>`],
    ['maddr, encoded', (place: string) => `<sip:${NUMBER}@x;%6daddr=${place}>`],
    ['maddr, encoded twice', (place: string) => `<sip:${NUMBER}@x;%256daddr=${place}>`],
    ['maddr and 6,000 characters', (place: string) => `<sip:${NUMBER}@x;maddr=${place}>;x=${'a'.repeat(6000)}`],
    ['a Route', (place: string, port: number) => `<sip:${NUMBER}@x?Route=%3csip:${place}:${port}%3blr%3e>`],
  ])(
    '%s: no call leaves for the carrier, the phone is not rung',
    async (_what, contact) => {
      const { port } = carrier.address();
      const { phone: evil, account } = await phone(port);
      await evil.register(contact('127.0.0.1', port));
      expect(await ring(account)).toMatch(/^(refused|unreachable)$/);
      await evil.register();
      expect(await ring(account)).toBeUndefined();
      await until('the phone rings at its own address', () =>
        Promise.resolve(evil.asked.some((line) => line.startsWith('INVITE ')) || undefined),
      );
      expect(dialed()).toEqual([]);
      evil.close();
    },
    LIMIT_MS,
  );
});

describe('[O-10] an agent’s account dials fifty times at once', () => {
  test.each(['*55', '12345'])(
    '%s: at most three calls are taken, all others get 486; another agent signs in meanwhile',
    async (code) => {
      const { phone: first, account } = await phone();
      const phones = [first];
      const again = async (): Promise<PlainPhone> =>
        PlainPhone.open({
          account,
          password: `secret-${account}`,
          registrar: harness.box.pbx.sipAddress,
          host: AGENTS_HOST,
        });
      for (let i = 1; i < 50; i += 1) phones.push(await again());
      const answers = await Promise.allSettled(phones.map((one) => one.dial(code, 'nothing')));
      const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [String(answer.reason)] : []));
      expect(refusals.length).toBeGreaterThanOrEqual(47);
      expect(new Set(refusals)).toEqual(new Set(['Error: INVITE: SIP/2.0 486 Busy Here']));
      const { phone: other } = await phone();
      await other.dial('*55', 'nothing');
      for (const one of [...phones, other]) one.close();
      await harness.box.command('pbx', 'channel request hangup all');
      await until('no call is left', async () => ((await channels()) === 0 ? true : undefined));
    },
    LIMIT_MS,
  );
});
