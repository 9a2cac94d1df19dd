// Pacers whose news of the world are late, doubled or missing, whose clock jumps, or who are restarted.

import type { Random } from '../../src/base/random.ts';
import { createPacer, type Json, type PacerOptions, type PacingEvent } from '../../src/pacing/pacer.ts';
import type { SimulatedPolicy } from '../../src/sim/pacing/simulate.ts';

export type { SimulatedPolicy } from '../../src/sim/pacing/simulate.ts';

/** Every event comes 1 to 3 s late, in another order than it happened; the pacer's own dials are reported at once. */
export function atOtherTimes(pacer: SimulatedPolicy, random: Random): SimulatedPolicy {
  const pending: { dueAt: number; event: PacingEvent }[] = [];
  return {
    observe: (event) => {
      if (event.type === 'dialed' || event.type === 'window') pacer.observe(event);
      else pending.push({ dueAt: event.at + 1000 + 2000 * random.next(), event });
    },
    decide: (now) => {
      pending.sort((a, b) => a.dueAt - b.dueAt);
      while ((pending[0]?.dueAt ?? Infinity) <= now) {
        const next = pending.shift();
        if (next !== undefined) pacer.observe(next.event);
      }
      return pacer.decide(now);
    },
  };
}

/** One event in five is reported twice. */
export function stumbling(pacer: SimulatedPolicy, random: Random): SimulatedPolicy {
  return {
    observe: (event) => {
      pacer.observe(event);
      if (random.next() < 0.2) pacer.observe(event);
    },
    decide: (now) => pacer.decide(now),
  };
}

const MINUTE_MS = 60_000;

/** One event of a call in fifty is lost; the ledger, which counts by itself, is shown each minute. */
export function forgetful(pacer: SimulatedPolicy, random: Random): SimulatedPolicy {
  let window: Extract<PacingEvent, { type: 'window' }> | undefined;
  let liveAnswers = 0;
  let abandoned = 0;
  let reportedAt = 0;
  return {
    observe: (event) => {
      if (event.type === 'window') {
        window = event;
        liveAnswers = 0;
        abandoned = 0;
      }
      if (event.type === 'live') liveAnswers += 1;
      if (event.type === 'abandoned') abandoned += 1;
      const lost = 'call' in event && event.type !== 'dialed' && random.next() < 0.02;
      if (!lost) pacer.observe(event);
    },
    decide: (now) => {
      if (window !== undefined && now - reportedAt >= MINUTE_MS) {
        reportedAt = now;
        pacer.observe({ ...window, at: now, liveAnswers, abandoned });
      }
      return pacer.decide(now);
    },
  };
}

/** From `fromAt` on the pacer's clock is set by `byMs`. */
export function withClockSet(pacer: SimulatedPolicy, fromAt: number, byMs: number): SimulatedPolicy {
  const reported = (at: number): number => (at < fromAt ? at : at + byMs);
  return {
    observe: (event) => {
      if (event.type !== 'window' || event.endsAt === undefined) pacer.observe({ ...event, at: reported(event.at) });
      else pacer.observe({ ...event, at: reported(event.at), endsAt: event.endsAt + byMs });
    },
    decide: (now) => pacer.decide(reported(now)),
  };
}

/** A new pacer every `everyMs`, with what the one before had learned; agents, calls and the ledger are shown again. */
export function restarted(options: PacerOptions, everyMs: number): SimulatedPolicy {
  let pacer = createPacer(options);
  let restartAt = everyMs;
  let window: Extract<PacingEvent, { type: 'window' }> | undefined;
  const agents = new Map<string, PacingEvent>();
  const calls = new Map<string, PacingEvent[]>();
  const ledger = { liveAnswers: 0, abandoned: 0 };
  const note = (event: PacingEvent): void => {
    if (event.type === 'agent') agents.set(event.agent, event);
    else if (event.type === 'window') {
      window = event;
      Object.assign(ledger, { liveAnswers: 0, abandoned: 0 });
    } else if ('call' in event) {
      if (event.type === 'live') ledger.liveAnswers += 1;
      if (event.type === 'abandoned') ledger.abandoned += 1;
      if (event.type === 'ended') calls.delete(event.call);
      else calls.set(event.call, [...(calls.get(event.call) ?? []), event]);
    }
  };
  const restart = (now: number): void => {
    pacer = createPacer(options, JSON.parse(JSON.stringify(pacer.learned())) as Json);
    const past = [...agents.values(), ...[...calls.values()].flat()].sort((a, b) => a.at - b.at);
    for (const event of past) pacer.observe(event);
    if (window !== undefined) pacer.observe({ ...window, at: now, ...ledger });
  };
  return {
    observe: (event) => {
      note(event);
      pacer.observe(event);
    },
    decide: (now) => {
      if (now >= restartAt) {
        restartAt = now + everyMs;
        restart(now);
      }
      return pacer.decide(now);
    },
  };
}
