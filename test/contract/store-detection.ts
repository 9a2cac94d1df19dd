// The sample of machine verdicts that a store draws, and what was heard in it.

import { expect, test } from 'vitest';
import type { Desk } from './store-desk.ts';
import { HOUR_MS, NOON } from './store-desk.ts';

export function describeDetection(desk: () => Desk): void {
  /** A campaign of machines; so many of them have a recording. */
  const machines = async (count: number, recorded: number): Promise<{ campaign: string; attempts: string[] }> => {
    const campaign = await desk().people(count);
    const { opened } = await desk().open(campaign, count);
    const attempts = opened.map(({ attempt }) => attempt);
    for (const [index, attempt] of attempts.entries()) {
      await desk().close(attempt, { result: 'machine', verdict: 'machine', verdictCause: 'LONGGREETING' });
      if (index >= recorded) continue;
      const name = `day/${attempt}-greeting`;
      const times = { startedAt: NOON, keptUntil: NOON + HOUR_MS };
      await desk().store.recordings.started({ name, attempt, kind: 'greeting', announced: false, ...times });
    }
    return { campaign: campaign.name, attempts };
  };
  const drawing = { seed: 1, by: 'ann', at: NOON + HOUR_MS } as const;

  test('[D-10] drawn among the machine verdicts with a recording, each once; judged one by one; counted', async () => {
    const { detection } = desk().store;
    const { campaign, attempts } = await machines(6, 5);
    const period = { campaign };

    const first = await detection.draw({ period, size: 3, ...drawing });
    const rest = await detection.draw({ period, size: 10, ...drawing });

    expect(first).toHaveLength(3);
    expect(new Set([...first, ...rest])).toEqual(new Set(attempts.slice(0, 5)));
    expect(rest).toHaveLength(2);
    const [a = '', b = '', c = ''] = first;
    expect(await detection.judge(a, { is: 'human', by: 'ben', at: NOON + 2 * HOUR_MS })).toBe(true);
    expect(await detection.judge(b, { is: 'unclear', by: 'ben', at: NOON + 2 * HOUR_MS })).toBe(true);
    expect(await detection.judge(b, { is: 'machine', by: 'ann', at: NOON + 3 * HOUR_MS })).toBe(true);
    expect(await detection.judge(c, { is: 'machine', by: 'ann', at: NOON + 3 * HOUR_MS })).toBe(true);
    expect(await detection.judge('nobody', { is: 'human', by: 'ann', at: NOON })).toBe(false);

    expect(await detection.counts(period)).toEqual({
      machines: 6,
      drawn: 5,
      judged: { human: 1, machine: 2, unclear: 0 },
    });
    const samples = await detection.samples(period);
    expect(samples).toHaveLength(5);
    expect(samples.find(({ attempt }) => attempt === a)).toMatchObject({
      campaign,
      verdictCause: 'LONGGREETING',
      drawnBy: 'ann',
      judgement: 'human',
      judgedBy: 'ben',
    });
  });

  test('[D-10] a period without machine verdicts, or whose recordings are gone: nothing is drawn', async () => {
    const { detection, recordings } = desk().store;
    const { campaign, attempts } = await machines(1, 1);
    expect(await detection.draw({ period: { campaign, fromAt: NOON + 1 }, size: 5, ...drawing })).toEqual([]);

    await recordings.deleted(`day/${attempts[0] ?? ''}-greeting`, { at: NOON, by: 'ann' });
    expect(await detection.draw({ period: { campaign }, size: 5, ...drawing })).toEqual([]);
    expect(await detection.counts({ campaign })).toMatchObject({ machines: 1, drawn: 0 });
  });
}
