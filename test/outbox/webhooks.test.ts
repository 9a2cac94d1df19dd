// Events on their way to somebody else's web server: from the store's rows through the sending thread to a real server.

import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { Outbox, type OutboxReceiver } from '../../src/outbox/outbox.ts';
import { afterTrying, FRESH } from '../../src/outbox/policy.ts';
import type { WebhookReceiver } from '../../src/outbox/receivers.ts';
import { Sender } from '../../src/outbox/sender.ts';
import { signatureOf } from '../../src/outbox/signature.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { NOON } from '../contract/store-desk.ts';
import { OtherProcess } from '../store/other-process.ts';
import { testFolder } from '../store/folder.ts';
import { until } from '../support/until.ts';
import { WebhookServer } from './receiver.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const TIMEOUT_MS = 90_000;

describe('[O-04] the signature', () => {
  test('is that of the Standard Webhooks convention: its own example', () => {
    const signed = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
    expect(signatureOf(SECRET, signed)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});

describe('[O-04] what becomes of messages after a try', () => {
  const message = (id: number, tries = 0) =>
    ({ id, hook: 'crm', event: 'test', at: NOON, data: '{}', number: null, tries }) as const;
  const about = { hook: 'crm', giveUpAfterMs: 60_000, now: NOON, chance: 0.5 };

  test('the receiver is away: it rests for longer each time, at most ten minutes, its messages stay as they are', () => {
    const outcomes = [
      { id: 1, kind: 'receiver', fault: 'it answered 500' },
      { id: 2, kind: 'untried' },
    ] as const;
    const tried = { ...about, messages: [message(1), message(2)], outcomes };
    const first = afterTrying(FRESH, tried);
    expect(first.line).toEqual({ failures: 1, restsUntilAt: NOON + 1_000 });
    expect(first.settled).toEqual({
      sent: [],
      faults: [{ id: 1, fault: 'it answered 500' }],
      giveUp: { hook: 'crm', before: NOON - 60_000, fault: 'it answered 500' },
    });
    expect(afterTrying({ failures: 30, restsUntilAt: 0 }, tried).line.restsUntilAt).toBe(NOON + 600_000);
  });

  test('a mail server is down for a day: asked every ten minutes at most, nothing is given up within three, and all goes at once when it is back', () => {
    const usual = { hook: 'mail', giveUpAfterMs: 3 * 86_400_000, chance: 0.5 };
    let line = FRESH;
    let [now, asked] = [NOON, 0];
    const back = NOON + 86_400_000;
    while (now < back) {
      const outcomes = [{ id: 1, kind: 'receiver', fault: 'the mail server took nothing' }] as const;
      const tried = afterTrying(line, { ...usual, now, messages: [message(1), message(2)], outcomes });
      line = tried.line;
      asked += 1;
      expect(tried.settled.faults).toEqual([{ id: 1, fault: 'the mail server took nothing' }]);
      expect(tried.settled.giveUp?.before).toBeLessThan(NOON);
      now = line.restsUntilAt;
    }
    expect(asked).toBeLessThan(200);
    expect(now - back).toBeLessThanOrEqual(600_000);
    const sent = [1, 2].map((id) => ({ id, kind: 'sent' }) as const);
    const tried = afterTrying(line, { ...usual, now, messages: [message(1), message(2)], outcomes: sent });
    expect(tried).toEqual({ line: FRESH, settled: { sent: [1, 2], faults: [] } });
  });

  test('a message is not taken: it alone is tried later, and given up after eight tries', () => {
    const outcomes = [
      { id: 1, kind: 'sent' },
      { id: 2, kind: 'message', fault: 'it answered 422' },
    ] as const;
    const settledAfter = (tries: number) =>
      afterTrying({ failures: 3, restsUntilAt: 0 }, { ...about, messages: [message(1), message(2, tries)], outcomes });
    expect(settledAfter(0)).toEqual({
      line: FRESH,
      settled: { sent: [1], faults: [{ id: 2, fault: 'it answered 422', nextAt: NOON + 10_000 }] },
    });
    expect(settledAfter(7).settled.faults).toEqual([{ id: 2, fault: 'it answered 422', nextAt: null }]);
  });
});

describe('[O-04] from the store to a real server', () => {
  let store: Store;
  let server: WebhookServer;
  let outbox: Outbox | undefined;
  beforeEach(async () => {
    store = await openSqliteStore({ file: path.join(testFolder(), 'outdial.db') });
    server = await WebhookServer.start();
  });
  afterEach(async () => {
    await outbox?.stop();
    outbox = undefined;
    await store.close();
    await server.stop();
  });

  const receiver = (parts: Partial<WebhookReceiver> = {}): OutboxReceiver => ({
    kind: 'webhook',
    name: 'crm',
    url: server.url,
    secret: SECRET,
    numbers: true,
    timeoutMs: 1_000,
    networks: ['127.0.0.1'],
    events: ['campaign.changed', 'do-not-call.added'],
    ...parts,
  });
  async function start(...receivers: OutboxReceiver[]): Promise<Outbox> {
    const all = receivers.length === 0 ? [receiver()] : receivers;
    outbox = new Outbox({
      store,
      receivers: all,
      sender: new Sender(all),
      giveUpAfterMs: 86_400_000 * 365 * 100,
      clock: systemClock,
      log: silentLog,
      chance: () => 0,
    });
    await outbox.start();
    return outbox;
  }
  const step = (turn: number, campaign = 'renewals'): Promise<void> =>
    store.campaigns.saveState({
      campaign,
      from: 'stopped',
      to: 'running',
      by: 'ann',
      at: NOON + turn,
      reason: `step ${turn}`,
    });
  const turns = (): readonly unknown[] => server.taken.map(({ body }) => body.data['reason']);

  test(
    'signed, with an id and the time; broken for a while: all of it, in its order, once it works; a redirect is not followed',
    async () => {
      server.answer = 500;
      const box = await start();
      await step(1);
      await step(2);
      await until('a try that failed', () => Promise.resolve(server.came.length > 0 || undefined), 40_000);
      server.answer = 302;
      await until(
        'the redirect was met',
        async () => /302/.test(String((await box.standing())[0]?.fault)) || undefined,
        40_000,
      );
      server.answer = 200;
      // What the receiver does not take (302) waits ten seconds: by hand it goes at once.
      await store.outbox.settle({
        sent: [],
        faults: (await store.outbox.due({ hook: 'crm', now: 1e15, limit: 9 })).map(({ id }) => ({
          id,
          nextAt: 0,
          fault: 'by hand',
        })),
      });
      await step(3);
      const [first] = await server.took(3);
      expect(turns()).toEqual(['step 1', 'step 2', 'step 3']);
      const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = first?.headers ?? {};
      expect(first?.body).toMatchObject({ id, event: 'campaign.changed', at: NOON + 1 });
      const timestamp = Number(time);
      expect(Math.abs(timestamp - Date.now() / 1000)).toBeLessThan(300);
      expect(signature).toBe(signatureOf(SECRET, { id: String(id), timestamp, body: first?.text ?? '' }));
      expect(server.came.every(({ body }) => body.id.startsWith('msg_'))).toBe(true);
      await until('all are noted', () => Promise.resolve(box.figures()[0]?.sent === 3 || undefined), 40_000);
      expect(box.figures()[0]).toMatchObject({ address: new URL(server.url).origin });
      expect(JSON.stringify(box.figures())).not.toContain('in-the-address');
    },
    TIMEOUT_MS,
  );

  test(
    'one hangs and one is in a private network: the third gets everything meanwhile; numbers only where they are wanted',
    async () => {
      const hanging = await WebhookServer.start();
      hanging.answer = 'hang';
      const box = await start(
        receiver({ numbers: false }),
        receiver({ name: 'hangs', url: hanging.url }),
        receiver({ name: 'private', networks: [] }),
      );
      await store.doNotCall.add(['+12125550123'], { list: 'global', by: 'ann', at: NOON, reason: 'asked' });
      await step(1);
      await server.took(2);
      const reported = server.taken.find(({ body }) => body.event === 'do-not-call.added');
      expect(reported?.body.data).toMatchObject({ list: 'global', numberEndsWith: '0123' });
      expect(reported?.text).not.toContain('+12125550123');
      const fault = (name: string): string => box.figures().find((one) => one.name === name)?.lastFault ?? '';
      await until(
        'both faults are known',
        () => Promise.resolve((fault('hangs') !== '' && fault('private') !== '') || undefined),
        40_000,
      );
      expect(fault('hangs')).toBe('no answer within 1000 ms');
      expect(fault('private')).toContain('127.0.0.1, which webhooks.networks of outdial.yaml does not name');
      await hanging.stop();
    },
    TIMEOUT_MS,
  );

  test(
    '[O-09] kill -9 between the write and the sending: everything that was acknowledged is sent after the next start, in order',
    async () => {
      const file = path.join(testFolder(), 'killed.db');
      const writer = new OtherProcess(new URL('../store/killed-writer.ts', import.meta.url), file, 'outside');
      await writer.wrote(10);
      await writer.kill();
      const acknowledged = writer.lines.filter((line) => line.startsWith('reported ')).length;
      await store.close();
      store = await openSqliteStore({ file });
      await start();
      const taken = await server.took(acknowledged);
      const at = taken.map(({ body }) => body.at - NOON);
      expect(at).toEqual(Array.from(at, (_, place) => place + 1));
    },
    TIMEOUT_MS,
  );
});
