// Which ready agent gets a live answer.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickAgent, type Candidate } from '../../src/call/routing.ts';

test('[C-07] three agents are ready: the one idle for longest gets the call', () => {
  const agents = [
    { session: 'a', readySince: 300 },
    { session: 'b', readySince: 100 },
    { session: 'c', readySince: 200 },
  ];
  expect(pickAgent(agents)?.session).toBe('b');
});

test('[C-07] ready since the same instant: the smaller session id, whatever the order', () => {
  const a = { session: 'a', readySince: 100 };
  const b = { session: 'b', readySince: 100 };
  expect([pickAgent([a, b])?.session, pickAgent([b, a])?.session]).toEqual(['a', 'a']);
});

test('[C-07] no agent is ready: no one is picked', () => {
  const nobody: Candidate[] = [];
  expect(pickAgent(nobody)).toBeUndefined();
});

test('[C-07] no one who is ready was idle for longer than the agent picked', () => {
  const candidate = fc.record({ session: fc.string({ minLength: 1, maxLength: 3 }), readySince: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(candidate, { minLength: 1, maxLength: 30 }), (ready) => {
      const picked = pickAgent(ready);
      expect(picked?.readySince).toBe(Math.min(...ready.map(({ readySince }) => readySince)));
    }),
  );
});
