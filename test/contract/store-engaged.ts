// People whom a call has met without an agent, where the law lets them be called only with an agent engaged: they wait for
// one, and are dialed for no other line.

import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { RulePack } from '../../src/campaign/rule-pack.ts';
import { ANY_ENGAGED_AGENT } from '../../src/engine/store/callbacks.ts';
import { HOUR_MS, MINUTE_MS, NOON, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeHeld(desk: () => Desk): void {
  const left = (parts: { readonly thenAgentEngaged: boolean }): RulePack => ({
    name: 'left',
    title: 'Left alone',
    countries: ['US'],
    states: [],
    holidays: [],
    clauses: [
      {
        id: 'quiet',
        says: 'An hour.',
        citation: 'none',
        checked: null,
        kind: 'quiet',
        after: 'abandoned',
        per: 'number',
        for: { unit: 'time', ms: HOUR_MS },
        unless: [],
        ...parts,
      },
    ],
  });
  const withAgent = (campaign: Campaign, now: number) =>
    desk().store.attempts.open({ campaign, now, lines: [desk().line()], agent: '101' });
  const waits = (campaign: Campaign) =>
    desk().store.callbacks.personal({ campaign: campaign.name, agent: ANY_ENGAGED_AGENT });

  test('[X-07] abandoned, and then only with an agent engaged: left to no line, dialed for an engaged agent', async () => {
    const campaign = await desk().people(1, { rules: [left({ thenAgentEngaged: true })] });
    const { attempt } = await desk().dial(campaign);
    const endedAt = NOON + MINUTE_MS;
    await desk().close(attempt, { result: 'abandoned', endedAt, next: waitingUntil(endedAt + MINUTE_MS) });
    expect((await desk().open(campaign, 1, endedAt + MINUTE_MS)).nextDueAt).toBe(endedAt + HOUR_MS);
    expect(await waits(campaign)).toEqual([]);
    const later = endedAt + HOUR_MS;
    expect(await desk().open(campaign, 1, later)).toMatchObject({ opened: [], exhausted: false });
    expect(await waits(campaign)).toEqual([{ campaign: campaign.name, agent: ANY_ENGAGED_AGENT, at: later }]);
    expect(await desk().open(campaign, 1, later + MINUTE_MS)).toMatchObject({ opened: [] });

    const { opened } = await withAgent(campaign, later + MINUTE_MS);
    expect(opened).toHaveLength(1);
    await desk().close(opened[0]?.attempt ?? '', {
      result: 'connected',
      endedAt: later + HOUR_MS,
      bridgedAt: later + 2 * MINUTE_MS,
      agent: '101',
      next: waitingUntil(later + HOUR_MS),
    });
    expect(await waits(campaign)).toEqual([]);
    expect((await desk().open(campaign, 1, later + 2 * HOUR_MS)).opened).toHaveLength(1);
  });

  test('[X-07] abandoned, and left alone for a time whoever is held: no one waits for an agent', async () => {
    const campaign = await desk().people(1, { rules: [left({ thenAgentEngaged: false })] });
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { result: 'abandoned', endedAt: NOON, next: waitingUntil(NOON + MINUTE_MS) });
    expect((await desk().open(campaign, 1, NOON + MINUTE_MS)).opened).toEqual([]);
    expect(await waits(campaign)).toEqual([]);
    expect((await withAgent(campaign, NOON + MINUTE_MS)).opened).toEqual([]);
    expect((await desk().open(campaign, 1, NOON + HOUR_MS)).opened).toHaveLength(1);
  });
}
