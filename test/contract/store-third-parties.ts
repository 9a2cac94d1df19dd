// Calls of third parties: what a store keeps of them.

import { expect, test } from 'vitest';
import type { NewThirdCall } from '../../src/engine/store/third-parties.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeThirdParties(desk: () => Desk): void {
  const aCall = (parts: Partial<NewThirdCall> = {}): NewThirdCall => ({
    id: 'th-1',
    attempt: 'at-third',
    campaign: 'renewals',
    byAgent: '2001',
    how: 'consult',
    kind: 'number',
    who: 'claims',
    number: '+12125550123',
    trunk: 'main',
    callerId: '+12125550100',
    askedAt: NOON,
    ...parts,
  });

  test('[D-06] opened, answered, ended: found by the call and by time; open ones are found at a start', async () => {
    const { thirdParties } = desk().store;
    await thirdParties.opened(aCall());
    expect(await thirdParties.unfinished()).toContainEqual(
      expect.objectContaining({ ...aCall(), answeredAt: null, endedAt: null, result: null }),
    );
    await thirdParties.answered('th-1', NOON + 4_000);
    await thirdParties.ended('th-1', { endedAt: NOON + 60_000, result: 'connected', sipCode: null, cause: 16 });
    await thirdParties.ended('th-1', { endedAt: NOON + 90_000, result: 'failed', sipCode: 500, cause: 38 });

    const ended = { ...aCall(), answeredAt: NOON + 4_000, endedAt: NOON + 60_000, result: 'connected', cause: 16 };
    expect(await thirdParties.of('at-third')).toEqual([{ ...ended, sipCode: null }]);
    expect((await thirdParties.unfinished()).map(({ id }) => id)).not.toContain('th-1');
    expect((await thirdParties.list({ fromAt: NOON, toAt: NOON + 1 })).map(({ id }) => id)).toContain('th-1');
    expect((await thirdParties.list({ fromAt: NOON + 1 })).map(({ id }) => id)).not.toContain('th-1');
  });

  test('[D-06] an agent who is brought in has no number', async () => {
    const { thirdParties } = desk().store;
    const agent = { id: 'th-2', kind: 'agent', who: '2002', number: null, trunk: null, callerId: null } as const;
    await thirdParties.opened(aCall({ ...agent, attempt: 'at-agent', how: 'transfer' }));
    expect(await thirdParties.of('at-agent')).toMatchObject([{ ...agent, how: 'transfer' }]);
  });
}
