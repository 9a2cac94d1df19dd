// SIP from whoever has no business with us, against the Asterisk that we ship the configuration of: unknown senders who
// name a trunk or an agent, requests that are no call, floods of them. Calls, phones and callers go on meanwhile.

import { createSocket, type Socket } from 'node:dgram';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBox, type Box } from '../../asterisk/box.ts';
import { makeAccount } from '../../asterisk/box/accounts.ts';
import { sipDigest, USUAL_REALM } from '../../src/base/sip-digest.ts';
import { provisionAccount } from '../../src/telephony/accounts.ts';
import { AriRest } from '../../src/telephony/ari-rest.ts';
import { checkSip } from '../../src/telephony/check-sip.ts';
import { askSip, type SipAddress } from '../../src/telephony/sip-probe.ts';
import type { Settings } from '../../src/config/settings.ts';
import { until } from './network.ts';

const LIMIT_MS = 240_000;
const OURS = '+12125550100';
const AGENT = 'agent-of-ours';
/** Methods that are no call; each with what makes it a whole request of its kind. */
const NO_CALLS: Readonly<Record<string, readonly string[]>> = {
  MESSAGE: ['Content-Type: text/plain'],
  SUBSCRIBE: ['Event: presence', 'Accept: application/pidf+xml', 'Expires: 60'],
  PUBLISH: ['Event: presence', 'Expires: 60'],
  NOTIFY: ['Event: message-summary', 'Subscription-State: active'],
  REFER: [`Refer-To: <sip:${OURS}@pbx>`],
  INFO: [],
};

let box: Box;
let carrier: Socket;
let address: SipAddress;

beforeAll(async () => {
  carrier = createSocket('udp4');
  await new Promise<void>((resolve) => carrier.bind(0, '127.0.0.1', resolve));
  box = await startBox({ trunks: [{ name: 'known', host: '127.0.0.1', port: carrier.address().port }] });
  const [host = '', port = ''] = box.pbx.sipAddress.split(':');
  address = { host, port: Number(port) };
  await makeAccount(box.pbx, AGENT, 'secret-of-the-agent');
}, LIMIT_MS);
afterAll(async () => {
  carrier.close();
  await box.stop();
});

const channels = async (): Promise<string> =>
  (await box.command('pbx', 'core show channels count')).split('\n')[0] ?? '';

/** What a method gets for an answer, sent from the carrier's own address. */
function fromCarrier(method: string, headers: readonly string[] = []): Promise<number> {
  const id = `${method}-${Math.random()}`;
  const lines = [
    `${method} sip:${OURS}@pbx SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${carrier.address().port};branch=z9hG4bK${id}`,
    ...['Max-Forwards: 70', `From: <sip:carrier@x>;tag=${id}`, `To: <sip:${OURS}@pbx>`, `Call-ID: ${id}`],
    ...[`CSeq: 1 ${method}`, `Contact: <sip:carrier@127.0.0.1:${carrier.address().port}>`, ...headers],
    ...['Content-Length: 0', '', ''],
  ];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method} is not answered`)), 3000);
    const look = (datagram: Buffer): void => {
      const text = datagram.toString();
      const code = Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1] ?? 0);
      if (!text.includes(id) || code < 200) return;
      clearTimeout(timer);
      carrier.off('message', look);
      resolve(code);
    };
    carrier.on('message', look);
    carrier.send(lines.join('\r\n'), address.port, address.host);
  });
}

/** An account as the daemon makes it. */
async function provisioned(name: string): Promise<void> {
  const { ariUrl: url, ariUser: user, ariPassword: password } = box.pbx;
  const rest = new AriRest({ url, user, password, timeoutMs: 5000 });
  const account = { name, digest: sipDigest(name, USUAL_REALM, 'secret-of-the-agent'), label: 'Ann' };
  try {
    await provisionAccount(rest, account, { checkEveryMs: 0, soundLostAfterMs: 15_000, encrypted: false });
  } finally {
    rest.close();
  }
}

/** The realm with which an unknown sender who names an account is asked for its password. */
function realmFor(account: string): Promise<string> {
  const id = `realm-${account}-${Math.random()}`;
  const socket = createSocket('udp4');
  const text = [
    `REGISTER sip:${address.host}:${address.port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK${id}`,
    ...['Max-Forwards: 70', `From: <sip:${account}@x>;tag=${id}`, `To: <sip:${account}@x>`, `Call-ID: ${id}`],
    ...['CSeq: 1 REGISTER', `Contact: <sip:${account}@127.0.0.1>`, 'Content-Length: 0', '', ''],
  ];
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('REGISTER is not answered')), 3000);
    socket.on('message', (datagram) => {
      clearTimeout(timer);
      resolve(/realm="([^"]*)"/.exec(datagram.toString())?.[1] ?? datagram.toString());
    });
    socket.send(text.join('\r\n'), address.port, address.host);
  }).finally(() => socket.close());
}

describe('an unknown sender', () => {
  test.each(['trunk-main', 'trunk-known', AGENT, 'outdial-replaces', 'nobody-at-all'])(
    '[O-10] calls and names %s: asked for a password, no leg is made',
    async (from) => {
      const before = await channels();
      const calls = Array.from({ length: 25 }, () => askSip(address, { method: 'INVITE', user: OURS, from }));
      expect(new Set(await Promise.all(calls))).toEqual(new Set([401]));
      expect(await channels()).toBe(before);
    },
    LIMIT_MS,
  );

  test.each(Object.keys(NO_CALLS))('[O-10] sends %s and names the trunk: asked for a password', async (method) => {
    const headers = NO_CALLS[method] ?? [];
    for (const from of ['trunk-known', AGENT]) {
      expect(await askSip(address, { method, user: OURS, from, headers })).toBe(401);
    }
  });
});

describe('the carrier itself', () => {
  test.each(Object.keys(NO_CALLS))('[O-10] sends %s outside a call: refused, no leg is made', async (method) => {
    const before = await channels();
    const code = await fromCarrier(method, NO_CALLS[method]);
    expect(code).toBeGreaterThanOrEqual(400);
    expect(code).not.toBe(503);
    expect(await channels()).toBe(before);
  });
});

describe('a flood of messages', () => {
  test.each([
    [500, 'an unknown sender who names the trunk'],
    [5000, 'an unknown sender who names the trunk'],
    [500, 'the carrier'],
    [5000, 'the carrier'],
  ])(
    '[O-10] %i from %s: registrations, callers and phones are answered while it lasts, and afterwards',
    async (count, who) => {
      const socket = who === 'the carrier' ? carrier : createSocket('udp4');
      for (let i = 0; i < count; i += 1) {
        const id = `flood-${count}-${who.length}-${i}`;
        const text = [
          `MESSAGE sip:${OURS}@pbx SIP/2.0`,
          `Via: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bK${id}`,
          ...['Max-Forwards: 70', `From: <sip:trunk-known@x>;tag=${id}`, `To: <sip:${OURS}@pbx>`, `Call-ID: ${id}`],
          ...['CSeq: 1 MESSAGE', 'Content-Type: text/plain', 'Content-Length: 2', '', 'hi'],
        ];
        socket.send(text.join('\r\n'), address.port, address.host);
        // as fast as one sender is heard: what overflows a socket's buffer says nothing of Asterisk
        if (i % 100 === 99) await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(await askSip(address, { method: 'REGISTER', from: 'somebody' })).toBe(401);
      const talks = `outdial-inbound-${count}-${who.length}`;
      box.callIn({ caller: '+12122345678', called: OURS, talksS: 1 });
      await until(
        `an inbound call is answered after ${talks}`,
        async () =>
          (await box.command('pbx', 'core show channels concise')).includes('!outdial-inbound!') ? true : undefined,
        15_000,
      );
      const phones = await box.startPhones([{ username: AGENT, password: 'secret-of-the-agent' }]);
      await phones.registered();
      await phones.phone(AGENT).dial('*55');
      await phones.phone(AGENT).until('established');
      await phones.stop();
      if (socket !== carrier) socket.close();
    },
    LIMIT_MS,
  );
});

describe('outdial doctor', () => {
  const look = async () => {
    const rest = new AriRest({
      url: box.pbx.ariUrl,
      user: box.pbx.ariUser,
      password: box.pbx.ariPassword,
      timeoutMs: 5000,
    });
    const trunk = { name: 'known', endpoint: 'trunk-known', maxLines: 1, maxCallsPerSecond: 1, prefix: '', plus: true };
    const settings = {
      asterisk: { ari: { url: box.pbx.ariUrl } },
      trunks: [trunk],
      agents: { sip: { realm: 'asterisk' } },
    } as unknown as Settings;
    try {
      return await checkSip(rest, settings, async (check, ask) => ({ check, ...(await ask()) }));
    } finally {
      rest.close();
    }
  };

  test('[O-10] [O-13] the shipped configuration, running: nothing is wrong', async () => {
    expect((await look()).filter(({ ok }) => !ok)).toEqual([]);
  });

  test(
    '[O-10] [O-13] a trunk that is known by name and may transfer, running: both are found, one of them by trying',
    async () => {
      const file = path.join(box.dir, 'pbx', 'etc', 'pjsip.conf');
      const shipped = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        shipped
          .replace('identify_by = ip', 'identify_by = ip,username')
          .replace('allow_transfer = no\nset_var', 'allow_transfer = yes\nset_var'),
      );
      await box.command('pbx', 'module reload res_pjsip.so');
      const found = await until('the options are taken up', async () =>
        (await look()).find(({ check, ok }) => check === 'SIP of trunk known' && !ok),
      );
      expect(found.detail).toContain('anybody who names it is the carrier');
      expect(found.detail).toContain('an unknown sender who writes its name is taken for the carrier');
      expect(found.detail).toContain('the carrier may transfer our calls');
      expect(found.hint).toContain('identify_by = ip');
      writeFileSync(file, shipped);
      await box.command('pbx', 'module reload res_pjsip.so');
      await until('well again', async () => ((await look()).every(({ ok }) => ok) ? true : undefined));
    },
    LIMIT_MS,
  );

  test(
    '[O-10] [O-13] another default_realm, running: an unknown sender learns which accounts there are, and doctor says so',
    async () => {
      const file = path.join(box.dir, 'pbx', 'etc', 'pjsip.conf');
      const shipped = readFileSync(file, 'utf8');
      await provisioned('agent-with-realm');
      const realms = async (): Promise<readonly string[]> => [
        await realmFor('agent-with-realm'),
        await realmFor('nobody-at-all'),
      ];
      expect(await realms()).toEqual(['asterisk', 'asterisk']);
      writeFileSync(file, shipped.replace('type = global\n', 'type = global\ndefault_realm = pbx\n'));
      await box.command('pbx', 'module reload res_pjsip.so');
      const found = await until('the realm is taken up', async () =>
        (await look()).find(({ check, ok }) => check === 'SIP options' && !ok),
      );
      expect(found).toMatchObject({
        detail: expect.stringContaining('with the realm asterisk, names that are none with pbx') as string,
        hint: expect.stringContaining('default_realm = asterisk') as string,
      });
      expect(await realms()).toEqual(['asterisk', 'pbx']);
      writeFileSync(file, shipped);
      await box.command('pbx', 'module reload res_pjsip.so');
      await until('well again', async () => ((await look()).every(({ ok }) => ok) ? true : undefined));
    },
    LIMIT_MS,
  );
});
