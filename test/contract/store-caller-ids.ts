// Which caller ID a store writes into the attempts that it opens, and what it says when none is left today.

import { expect, test } from 'vitest';
import type { OpenedAttempts } from '../../src/engine/store/attempts.ts';
import { HOUR_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

const shown = ({ opened }: OpenedAttempts): string[] => opened.map(({ callerId }) => callerId);

export function describeCallerIds(desk: () => Desk): void {
  // Numbers that no other test shows: what they have been used for is counted over all campaigns.
  const numbers = (count: number): string[] => Array.from({ length: count }, () => desk().number());

  test('[C-11] rotating: each line shows the next number, and the attempts say which', async () => {
    const [a = '', b = ''] = numbers(2);
    const campaign = await desk().people(3, { callerIds: { choose: 'rotate', numbers: [a, b] } });
    const answer = await desk().open(campaign, 3);
    expect(shown(answer)).toEqual([a, b, a]);
    const listed = await desk().store.attempts.list({ campaign: campaign.name });
    expect(new Map(listed.map(({ attempt, callerId }) => [attempt, callerId]))).toEqual(
      new Map(answer.opened.map(({ attempt, callerId }) => [attempt, callerId])),
    );
  });

  test('[C-11] local: each record is dialed with the number that is nearest to its own', async () => {
    const callerIds = { choose: 'local', numbers: ['+13055550100', '+12125550100', '+493012345678'] } as const;
    const contacts = ['+12122345671', '+493055555551', '+13052345671'].map((number) =>
      desk().contact({ phones: [{ number, type: 'mobile' }] }),
    );
    const campaign = await desk().campaign(contacts, { callerIds });
    expect(shown(await desk().open(campaign, 3))).toEqual(['+12125550100', '+493012345678', '+13055550100']);
  });

  test('[C-11] a daily cap: the next number when one is used up, then nothing before the next day', async () => {
    const [a = '', b = ''] = numbers(2);
    const campaign = await desk().people(4, { callerIds: { choose: 'fixed', numbers: [a, b], perDay: 1 } });
    const answer = await desk().open(campaign, 3);
    expect(shown(answer)).toEqual([a, b]);
    const midnight = Date.parse('2026-03-02T23:00:00Z');
    expect(answer).toMatchObject({
      nextDueAt: midnight,
      exhausted: false,
      heldBack: 'Both caller IDs are used up for 2026-03-02 (1 call each).',
    });
    expect(shown(await desk().open(campaign, 3, midnight - HOUR_MS))).toEqual([]);
    expect(shown(await desk().open(campaign, 3, midnight))).toEqual([a, b]);
  });

  test('[C-11] the cap counts what other campaigns have shown, and the record that waits stays as it was', async () => {
    const [a = ''] = numbers(1);
    const callerIds = { choose: 'fixed', numbers: [a], perDay: 2 } as const;
    const first = await desk().people(2, { callerIds });
    const second = await desk().people(1, { callerIds });
    expect(shown(await desk().open(first, 2))).toEqual([a, a]);
    expect(shown(await desk().open(second, 1))).toEqual([]);
    const { byState } = await desk().store.records.counts(second.name);
    expect(byState).toMatchObject({ fresh: 1, waiting: 0, dialing: 0 });
  });

  test('[C-11] all used up and a number is named for that: it is shown', async () => {
    const [a = '', spare = ''] = numbers(2);
    const campaign = await desk().people(3, { callerIds: { choose: 'fixed', numbers: [a], perDay: 1, usedUp: spare } });
    expect(shown(await desk().open(campaign, 3, NOON))).toEqual([a, spare, spare]);
  });

  test("[C-11] the agent's choice is shown; a number that is not the campaign's is not", async () => {
    const [a = '', b = '', foreign = ''] = numbers(3);
    const campaign = await desk().people(2, { callerIds: { choose: 'agent', numbers: [a, b] } });
    const lines = [b, foreign].map((chosenCallerId) => ({ ...desk().line(), chosenCallerId }));
    const answer = await desk().store.attempts.open({ campaign, now: NOON, lines });
    const [first = '', second = ''] = shown(answer);
    expect(first).toBe(b);
    expect([a, b]).toContain(second);
  });
}
