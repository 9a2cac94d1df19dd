// An agent's workspace as one snapshot in sections: what GET /api/agent answers, what the stream begins with, and what
// comes with every answer to a command. A change of the stream has whole sections in the same form.

import { z } from 'zod';
import { PHONE_KINDS } from '../../agent/session.ts';
import { deskCall } from './calls.ts';
import { deskInteraction, halfTyped, interactionKind } from './desk-record.ts';
import { hours, reason } from './reasons.ts';
import { scriptAhead } from './scripts.ts';
import { agentState, campaignState, count, instant, mode } from './wire.ts';

const readiness = z.enum(['ready', 'not-ready']);
export const channel = z.enum(['voice', 'preview']);

/** A row of My Campaigns. */
const deskCampaign = z.object({
  name: z.string(),
  description: z.string(),
  state: campaignState,
  status: z.enum(['active', 'running']).describe('`active`: loaded, and not dialing at present'),
  why: z.string().describe('Why it is dialing now, or why not'),
  reason: reason.describe('The same as a kind with its values'),
  hours: z.string(),
  opening: hours.describe('The same as values'),
  mode,
  kind: interactionKind,
  delivery: z.enum(['manual', 'automatic']).describe('Records are fetched by the agent, or come by themselves'),
  takes: z.boolean().describe('Records of it may come'),
  action: z.enum(['get-record', 'stop']).nullable().describe('The button of the row; null: none'),
  channel: channel.nullable().describe('The channel that must be ready for its records; null: none'),
  outsidePhones: z.boolean().describe('A session may be opened with the number of any phone'),
});

const pauseReason = z.object({ code: z.string(), label: z.string(), key: z.string().nullable() });

const deskSession = z.object({
  id: z.string(),
  since: instant.describe('The session timer counts from here, the time between calls included'),
  campaign: z.string(),
  phone: z.object({
    kind: z.enum(PHONE_KINDS),
    state: z.enum(['up', 'ringing', 'down']),
    address: z.string().describe('The SIP account; the number of an outside phone'),
    keptUntil: instant.optional().describe('Lost in the conversation: the person waits for it until then, with music'),
  }),
  state: agentState,
  stateSince: instant,
  pause: z.object({ code: z.string(), label: z.string() }).nullable().describe('Why paused'),
  pauseNext: z
    .object({ code: z.string(), label: z.string() })
    .nullable()
    .describe('A pause that comes after the call in hand'),
  pauseReasons: z.array(pauseReason).readonly(),
  ending: z.boolean().describe('The session ends after the call in hand'),
});

const NOTICE_KINDS = [
  'campaign-loaded',
  'campaign-started',
  'campaign-paused',
  'campaign-stopped',
  'session-ended',
] as const;

/** What has become of the campaign, or why the session has ended. */
export const NOTICE_CODES = [
  ...(['loaded', 'started', 'paused', 'stopped', 'exhausted', 'not-yours'] as const),
  ...(['signed-out', 'countdown-over', 'phone-lost', 'not-assigned', 'fault', 'other'] as const),
] as const;

const notice = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(NOTICE_KINDS),
  code: z.enum(NOTICE_CODES),
  campaign: z.string().nullable(),
  text: z.string(),
});

export const deskToday = z.object({
  since: instant.describe('Beginning of the day'),
  at: instant.describe('The figures are of this moment; they are counted again at the end of a call'),
  sessions: count,
  paidMs: count.describe('Signed in, the time between calls included'),
  calls: count.describe('Conversations'),
  talkMs: count,
  wrapUpMs: count,
  waitingMs: count,
  pausedMs: count,
  dispositions: z.array(z.object({ code: z.string(), label: z.string(), count })).readonly(),
  callbacks: count.describe('Personal callbacks still to be kept today'),
});

export const deskView = z
  .object({
    at: instant.describe("The server's clock when this was made: timers count against it"),
    version: count.describe('Grows with every change'),
    agent: z.object({ number: z.string(), name: z.string() }),
    campaigns: z.array(deskCampaign).readonly().describe('My Campaigns'),
    chosen: z.string().nullable().describe('The campaign of the latest session'),
    session: deskSession.nullable(),
    channels: z.object({ voice: readiness, preview: readiness }),
    fetching: z.object({ campaign: z.string() }).nullable().describe('A record is on its way after Get Record'),
    interaction: deskInteraction.nullable(),
    forms: z.array(halfTyped).readonly().describe('Half typed for that interaction, until it is done'),
    call: deskCall.nullable().describe('The conversation as the exchange has it; null: the agent talks with no person'),
    countdown: z
      .object({ campaign: z.string(), until: instant })
      .nullable()
      .describe('Without `go-on` by then the session ends'),
    nothing: z.string().nullable().describe('Why the last Get Record brought nothing'),
    nothingReason: reason.nullable().describe('The same as a kind with its values'),
    notices: z.array(notice).readonly().describe('Newest last, at most 20, until they are dismissed'),
    today: deskToday,
    stopping: z.boolean().describe('outdial is being stopped: no new calls come, those under way go on'),
  })
  .describe("An agent's workspace as it stands now");
export type DeskView = z.output<typeof deskView>;

/** What a `change` of the stream carries: every section that is another, whole. */
export const deskChange = deskView.partial().required({ at: true, version: true });
export type DeskChange = z.output<typeof deskChange>;

/** Of GET /api/agent/campaigns/NAME: what an agent reads before the first call. */
export const deskCampaignPage = z.object({
  name: z.string(),
  description: z.string(),
  instructions: z.string().describe('Plain text'),
  companyPage: z.string().describe('Plain text, or an http(s) address that is alone in it'),
  script: scriptAhead.exactOptional().describe('What will be read out and asked; absent: the campaign has none'),
});
