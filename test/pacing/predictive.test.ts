import { describe as group, expect, test } from 'vitest';
import { describe } from '../../src/pacing/pacer.ts';
import { Scene } from './scene.ts';

/** Ten agents, a third of dials answered, the day's budget open. */
function practised(): Scene {
  return new Scene().window(200, 0).practise(120, 3);
}

group('cold start', () => {
  test('[P-03] nothing known yet, 5 agents ready: one line each', () => {
    const scene = new Scene().window(100, 0).agents(5);
    expect(scene.decide()).toMatchObject({ dial: 5, why: { limit: 'cold-start' } });
    scene.ring(5);
    expect(scene.decide().dial).toBe(0);
  });

  test('[P-03] one agent alone, much learned: overdials by few lines only', () => {
    const scene = practised().agents(1);
    const { dial } = scene.decide();
    expect(dial).toBeGreaterThanOrEqual(1);
    expect(dial).toBeLessThanOrEqual(3);
  });
});

group('dialing ahead', () => {
  test('[P-01] 10 agents ready, a third of dials answered: dials more lines than agents', () => {
    const scene = practised().agents(10);
    const decision = scene.decide();
    expect(decision.dial).toBeGreaterThan(14);
    expect(decision.dial).toBeLessThan(30);
    expect(decision.why.limit).toBe('risk');
    expect(describe(decision.why)).toContain('would find no agent with');
  });

  test('[P-01] all 20 agents in wrap-up, nearly as long as wrap-ups last: dials before anybody is ready', () => {
    const scene = practised().agents(20).agents(20, 'talking').wait(60_000).agents(20, 'wrap-up').wait(8000);
    expect(scene.decide()).toMatchObject({ why: { agents: { ready: 0 } } });
    expect(scene.decide().dial).toBeGreaterThan(0);
  });

  test('[P-01] advice already followed is not given again', () => {
    const scene = practised().agents(10);
    scene.dial(scene.decide().dial);
    expect(scene.decide().dial).toBe(0);
  });

  test('[P-01] asks to be asked again within a second', () => {
    const scene = practised().agents(2);
    expect(scene.decide().wakeAt).toBe(scene.now + 500);
  });
});

group('the guard', () => {
  test('[P-04] the budget is spent: one line per agent, and the reason says so', () => {
    const scene = practised().agents(10);
    scene.window(100, 30);
    const decision = scene.decide();
    expect(decision).toMatchObject({ dial: 10, why: { limit: 'guard', guard: { state: 'closed' } } });
    expect(describe(decision.why)).toContain('the abandonment budget is used up');
  });

  test('[P-04] a window without known end borrows nothing from answers to come', () => {
    const scene = practised().agents(10);
    scene.pacer.observe({ at: scene.now, type: 'window', target: 0.03, liveAnswers: 20, abandoned: 0 });
    expect(scene.decide()).toMatchObject({ dial: 10, why: { limit: 'guard' } });
    scene.pacer.observe({ at: scene.now, type: 'window', target: 0.03, liveAnswers: 200, abandoned: 0 });
    expect(scene.decide().dial).toBeGreaterThan(10);
  });

  test('[P-04] an abandon target of 0: never more lines than agents', () => {
    const scene = practised().agents(10);
    scene.window(1000, 0, 0);
    expect(scene.decide()).toMatchObject({ dial: 10, why: { limit: 'target-zero' } });
  });

  test('[P-05] budget unused so far: a higher price than with the budget used evenly', () => {
    const even = practised().agents(10);
    const saved = practised().agents(10);
    for (const scene of [even, saved]) scene.window(0, 0);
    const start = even.now;
    for (const [scene, abandoned] of [
      [even, 30],
      [saved, 0],
    ] as const) {
      scene.now = start + 4 * 3_600_000;
      const endsAt = start + 8 * 3_600_000;
      scene.pacer.observe({ at: scene.now, type: 'window', target: 0.03, liveAnswers: 1000, abandoned, endsAt });
    }
    expect(saved.decide().why.price).toBeGreaterThan(1.2 * even.decide().why.price);
  });
});

group('cancelling', () => {
  test('[P-06] agents vanish at once: gives up what has rung long enough, nothing else', () => {
    const scene = practised().agents(10);
    const old = scene.ring(8);
    scene.wait(10_000);
    scene.ring(6);
    scene.wait(5000).agents(10, 'offline');
    const decision = scene.decide();
    expect([...decision.cancel].sort()).toEqual([...old].sort());
    expect(decision.dial).toBe(0);
  });

  test('[P-06] a call whose ringing was never reported is not given up', () => {
    const scene = practised().agents(5);
    scene.dial(10);
    scene.wait(20_000).agents(5, 'offline');
    expect(scene.decide().cancel).toEqual([]);
  });

  test('[P-06] a picked-up call is not given up', () => {
    const scene = practised().agents(1);
    const [call = ''] = scene.ring(1);
    scene.wait(16_000).report('answered', call).agents(1, 'offline');
    expect(scene.decide().cancel).toEqual([]);
  });
});
