import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPacer, describe, type PacingEvent } from '../../src/pacing/pacer.ts';
import { RESULTS } from '../../src/terms.ts';
import { OPTIONS, Scene } from './scene.ts';

const agent = fc.constantFrom('a', 'b', 'c', 'd');
const call = fc.integer({ min: 0, max: 30 }).map((n) => `call-${n}`);
const body = fc.oneof(
  fc.record({
    type: fc.constant('agent' as const),
    agent,
    state: fc.constantFrom('offline', 'paused', 'ready', 'talking', 'wrap-up'),
  }),
  fc.record({ type: fc.constantFrom('dialed', 'ringing', 'answered', 'live', 'machine', 'abandoned'), call }),
  fc.record({ type: fc.constant('connected' as const), call, agent }),
  fc.record({ type: fc.constant('ended' as const), call, result: fc.constantFrom(...RESULTS) }),
);
const history = fc.array(fc.tuple(fc.integer({ min: -3000, max: 20_000 }), body), { maxLength: 200 }).map((steps) => {
  let at = 1_000_000;
  return steps.map(([afterMs, event]): PacingEvent => {
    at += afterMs;
    return { at, ...event };
  });
});

test('[P-06] whatever happens: dials no more than the free lines and the calls per second, cancels only ringing calls', () => {
  const limits = fc.record({
    maxLines: fc.integer({ min: 0, max: 12 }),
    maxCallsPerSecond: fc.integer({ min: 1, max: 6 }),
  });
  const mode = fc.constantFrom('predictive', 'progressive', 'ratio');
  fc.assert(
    fc.property(history, limits, mode, (events, limit, chosen) => {
      const pacer = createPacer({ ...OPTIONS, ...limit, mode: chosen, ratio: 3 });
      const rungSince = new Map<string, number>();
      let latest = 0;
      for (const event of events) {
        pacer.observe(event);
        latest = Math.max(latest, event.at);
        if (event.type === 'ringing') rungSince.set(event.call, Math.min(rungSince.get(event.call) ?? latest, latest));
        const { dial, cancel, why } = pacer.decide(latest);
        expect(dial).toBeGreaterThanOrEqual(0);
        expect(dial).toBeLessThanOrEqual(Math.max(0, limit.maxLines - why.lines));
        expect(dial).toBeLessThanOrEqual(limit.maxCallsPerSecond);
        for (const id of cancel)
          expect(latest - (rungSince.get(id) ?? latest)).toBeGreaterThanOrEqual(OPTIONS.minRingMs);
        expect(describe(why)).toMatch(/^Dials (no|\d+) more.*\.$/);
      }
    }),
    { numRuns: 150 },
  );
});

test('[P-02] progressive and a target of 0 never overdial, whatever happens', () => {
  const settings = fc.constantFrom({ mode: 'progressive' as const }, { abandonTarget: 0 });
  fc.assert(
    fc.property(history, settings, (events, setting) => {
      const pacer = createPacer({ ...OPTIONS, ...setting });
      for (const event of events) {
        pacer.observe(event);
        const { dial, why } = pacer.decide(event.at);
        expect(dial === 0 || dial <= why.agents.ready - why.waiting - why.inFlight).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test('[P-01] the same events give the same decisions', () => {
  fc.assert(
    fc.property(history, (events) => {
      const [first, second] = [createPacer(OPTIONS), createPacer(OPTIONS)];
      for (const event of events) {
        first.observe(event);
        second.observe(event);
        expect(second.decide(event.at)).toEqual(first.decide(event.at));
      }
    }),
    { numRuns: 30 },
  );
});

test('[P-04] raising the target never lowers the number of lines', () => {
  const targets = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }));
  const team = fc.integer({ min: 1, max: 40 });
  const every = fc.integer({ min: 2, max: 12 });
  fc.assert(
    fc.property(targets, team, every, ([a, b], agents, answers) => {
      const dials = [Math.min(a, b), Math.max(a, b)].map(
        (perMille) =>
          new Scene()
            .practise(60, answers)
            .window(400, 2, perMille / 1000)
            .agents(agents)
            .decide().dial,
      );
      expect(dials[1]).toBeGreaterThanOrEqual(dials[0] ?? 0);
    }),
    { numRuns: 60 },
  );
});
