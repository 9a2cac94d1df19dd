import { describe as group, expect, test } from 'vitest';
import { describe } from '../../src/pacing/pacer.ts';
import { Scene } from './scene.ts';

group('progressive', () => {
  test('[P-02] progressive, 3 agents ready and 1 line ringing: dials 2 more', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(3);
    scene.ring(1);
    expect(scene.decide()).toMatchObject({ dial: 2, cancel: [], why: { limit: 'all-busy' } });
  });

  test('[P-02] progressive, a live caller waits: the agent for that caller gets no line', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(2);
    const [call = ''] = scene.ring(1);
    scene.report('live', call);
    expect(scene.decide().dial).toBe(1);
  });

  test('[P-02] progressive with detection, picked up without a verdict: still counts as in flight', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(1);
    const [call = ''] = scene.ring(1);
    scene.report('answered', call);
    expect(scene.decide()).toMatchObject({ dial: 0, why: { inFlight: 1 } });
    scene.report('machine', call);
    expect(scene.decide().dial).toBe(1);
  });

  test('[P-06] progressive, all agents leave: gives up the calls once they have rung for the legal time', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(2);
    const calls = scene.ring(2);
    scene.agents(2, 'offline').wait(14_999);
    expect(scene.decide().cancel).toEqual([]);
    expect(scene.wait(1).decide()).toMatchObject({ cancel: calls, dial: 0, why: { limit: 'no-agents' } });
  });
});

group('ratio', () => {
  test('[P-02] ratio 2.5, 2 agents ready and 1 line ringing: dials 4 more', () => {
    const scene = new Scene({ mode: 'ratio', ratio: 2.5 }).agents(2);
    scene.ring(1);
    expect(scene.decide().dial).toBe(4);
  });

  test('[P-02] ratio with an abandon target of 0: one line per agent', () => {
    expect(new Scene({ mode: 'ratio', ratio: 3, abandonTarget: 0 }).agents(4).decide().dial).toBe(4);
  });
});

group('limits', () => {
  test('[P-06] 10 agents ready and 4 lines left: dials 4 and says that lines are short', () => {
    const scene = new Scene({ mode: 'progressive', maxLines: 4 }).agents(10);
    expect(scene.decide()).toMatchObject({ dial: 4, why: { limit: 'max-lines' } });
  });

  test('[P-06] talking calls hold lines too', () => {
    const scene = new Scene({ mode: 'progressive', maxLines: 2 }).agents(5);
    const [call = ''] = scene.ring(1);
    scene.report('live', call).connect(call, 'agent-0');
    expect(scene.decide().dial).toBe(1);
  });

  test('[P-06] 2 calls per second, both just dialed: waits and says when to ask again', () => {
    const scene = new Scene({ mode: 'progressive', maxCallsPerSecond: 2 }).agents(5);
    scene.dial(1);
    scene.wait(300).dial(1);
    const decision = scene.decide();
    expect(decision).toMatchObject({ dial: 0, wakeAt: 1_001_000, why: { limit: 'calls-per-second' } });
    scene.now = 1_001_000;
    expect(scene.decide().dial).toBe(1);
  });

  test('[P-06] 20 calls per second, 7 agents ready: 2 at once, 2 more a tenth of a second later', () => {
    const scene = new Scene({ mode: 'progressive', maxCallsPerSecond: 20 }).agents(7);
    expect(scene.decide()).toMatchObject({ dial: 2, wakeAt: scene.now + 100, why: { limit: 'calls-per-second' } });
    scene.dial(2);
    expect(scene.wait(99).decide()).toMatchObject({ dial: 0, wakeAt: scene.now + 1 });
    expect(scene.wait(1).decide().dial).toBe(2);
  });

  test('[P-06] 15 calls per second with calls always wanted: 15 in each second, never more than 2 in a tenth of it', () => {
    const scene = new Scene({ mode: 'progressive', maxCallsPerSecond: 15 }).agents(100);
    const startedAt = scene.now;
    const dialed: number[] = [];
    while (scene.now < startedAt + 3000) {
      const { dial, wakeAt } = scene.decide();
      scene.dial(dial);
      dialed.push(...Array.from({ length: dial }, () => scene.now));
      scene.now = wakeAt ?? Infinity;
    }
    expect(dialed).toHaveLength(45);
    const within = (from: number, ms: number): number => dialed.filter((at) => at >= from && at < from + ms).length;
    expect(Math.max(...dialed.map((at) => within(at, 100)))).toBe(2);
    expect(Math.max(...dialed.map((at) => within(at, 1000)))).toBe(15);
  });

  test('[P-06] 1 call in 4 seconds: the next one waits for the rest of them', () => {
    const scene = new Scene({ mode: 'progressive', maxCallsPerSecond: 0.25 }).agents(5);
    expect(scene.decide()).toMatchObject({ dial: 1, wakeAt: 1_004_000 });
    scene.dial(1);
    expect(scene.wait(3999).decide().dial).toBe(0);
    expect(scene.wait(1).decide().dial).toBe(1);
  });
});

group('reasons', () => {
  test('[P-07] every limit is a sentence that names agents and calls', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(3);
    scene.ring(1);
    expect(describe(scene.decide().why)).toBe(
      'Dials 2 more: every ready agent has a line (3 ready, 0 talking, 0 in wrap-up; 1 call in flight).',
    );
    const nobody = new Scene();
    expect(describe(nobody.decide().why)).toContain('no agent is working');
  });
});
