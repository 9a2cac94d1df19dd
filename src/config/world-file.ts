// A world for outdial simulate as somebody writes it down: who answers, after how long, and how long agents need.

import { z } from 'zod';
import { OperationalError } from '../base/errors.ts';
import { faultsError, graveFaults } from './faults.ts';
import { readRegularFile } from './regular-file.ts';
import { readSource } from './source.ts';
import { validate } from './validate.ts';
import { duration, share, text } from './values.ts';

const nothing = {};
const SECOND = 1000;
const HOUR = 3_600_000;

const times = (mean: string, sd: string, most: number): z.ZodType<{ mean: number; sd: number }> =>
  z
    .strictObject({
      mean: duration({ min: 500, max: most }).prefault(mean).describe('mean'),
      sd: duration({ min: 0, max: most }).prefault(sd).describe('standard deviation'),
    })
    .prefault(nothing);

const rate = (): z.ZodType<number, string> => share({ min: 0.005, max: 1 });

/** Every key of a world's file. */
export const worldSchema = z.strictObject({
  world: text().prefault('given figures').describe('its name, for the report'),
  answer_rate: z
    .union([
      rate(),
      z
        .array(
          z.strictObject({
            from: duration({ max: 24 * HOUR }).describe('time into the shift'),
            rate: rate().describe('from then on'),
          }),
        )
        .min(1),
    ])
    .prefault('30%')
    .describe('dials that reach a person: one share, or a list of shares over the shift'),
  ring: times('11s', '6s', 120 * SECOND).describe('how long a phone rings until a person answers'),
  machine_ring: times('15s', '5s', 120 * SECOND).describe('until a machine does'),
  busy: share({ min: 0, max: 1 }).prefault('12%').describe('of the dials that reach no person: engaged or refused'),
  machine: share({ min: 0, max: 1 })
    .prefault('38%')
    .describe('of the dials that reach no person: a machine; the rest is not answered'),
  detection: duration({ max: 10 * SECOND })
    .prefault('0s')
    .describe('how long a detector listens before the agent; 0s: none, or in parallel'),
  talk: times('2m', '2m', 4 * HOUR).describe('how long agents talk'),
  wrap_up: times('20s', '10s', HOUR).describe('and wrap up'),
  breaks: z
    .strictObject({
      chance: share({ min: 0, max: 1 }).prefault('0%').describe('after a wrap-up'),
      mean: duration({ min: 1000, max: 4 * HOUR })
        .prefault('5m')
        .describe('mean length'),
    })
    .prefault(nothing)
    .describe('unplanned breaks'),
});

/** Times in seconds, shares 0–1. */
export interface WorldFile {
  readonly name: string;
  readonly answerRates: readonly { readonly fromS: number; readonly rate: number }[];
  readonly ring: Times;
  readonly machineRing: Times;
  readonly busy: number;
  readonly machine: number;
  readonly detectS: number;
  readonly talk: Times;
  readonly wrapUp: Times;
  readonly breaks: { readonly chance: number; readonly meanS: number };
}

interface Times {
  readonly mean: number;
  readonly sd: number;
}

/** The world in a file; refused with `world-unreadable` or `world-faulty`, which names every fault with its place. */
export function readWorldFile(file: string): WorldFile {
  const { source, faults } = readSource(textOf(file), file);
  if (!source) throw faultsError('world-faulty', faults);
  const { value, faults: schemaFaults } = validate(source, worldSchema);
  if (!value || graveFaults(schemaFaults).length > 0) throw faultsError('world-faulty', schemaFaults);
  const { answer_rate: rates, breaks } = value;
  return {
    name: value.world,
    answerRates:
      typeof rates === 'number'
        ? [{ fromS: 0, rate: rates }]
        : rates.map(({ from, rate: share }) => ({ fromS: from / SECOND, rate: share })),
    ring: inSeconds(value.ring),
    machineRing: inSeconds(value.machine_ring),
    busy: value.busy,
    machine: Math.min(value.machine, 1 - value.busy),
    detectS: value.detection / SECOND,
    talk: inSeconds(value.talk),
    wrapUp: inSeconds(value.wrap_up),
    breaks: { chance: breaks.chance, meanS: breaks.mean / SECOND },
  };
}

function inSeconds({ mean, sd }: Times): Times {
  return { mean: mean / SECOND, sd: Math.max(1, sd) / SECOND };
}

function textOf(file: string): string {
  try {
    return readRegularFile(file);
  } catch (cause) {
    throw new OperationalError(
      'world-unreadable',
      `There is no world "${file}", and no file of that name can be read.`,
      {
        hint: 'Name one of S1 to S9, or a YAML file like config/worlds/example.yaml.',
        places: [{ file }],
        cause,
      },
    );
  }
}
