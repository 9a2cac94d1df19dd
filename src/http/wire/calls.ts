// How an agent's call stands as far as its controls are concerned, as the API shows it.

import { z } from 'zod';
import { CHANGING } from '../../call/talk.ts';
import { agentNumber, agentState, instant } from './wire.ts';

const callStanding = z
  .object({
    agent: z.string(),
    attempt: z.string(),
    campaign: z.string(),
    since: instant.describe('Agent and person talk since then'),
    muted: z.boolean().describe('No one hears the agent'),
    heldSince: instant.exactOptional().describe('The person is on hold since then, with music'),
    pending: z.boolean().describe('Asterisk was asked for something and has not done it yet'),
    changing: z.array(z.enum(CHANGING)).readonly().describe('What of it, by the order that leads there'),
    recording: z.enum(['off', 'on', 'paused']),
    mayRecord: z.boolean().describe('`record` is not refused'),
    third: z
      .object({ who: z.string(), kind: z.enum(['number', 'agent']), state: z.enum(['calling', 'here']) })
      .exactOptional()
      .describe('Who is called or consulted, or talks with both'),
    parties: z
      .array(z.enum(['person', 'third-party']))
      .readonly()
      .describe('Who hears the agent'),
  })
  .describe('Read from what Asterisk has done, not from what was asked for');

/** One of the three. */
export const wantedThird = z
  .union([
    z.strictObject({ destination: z.string().describe('Of the campaign, by its name') }),
    z.strictObject({ number: z.string().max(40) }),
    z.strictObject({ agent: agentNumber.describe('Of the campaign, and ready') }),
  ])
  .describe('A destination, a number, or another agent');

/** Null: the agent talks with no person. */
export const agentCall = z.object({ call: callStanding.nullable() });

/** The call as a workspace shows it, with whom it may be given to. */
export const deskCall = callStanding.extend({
  transfer: z
    .object({
      destinations: z.array(z.object({ name: z.string(), label: z.string(), key: z.string().nullable() })).readonly(),
      anyNumber: z.boolean().describe('Any number that the campaign’s trunks dial'),
      agents: z.boolean().describe('Agents of the campaign: GET /api/agent/call/agents'),
    })
    .describe('Whom the agent may bring in, or give the person to'),
});

/** Of GET /api/agent/call/agents. */
export const colleague = z.object({
  number: z.string(),
  name: z.string(),
  state: agentState,
  isReady: z.boolean().describe('May be brought in now'),
});
