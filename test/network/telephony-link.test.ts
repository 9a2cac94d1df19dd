// What becomes of the link to a real Asterisk in trouble: killed, silent, wrong password, taken by another daemon.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readRecord } from '../../asterisk/box/state.ts';
import { OperationalError } from '../../src/base/errors.ts';
import type { TelephonyEvent } from '../../src/engine/ports.ts';
import type { AsteriskTelephony } from '../../src/telephony/asterisk-telephony.ts';
import { AsteriskHarness } from '../telephony/asterisk-harness.ts';
import { StasisListener } from './plain-ari.ts';

type LinkEvent = Extract<TelephonyEvent, { type: 'link' }>;

let harness: AsteriskHarness;
const opened: AsteriskTelephony[] = [];

beforeAll(async () => {
  harness = await AsteriskHarness.start();
});
afterEach(async () => {
  harness.ariCable.restore();
  harness.amiCable.restore();
  for (const telephony of opened.splice(0)) await telephony.stop();
});
afterAll(() => harness.stop());

/** A started port, and what it has reported. */
async function started(): Promise<{
  telephony: AsteriskTelephony;
  events: TelephonyEvent[];
  links: () => LinkEvent[];
}> {
  const telephony = harness.another();
  opened.push(telephony);
  const events: TelephonyEvent[] = [];
  await telephony.start((event) => events.push(event));
  return { telephony, events, links: () => events.filter((event) => event.type === 'link') };
}

/** The code of the error that a start ends with, and how long that took. */
async function refusedStart(telephony: AsteriskTelephony): Promise<{ code: string; tookMs: number }> {
  opened.push(telephony);
  const begunAt = performance.now();
  try {
    await telephony.start(() => undefined);
  } catch (error) {
    if (error instanceof OperationalError) return { code: error.code, tookMs: performance.now() - begunAt };
    throw error;
  }
  throw new Error('it started');
}

describe('a link that breaks', () => {
  test('[O-09] Asterisk killed and started again: reported as down at once, as restarted within seconds, calls go out again', async () => {
    const { telephony, links } = await started();
    const killedAt = performance.now();
    await harness.box.killPbx();
    expect(await harness.until(() => links().at(-1)?.up === false, 2000)).toBe(true);
    expect(performance.now() - killedAt).toBeLessThan(3000);

    await harness.box.startPbx();
    const bootedAt = performance.now();
    expect(await harness.until(() => links().at(-1)?.up === true, 10_000)).toBe(true);

    expect(performance.now() - bootedAt).toBeLessThan(8000);
    expect(links().at(-1)).toMatchObject({ restarted: true });
    await harness.until(() => telephony.links().ami, 20_000);
    expect(telephony.links()).toEqual({ ari: true, ami: true });
    await telephony.execute({
      type: 'place-call',
      leg: harness.newId(),
      attempt: harness.newId(),
      number: harness.number({ does: 'person', afterS: 0, talksS: 1 }),
      trunk: harness.trunk,
      callerId: harness.callerId,
      ringTimeoutMs: 5000,
      answerLimitMs: 60_000,
      abandonSound: 'outdial/abandon',
    });
  });

  test('[O-09] connection goes silent without a word: reported as down within 10 s, up again when it speaks', async () => {
    const { links } = await started();
    const frozenAt = performance.now();
    harness.ariCable.freeze();

    expect(await harness.until(() => links().at(-1)?.up === false, 12_000)).toBe(true);

    expect(performance.now() - frozenAt).toBeLessThan(10_000);
    expect(links().at(-1)?.reason).toBe('Asterisk has gone silent');
    harness.ariCable.restore();
    expect(await harness.until(() => links().at(-1)?.up === true, 15_000)).toBe(true);
    expect(links().at(-1)?.restarted).toBe(false);
  });

  test('[O-09] Asterisk stands still (SIGSTOP) and goes on: down within 10 s, then up, not restarted', async () => {
    const { links } = await started();
    const pid = pbxProcess();
    process.kill(pid, 'SIGSTOP');
    try {
      expect(await harness.until(() => links().at(-1)?.up === false, 10_000)).toBe(true);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await harness.until(() => links().at(-1)?.up === true, 20_000)).toBe(true);
    expect(links().at(-1)?.restarted).toBe(false);
  });

  test('[O-09] AMI alone breaks: calls are not touched, phones are reported again when it is back', async () => {
    const { telephony, events, links } = await started();
    harness.amiCable.cut();
    expect(await harness.until(() => !telephony.links().ami, 3000)).toBe(true);
    const account = harness.newAccount();
    await telephony.provision(account);
    const phone = await harness.phone(account, { answers: 'never' });
    const isReported = (): boolean => events.some((event) => event.type === 'phone' && event.account === account.name);
    expect(isReported()).toBe(false);

    harness.amiCable.restore();

    expect(await harness.until(isReported, 15_000)).toBe(true);
    expect(links()).toHaveLength(1);
    await phone.leave();
  });
});

describe('a trunk', () => {
  test(
    '[D-08] carrier is away at the start, then comes: reported as unreachable, then as reachable',
    { timeout: 240_000 },
    async () => {
      await harness.box.killCarrier();
      await harness.box.killPbx();
      await harness.box.startPbx();
      const { events } = await started();
      const lastWord = (): boolean | undefined => events.findLast((event) => event.type === 'trunk')?.reachable;
      expect(await harness.until(() => lastWord() === false, 15_000)).toBe(true);

      await harness.box.startCarrier();

      expect(await harness.until(() => lastWord() === true, 45_000)).toBe(true);
    },
  );
});

describe('a start that cannot succeed', () => {
  test('[O-10] wrong ARI password: ari-wrong-password at once, no crash', async () => {
    const asterisk = harness.settings;
    const telephony = harness.another({ asterisk: { ...asterisk, ari: { ...asterisk.ari, password: 'wrong' } } });
    const { code, tookMs } = await refusedStart(telephony);
    expect(code).toBe('ari-wrong-password');
    expect(tookMs).toBeLessThan(3000);
  });

  test('[O-10] wrong AMI secret: ami-wrong-password', async () => {
    const asterisk = harness.settings;
    const telephony = harness.another({ asterisk: { ...asterisk, ami: { ...asterisk.ami, secret: 'wrong' } } });
    expect((await refusedStart(telephony)).code).toBe('ami-wrong-password');
  });

  test('[O-10] line break in the AMI secret: refused before it is sent', () => {
    const asterisk = harness.settings;
    const secret = `${asterisk.ami.secret}\r\nAction: Originate`;
    expect(() => harness.another({ asterisk: { ...asterisk, ami: { ...asterisk.ami, secret } } })).toThrow(
      /line break/,
    );
  });

  test('[O-02] nothing listens there: ari-unreachable after a few seconds of trying', async () => {
    harness.ariCable.cut();
    const { code, tookMs } = await refusedStart(harness.another());
    expect(code).toBe('ari-unreachable');
    expect(tookMs).toBeLessThan(12_000);
  });

  test.each([
    ['18.9.0', 'asterisk-too-old'],
    ['22.1.0', 'asterisk-module-missing'],
  ])('[O-02] Asterisk %s without modules: %s', async (version, code) => {
    const fake = await pretendAsterisk(version);
    const asterisk = harness.settings;
    const url = `http://127.0.0.1:${(fake.address() as AddressInfo).port}`;
    const telephony = harness.another({ asterisk: { ...asterisk, ari: { ...asterisk.ari, url } } });
    expect((await refusedStart(telephony)).code).toBe(code);
    fake.close();
  });

  test('[O-09] trunk whose endpoint Asterisk does not have: reported as unreachable, the others work', async () => {
    const [main] = harness.trunks;
    if (!main) throw new Error('no trunk');
    const telephony = harness.another({ trunks: [{ ...main, name: 'spare', endpoint: 'no-such-endpoint' }, main] });
    opened.push(telephony);
    const events: TelephonyEvent[] = [];
    await telephony.start((event) => events.push(event));
    expect(events).toContainEqual(expect.objectContaining({ type: 'trunk', trunk: 'spare', reachable: false }));
  });
});

describe('a daemon that lives but does nothing', () => {
  test('[X-07] two people pick up, one is connected: the other hears the message, the conversation goes on', async () => {
    const { telephony, events } = await started();
    const [talking, forgotten] = [harness.newId(), harness.newId()];
    const has = (type: string, leg: string): boolean =>
      events.some((event) => event.type === type && 'leg' in event && event.leg === leg);
    for (const leg of [talking, forgotten]) {
      await telephony.execute({
        type: 'place-call',
        leg,
        attempt: leg,
        number: harness.number({ does: 'person', afterS: 0 }),
        trunk: harness.trunk,
        callerId: harness.callerId,
        ringTimeoutMs: 5000,
        answerLimitMs: 4_000,
        abandonSound: 'digits/1',
      });
      expect(await harness.until(() => has('leg-arrived', leg), 5000)).toBe(true);
    }
    const bridge = harness.newId();
    await telephony.execute({ type: 'create-bridge', bridge });
    await telephony.execute({ type: 'add-to-bridge', bridge, leg: talking });
    // When those without a bridge were picked up is asked of Asterisk: after an outage nothing else says it.
    const { legs } = await telephony.snapshot();
    const { createdAt = 0, answeredAt = 0 } = legs.find(({ leg }) => leg === forgotten) ?? {};
    expect(answeredAt).toBeGreaterThanOrEqual(createdAt);
    expect(answeredAt).toBeLessThan(createdAt + 10_000);

    expect(await harness.until(() => has('leg-ended', forgotten), 15_000)).toBe(true);

    expect(has('leg-ended', talking)).toBe(false);
    expect((await telephony.snapshot()).bridges).toContainEqual({ bridge, legs: [talking] });
    await telephony.execute({ type: 'hang-up', leg: talking });
  });
});

describe('two daemons on one application', () => {
  test('[O-09] the second is refused while the first lives, and starts once it is gone', async () => {
    const first = await started();
    expect((await refusedStart(harness.another())).code).toBe('ari-app-taken');
    expect(first.links()).toHaveLength(1);

    await first.telephony.stop();

    const second = await started();
    expect(second.links()).toHaveLength(1);
  });

  test('[O-09] application taken over by force: reported as down with the reason, commands refused, no fight', async () => {
    const { telephony, links } = await started();
    const thief = await StasisListener.open(harness.box.pbx);
    expect(await harness.until(() => links().at(-1)?.up === false, 5000)).toBe(true);

    expect(links().at(-1)?.reason).toContain('another daemon has taken over');
    await expect(telephony.execute({ type: 'hang-up', leg: 'any' })).rejects.toMatchObject({ reason: 'link-down' });
    expect(await harness.until(() => links().at(-1)?.up === true, 4000)).toBe(false);
    await thief.close();
  });
});

/** The process of the box's own Asterisk. */
function pbxProcess(): number {
  const { processes = [] } = readRecord(harness.box.dir) ?? {};
  const pid = processes.find(({ role }) => role === 'pbx')?.pid;
  if (pid === undefined) throw new Error('no process');
  return pid;
}

/** A web server that answers like an Asterisk of that version with no module loaded. */
async function pretendAsterisk(version: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isInfo = request.url?.startsWith('/ari/asterisk/info') === true;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(isInfo ? { system: { version }, status: {} } : []));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}
