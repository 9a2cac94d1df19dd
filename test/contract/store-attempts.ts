// The life of an attempt in a store: noted, ended with one result, disposed, and what that makes of its record.

import { expect, test } from 'vitest';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { FINISHED, HOUR_MS, MINUTE_MS, NOON, codeOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeAttempts(desk: () => Desk): void {
  endingTests(desk);
  dispositionTests(desk);
  recoveryTests(desk);
  listTests(desk);
}

async function rowOf(desk: Desk, attempt: string, record: number): Promise<AttemptRow | undefined> {
  const rows = await desk.store.attempts.list({ record });
  return rows.find((row) => row.attempt === attempt);
}

function endingTests(desk: () => Desk): void {
  test('[L-07] busy, call again in an hour: the record waits, with its last result and one attempt', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS, { rule: 0 }), sipCode: 486, cause: 17 });
    expect(await desk().store.records.show(record.record)).toMatchObject({
      state: 'waiting',
      dueAt: NOON + HOUR_MS,
      attempts: 1,
      lastResult: 'busy',
      lastAttemptAt: NOON,
      finishedWhy: null,
    });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ result: 'busy', sipCode: 486, cause: 17 });
  });

  test('an attempt is closed twice: the first result stays and is counted once', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { result: 'busy', next: waitingUntil(NOON + HOUR_MS, { rule: 0 }) });
    await desk().close(attempt, { result: 'connected', next: FINISHED });
    expect(await desk().store.records.show(record.record)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ result: 'busy' });
  });

  test('everything known of a call is kept with its attempt', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    const known = { answeredAt: NOON + 5000, bridgedAt: NOON + 5100, agent: '101', session: 's1', waited: true };
    await desk().store.attempts.progress({ attempt, ...known });
    await desk().store.attempts.progress({ attempt, verdict: 'human', verdictCause: 'HUMAN-2400-2400' });
    const ends = { ringingAt: NOON + 1000, liveAt: NOON + 5000, endedBy: 'person', sipCode: 200, cause: 16 } as const;
    await desk().close(attempt, { result: 'connected', ...ends });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({
      dialedAt: NOON,
      endedAt: NOON + MINUTE_MS,
      trunk: 'main',
      callerId: '+12125550100',
      counts: true,
      answeredAt: known.answeredAt,
      bridgedAt: known.bridgedAt,
      agent: '101',
      result: 'connected',
      waited: true,
      verdict: 'human',
      verdictCause: 'HUMAN-2400-2400',
      number: record.phones[0]?.number,
      ...ends,
    });
  });

  test('the trunk failed: the attempt has its result and does not count against the record', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { result: 'failed', counts: false, next: waitingUntil(NOON + MINUTE_MS) });
    expect(await desk().store.records.show(record.record)).toMatchObject({ attempts: 0, lastResult: 'failed' });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ counts: false });
  });

  test('[L-10] attempts in a row that do not count are counted apart; one that counts, or re-opening, ends their row', async () => {
    const campaign = await desk().people(1);
    const uncounted = async (record: number): Promise<number | undefined> =>
      (await desk().store.records.show(record))?.uncounted;
    const again = (at: number) => ({ endedAt: at, next: waitingUntil(at + MINUTE_MS) });
    const first = await desk().dial(campaign);
    expect(first.record.uncounted).toBe(0);
    await desk().close(first.attempt, { result: 'failed', counts: false, ...again(NOON) });
    const second = await desk().dial(campaign, NOON + HOUR_MS);
    expect(second.record.uncounted).toBe(1);
    await desk().close(second.attempt, { result: 'congestion', counts: false, ...again(NOON + HOUR_MS) });
    expect(await uncounted(second.record.record)).toBe(2);
    const third = await desk().dial(campaign, NOON + 2 * HOUR_MS);
    await desk().close(third.attempt, { result: 'busy', counts: true, ...again(NOON + 2 * HOUR_MS) });
    expect(await uncounted(third.record.record)).toBe(0);
    const fourth = await desk().dial(campaign, NOON + 3 * HOUR_MS);
    await desk().close(fourth.attempt, {
      result: 'failed',
      counts: false,
      endedAt: NOON + 3 * HOUR_MS,
      next: FINISHED,
    });
    expect(await uncounted(fourth.record.record)).toBe(1);
    const { record } = fourth.record;
    await desk().store.contacts.stepRecord({ record, step: 'reopen', by: 'a', at: NOON + 4 * HOUR_MS });
    expect(await uncounted(record)).toBe(0);
  });

  test('[O-02] each attempt says why it ended as it did', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ why: '' });
    const ends = { ringingAt: NOON + 1000, sipCode: 503, cause: 34, endedBy: 'network' } as const;
    await desk().close(attempt, { result: 'congestion', counts: true, ...ends, next: FINISHED });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({
      why: 'SIP 503 Service Unavailable after ringing',
    });
  });

  test('[L-09] call-again rules: their uses and the next phone are known at the next attempt', async () => {
    const phones = [
      { number: desk().number(), type: 'mobile' },
      { number: desk().number(), type: 'home' },
    ] as const;
    const campaign = await desk().campaign([desk().contact({ phones })]);
    const first = await desk().dial(campaign);
    await desk().close(first.attempt, { next: waitingUntil(NOON + MINUTE_MS, { rule: 1, phoneIndex: 1 }) });
    const second = await desk().dial(campaign, NOON + HOUR_MS);
    expect(second).toMatchObject({ phoneIndex: 1, record: { attempts: 1, ruleUses: { 1: 1 } } });
    expect(second.record.history.map(({ dialedAt }) => dialedAt)).toEqual([NOON]);
  });

  test('an attempt that no one opened is refused', async () => {
    expect(await codeOf(desk().close('nobody-1'))).toBe('attempt-unknown');
    expect(await codeOf(desk().store.attempts.progress({ attempt: 'nobody-1' }))).toBe('attempt-unknown');
    expect(await codeOf(desk().store.attempts.settle('nobody-1', FINISHED))).toBe('attempt-unknown');
  });
}

function dispositionTests(desk: () => Desk): void {
  const dispose = (attempt: string, parts: { disposition?: string; next?: typeof FINISHED } = {}): Promise<void> =>
    desk().store.attempts.dispose({
      attempt,
      disposition: 'sale',
      agent: '101',
      at: NOON + 2 * MINUTE_MS,
      next: FINISHED,
      ...parts,
    });

  test('connected, the agent is in wrap-up: the record is not dialed again before the disposition', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { result: 'connected', agent: '101', next: { state: 'dialing' } });
    expect(await desk().stateOf(record.record)).toBe('dialing');
    expect(await desk().open(campaign, 1, NOON + HOUR_MS)).toEqual({ opened: [], exhausted: false });
    await dispose(attempt);
    expect(await desk().store.records.show(record.record)).toMatchObject({
      state: 'finished',
      lastDisposition: 'sale',
      lastAgent: '101',
      lastResult: 'connected',
      attempts: 1,
    });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ disposition: 'sale', agent: '101' });
  });

  test('wrap-up ends without a disposition: the record becomes what the campaign says', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { result: 'connected', next: { state: 'dialing' } });
    await desk().store.attempts.settle(attempt, waitingUntil(NOON + HOUR_MS));
    expect(await desk().stateOf(record.record)).toBe('waiting');
    await desk().store.attempts.settle(attempt, FINISHED);
    expect(await desk().stateOf(record.record)).toBe('waiting');
  });

  test('a second close decides on a record that the first left to the agent', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { result: 'connected', next: { state: 'dialing' } });
    await desk().close(attempt, { result: 'connected', next: waitingUntil(NOON + HOUR_MS) });
    expect(await desk().store.records.show(record.record)).toMatchObject({ state: 'waiting', attempts: 1 });
  });

  test('the disposition comes before the end of the call: it is held until then', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await dispose(attempt);
    expect(await desk().stateOf(record.record)).toBe('dialing');
    await desk().close(attempt, { result: 'connected', next: { state: 'dialing' } });
    expect(await desk().stateOf(record.record)).toBe('finished');
  });

  test('the disposition comes after the wrap-up was over: the agent has the last word, rules count once', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    await desk().close(attempt, { result: 'connected', next: waitingUntil(NOON + HOUR_MS, { rule: 2 }) });
    await dispose(attempt);
    expect(await desk().stateOf(record.record)).toBe('finished');
    expect((await desk().store.records.facts(record.record))?.facts.ruleUses).toEqual({ 2: 0 });
  });

  test('[L-09] the rule that decided had raised the priority: what is decided again may put it back, also of a finished one', async () => {
    const { attempt, record } = await desk().dial(await desk().people(1));
    const raised = waitingUntil(NOON + HOUR_MS, { rule: 2, priority: 7 });
    await desk().close(attempt, { result: 'connected', next: raised });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ rule: 2 });
    await dispose(attempt, { next: { ...FINISHED, priority: 3 } });
    expect((await desk().store.records.facts(record.record))?.facts).toMatchObject({ state: 'finished', priority: 3 });
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ rule: null });
  });

  test('the disposition comes when the record is being dialed again: it is noted and changes nothing else', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { result: 'connected', next: waitingUntil(NOON + MINUTE_MS) });
    await desk().dial(campaign, NOON + HOUR_MS);
    await dispose(attempt);
    expect(await desk().stateOf(record.record)).toBe('dialing');
    expect(await rowOf(desk(), attempt, record.record)).toMatchObject({ disposition: 'sale' });
  });
}

function recoveryTests(desk: () => Desk): void {
  test('[O-09] attempts without a result and records without a decision are found again, oldest first', async () => {
    const campaign = await desk().people(3);
    const { opened } = await desk().open(campaign, 3);
    const [ringing, wrapUp, ended] = opened.map(({ attempt }) => attempt);
    await desk().store.attempts.progress({ attempt: ringing ?? '', answeredAt: NOON + 1, session: 's9' });
    await desk().close(wrapUp ?? '', { result: 'connected', agent: '101', next: { state: 'dialing' } });
    await desk().close(ended ?? '');
    const unfinished = (await desk().store.attempts.unfinished()).filter((one) => one.campaign === campaign.name);
    expect(unfinished).toEqual([
      { ...opened[0], campaign: campaign.name, dialedAt: NOON, answeredAt: NOON + 1, session: 's9' },
      {
        ...opened[1],
        campaign: campaign.name,
        dialedAt: NOON,
        agent: '101',
        result: 'connected',
        endedAt: NOON + MINUTE_MS,
        record: {
          ...opened[1]?.record,
          attempts: 1,
          lastResult: 'connected',
          history: [expect.objectContaining({ attempt: opened[1]?.attempt, result: 'connected', talked: false })],
        },
      },
    ]);
  });
}

function listTests(desk: () => Desk): void {
  test('attempts are listed by campaign, record, number and time, oldest first', async () => {
    const campaign = await desk().people(2);
    const first = await desk().dial(campaign, NOON);
    const second = await desk().dial(campaign, NOON + HOUR_MS);
    const { attempts } = desk().store;
    const idsOf = (rows: readonly AttemptRow[]): readonly string[] => rows.map(({ attempt }) => attempt);
    const both = [first.attempt, second.attempt];
    expect(idsOf(await attempts.list({ campaign: campaign.name }))).toEqual(both);
    expect(idsOf(await attempts.list({ campaign: campaign.name, limit: 1 }))).toEqual([first.attempt]);
    expect(idsOf(await attempts.list({ campaign: campaign.name, fromAt: NOON + 1 }))).toEqual([second.attempt]);
    expect(idsOf(await attempts.list({ campaign: campaign.name, toAt: NOON + HOUR_MS }))).toEqual([first.attempt]);
    expect(idsOf(await attempts.list({ record: second.record.record }))).toEqual([second.attempt]);
    const number = first.record.phones[0]?.number ?? '';
    expect(idsOf(await attempts.list({ number }))).toEqual([first.attempt]);
    expect(await attempts.list({ campaign: 'no-such-campaign' })).toEqual([]);
  });
}
