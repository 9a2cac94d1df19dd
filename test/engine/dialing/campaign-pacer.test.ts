// What the daemon's pacer has learned by time of day, over days with a restart each night.

import { describe, expect, test } from 'vitest';
import { CampaignPacer } from '../../../src/engine/dialing/campaign-pacer.ts';
import { createPacer, type Json, type PacerOptions, type PacingEvent } from '../../../src/pacing/pacer.ts';
import { givenWorld, USUAL_FIGURES, type WorldFigures } from '../../../src/sim/forecast/given-world.ts';
import { simulate, type SimulatedPolicy } from '../../../src/sim/pacing/simulate.ts';
import { aCampaign } from '../../records/builders.ts';

const OPTIONS: PacerOptions = {
  mode: 'predictive',
  abandonTarget: 0.03,
  answerLimitMs: 2000,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 1000,
  maxCallsPerSecond: 1000,
};
/** A Monday, 09:00 UTC. */
const MONDAY = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 86_400_000;
const HOURS = 3;

/** The simulator's clock begins at 0: here it begins at `startAt`. */
function shifted(policy: SimulatedPolicy, startAt: number): SimulatedPolicy {
  return {
    observe: (event) => {
      const later: PacingEvent = { ...event, at: event.at + startAt };
      const ends = later.type === 'window' && later.endsAt !== undefined ? { endsAt: later.endsAt + startAt } : {};
      policy.observe({ ...later, ...ends });
    },
    decide: (now) => policy.decide(now + startAt),
  };
}

interface Week {
  readonly utilisation: number;
  readonly abandonRate: number;
}

/** Days of one world, learning from one to the next; the first two are not counted. */
function live(figures: WorldFigures, make: (saved: Json, now: number) => SimulatedPolicy & { learned(): Json }): Week {
  let saved: Json = null;
  const counted = { utilisation: 0, live: 0, abandoned: 0 };
  const days = 6;
  for (let day = 0; day < days; day += 1) {
    const startAt = MONDAY + (day < 5 ? day : day + 2) * DAY_MS;
    const pacer = make(saved, startAt);
    const world = givenWorld(figures, { warmUpS: 0, shiftS: HOURS * 3600 });
    const found = simulate({
      world,
      agents: 5,
      policy: shifted(pacer, startAt),
      seed: 2001 + day,
      abandonTarget: 0.03,
    });
    saved = JSON.parse(JSON.stringify(pacer.learned())) as Json;
    if (day < 2) continue;
    counted.utilisation += found.utilisation / (days - 2);
    counted.live += found.liveAnswers;
    counted.abandoned += found.abandoned;
  }
  return { utilisation: counted.utilisation, abandonRate: counted.abandoned / counted.live };
}

const plain = (saved: Json): SimulatedPolicy & { learned(): Json } => createPacer(OPTIONS, saved ?? undefined);
const { schedule: _schedule, ...campaign } = aCampaign();
const byTimeOfDay = (saved: Json, now: number): CampaignPacer =>
  new CampaignPacer({ definition: campaign, options: OPTIONS, saved, logs: undefined, now });

describe('learned by time of day', () => {
  test('[P-09] an answer rate that leaps every half-hour, the same way each day: more utilisation, no more abandoned', () => {
    const answerRates = Array.from({ length: HOURS * 2 }, (_, i) => ({
      fromS: i * 1800,
      rate: i % 2 === 0 ? 0.15 : 0.5,
    }));
    const figures = { ...USUAL_FIGURES, answerRates };
    const [without, withProfile] = [live(figures, plain), live(figures, byTimeOfDay)];

    expect(withProfile.utilisation).toBeGreaterThan(without.utilisation + 0.015);
    expect(withProfile.abandonRate).toBeLessThanOrEqual(0.03);
  });

  test('[P-09] an answer rate that never changes: no harm', () => {
    const [without, withProfile] = [live(USUAL_FIGURES, plain), live(USUAL_FIGURES, byTimeOfDay)];

    expect(withProfile.utilisation).toBeGreaterThan(without.utilisation - 0.005);
    expect(withProfile.abandonRate).toBeLessThanOrEqual(0.03);
  });
});
