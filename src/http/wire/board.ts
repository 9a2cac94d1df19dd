// What supervisors see live: campaigns and agents as they stand, what each limit on abandoned calls leaves, trunks, who
// listens, the switch of outbound calling, the daemon's health; and the last hours, minute by minute.

import { z } from 'zod';
import { health } from './health.ts';
import { listening } from './listening.ts';
import { outboundStep } from './outbound.ts';
import { trunkReason } from './reasons.ts';
import { agentView, campaignView, count, instant } from './wire.ts';

/** As everywhere, without the latest pacing decisions: those are read with one campaign. */
const boardCampaign = campaignView.omit({ decisions: true });

const trunk = z.object({
  name: z.string(),
  linesInUse: count,
  maxLines: count,
  mayDial: z.boolean(),
  why: z.string(),
  reason: trunkReason.describe('The same as a kind with its values'),
  reachable: z.boolean().describe('Asterisk reaches the carrier'),
  restsUntilAt: instant.exactOptional(),
});

const limit = z.object({
  name: z.string().describe('Whose it is: the campaign, or a clause of its rules'),
  target: z.number(),
  liveAnswers: z.number(),
  abandoned: z.number(),
  endsAt: instant.exactOptional().describe('Absent: the rate must be right at any time'),
  left: z.number().describe('Abandonments that the answers so far still allow; below 0: so many too many'),
  leftAtEnd: z
    .number()
    .exactOptional()
    .describe(
      'The same at the end of today’s dialing, if people go on answering as in the last hour; absent: its window has no end',
    ),
});

const budget = z.object({ campaign: z.string(), limits: z.array(limit).readonly().describe('The tightest first') });

const agentDay = z.object({
  agent: z.string(),
  campaign: z.string(),
  talks: count.describe('Conversations that began today'),
  talkMs: z.number(),
  wrapUpMs: z.number(),
  waitingMs: z.number(),
  pausedMs: z.number(),
});

const sections = z.object({
  campaigns: z.array(boardCampaign).readonly(),
  agents: z.array(agentView).readonly(),
  budgets: z.array(budget).readonly(),
  trunks: z.array(trunk).readonly(),
  days: z
    .object({ since: instant, at: instant, rows: z.array(agentDay).readonly() })
    .describe('What agents have done since midnight of the daemon’s zone, read once a minute'),
  listening: z.array(listening).readonly(),
  outbound: outboundStep,
  health,
});

export const boardView = sections.extend({ at: instant, version: z.number() });

/** The last hours, a value a minute in each row; the first is of the minute that `fromAt` begins. */
export const boardHistory = z.object({
  fromAt: instant,
  stepMs: z.number(),
  all: z.object({
    talking: z.array(count).readonly(),
    wrapUp: z.array(count).readonly(),
    ready: z.array(count).readonly(),
    paused: z.array(count).readonly(),
    lines: z.array(count).readonly().describe('Calls dialed on which no agent talks yet'),
    liveAnswers: z.array(count).readonly(),
    abandoned: z.array(count).readonly(),
  }),
  campaigns: z
    .array(z.object({ name: z.string(), liveAnswers: z.array(count).readonly() }))
    .readonly()
    .describe('Those that had any'),
});

export type BoardView = z.output<typeof boardView>;
/** What is different: of campaigns and agents those that changed, of the rest what is in it. */
export type BoardChange = Partial<z.output<typeof sections>> & Pick<BoardView, 'at' | 'version'>;
export type BoardCampaign = z.output<typeof boardCampaign>;
export type BoardHistory = z.output<typeof boardHistory>;
