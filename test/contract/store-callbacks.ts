// Agreed callbacks and calls that came in, in a store.

import { expect, test } from 'vitest';
import type { SetCallback } from '../../src/engine/store/callbacks.ts';
import { FINISHED, HOUR_MS, MINUTE_MS, NOON, codeOf, namesOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeCallbacks(desk: () => Desk): void {
  agreeingTests(desk);
  choiceTests(desk);
  recordTests(desk);
  inboundTests(desk);
}

async function wanted(desk: Desk, campaign: string, parts: Partial<SetCallback> = {}): Promise<SetCallback> {
  const [record] = await desk.store.records.find({ campaign, text: '', limit: 1 });
  const phone = record?.contact.phones[0] ?? { number: desk.number(), type: 'mobile' };
  const at = parts.at ?? NOON + HOUR_MS;
  return {
    record: record?.id ?? 0,
    at,
    zone: 'Europe/Berlin',
    phone,
    agent: null,
    by: 'ann',
    now: NOON,
    dueAt: at,
    why: 'Callback.',
    ...parts,
  };
}

function agreeingTests(desk: () => Desk): void {
  test('[A-17] set, moved, cancelled: one callback, its record waits and is finished, every step is kept', async () => {
    const { callbacks, records } = desk().store;
    const { name } = await desk().people(1);
    const first = await callbacks.set(await wanted(desk(), name));
    expect(first).toMatchObject({ campaign: name, state: 'pending', agent: null, setBy: 'ann', zone: 'Europe/Berlin' });
    const moved = await callbacks.set(await wanted(desk(), name, { at: NOON + 2 * HOUR_MS, agent: '101', by: 'bob' }));
    expect(moved).toMatchObject({ id: first.id, at: NOON + 2 * HOUR_MS, agent: '101' });
    expect(await records.show(first.record)).toMatchObject({ state: 'waiting', dueAt: NOON + 2 * HOUR_MS });
    const cancelled = await callbacks.cancel({ id: first.id, by: 'ann', now: NOON, again: false });
    expect(cancelled).toMatchObject({ state: 'cancelled', endedAt: NOON });
    expect((await records.show(first.record))?.state).toBe('finished');
    expect((await callbacks.steps(first.id)).map(({ what, by }) => `${what} by ${by}`)).toEqual([
      ...['set by ann', 'moved by bob', 'cancelled by ann'],
    ]);
  });

  test('[A-17] cancelled "again": an ordinary record that is due at once', async () => {
    const { callbacks, records } = desk().store;
    const campaign = await desk().people(1);
    const { id, record } = await callbacks.set(await wanted(desk(), campaign.name));
    await callbacks.cancel({ id, by: 'ann', now: NOON, again: true });
    expect(await records.show(record)).toMatchObject({ state: 'waiting', dueAt: NOON });
    expect((await records.facts(record))?.facts.callback).toBeNull();
  });

  test('[A-18] an agent is gone: personal callbacks become any agent’s at their time, those in a call too; others stay', async () => {
    const { callbacks, records } = desk().store;
    const campaign = await desk().people(4);
    const found = await records.find({ campaign: campaign.name, text: '', limit: 10 });
    const [one, two, three, four] = await Promise.all(
      found.map(async ({ id, contact }, place) =>
        callbacks.set({
          ...(await wanted(desk(), campaign.name, { at: NOON + (place + 1) * MINUTE_MS, dueAt: NOON + HOUR_MS })),
          record: id,
          phone: contact.phones[0] ?? { number: '', type: 'mobile' },
          agent: place === 2 ? '102' : '101',
        }),
      ),
    );
    if (!one || !two || !three || !four) throw new Error('four callbacks were set');
    await callbacks.cancel({ id: four.id, by: 'ann', now: NOON, again: false });
    await desk().store.attempts.open({ campaign, now: NOON + MINUTE_MS, lines: [desk().line()], agent: '101' });
    const handing = { campaign: campaign.name, agent: '101', by: 'outdial', now: NOON + MINUTE_MS, why: 'Gone.' };
    expect(await callbacks.handOver(handing)).toBe(2);
    expect(await callbacks.handOver(handing)).toBe(0);

    const now = NOON + MINUTE_MS;
    expect(await callbacks.show(one.id, now)).toMatchObject({ agent: null, at: NOON + MINUTE_MS });
    expect(await callbacks.show(two.id, now)).toMatchObject({ agent: null, state: 'pending' });
    expect(await callbacks.show(three.id, now)).toMatchObject({ agent: '102' });
    expect(await callbacks.show(four.id, now)).toMatchObject({ agent: '101', state: 'cancelled' });
    expect(await records.show(two.record)).toMatchObject({ state: 'waiting', dueAt: NOON + 2 * MINUTE_MS });
    expect((await records.facts(two.record))?.facts.callback).toMatchObject({ agent: null });
    expect(await callbacks.personal({ campaign: campaign.name })).toMatchObject([{ agent: '102' }]);
    expect((await callbacks.steps(two.id)).at(-1)).toMatchObject({ what: 'handed-over', by: 'outdial' });
    expect((await desk().open(campaign, 1, NOON + 2 * MINUTE_MS)).opened).toMatchObject([
      { record: { record: two.record } },
    ]);
  });

  test('[A-17] another number becomes the contact’s last phone, and is the one dialed', async () => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1);
    const phone = { number: desk().number(), type: 'work' } as const;
    await callbacks.set(await wanted(desk(), campaign.name, { phone, at: NOON + MINUTE_MS }));
    const dialed = await desk().dial(campaign, NOON + MINUTE_MS);
    expect(dialed.phoneIndex).toBe(1);
    expect(dialed.record).toMatchObject({ callback: { number: phone.number, by: 'ann' }, phones: [{}, phone] });
  });

  test('[A-17] looked up by campaign, agent, state and time; one whose time has come is due', async () => {
    const { callbacks } = desk().store;
    const { name } = await desk().people(1);
    await callbacks.set(await wanted(desk(), name, { agent: '101' }));
    const found = async (parts: Partial<Parameters<typeof callbacks.list>[0]>) =>
      (await callbacks.list({ campaign: name, limit: 9, now: NOON, ...parts })).map(({ state }) => state);
    expect(await found({})).toEqual(['pending']);
    expect(await found({ now: NOON + HOUR_MS })).toEqual(['due']);
    expect(await found({ now: NOON + HOUR_MS, state: 'pending' })).toEqual([]);
    expect(await found({ agent: '102' })).toEqual([]);
    expect(await found({ fromAt: NOON + HOUR_MS, toAt: NOON + HOUR_MS + 1 })).toEqual(['pending']);
    expect(await found({ toAt: NOON + HOUR_MS })).toEqual([]);
    expect(await found({ state: 'done' })).toEqual([]);
    expect(await callbacks.personal({ campaign: name })).toEqual([
      { campaign: name, agent: '101', at: NOON + HOUR_MS },
    ]);
  });

  test('[A-17] no such record, or one that was removed: refused', async () => {
    const { callbacks } = desk().store;
    const { name } = await desk().people(1);
    expect(await codeOf(callbacks.set(await wanted(desk(), name, { record: 999_999_999 })))).toBe('record-unknown');
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { next: { state: 'removed', why: 'rule 1' } });
    expect(await codeOf(callbacks.set(await wanted(desk(), campaign.name)))).toBe('callback-record-removed');
    expect(await callbacks.cancel({ id: 999_999_999, by: 'ann', now: NOON, again: false })).toBeUndefined();
  });
}

function choiceTests(desk: () => Desk): void {
  test('[L-08] a due callback comes before fresh records of higher standing; before its time it does not', async () => {
    const { callbacks, records } = desk().store;
    const campaign = await desk().people(3);
    const third = (await records.find({ campaign: campaign.name, text: '', limit: 3 }))[2];
    const phone = third?.contact.phones[0] ?? { number: '', type: 'mobile' as const };
    await callbacks.set(await wanted(desk(), campaign.name, { record: third?.id ?? 0, phone, at: NOON + HOUR_MS }));
    expect(namesOf(await desk().open(campaign, 1))).toEqual(['Person 1']);
    expect(namesOf(await desk().open(campaign, 1, NOON + HOUR_MS))).toEqual(['Person 3']);
  });

  test('[A-18] a personal callback: its agent may take it at its time, whoever is free only after the wait', async () => {
    const { callbacks, attempts } = desk().store;
    const campaign = await desk().people(1);
    const at = NOON + HOUR_MS;
    const dueAt = at + campaign.callbacks.personalWaitMs;
    await callbacks.set(await wanted(desk(), campaign.name, { agent: '101', at, dueAt }));
    const forAgent = (agent: string, now: number) => attempts.open({ campaign, now, lines: [desk().line()], agent });
    expect((await desk().open(campaign, 1, at)).opened).toEqual([]);
    expect(await forAgent('101', at - 1)).toMatchObject({ opened: [], nextDueAt: at });
    expect((await forAgent('102', at)).opened).toEqual([]);
    const [opened] = (await forAgent('101', at)).opened;
    expect(opened?.record.callback).toMatchObject({ agent: '101' });

    const other = await desk().people(1);
    await callbacks.set(await wanted(desk(), other.name, { agent: '101', at, dueAt }));
    expect((await desk().open(other, 1, dueAt)).opened).toHaveLength(1);
  });

  test('[L-08] a rejected record is the next one dialed', async () => {
    const campaign = await desk().people(3);
    const first = await desk().dial(campaign);
    await desk().close(first.attempt, { next: waitingUntil(NOON) });
    const second = await desk().dial(campaign, NOON);
    expect(second.record.name).toBe('Person 2');
    const top = { ...waitingUntil(NOON + MINUTE_MS), first: true } as const;
    await desk().close(second.attempt, { next: top });
    expect(namesOf(await desk().open(campaign, 1, NOON + MINUTE_MS))).toEqual(['Person 2']);
  });
}

function recordTests(desk: () => Desk): void {
  test('[A-17] kept by a conversation: done; reached no agent and goes on; given up with its record', async () => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1);
    const { id } = await callbacks.set(await wanted(desk(), campaign.name, { at: NOON + MINUTE_MS }));
    const first = await desk().dial(campaign, NOON + MINUTE_MS);
    const again = { ...waitingUntil(NOON + HOUR_MS), callbackAt: NOON + HOUR_MS, first: true } as const;
    await desk().close(first.attempt, { result: 'no-answer', next: again });
    expect((await callbacks.show(id, NOON))?.state).toBe('pending');
    const second = await desk().dial(campaign, NOON + HOUR_MS);
    expect(second.record.callback).toMatchObject({ callback: id, at: NOON + HOUR_MS });
    await desk().close(second.attempt, { result: 'connected', next: FINISHED });
    expect(await callbacks.show(id, NOON)).toMatchObject({ state: 'done', keptIn: second.attempt });

    const other = await desk().people(1);
    const lost = await callbacks.set(await wanted(desk(), other.name, { at: NOON + MINUTE_MS }));
    const { attempt } = await desk().dial(other, NOON + MINUTE_MS);
    await desk().close(attempt, { result: 'no-answer', next: FINISHED });
    expect((await callbacks.show(lost.id, NOON))?.state).toBe('expired');
  });

  test('[A-17] agreed in the call and taken back with it: cancelled, kept by no call', async () => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign, NOON + MINUTE_MS);
    const agreed = await callbacks.set(await wanted(desk(), campaign.name, { call: attempt }));
    await desk().close(attempt, { result: 'connected', next: { ...FINISHED, takesBack: true } });
    expect(await callbacks.show(agreed.id, NOON)).toMatchObject({ state: 'cancelled', keptIn: null });
  });

  test('[A-17] agreed in the call that kept another one: that one is done, the new one pending', async () => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1);
    const old = await callbacks.set(await wanted(desk(), campaign.name, { at: NOON + MINUTE_MS }));
    const { attempt } = await desk().dial(campaign, NOON + MINUTE_MS);
    const now = NOON + 2 * MINUTE_MS;
    const next = await callbacks.set(await wanted(desk(), campaign.name, { now, call: attempt }));
    expect(next.id).not.toBe(old.id);
    expect((await callbacks.show(old.id, now))?.state).toBe('done');
    expect(await desk().stateOf(next.record)).toBe('dialing');
  });

  test('[L-09] priority, changed number and rest are kept with the record', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    const number = desk().number();
    await desk().close(attempt, { next: { ...waitingUntil(NOON + MINUTE_MS), priority: 5, number } });
    const again = await desk().dial(campaign, NOON + HOUR_MS);
    expect(again.record).toMatchObject({ priority: 5, phones: [{ number, was: record.phones[0]?.number }] });
    const heldUntil = NOON + 9 * HOUR_MS;
    await desk().close(again.attempt, { next: { ...waitingUntil(heldUntil), heldUntil } });
    expect((await desk().store.records.facts(record.record))?.facts.heldUntil).toBe(heldUntil);
  });

  test('[L-09] removed by a rule: it is not dialed, no one decides on it any more', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { next: { state: 'removed', why: 'rule 1', rule: 0 } });
    expect(await desk().store.records.show(record.record)).toMatchObject({ state: 'removed', finishedWhy: 'rule 1' });
    await desk().store.attempts.settle(attempt, waitingUntil(NOON));
    expect(await desk().stateOf(record.record)).toBe('removed');
  });

  test('[A-16] another phone and a reason, given with the disposition, are kept', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { result: 'connected', next: { state: 'dialing' } });
    const phone = { number: desk().number(), type: 'other' } as const;
    await desk().store.attempts.dispose({
      attempt,
      disposition: 'other-phone',
      agent: '101',
      at: NOON,
      next: FINISHED,
      reason: 'moved',
      phone,
    });
    expect((await desk().store.records.show(record.record))?.contact.phones.at(-1)).toEqual(phone);
  });
}

function inboundTests(desk: () => Desk): void {
  const call = () => `i-${desk().unique('leg')}`;

  test('[X-09] who has shown a number: to this caller, and the last to anybody, of these campaigns, since then', async () => {
    const { inbound } = desk().store;
    const shownBy = async (count: number, called: string, at: number) => {
      const campaign = await desk().people(count, { callerIds: { choose: 'fixed', numbers: [called] } });
      const calls = [];
      for (let turn = 0; turn < count; turn += 1) calls.push(await desk().dial(campaign, at + turn));
      return { campaign: campaign.name, numbers: calls.map(({ record }) => record.phones[0]?.number ?? '') };
    };
    const called = desk().number();
    const [early, late] = [await shownBy(2, called, NOON), await shownBy(1, called, NOON + HOUR_MS)];
    await shownBy(1, desk().number(), NOON + HOUR_MS);
    const [caller = ''] = early.numbers;
    const asked = { called, caller, campaigns: [early.campaign, late.campaign], sinceAt: NOON };
    const last = { campaign: late.campaign, at: NOON + HOUR_MS };
    expect(await inbound.shown(asked)).toEqual({ toCaller: [{ campaign: early.campaign, at: NOON }], last });
    expect(await inbound.shown({ ...asked, caller: '' })).toEqual({ toCaller: [], last });
    expect(await inbound.shown({ ...asked, sinceAt: NOON + 1 })).toEqual({ toCaller: [], last });
    expect(await inbound.shown({ ...asked, campaigns: [early.campaign] })).toMatchObject({
      last: { campaign: early.campaign, at: NOON + 1 },
    });
    expect(await inbound.shown({ ...asked, sinceAt: NOON + 2 * HOUR_MS })).toEqual({ toCaller: [] });
    expect(await inbound.shown({ ...asked, called: desk().number() })).toEqual({ toCaller: [] });
  });

  test('[C-16] taken and talked: the record is the caller’s meanwhile, then what the agent makes of it', async () => {
    const { inbound, records } = desk().store;
    const campaign = await desk().people(1);
    const dialed = await desk().dial(campaign);
    await desk().close(dialed.attempt, { result: 'no-answer', next: waitingUntil(NOON + HOUR_MS) });
    const caller = dialed.record.phones[0]?.number ?? '';
    const [match] = await inbound.findCaller(caller, [campaign.name, 'no-such-campaign']);
    expect(match).toMatchObject({ campaign: campaign.name, record: dialed.record.record, lastAttemptAt: NOON });
    const id = call();
    const at = NOON + 2 * MINUTE_MS;
    const coming = {
      call: id,
      campaign: campaign.name,
      called: '+12125550100',
      caller,
      record: match?.record ?? 0,
      at,
    };
    expect((await inbound.open(coming)).record).toMatchObject({ record: match?.record, state: 'dialing' });
    expect((await desk().open(campaign, 1, NOON + 2 * HOUR_MS)).opened).toEqual([]);
    expect((await inbound.unfinished()).filter(({ attempt }) => attempt === id)).toMatchObject([
      { campaign: campaign.name, dialedAt: at, record: { record: match?.record } },
    ]);
    await inbound.progress({ attempt: id, answeredAt: at + 1, bridgedAt: at + 2, agent: '101', session: 's1' });
    const end = { attempt: id, result: 'connected', endedAt: at + MINUTE_MS, counts: true, endedBy: 'person' } as const;
    await inbound.close({ ...end, next: { state: 'dialing' } });
    await inbound.dispose({
      attempt: id,
      disposition: 'sale',
      agent: '101',
      at: at + MINUTE_MS,
      reason: 'wanted two',
      next: FINISHED,
    });

    expect(await inbound.list({ call: 'i-nobody' })).toEqual([]);
    expect(await inbound.list({ campaign: campaign.name, call: id })).toEqual([
      {
        call: id,
        campaign: campaign.name,
        record: match?.record,
        contact: dialed.record.contact,
        called: '+12125550100',
        caller,
        arrivedAt: at,
        answeredAt: at + 1,
        bridgedAt: at + 2,
        endedAt: at + MINUTE_MS,
        outcome: 'talked',
        endedBy: 'person',
        agent: '101',
        disposition: 'sale',
        reason: 'wanted two',
        notCalledBack: null,
        rule: null,
      },
    ]);
    expect(await records.show(match?.record ?? 0)).toMatchObject({
      state: 'finished',
      attempts: 1,
      lastDisposition: 'sale',
    });
  });

  test('[C-16] no agent took it: the record stands as before, and a callback request is kept', async () => {
    const { inbound, records } = desk().store;
    const campaign = await desk().people(1);
    const dialed = await desk().dial(campaign);
    await desk().close(dialed.attempt, { result: 'no-answer', next: waitingUntil(NOON + HOUR_MS) });
    const before = await records.show(dialed.record.record);
    const id = call();
    const caller = dialed.record.phones[0]?.number ?? '';
    const { record } = dialed.record;
    await inbound.open({ call: id, campaign: campaign.name, called: '+12125550100', caller, record, at: NOON });
    await inbound.askForCallback(id, NOON + 1);
    await inbound.close({
      attempt: id,
      result: 'abandoned',
      endedAt: NOON + 2,
      counts: true,
      answeredAt: NOON,
      next: FINISHED,
    });
    expect(await records.show(record)).toEqual(before);
    expect(await inbound.list({ caller })).toMatchObject([{ outcome: 'callback-requested', endedAt: NOON + 2 }]);
    expect((await inbound.unfinished()).filter(({ attempt }) => attempt === id)).toEqual([]);
  });

  test('[C-16] the record is in a call already, or the caller unknown: noted without a record', async () => {
    const { inbound } = desk().store;
    const campaign = await desk().people(1);
    const dialed = await desk().dial(campaign);
    const { record } = dialed.record;
    const caller = dialed.record.phones[0]?.number ?? '';
    const coming = { campaign: campaign.name, called: '+12125550100', at: NOON };
    expect(await inbound.open({ ...coming, call: call(), caller, record })).toEqual({});
    expect(await inbound.open({ ...coming, call: call(), caller: desk().number() })).toEqual({});
    expect(await desk().stateOf(record)).toBe('dialing');
    expect(await codeOf(inbound.progress({ attempt: 'i-nobody' }))).toBe('attempt-unknown');
  });
}
