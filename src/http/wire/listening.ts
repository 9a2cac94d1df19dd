// Supervisors who hear an agent, as the API shows them.

import { z } from 'zod';
import { LISTENING_MODES } from '../../engine/calls/listening-orders.ts';
import { agentNumber, instant } from './wire.ts';

const listeningMode = z
  .enum(LISTENING_MODES)
  .describe('No one hears the supervisor; the agent alone; both; the supervisor has the person');

export const listening = z.object({
  agent: z.string(),
  phone: z.string().describe('The number of the account by whose phone the supervisor listens'),
  mode: listeningMode,
  state: z.enum(['ringing', 'on']),
  since: instant,
  stays: z.boolean().describe('Goes on to the next call of the agent'),
  by: z.string(),
});

export const listeningOrder = z.object({
  mode: listeningMode.default('listen'),
  phone: agentNumber.describe('An account of your own, such as outdial agent add makes; its phone is rung'),
  stays: z.boolean().optional(),
});
