// Recordings as JSON; spoken by the API and understood by the commands.

import { z } from 'zod';

export const recordingKind = z.enum(['conversation', 'greeting']);

const recordingRow = z.object({
  name: z.string().describe('Names the file, without its ending'),
  attempt: z.string(),
  kind: recordingKind.describe('greeting: the first seconds of who or what picked up'),
  campaign: z.string(),
  record: z.number(),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  bytes: z.number().nullable(),
  durationMs: z.number().nullable(),
  announced: z.boolean().describe('The person heard an announcement'),
  isPaused: z.boolean(),
  keptUntil: z.number(),
  deletedAt: z.number().nullable(),
  deletedBy: z.string().nullable(),
});

export const recordingRows = z.array(recordingRow).readonly();

export const recordingDeleted = z.object({ attempt: z.string(), deleted: z.number() });
