import { expect, test } from 'vitest';
import { createPacer } from '../../../src/pacing/pacer.ts';
import { pacerOptions, POLICIES } from '../../../src/sim/pacing/policies.ts';
import { simulate } from '../../../src/sim/pacing/simulate.ts';
import { WORLDS, type World } from '../../../src/sim/pacing/worlds.ts';
import type { Figures } from '../../../src/sim/pacing/meter.ts';

function shift(world: string, policy: string, settings: { agents: number; hours: number; seed?: number }): Figures {
  const setting = { world: WORLDS.get(world), make: POLICIES.get(policy) };
  if (setting.world === undefined || setting.make === undefined) throw new Error(`no ${world} or ${policy}`);
  return simulate({
    world: setting.world,
    policy: setting.make({ world: setting.world, abandonTarget: 0.03 }),
    seed: 7,
    abandonTarget: 0.03,
    ...settings,
  });
}

test('[P-01] four hours of 10 agents: predictive keeps them far busier than progressive, abandonment under 3 %', () => {
  const progressive = shift('S1', 'progressive', { agents: 10, hours: 4 });
  const predictive = shift('S1', 'outdial', { agents: 10, hours: 4 });
  expect(predictive.utilisation).toBeGreaterThan(progressive.utilisation + 0.1);
  expect(predictive.abandonRate).toBeLessThanOrEqual(0.03);
});

test('[P-02] progressive in a world without breaks: no call is ever abandoned', () => {
  expect(shift('S1', 'progressive', { agents: 6, hours: 1 }).abandoned).toBe(0);
});

test('[P-03] an hour from nothing: abandonment under 3 % in each of ten', () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    expect(shift('S8', 'outdial', { agents: 4, hours: 1, seed }).abandonRate).toBeLessThanOrEqual(0.03);
  }
});

test('[P-04] the answer rate toggles between 15 and 50 %: abandonment under 3 %', () => {
  expect(shift('S7', 'outdial', { agents: 10, hours: 2 }).abandonRate).toBeLessThanOrEqual(0.03);
});

test('[P-08] people who hang up as soon as they answer: live answers that no one kept waiting, and no work for an agent', () => {
  const world = WORLDS.get('S1');
  if (world === undefined) throw new Error('world S1 is missing');
  const hanging: World = { ...world, dial: (...at) => ({ ...world.dial(...at), hangsUp: true }) };
  const policy = createPacer(pacerOptions('progressive', { world: hanging, abandonTarget: 0.03 }));
  const figures = simulate({ world: hanging, agents: 4, policy, seed: 7, hours: 0.5, abandonTarget: 0.03 });

  expect(figures.liveAnswers).toBeGreaterThan(50);
  expect([figures.abandoned, figures.utilisation]).toEqual([0, 0]);
});

test('[P-08] the same seed: the same figures', () => {
  expect(shift('S5', 'outdial', { agents: 4, hours: 1 })).toEqual(shift('S5', 'outdial', { agents: 4, hours: 1 }));
});

test('[P-08] every world and every policy runs through a shift', () => {
  for (const world of WORLDS.keys())
    expect(shift(world, 'outdial', { agents: 2, hours: 0.1 }).dials).toBeGreaterThan(0);
  for (const policy of POLICIES.keys()) {
    expect(shift('S1', policy, { agents: 2, hours: 0.1 }).utilisation).toBeGreaterThan(0);
  }
});
