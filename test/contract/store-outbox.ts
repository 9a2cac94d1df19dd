// The outbox: events get there with what they are about, for whoever wants them alone, and leave in order.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutboxMessage } from '../../src/engine/store/outbox.ts';
import { OUTSIDE_EVENTS } from '../../src/terms.ts';
import { FINISHED, MINUTE_MS, NOON, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

const LATE = NOON + 3_650 * 86_400_000;

export function describeOutbox(desk: () => Desk): void {
  describe('outbox', () => {
    const subscribe = (events: readonly string[]): Promise<void> =>
      desk().store.outbox.subscribe([{ hook: 'crm', events }], ['crm', 'mail'], NOON);
    const due = (): Promise<readonly OutboxMessage[]> =>
      desk().store.outbox.due({ hook: 'crm', now: LATE, limit: 100 });
    const dataOf = ({ data }: OutboxMessage): unknown => JSON.parse(data);
    /** Takes everything that waits; in order of each key. */
    const drained = async (): Promise<readonly OutboxMessage[]> => {
      const all: OutboxMessage[] = [];
      for (let page = await due(); page.length > 0; page = await due()) {
        all.push(...page);
        await desk().store.outbox.settle({ sent: page.map(({ id }) => id), faults: [] });
      }
      return all;
    };
    beforeAll(() => subscribe(OUTSIDE_EVENTS));
    // What other tests do is sent to no receiver.
    afterAll(async () => {
      await subscribe([]);
      await drained();
    });

    test('[O-04] a call that ends, is disposed and closes its record: three events of that record, in this order', async () => {
      await drained();
      const campaign = await desk().people(1);
      const { attempt, record } = await desk().dial(campaign);
      await desk().close(attempt, {
        result: 'connected',
        sipCode: 200,
        cause: 16,
        agent: '101',
        next: { state: 'dialing' },
      });
      await desk().store.attempts.dispose({
        attempt,
        disposition: 'sale',
        agent: '101',
        at: NOON + 2 * MINUTE_MS,
        next: FINISHED,
      });
      const all = await drained();
      expect(all.map(({ event }) => event)).toEqual(['attempt.ended', 'disposition.given', 'record.closed']);
      const [ended, disposed, closed] = all;
      expect(ended && dataOf(ended)).toMatchObject({
        attempt,
        campaign: campaign.name,
        record: record.record,
        result: 'connected',
        sipCode: 200,
        agent: '101',
        dialedAt: NOON,
        endedAt: NOON + MINUTE_MS,
        trunk: 'main',
      });
      expect(ended).toMatchObject({ at: NOON + MINUTE_MS, number: record.phones[0]?.number, tries: 0 });
      expect(disposed && dataOf(disposed)).toMatchObject({ attempt, disposition: 'sale', before: null, agent: '101' });
      expect(closed && dataOf(closed)).toMatchObject({
        record: record.record,
        campaign: campaign.name,
        lastResult: 'connected',
        lastDisposition: 'sale',
      });
      // No number and no name stands in what is kept.
      expect(all.map(({ data }) => data).join()).not.toContain(record.phones[0]?.number.slice(1) ?? 'no number');
    });

    test('[O-04] of one record the first alone is due, also while it waits to be tried again; given up, the next is', async () => {
      await drained();
      const campaign = await desk().people(2);
      const first = await desk().dial(campaign);
      await desk().close(first.attempt, { next: waitingUntil(NOON + MINUTE_MS) });
      const second = await desk().dial(campaign, NOON + 2 * MINUTE_MS);
      await desk().close(second.attempt, { endedAt: NOON + 3 * MINUTE_MS, next: waitingUntil(NOON + 4 * MINUTE_MS) });
      const attempts = async (): Promise<readonly unknown[]> =>
        (await due())
          .filter(({ event }) => event === 'attempt.ended')
          .map(({ data }) => (JSON.parse(data) as { attempt: string }).attempt);
      const sameRecord = first.record.record === second.record.record;
      expect(await attempts()).toEqual(sameRecord ? [first.attempt] : [first.attempt, second.attempt]);
      const [head] = await due();
      const id = head?.id ?? 0;
      await desk().store.outbox.settle({ sent: [], faults: [{ id, nextAt: LATE + 1, fault: 'it answered 400' }] });
      expect(await attempts()).not.toContain(first.attempt);
      await desk().store.outbox.settle({ sent: [], faults: [{ id, nextAt: null, fault: 'it answered 400' }] });
      expect(await attempts()).toEqual([second.attempt]);
      const standing = async (): Promise<unknown> =>
        (await desk().store.outbox.standing()).find(({ hook }) => hook === 'crm');
      expect(await standing()).toMatchObject({ givenUp: 1, fault: 'it answered 400' });
      expect(await desk().store.outbox.retry('crm', LATE)).toBe(1);
      expect(await attempts()).toContain(first.attempt);
      expect(await standing()).toMatchObject({ givenUp: 0, oldestAt: NOON + MINUTE_MS });
    });

    test('[O-04] a person calls us: the call begins, ends and is disposed, an event each, of its record or of the call alone', async () => {
      await drained();
      const { inbound } = desk().store;
      const campaign = await desk().people(1);
      const { record, phones } = await desk()
        .dial(campaign)
        .then(async (one) => {
          await desk().close(one.attempt, { next: waitingUntil(NOON + 2 * MINUTE_MS) });
          await drained();
          return one.record;
        });
      const at = NOON + 3 * MINUTE_MS;
      const [known, unknown] = [desk().unique('i'), desk().unique('i')];
      const caller = phones[0]?.number ?? '';
      const called = '+12125550100';
      await inbound.open({ call: known, campaign: campaign.name, called, caller, record, at });
      await inbound.close({
        attempt: known,
        result: 'connected',
        endedAt: at + 1,
        counts: false,
        agent: '101',
        endedBy: 'person',
        next: { state: 'dialing' },
      });
      await inbound.dispose({ attempt: known, disposition: 'sale', agent: '101', at: at + 2, next: FINISHED });
      await inbound.open({ call: unknown, campaign: campaign.name, called, caller: '', at });
      const all = (await drained()).map(({ event, number, ...message }) => ({
        event,
        number,
        told: dataOf({ event, number, ...message }),
      }));
      const ofKnown = all.filter(({ told }) => JSON.stringify(told).includes(`"record":${record},`));
      expect(ofKnown.map(({ event }) => event)).toEqual([
        'inbound.began',
        'inbound.ended',
        'disposition.given',
        'record.closed',
      ]);
      const [began, ended, disposed] = ofKnown;
      expect(began).toMatchObject({ number: caller, told: { call: known, called, arrivedAt: at, record } });
      expect(ended?.told).toMatchObject({ call: known, result: 'connected', endedBy: 'person', agent: '101' });
      expect(disposed).toMatchObject({ number: caller, told: { attempt: known, disposition: 'sale', before: null } });
      const other = all.filter((one) => !ofKnown.includes(one));
      expect(other).toMatchObject([{ event: 'inbound.began', told: { call: unknown, record: null, contact: null } }]);
      expect(JSON.stringify(all.map(({ told }) => told))).not.toContain(caller.slice(1));
    });

    test('[O-04] campaigns, sessions and numbers that are not to be dialed speak of themselves', async () => {
      await drained();
      const { store } = desk();
      const campaign = await desk().people(1);
      await store.campaigns.saveState({
        campaign: campaign.name,
        from: 'approved',
        to: 'running',
        by: 'ann',
        at: NOON,
        reason: 'spring',
      });
      await store.sessions.open({
        session: desk().unique('s'),
        agent: '101',
        campaign: campaign.name,
        phoneMode: 'nailed-up',
        phoneKind: 'account',
        phoneNumber: null,
        leg: 'l1',
        bridge: 'b1',
        startedAt: NOON,
      });
      const number = desk().number();
      await store.doNotCall.add([number], { list: 'global', by: 'ann', at: NOON, reason: 'asked' });
      const all = await drained();
      const found = Object.fromEntries(all.map((message) => [message.event, dataOf(message)]));
      expect(found['campaign.changed']).toMatchObject({
        campaign: campaign.name,
        from: 'approved',
        to: 'running',
        by: 'ann',
      });
      expect(found['agent.session']).toMatchObject({ what: 'began', agent: '101', campaign: campaign.name });
      expect(found['do-not-call.added']).toMatchObject({ number, list: 'global', by: 'ann', reason: 'asked' });
    });

    test('[O-04] what no receiver wants is not kept; what waits for one that is gone is given up', async () => {
      await drained();
      await subscribe(['campaign.changed']);
      const campaign = await desk().people(1);
      await desk().close((await desk().dial(campaign)).attempt);
      expect(await due()).toEqual([]);
      await desk().store.outbox.put({ hook: 'old', event: 'test', at: NOON, key: 'k', data: { a: 1 } });
      await subscribe(['campaign.changed']);
      const standing = await desk().store.outbox.standing();
      expect(standing.find(({ hook }) => hook === 'old')).toMatchObject({ waiting: 0, givenUp: 1 });
      await subscribe(OUTSIDE_EVENTS);
    });

    test('[O-04] a receiver that took nothing for too long: what is older is given up, what was tried again by hand is not', async () => {
      await drained();
      const { outbox } = desk().store;
      for (const at of [NOON, NOON + MINUTE_MS])
        await outbox.put({ hook: 'crm', event: 'test', at, key: `k${at}`, data: {} });
      const giveUp = { hook: 'crm', before: NOON + 1, fault: 'no answer within 10000 ms' };
      await outbox.settle({ sent: [], faults: [], giveUp });
      expect((await due()).map(({ at }) => at)).toEqual([NOON + MINUTE_MS]);
      await outbox.retry('crm', NOON + 2 * MINUTE_MS);
      await outbox.settle({ sent: [], faults: [], giveUp });
      expect((await due()).map(({ at }) => at)).toEqual([NOON, NOON + MINUTE_MS]);
      await drained();
    });
  });
}
