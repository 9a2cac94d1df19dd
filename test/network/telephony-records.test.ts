// What both Asterisks write down of our calls, what doctor finds, and which accounts can be made, on the real thing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sipDigest } from '../../src/base/sip-digest.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { CallRecord, TelephonyEvent } from '../../src/engine/ports.ts';
import type { TelephonyCommand } from '../../src/engine/telephony-commands.ts';
import { csvCallRecords, readCallRecords } from '../../src/telephony/cdr-csv.ts';
import { AsteriskSounds } from '../../src/telephony/sounds.ts';
import { DIALPLAN_CONTEXTS } from '../../src/telephony/ari-commands.ts';
import { checkAsterisk } from '../../src/telephony/check-asterisk.ts';
import { aCampaign } from '../records/builders.ts';
import type { NumberBehaviour } from '../contract/telephony-harness.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';

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

async function placed(
  behaviour: NumberBehaviour,
  ringTimeoutMs = 20_000,
): Promise<{ leg: string; attempt: string; number: string }> {
  const call = { leg: harness.newId(), attempt: harness.newId(), number: harness.number(behaviour) };
  const { trunk, callerId } = harness;
  const command: TelephonyCommand = {
    type: 'place-call',
    ...call,
    trunk,
    callerId,
    ringTimeoutMs,
    answerLimitMs: 60_000,
    abandonSound: 'digits/1',
  };
  await harness.telephony.execute(command);
  return call;
}

async function ended(leg: string): Promise<void> {
  expect(await harness.until(() => has(leg, 'leg-ended'), 20_000)).toBe(true);
}

/** The record of an attempt, as soon as it is written. */
async function recordOf(attempt: string): Promise<CallRecord> {
  const records = csvCallRecords(harness.box.pbx.cdrFile);
  for (let tries = 0; tries < 50; tries += 1) {
    const found = (await records.find([attempt])).get(attempt);
    if (found) return found;
    await harness.until(() => false, 100);
  }
  throw new Error(`no record of ${attempt}`);
}

describe('call records', () => {
  test.each([
    [{ does: 'person', afterS: 0, talksS: 1 }, 'answered'],
    [{ does: 'busy', afterS: 0 }, 'busy'],
    [{ does: 'congestion', afterS: 0 }, 'congestion'],
    [{ does: 'unknown', afterS: 0 }, 'failed'],
    [{ does: 'ring-for-ever' }, 'no-answer'],
  ] as const)(
    '[O-08] number that does %j: one record on either side with the attempt, disposition %s',
    async (behaviour, disposition) => {
      const placedAt = Date.now();
      const { leg, attempt, number } = await placed(behaviour, 1500);
      await ended(leg);

      const record = await recordOf(attempt);

      expect(record).toMatchObject({ attempt, leg, number });
      if (disposition !== 'failed') expect(record.disposition).toBe(disposition);
      expect(record.answeredAt !== undefined).toBe(disposition === 'answered');
      expect(Math.abs(record.startedAt - placedAt)).toBeLessThan(2000);
      const atCarrier: CallRecord[] = [];
      const window = { fromAt: placedAt - 5000, toAt: Date.now() + 5000 };
      for await (const theirs of readCallRecords(harness.box.carrier.cdrFile, window)) {
        if (theirs.attempt === attempt) atCarrier.push(theirs);
      }
      expect(atCarrier.map((theirs) => theirs.number)).toEqual([number.slice(1)]);
    },
  );

  test("[O-09] conversation with an agent: one record that ends with the conversation, none for the agent's leg", async () => {
    const account = harness.newAccount();
    await harness.telephony.provision(account);
    const phone = await harness.phone(account, { answers: 'at-once' });
    const agent = harness.newId();
    const bridge = harness.newId();
    await harness.telephony.execute({ type: 'create-bridge', bridge });
    await harness.telephony.execute({
      type: 'ring-agent',
      leg: agent,
      account: account.name,
      label: 'x',
      ringTimeoutMs: 5000,
    });
    expect(await harness.until(() => has(agent, 'leg-arrived'), 10_000)).toBe(true);
    await harness.telephony.execute({ type: 'add-to-bridge', bridge, leg: agent });
    const { leg, attempt } = await placed({ does: 'person', afterS: 0, talksS: 3 });
    expect(await harness.until(() => has(leg, 'leg-arrived'), 10_000)).toBe(true);
    await harness.telephony.execute({ type: 'add-to-bridge', bridge, leg });
    await ended(leg);
    await phone.leave();
    await ended(agent);

    const record = await recordOf(attempt);

    expect(record).toMatchObject({ leg, disposition: 'answered' });
    expect(record.endedAt - record.startedAt).toBeGreaterThanOrEqual(2000);
  });
});

describe("doctor's look at Asterisk", () => {
  const settings = (changes: Partial<Settings['agents']> = {}): Settings =>
    ({
      asterisk: harness.settings,
      trunks: harness.trunks,
      agents: {
        signInCode: harness.signInCode,
        listenCode: '*56',
        maxWrongPins: 3,
        lockOutMs: 1,
        phones: { checkEveryMs: 2_000, soundLostAfterMs: 15_000, encrypted: false },
        sip: { realm: 'asterisk', server: '127.0.0.1' },
        ...changes,
      },
    }) as Settings;

  test('[O-02] the box with its daemon running: all is well', async () => {
    expect((await checkAsterisk(settings(), { daemonRunning: true })).filter(({ ok }) => !ok)).toEqual([]);
  });

  test('[O-02] application held although no daemon of ours runs, code and endpoint unknown: said, with what to do', async () => {
    const [main] = harness.trunks;
    if (!main) throw new Error('no trunk');
    const faulty = { ...settings({ signInCode: '*77' }), trunks: [{ ...main, endpoint: 'nobody' }] };
    const wrong = (await checkAsterisk(faulty, { daemonRunning: false })).filter(({ ok }) => !ok);
    expect(wrong.map(({ check }) => check).sort()).toEqual(['ARI application', 'dialplan', 'trunk main']);
    expect(wrong.every(({ hint }) => hint.length > 10)).toBe(true);
  });

  test('[O-02] [S-03] the code of those who listen is not in the running dialplan: said', async () => {
    const unknown = await checkAsterisk(settings({ listenCode: '*77' }), { daemonRunning: true });
    const wrong = unknown.filter(({ ok }) => !ok).map(({ check, detail }) => [check, detail]);
    expect(wrong).toEqual([['dialplan', 'listening code *77 is not in outdial-agents']]);
  });

  test('[O-02] one context of the dialplan is missing in the running Asterisk: named, whichever it is', async () => {
    const reported = await Promise.all(
      DIALPLAN_CONTEXTS.map((context) => harness.box.command('pbx', `dialplan show ${context}`)),
    );
    expect(reported.filter((text) => !text.includes('Context'))).toEqual([]);
    for (const context of DIALPLAN_CONTEXTS) {
      await harness.box.command('pbx', `dialplan remove context ${context}`);
      const found = await checkAsterisk(settings(), { daemonRunning: true });
      await harness.box.command('pbx', 'dialplan reload');
      expect(found.find(({ check }) => check === 'dialplan')).toMatchObject({
        ok: false,
        detail: `no context ${context}`,
      });
    }
  });

  test('[X-07] sounds that campaigns name: those of ours and of Asterisk are found, one that is not there is named', async () => {
    const sounds = new AsteriskSounds(harness.settings.ari);
    const there = ['outdial/abandon', 'outdial/inbound-busy', 'digits/1', 'vm-goodbye'];
    expect(await sounds.missing([...there, 'custom/none', 'outdial/none', 'none'])).toEqual([
      ...['custom/none', 'outdial/none', 'none'],
    ]);
    sounds.close();
    const saying = (noAgentSound: string) => ({ ...aCampaign().answer, noAgentSound });
    const found = await checkAsterisk(settings(), {
      daemonRunning: true,
      campaigns: [
        aCampaign({ name: 'good', answer: saying('outdial/abandon') }),
        aCampaign({ name: 'bad', answer: saying('custom/none') }),
      ],
    });
    expect(found.filter(({ check }) => check.startsWith('sounds of')).map(({ check, ok }) => [check, ok])).toEqual([
      ['sounds of good', true],
      ['sounds of bad', false],
    ]);
    expect(found.find(({ ok }) => !ok)?.hint).toContain('module reload sounds');
  });

  test('[O-02] wrong passwords: ARI and AMI are named, nothing else is asked', async () => {
    const { ari, ami, app } = harness.settings;
    const asterisk = { app, ari: { ...ari, password: 'x' }, ami: { ...ami, secret: 'x' } };
    const findings = await checkAsterisk({ ...settings(), asterisk }, { daemonRunning: false });
    expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
      ['ARI', false],
      ['AMI', false],
    ]);
  });
});

const DIGEST = sipDigest('ok', 'asterisk', 'long-enough');

describe('accounts', () => {
  test.each([
    { name: 'a/b', digest: DIGEST, label: 'x' },
    { name: '../endpoint/trunk-main', digest: DIGEST, label: 'x' },
    { name: 'a\r\nb', digest: DIGEST, label: 'x' },
    { name: '', digest: DIGEST, label: 'x' },
    { name: 'ok', digest: { ...DIGEST, md5: '' }, label: 'x' },
    { name: 'ok', digest: { ...DIGEST, md5: 'a plain password of thirty-two letters' }, label: 'x' },
    { name: 'ok', digest: { ...DIGEST, realm: 'line\r\nbreak' }, label: 'x' },
    { name: 'ok', digest: { ...DIGEST, realm: 'semi;colon' }, label: 'x' },
    { name: 'ok', digest: { ...DIGEST, realm: '' }, label: 'x' },
  ])('[O-10] %j: refused as bad-account', async (account) => {
    await expect(harness.telephony.provision(account)).rejects.toMatchObject({ code: 'bad-account' });
  });

  test('[O-10] label made to inject: its phone is shown harmless text', async () => {
    const account = { ...harness.newAccount(), label: 'Eve" <sip:eve@evil>\r\nauth=x' };
    await harness.telephony.provision(account);
    const shown = await harness.box.command('pbx', `pjsip show endpoint ${account.name}`);
    expect(shown).toMatch(/callerid +: .{1,2}Eve {3}sip eve evil {3}auth x/);
    await harness.telephony.removeAccount(account.name);
    await harness.telephony.removeAccount(account.name);
  });

  test("[O-10] somebody else's account cannot be removed by a path", async () => {
    await expect(harness.telephony.removeAccount('../trunk-main')).rejects.toMatchObject({ code: 'bad-account' });
  });
});
