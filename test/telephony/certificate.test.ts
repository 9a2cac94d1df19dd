// What is said of the phones' certificate: good, ending, ended, another's key or name, and when the log shows it.

import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hostOf, judgeCertificate, portOf, readCertificate } from '../../src/telephony/certificate.ts';
import { CertificateWatch } from '../../src/telephony/certificate-watch.ts';
import { silentLog, type Log } from '../../src/base/log.ts';
import { testFolder } from '../store/folder.ts';
import { makeCertificate } from '../support/certificates.ts';

const DAY_MS = 86_400_000;
const ours = makeCertificate('DNS:pbx.example,DNS:*.phones.example,IP:192.0.2.7', 100);
const others = makeCertificate('DNS:pbx.example', 100);
const now = Date.now();

const host = 'pbx.example';
test.each([
  ['for its host, with its key', { ...ours, host }, 0, 'ok'],
  ['for a host of its star', { ...ours, host: 'a.phones.example' }, 0, 'ok'],
  ['for its address', { ...ours, host: '192.0.2.7' }, 0, 'ok'],
  ['without a key that may be read', { certificate: ours.certificate, host }, 0, 'ok'],
  ['31 days before its end', { ...ours, host }, 69 * DAY_MS, 'ok'],
  ['29 days before its end', { ...ours, host }, 71 * DAY_MS, 'ending'],
  ['after its end', { ...ours, host }, 101 * DAY_MS, 'ended'],
  ['before its beginning', { ...ours, host }, -2 * DAY_MS, 'mismatched'],
  ['for another host', { ...ours, host: 'pbx.other' }, 0, 'mismatched'],
  ['for another address', { ...ours, host: '192.0.2.8' }, 0, 'mismatched'],
  ["with another's key", { ...ours, key: others.key, host }, 0, 'mismatched'],
  ['with a key that is none', { ...ours, key: 'x', host }, 0, 'mismatched'],
  ['that is none', { certificate: 'x', host }, 0, 'unreadable'],
  ['of no bytes', { certificate: '', host }, 0, 'unreadable'],
] as const)('[O-13] a certificate %s is %s', (_what, facts, after, state) => {
  expect(judgeCertificate(facts, now + after).state).toBe(state);
});

test('[O-13] files: one that is missing says so, a key that only Asterisk may read is left out', async () => {
  const folder = testFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const certificate = file('crt', ours.certificate);
  expect(await readCertificate({ certificate: path.join(folder, 'none') }, host, now)).toMatchObject({
    state: 'unreadable',
    detail: 'the file cannot be read (ENOENT)',
  });
  const key = file('key', others.key);
  expect((await readCertificate({ certificate, key }, host, now)).state).toBe('mismatched');
  chmodSync(key, 0);
  if (process.getuid?.() !== 0) expect((await readCertificate({ certificate, key }, host, now)).state).toBe('ok');
});

test('[O-13] the log speaks of it once a day, and once when all is well again', async () => {
  const reported: string[] = [];
  const report = (level: string) => (): void => void reported.push(level);
  const log: Log = { ...silentLog, info: report('info'), warn: report('warn'), error: report('error') };
  const certificate = path.join(testFolder(), 'crt');
  writeFileSync(certificate, ours.certificate);
  let at = now;
  const watch = new CertificateWatch({
    sip: { realm: 'r', server: host, certificate: { certificate } },
    log,
    now: () => at,
  });
  const lookAt = async (days: number, hours = 0): Promise<void> => {
    at = now + days * DAY_MS + hours * 3_600_000;
    await watch.look();
  };
  await lookAt(0);
  await lookAt(1);
  await lookAt(75);
  await lookAt(75, 1);
  await lookAt(76, 1);
  expect(watch.judgement?.state).toBe('ending');
  await lookAt(101);
  await lookAt(0);
  expect(reported).toEqual(['info', 'warn', 'warn', 'error', 'info']);
});

test.each([
  ['pbx.example', 'pbx.example', 5061],
  ['pbx.example:5071', 'pbx.example', 5071],
  ['[2001:db8::1]:5071', '2001:db8::1', 5071],
  ['[2001:db8::1]', '2001:db8::1', 5061],
])('[O-13] %s: host %s, port %i', (server, name, port) => {
  expect([hostOf(server), portOf(server)]).toEqual([name, port]);
});
