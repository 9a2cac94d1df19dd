// Agents' phones over TLS and SRTP on a real Asterisk: they register, call and are heard; a phone without either gets no
// call through, and doctor knows the certificate that Asterisk shows.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBox, type Box } from '../../asterisk/box.ts';
import { sipDigest } from '../../src/base/sip-digest.ts';
import { provisionAccount, removeAccount } from '../../src/telephony/accounts.ts';
import { AriRest } from '../../src/telephony/ari-rest.ts';
import { checkCertificate } from '../../src/telephony/check-certificate.ts';
import { checkEncryption } from '../../src/telephony/check-encryption.ts';
import { askSip } from '../../src/telephony/sip-probe.ts';
import type { Settings } from '../../src/config/settings.ts';
import { makeCertificate } from '../support/certificates.ts';
import { until } from './network.ts';

const LIMIT_MS = 240_000;
const PASSWORD = 'secret-of-the-agent';
const certificate = makeCertificate('IP:127.0.0.1');

let box: Box;
let rest: AriRest;

const provision = (name: string, encrypted: boolean): Promise<void> =>
  provisionAccount(
    rest,
    { name, digest: sipDigest(name, 'asterisk', PASSWORD), label: 'Ann' },
    { checkEveryMs: 0, soundLostAfterMs: 15_000, encrypted },
  );

beforeAll(async () => {
  box = await startBox({ certificate });
  const { ariUrl: url, ariUser: user, ariPassword: password } = box.pbx;
  rest = new AriRest({ url, user, password, timeoutMs: 5000 });
  await provision('ann', true);
}, LIMIT_MS);
afterAll(async () => {
  rest.close();
  await box.stop();
});

const channels = async (): Promise<number> =>
  (await box.command('pbx', 'core show channels concise')).split('\n').filter((line) => line.includes('!')).length;

describe('[O-10] agents’ phones when transport is tls', () => {
  test(
    'over TLS with SRTP: registered, its call is answered and its sound is encrypted',
    async () => {
      const phones = await box.startPhones([{ username: 'ann', password: PASSWORD }], { encrypted: true });
      await phones.registered();
      expect(await box.command('pbx', 'database show registrar')).toMatch(/contact\/ann.*transport=TLS/i);
      await phones.phone('ann').dial('*55');
      await phones.phone('ann').until('established');
      const [channel = ''] = (await box.command('pbx', 'core show channels concise')).split('!');
      const stats = await until('sound comes', async () => {
        const shown = await box.command('pbx', 'pjsip show channelstats');
        return /ann-\S* +\S+ +\S+ +[1-9]/.test(shown) ? shown : undefined;
      });
      expect(stats).toContain('ann');
      expect(await box.command('pbx', `core show channel ${channel}`)).toContain('PJSIP/ann');
      await phones.phone('ann').hangUp();
      await phones.stop();
    },
    LIMIT_MS,
  );

  test(
    'over UDP with the right password: not registered, its call is refused, and it cannot be rung',
    async () => {
      await until('no call is left', async () => ((await channels()) === 0 ? true : undefined));
      const phones = await box.startPhones([{ username: 'ann', password: PASSWORD }]);
      const phone = phones.phone('ann');
      await phone.until('refused');
      expect(phone.is('registered')).toBe(false);
      expect(await box.command('pbx', 'database show registrar')).not.toMatch(/contact\/ann.*transport=UDP/i);
      await phone.dial('*55');
      await phone.until('idle');
      expect(phone.is('established')).toBe(false);
      await rest
        .send({ method: 'POST', path: '/channels', query: { endpoint: 'PJSIP/ann', app: box.pbx.app, timeout: '3' } })
        .catch(() => undefined);
      await expect(phone.until('incoming', 4000)).rejects.toMatchObject({ code: 'phone-timeout' });
      await phones.stop();
    },
    LIMIT_MS,
  );

  test('over UDP it cannot be distinguished from a name that is none: both are asked for a password', async () => {
    const [host = '', port = ''] = box.pbx.sipAddress.split(':');
    const asked = (from: string) => askSip({ host, port: Number(port) }, { method: 'REGISTER', from });
    expect([await asked('ann'), await asked('nobody-at-all')]).toEqual([401, 401]);
  });

  test(
    'the switch back to udp: the same account calls over UDP without SRTP',
    async () => {
      await provision('ann', false);
      const phones = await box.startPhones([{ username: 'ann', password: PASSWORD }]);
      await phones.registered();
      await phones.phone('ann').dial('*55');
      await phones.phone('ann').until('established');
      await phones.stop();
      await removeAccount(rest, 'ann');
      await provision('ann', true);
    },
    LIMIT_MS,
  );
});

test(
  '[O-13] doctor: the certificate that Asterisk shows is that of the settings; another file, another host, no TLS',
  async () => {
    const file = (name: string, text: string): string => {
      const written = path.join(box.dir, name);
      writeFileSync(written, text);
      return written;
    };
    const named = { certificate: file('ours.crt', certificate.certificate), key: file('ours.key', certificate.key) };
    const look = (server: string, files = named) =>
      checkCertificate({ realm: 'asterisk', server, certificate: files }, Date.now());
    const there = box.pbx.sipTlsAddress;
    expect(await look(there)).toMatchObject({ ok: true, hint: '' });
    const another = makeCertificate('IP:127.0.0.1');
    const renewed = { certificate: file('new.crt', another.certificate), key: file('new.key', another.key) };
    expect(await look(there, renewed)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('another certificate') as string,
    });
    expect(await look('127.0.0.2:1')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('not for 127.0.0.2') as string,
    });
    expect(await look(`127.0.0.1:${box.portBase + 63}`)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('nothing speaks TLS') as string,
    });
  },
  LIMIT_MS,
);

test(
  '[O-13] doctor: encryption is well as shipped; SRTP not loaded, or a transport on which phones can register, are named',
  async () => {
    const look = (encrypted: boolean, endpoint = 'trunk-main') =>
      checkEncryption(rest, {
        agents: { phones: { encrypted } },
        trunks: [{ name: 'main', endpoint }],
      } as unknown as Settings);
    expect(await look(true)).toMatchObject({ ok: true, detail: 'SRTP for agents’ phones' });

    await box.command('pbx', 'module unload res_srtp.so');
    expect(await look(true)).toMatchObject({
      ok: false,
      detail: 'res_srtp.so is not running: calls of agents’ phones fail',
      hint: expect.stringContaining('modules.conf') as string,
    });
    expect(await look(false)).toMatchObject({ ok: true });
    // an account asks for SRTP like a trunk that does
    expect(await look(false, 'ann')).toMatchObject({ ok: false });
    await box.command('pbx', 'module load res_srtp.so');
    expect(await look(true)).toMatchObject({ ok: true });

    const file = path.join(box.dir, 'pbx', 'etc', 'site', 'pjsip.conf');
    writeFileSync(file, readFileSync(file, 'utf8').replace('domain = outdial-without-tls\n', ''));
    await box.killPbx();
    await box.startPbx();
    expect(await look(true)).toMatchObject({
      ok: false,
      detail: 'a phone can register without TLS on transport-udp',
      hint: expect.stringContaining('domain = outdial-without-tls') as string,
    });
  },
  LIMIT_MS,
);
