// How an agent's call stands as far as its controls are concerned, as the API shows it.

import { z } from 'zod';
import { instant } from './wire.ts';

export const callStanding = z
  .object({
    agent: z.string(),
    attempt: z.string(),
    campaign: z.string(),
    since: instant.describe('Agent and person talk since then'),
    muted: z.boolean().describe('No one hears the agent'),
    heldSince: instant.exactOptional().describe('The person is on hold since then, with music'),
    pending: z.boolean().describe('Asterisk was asked for something and has not done it yet'),
    recording: z.enum(['off', 'on', 'paused']),
  })
  .describe('Read from what Asterisk has done, not from what was asked for');

/** Null: the agent talks with no person. */
export const agentCall = z.object({ call: callStanding.nullable() });
