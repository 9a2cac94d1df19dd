// Agents' SIP passwords on a real Asterisk: it is given hashes alone, forgets what it was given before, and phones that
// registered with a password go on doing so.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBox, type Box } from '../../asterisk/box.ts';
import { makeAccount } from '../../asterisk/box/accounts.ts';
import { sipDigest } from '../../src/base/sip-digest.ts';
import { provisionAccount, removeAccount } from '../../src/telephony/accounts.ts';
import { AriRest } from '../../src/telephony/ari-rest.ts';
import { until } from './network.ts';

const LIMIT_MS = 240_000;
const CARE = { checkEveryMs: 0, soundLostAfterMs: 15_000, encrypted: false };

let box: Box;
let rest: AriRest;

beforeAll(async () => {
  box = await startBox();
  const { ariUrl: url, ariUser: user, ariPassword: password } = box.pbx;
  rest = new AriRest({ url, user, password, timeoutMs: 5000 });
}, LIMIT_MS);
afterAll(async () => {
  rest.close();
  await box.stop();
});

/** Whether a phone that knows this password can register with the account. */
async function registers(username: string, password: string): Promise<boolean> {
  const phones = await box.startPhones([{ username, password }]);
  const phone = phones.phone(username);
  try {
    await Promise.race([phone.until('registered'), phone.until('refused')]);
    return phone.is('registered');
  } finally {
    await phones.stop();
  }
}

/** The files in which Asterisk keeps its accounts that hold the text. */
function keptBy(text: string): readonly string[] {
  const folder = path.join(box.dir, 'pbx', 'db');
  expect(existsSync(folder)).toBe(true);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => path.join(entry.parentPath, entry.name));
  return names.filter((name) => bytesOf(name).includes(text));
}

/** None when the file is gone: the journal of a database lives for a moment. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}

describe("an agent's account that an older version gave Asterisk with its password", () => {
  test(
    '[O-10] given again as a digest: the phone registers as before, Asterisk has forgotten the password',
    async () => {
      const password = 'plain-secret-before-the-upgrade';
      await makeAccount(box.pbx, 'before', password);
      expect(await registers('before', password)).toBe(true);
      // Asterisk writes its database a second later
      await until('it is kept', () => Promise.resolve(keptBy(password).length > 0 ? true : undefined));

      await provisionAccount(
        rest,
        { name: 'before', digest: sipDigest('before', 'asterisk', password), label: 'Ann' },
        CARE,
      );

      expect(await registers('before', password)).toBe(true);
      expect(await box.command('pbx', 'pjsip show auth before')).not.toContain(password);
      await until('it has forgotten', () => Promise.resolve(keptBy(password).length === 0 ? true : undefined));
    },
    LIMIT_MS,
  );
});

describe("an agent's account with a digest", () => {
  test(
    '[O-10] another password, or the digest of another account or realm: refused; renewed: only the new one',
    async () => {
      const account = (password: string) => ({
        name: 'ann',
        digest: sipDigest('ann', 'asterisk', password),
        label: 'Ann',
      });
      await provisionAccount(rest, account('first-password'), CARE);
      expect(await registers('ann', 'other-password')).toBe(false);
      expect(await registers('ann', account('first-password').digest.md5)).toBe(false);
      expect(await registers('ann', 'first-password')).toBe(true);

      await provisionAccount(rest, account('second-password'), CARE);
      expect(await registers('ann', 'first-password')).toBe(false);
      expect(await registers('ann', 'second-password')).toBe(true);

      const outsider = { ...account('third-password'), digest: sipDigest('bob', 'asterisk', 'third-password') };
      await provisionAccount(rest, outsider, CARE);
      // Asterisk refuses to change an endpoint with a variable of ours; with a pause before each it would be made again.
      const begun = performance.now();
      for (let times = 0; times < 10; times += 1) await provisionAccount(rest, outsider, CARE);
      expect(performance.now() - begun).toBeLessThan(2_000);
      expect(await registers('ann', 'third-password')).toBe(false);

      const elsewhere = { ...account(''), digest: sipDigest('ann', 'another.realm', 'fourth-password') };
      await provisionAccount(rest, elsewhere, CARE);
      expect(await registers('ann', 'fourth-password')).toBe(true);
      await removeAccount(rest, 'ann');
    },
    LIMIT_MS,
  );
});
