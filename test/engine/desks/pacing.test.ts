// What the pacing knows of agents at desks: who holds a record or an offer is taken, who waits for whoever picks up is
// free, and lines are dialed for these alone.

import { afterEach, describe, expect, test } from 'vitest';
import { pacedState } from '../../../src/engine/agents/paced-state.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';
import type { Rig } from '../../support/rig.ts';
import { desks } from './desk-rig.ts';
import { rings } from '../../support/call-plans.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

describe('to the pacer', () => {
  const plain = { mode: 'predictive', desk: USUAL_DESK } as const;
  const engaged = { mode: 'predictive', desk: { ...USUAL_DESK, engaged: true } } as const;
  const worked = { mode: 'progressive', desk: { ...USUAL_DESK, beforeCallMs: 5_000 } } as const;

  test.each([
    ['ready at a desk', { state: 'ready', atDesk: true }, plain, 'ready'],
    ['with a record in hand', { state: 'engaged', atDesk: true }, plain, 'talking'],
    ['engaged and accepted', { state: 'engaged', atDesk: true, forAnyone: true }, engaged, 'ready'],
    ['not accepted yet', { state: 'ready', atDesk: true }, engaged, 'paused'],
    ['by phone alone beside them', { state: 'ready' }, engaged, 'ready'],
    ['taken before the dial', { state: 'ready', atDesk: true }, worked, 'paused'],
  ] as const)('[P-07] an agent %s', (_who, session, campaign, expected) => {
    expect(pacedState(session, campaign)).toBe(expected);
  });
});

test('[C-06] two agents, one has accepted: progressive dials one line', async () => {
  const desk = { ...USUAL_DESK, engaged: true, offerMs: 600_000 };
  const centre = await desks({ agents: 2, records: 9, plan: rings, campaign: { mode: 'progressive', desk } });
  rig = centre.rig;
  const [first, second] = centre.seats;
  await first?.sitDown();
  await second?.sitDown();
  await first?.isIn('offered');
  await second?.isIn('offered');
  await rig.clock.runFor(10_000);
  expect(await rig.store.attempts.list({})).toEqual([]);

  await first?.act({ do: 'accept' });
  await rig.clock.runFor(5_000);
  expect(await rig.store.attempts.list({})).toHaveLength(1);

  await second?.act({ do: 'accept' });
  await rig.clock.runFor(5_000);
  expect(await rig.store.attempts.list({})).toHaveLength(2);
});
