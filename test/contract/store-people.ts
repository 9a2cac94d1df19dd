// Campaign states, agents with their secrets, sessions and their times, and the do-not-call list in a store.

import { expect, test } from 'vitest';
import type { SessionRow, SessionStateChange } from '../../src/engine/store/sessions.ts';
import { MINUTE_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describePeople(desk: () => Desk): void {
  campaignTests(desk);
  agentTests(desk);
  passwordTests(desk);
  sessionTests(desk);
}

function campaignTests(desk: () => Desk): void {
  test('[C-02] every step of a campaign is kept with who and when; its state is that of the last', async () => {
    const { campaigns } = desk().store;
    const campaign = desk().unique('campaign');
    const steps = [
      { campaign, from: 'unapproved', to: 'approved', by: 'eve', at: NOON, reason: 'checked' },
      { campaign, from: 'approved', to: 'running', by: 'schedule', at: NOON + 1, reason: '' },
    ] as const;
    for (const step of steps) await campaigns.saveState(step);
    expect(await campaigns.history(campaign)).toEqual(steps);
    expect(await campaigns.all()).toContainEqual({ campaign, state: 'running', changedAt: NOON + 1 });
  });

  test('[C-01] a campaign that has records and no step yet is unapproved', async () => {
    const { name } = await desk().people(1);
    expect(await desk().store.campaigns.all()).toContainEqual({ campaign: name, state: 'unapproved', changedAt: NOON });
  });

  test('[P-02] what a pacer has learned is kept, the last word only', async () => {
    const { campaigns } = desk().store;
    const campaign = desk().unique('campaign');
    expect(await campaigns.learned(campaign)).toBeUndefined();
    await campaigns.saveLearned(campaign, '{"ring":1}');
    await campaigns.saveLearned(campaign, '{"ring":2}');
    expect(await campaigns.learned(campaign)).toBe('{"ring":2}');
  });
}

function agentTests(desk: () => Desk): void {
  test('[A-01] an agent is saved, then changed in parts; what is not said stays', async () => {
    const { agents } = desk().store;
    const number = desk().unique('10');
    const sipDigest = { realm: 'asterisk', md5: 'a'.repeat(32) };
    await agents.save({ number, name: 'Ann', groups: ['team'], pinHash: 'hash-1', sipDigest });
    await agents.save({ number, groups: ['team', 'night'] });
    const agent = { number, name: 'Ann', groups: ['team', 'night'], account: `agent-${number}` };
    expect(await agents.all()).toContainEqual(agent);
    expect(await agents.secrets(number)).toEqual({ agent, pinHash: 'hash-1', sipDigest });
    const renewed = { realm: 'ours', md5: 'b'.repeat(32) };
    await agents.save({ number, sipDigest: renewed });
    expect(await agents.secrets(number)).toEqual({ agent, pinHash: 'hash-1', sipDigest: renewed });
    expect(await agents.remove(number)).toBe(true);
    expect(await agents.remove(number)).toBe(false);
    expect(await agents.secrets(number)).toBeUndefined();
  });
}

function passwordTests(desk: () => Desk): void {
  test('[O-10] an agent who has never had a SIP password has no digest', async () => {
    const { agents } = desk().store;
    const number = desk().unique('10');
    await agents.save({ number, name: 'Ann', groups: [] });
    expect(await agents.secrets(number)).not.toHaveProperty('sipDigest');
    await agents.remove(number);
  });
}

function sessionTests(desk: () => Desk): void {
  const row = (parts: Partial<SessionRow> = {}): SessionRow => ({
    session: desk().unique('session'),
    agent: desk().unique('10'),
    campaign: desk().unique('campaign'),
    phoneMode: 'nailed-up',
    phoneKind: 'account',
    phoneNumber: null,
    leg: 'leg-1',
    bridge: 'bridge-1',
    startedAt: NOON,
    ...parts,
  });
  const change = (session: string, parts: Partial<SessionStateChange>): SessionStateChange => ({
    session,
    state: 'ready',
    reason: null,
    attempt: null,
    leg: 'leg-1',
    at: NOON,
    ...parts,
  });

  test('[S-01] conversations are counted by agent and campaign, one of two stretches once, those of other times not', async () => {
    const { sessions } = desk().store;
    const one = row();
    await sessions.open(one);
    const talk = (attempt: string, at: number): Promise<void> =>
      sessions.state(change(one.session, { state: 'talking', attempt, at }));
    const [before, first, second] = [desk().unique('a'), desk().unique('a'), desk().unique('a')];
    await talk(before, NOON - 5 * MINUTE_MS);
    await sessions.state(change(one.session, { at: NOON - 4 * MINUTE_MS }));
    await talk(first, NOON);
    await sessions.state(change(one.session, { state: 'paused', reason: 'phone-lost', at: NOON + 1 }));
    await talk(first, NOON + 2);
    await talk(second, NOON + MINUTE_MS);
    const counted = await sessions.talks({ fromAt: NOON, toAt: NOON + 2 * MINUTE_MS });
    const { agent, campaign } = one;
    expect(counted.filter((found) => found.agent === agent)).toEqual([{ agent, campaign, talks: 2 }]);
  });

  test('[A-01] a session that has not ended is found again with its last state and leg', async () => {
    const { sessions } = desk().store;
    const one = row();
    await sessions.open(one);
    const find = async (): Promise<unknown> =>
      (await sessions.unfinished()).find(({ session }) => session === one.session);
    expect(await find()).toEqual({ ...one, phoneTrunk: null, state: 'paused', reason: null, attempt: null });
    await sessions.state(change(one.session, { state: 'ready' }));
    await sessions.state(change(one.session, { state: 'talking', attempt: 'a1', leg: 'leg-2', at: NOON + 1 }));
    const talking = { leg: 'leg-2', state: 'talking', reason: null, attempt: 'a1' } as const;
    expect(await find()).toEqual({ ...one, phoneTrunk: null, ...talking });
    await sessions.close(one.session, NOON + 2, 'hung-up');
    expect(await find()).toBeUndefined();
  });

  test('[A-04] a session with an outside phone is found again with its number and the trunk it was called over', async () => {
    const { sessions } = desk().store;
    const one = row({ phoneKind: 'number', phoneNumber: '+4930901820', leg: null });
    await sessions.open(one);
    await sessions.outside({ session: one.session, trunk: 'main' });
    const found = (await sessions.unfinished()).find(({ session }) => session === one.session);
    expect(found).toMatchObject({ phoneKind: 'number', phoneNumber: '+4930901820', phoneTrunk: 'main' });
    await sessions.close(one.session, NOON + 2, 'signed-out');
  });

  test('the times of an agent in each state are those between two instants', async () => {
    const { sessions } = desk().store;
    const one = row();
    await sessions.open(one);
    await sessions.state(change(one.session, { state: 'ready' }));
    await sessions.state(change(one.session, { state: 'talking', at: NOON + 2 * MINUTE_MS }));
    await sessions.state(change(one.session, { state: 'ready', at: NOON + 5 * MINUTE_MS }));
    const { agent, campaign } = one;
    const query = { campaign, fromAt: NOON + MINUTE_MS, toAt: NOON + 7 * MINUTE_MS };
    const expected = [
      { agent, campaign, state: 'ready', ms: 3 * MINUTE_MS },
      { agent, campaign, state: 'talking', ms: 3 * MINUTE_MS },
    ];
    expect(await sessions.times(query)).toEqual(expected);
    await sessions.close(one.session, NOON + 6 * MINUTE_MS, 'signed-off');
    expect((await sessions.times(query))[0]).toMatchObject({ state: 'ready', ms: 2 * MINUTE_MS });
    expect(await sessions.times({ campaign, fromAt: NOON + 8 * MINUTE_MS, toAt: NOON + 9 * MINUTE_MS })).toEqual([]);
  });

  test('[A-24] the day of an agent: sessions over all campaigns, time in each state, conversations by disposition', async () => {
    const { sessions } = desk().store;
    const day = { fromAt: NOON, toAt: NOON + 60 * MINUTE_MS };
    const before = row({ startedAt: NOON - 9 * MINUTE_MS });
    const { agent } = before;
    const at = (minutes: number): number => NOON + minutes * MINUTE_MS;
    await sessions.open(before);
    await sessions.close(before.session, NOON - MINUTE_MS, 'signed-out');
    const one = row({ agent });
    const two = row({ agent, startedAt: at(20) });
    await sessions.open(one);
    await sessions.state(change(one.session, { state: 'ready', at: at(0) }));
    // Talked on in two stretches: the phone was away between them.
    await sessions.state(change(one.session, { state: 'talking', attempt: `${agent}-a`, at: at(2) }));
    await sessions.state(change(one.session, { state: 'paused', reason: 'phone-lost', at: at(4) }));
    await sessions.state(change(one.session, { state: 'talking', attempt: `${agent}-a`, at: at(5) }));
    await sessions.state(change(one.session, { state: 'wrap-up', attempt: `${agent}-a`, at: at(6) }));
    await sessions.close(one.session, at(10), 'signed-out');
    await sessions.open(two);
    await sessions.state(change(two.session, { state: 'talking', attempt: `${agent}-b`, at: at(25) }));
    await sessions.open(row());
    expect(await sessions.day({ agent, ...day })).toEqual({
      sessions: [
        { session: one.session, campaign: one.campaign, startedAt: at(0), endedAt: at(10) },
        { session: two.session, campaign: two.campaign, startedAt: at(20), endedAt: null },
      ],
      times: [
        { state: 'paused', ms: MINUTE_MS },
        { state: 'ready', ms: 2 * MINUTE_MS },
        { state: 'talking', ms: (2 + 1 + 35) * MINUTE_MS },
        { state: 'wrap-up', ms: 4 * MINUTE_MS },
      ],
      calls: [{ disposition: null, count: 2 }],
    });
    await sessions.close(two.session, at(26), 'signed-out');
  });
}
