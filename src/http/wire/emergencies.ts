// Declared emergencies as JSON; spoken by the API and understood by the commands.

import { z } from 'zod';

const emergency = z.object({
  pack: z.string().describe('The rule pack whose clause on emergencies forbids calls'),
  untilAt: z.number().describe('It lapses then by itself'),
  by: z.string(),
  at: z.number(),
  reason: z.string(),
});

const pastEmergency = emergency.extend({
  endedAt: z.number().nullable().describe('Before its time; null: it lapses by itself'),
  endedBy: z.string().nullable(),
});

const campaigns = z.array(z.string()).readonly().describe('Loaded campaigns that it concerns');

export const emergencyDeclared = emergency.extend({ campaigns });
export const emergencyEnded = z.object({ pack: z.string(), ended: z.literal(true) });
export const emergencies = z.object({
  inForce: z.array(emergencyDeclared).readonly(),
  history: z.array(pastEmergency).readonly(),
});
