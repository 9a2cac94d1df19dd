// What outdial writes down of its work, beside the database: keys of outdial.yaml.

import { z } from 'zod';
import { duration, integer, text, yesNo } from './values.ts';

const nothing = {};

export const logSchemas = {
  pacing_log: z
    .strictObject({
      folder: text().optional().describe('its folder; default: pacing, beside the database'),
      keep: duration({ min: 0, max: 3660 * 86_400_000 })
        .prefault('30d')
        .describe('how long it is kept; 0s: nothing is written down'),
      max_megabytes: integer({ min: 1, max: 1_000_000 })
        .prefault('2000')
        .describe('room on the disk that it may take: of more, the oldest days go'),
    })
    .prefault(nothing)
    .describe('every decision on how many lines to dial, for outdial replay'),
  engine_log: z
    .strictObject({
      write: yesNo().prefault('no').describe('whether it is written, with telephone numbers; default: no'),
      folder: text().optional().describe('its folder; default: engine, beside the database'),
      keep: duration({ min: 0, max: 366 * 86_400_000 })
        .prefault('1d')
        .describe('files of earlier starts are removed after so long'),
      max_megabytes: integer({ min: 1, max: 1_000_000 })
        .prefault('1000')
        .describe('how large the file of one start may become; what happens then is not written'),
    })
    .prefault(nothing)
    .describe('everything that happens, for outdial replay-calls'),
};
