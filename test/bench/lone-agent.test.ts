import { expect, test } from 'vitest';
import { loneOptimum } from './lone-agent/optimum.ts';
import { runDay } from './pacing/days.ts';

test('[P-01] one agent, no one abandoned, every call rings on: the solved optimum is what progressive days come to', () => {
  const days = Array.from({ length: 20 }, (_, day) =>
    runDay({ world: 'S1', agents: 1, policy: 'progressive' }, 9001 + day),
  );
  const progressive = days.reduce((sum, day) => sum + day.utilisation, 0) / days.length;

  // A day varies by 0.02; steps of a second cost the model half a point.
  const solved = loneOptimum({ target: 0, giveUpFrom: Number.POSITIVE_INFINITY });
  expect(Math.abs(solved - progressive)).toBeLessThan(0.015);
});
