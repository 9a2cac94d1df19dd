// What supervisors see live: campaigns and agents as they stand, the switch of outbound calling, the daemon's health.

import { z } from 'zod';
import { health } from './health.ts';
import { outboundStep } from './outbound.ts';
import { agentView, campaignView, instant } from './wire.ts';

/** As everywhere, without the latest pacing decisions: those are read with one campaign. */
export const boardCampaign = campaignView.omit({ decisions: true });

const sections = z.object({
  campaigns: z.array(boardCampaign).readonly(),
  agents: z.array(agentView).readonly(),
  outbound: outboundStep,
  health,
});

export const boardView = sections.extend({ at: instant, version: z.number() });

/** What is different: of campaigns and agents those that changed, of the rest what is in it. */
export const boardChange = sections.partial().extend({ at: instant, version: z.number() });

export type BoardView = z.output<typeof boardView>;
export type BoardChange = z.output<typeof boardChange>;
export type BoardCampaign = z.output<typeof boardCampaign>;
