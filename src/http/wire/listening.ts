// Supervisors who hear an agent, as the API shows them.

import { z } from 'zod';
import { LISTENING_MODES } from '../../agent/listening-mode.ts';
import { agentNumber, instant } from './wire.ts';

/** The browser in which the user has signed in, instead of a phone. */
export const BROWSER = 'browser';

const listeningMode = z
  .enum(LISTENING_MODES)
  .describe('No one hears the supervisor; the agent alone; both; the supervisor has the person');

export const listening = z.object({
  agent: z.string(),
  phone: z
    .string()
    .describe('The number of the account by whose phone the supervisor listens; by a browser `browser:` and the user'),
  mode: listeningMode,
  state: z.enum(['ringing', 'on']),
  since: instant,
  stays: z.boolean().describe('Goes on to the next call of the agent'),
  by: z.string(),
  isDialed: z.literal(true).optional().describe('By a phone that has dialed in, with that number and its PIN'),
});

export const listeningOrder = z.object({
  mode: listeningMode.default('listen'),
  phone: agentNumber
    .or(z.literal(BROWSER))
    .describe(
      'An account of your own, such as outdial agent add makes, whose phone is rung; or `browser`, which dials in by POST /api/listening/phone',
    ),
  stays: z.boolean().optional(),
});
