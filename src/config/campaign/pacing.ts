// How many lines a campaign's file wants dialed, and for how long a phone rings.

import { z } from 'zod';
import type { Campaign } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import { decimal, duration, integer, pacingPolicy, share } from '../values.ts';
import { durationOf } from './written.ts';

export const pacingSchema = z.strictObject({
  abandon_target: share({ min: 0, max: 0.1 }).prefault('3%').describe('live answers that may meet no agent, at most'),
  ring: duration({
    min: 15_000,
    max: 120_000,
    because: 'A person must have 15 seconds or four rings to pick up.',
  })
    .prefault('25s')
    .describe('how long a phone rings before the call is given up'),
  min_ring: duration({
    min: 15_000,
    max: 120_000,
    because: 'A person must have 15 seconds or four rings to pick up.',
  })
    .prefault('15s')
    .describe('a ringing call is never cancelled before this'),
  max_lines: integer({ min: 1, max: 5000 }).prefault('60').describe('lines of this campaign at once, at most'),
  max_calls_per_second: decimal({ min: 0.1, max: 500 })
    .prefault('10')
    .describe('new calls of this campaign in a second, at most'),
  ratio: decimal({ min: 1, max: 10 }).prefault('1.5').describe('mode ratio: lines for each free agent'),
  weight: decimal({ min: 0.1, max: 100 })
    .prefault('1')
    .describe("share of a trunk's lines and calls per second when several campaigns want more than there are"),
  shadow: z
    .array(pacingPolicy())
    .max(3)
    .prefault([])
    .describe('policies that decide silently beside it, to be compared: progressive, ratio:2, predictive:target=2%'),
});

export function toPacing(written: z.output<typeof pacingSchema>): Campaign['pacing'] {
  return {
    abandonTarget: written.abandon_target,
    ringTimeoutMs: written.ring,
    minRingMs: written.min_ring,
    maxLines: written.max_lines,
    maxCallsPerSecond: written.max_calls_per_second,
    ratio: written.ratio,
    weight: written.weight,
    ...(written.shadow.length === 0 ? {} : { shadows: written.shadow }),
  };
}

export function checkRing({ at, report }: Checking): void {
  const ring = durationOf(at(['pacing', 'ring']) ?? '25s');
  const minRing = durationOf(at(['pacing', 'min_ring']) ?? '15s');
  // A ring below the legal one is reported by the schema.
  if (ring === undefined || minRing === undefined || ring >= minRing || ring < 15_000) return;
  const path = at(['pacing', 'ring']) === undefined ? ['pacing', 'min_ring'] : ['pacing', 'ring'];
  report(path, 'Calls would be given up before min_ring is over.', 'Let ring be at least as long as min_ring.');
}
