// A bug in what a timer does is about no campaign in particular: all of them stop.

import { expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { Faults } from '../../src/engine/faults.ts';
import type { Hub } from '../../src/engine/hub.ts';
import { World, type RunningCampaign } from '../../src/engine/world.ts';
import { aCampaign } from '../records/builders.ts';

test('[O-09] a bug in what a timer does stops the dialing of every campaign, and says so', () => {
  const world = new World();
  for (const name of ['north', 'south']) {
    world.campaigns.set(name, { definition: aCampaign({ name }) } as RunningCampaign);
  }
  const reported: string[] = [];
  const hub = {
    world,
    parts: { log: silentLog },
    now: () => 0,
    emit: (event: { readonly campaign: string }) => reported.push(event.campaign),
  } as unknown as Hub;

  const nothing = (): void => undefined;

  new Faults(hub, { reap: nothing, closeCall: nothing, closeSession: nothing }).inTimer(
    'wrap-up s-1',
    new Error('a bug'),
  );

  expect(reported).toEqual(['north', 'south']);
  for (const { halted } of world.campaigns.values()) {
    expect(halted).toMatchObject({ by: 'fault', why: expect.stringContaining('a bug (wrap-up s-1;') as string });
  }
});
