import { describe as group, expect, test } from 'vitest';
import { createPacer, type Json } from '../../src/pacing/pacer.ts';
import { OPTIONS, Scene } from './scene.ts';

group('late, doubled and missing events', () => {
  test('[P-01] an end for an unknown call changes nothing', () => {
    const scene = new Scene().agents(2);
    const before = scene.decide();
    scene.end('unknown', 'connected').report('live', 'unknown').connect('unknown', 'nobody');
    expect(scene.decide()).toEqual(before);
  });

  test('[P-01] every event reported twice: same counts as reported once', () => {
    const once = new Scene().agents(3);
    const twice = new Scene().agents(3).agents(3);
    for (const scene of [once, twice]) {
      const [call = ''] = scene.ring(2);
      const times = scene === twice ? 2 : 1;
      for (let i = 0; i < times; i += 1) scene.report('dialed', call).report('live', call);
      for (let i = 0; i < times; i += 1) scene.agent('agent-0', 'talking').connect(call, 'agent-0');
    }
    expect(twice.decide().why).toEqual(once.decide().why);
  });

  test('[P-01] connected without live: one live answer, the agent talks', () => {
    const scene = new Scene().window(0, 0).agents(2);
    const [call = ''] = scene.ring(1);
    scene.connect(call, 'agent-1').end(call, 'connected');
    expect(scene.decide().why).toMatchObject({ agents: { ready: 1, talking: 1 }, inFlight: 0, waiting: 0, lines: 0 });
  });

  test('[P-04] abandoned and ended as abandoned: counted once', () => {
    const scene = new Scene().window(9, 0).agents(1);
    const [call = ''] = scene.ring(1);
    scene.report('live', call).report('abandoned', call).end(call, 'abandoned');
    expect(scene.decide().why.guard.abandonRate).toBeCloseTo(0.1);
  });

  test('[P-01] dialed reported after the end: the call does not come back', () => {
    const scene = new Scene().agents(1);
    const [call = ''] = scene.ring(1);
    scene.end(call, 'busy').report('dialed', call);
    expect(scene.decide().why.lines).toBe(0);
  });

  test('[P-01] an end that never comes: the line is free again some time after the ring limit', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(1);
    scene.ring(1);
    expect(scene.wait(60_000).decide().dial).toBe(0);
    expect(scene.wait(120_000).decide().dial).toBe(1);
  });
});

group('clocks', () => {
  test('[P-01] the clock is set back by an hour: dialing goes on, wakeAt is in the new time', () => {
    const scene = new Scene({ mode: 'progressive', maxCallsPerSecond: 1 }).agents(3);
    scene.dial(1);
    scene.now -= 3_600_000;
    const waiting = scene.decide();
    expect(waiting).toMatchObject({ dial: 0, wakeAt: scene.now + 1000 });
    expect(scene.wait(1000).decide().dial).toBe(1);
  });

  test('[P-01] an event a few seconds late counts as now', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(2);
    scene.pacer.observe({ at: scene.now - 5000, type: 'dialed', call: 'late' });
    expect(scene.decide().dial).toBe(1);
  });

  test('[P-01] an instant that is no number is ignored', () => {
    const scene = new Scene({ mode: 'progressive' }).agents(2);
    scene.pacer.observe({ at: Number.NaN, type: 'agent', agent: 'agent-0', state: 'offline' });
    expect(scene.decide().dial).toBe(2);
  });
});

group('what was learned', () => {
  test('[P-09] restored: no cold start, the same answer rate', () => {
    const before = new Scene().window(100, 0).practise(150, 4);
    const learned = JSON.parse(JSON.stringify(before.pacer.learned())) as Json;
    const after = new Scene({}, learned).window(100, 0).agents(10);
    const { why, dial } = after.decide();
    expect(why.limit).toBe('risk');
    expect(dial).toBeGreaterThan(10);
    expect(why.answerRate).toBeCloseTo(before.decide().why.answerRate, 1);
  });

  test.each([
    ['nothing', null],
    ['a text', 'hello'],
    ['another version', { version: 99, answers: {} }],
    ['negative numbers', { version: 1, answers: { rate: { hits: [-1, 2, 3], tries: [1, 1, 1], outcomes: 500 } } }],
    ['more hits than tries', { version: 1, answers: { rate: { hits: [9, 9, 9], tries: [1, 1, 1], outcomes: 500 } } }],
    ['lists of another length', { version: 1, answers: { rate: { hits: [1], tries: [1], outcomes: 500 } } }],
  ] as [string, Json][])('[P-09] %s in place of it: a cold start', (_name, learned) => {
    const pacer = createPacer(OPTIONS, learned);
    pacer.observe({ at: 0, type: 'agent', agent: 'a', state: 'ready' });
    expect(pacer.decide(0)).toMatchObject({ dial: 1, why: { limit: 'cold-start', answerRate: 0.5 } });
  });
});

group('trouble outside', () => {
  test('[P-01] a trunk refuses everything for a while: the answer rate is not forgotten', () => {
    const scene = new Scene().window(100, 0).practise(120, 3);
    const before = scene.decide().why.answerRate;
    for (let i = 0; i < 300; i += 1) for (const call of scene.dial(1)) scene.wait(100).end(call, 'congestion');
    expect(scene.decide().why.answerRate).toBeCloseTo(before, 5);
  });

  test('[P-04] a carrier answers everything falsely: overdialing stops while the budget is overdrawn', () => {
    const scene = new Scene().window(100, 0).practise(120, 3).agents(10);
    scene.window(100, 0);
    const calls = scene.ring(scene.decide().dial);
    scene.wait(1000);
    calls.forEach((call, i) => {
      scene.report('live', call);
      if (i < 10) scene.connect(call, `agent-${i}`);
    });
    scene.wait(2000);
    for (const call of calls.slice(10)) scene.report('abandoned', call).end(call, 'abandoned');
    scene.agents(10, 'wrap-up').agents(10, 'ready');
    expect(scene.decide().dial).toBeLessThan(calls.length);
  });
});
