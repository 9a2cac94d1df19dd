// What the API shows, as schemas: the same words as the engine's views and the store's rows.
// Only what is named here leaves the daemon; OpenAPI is made from it. Instants are epoch ms, rates 0–1.

import { z } from 'zod';
import { NOT_DIALING } from '../../eligibility/dialing.ts';
import {
  AGENT_STATES,
  CAMPAIGN_STATES,
  MODES,
  PHONE_MODES,
  PHONE_TYPES,
  RECORD_STATES,
  RESULTS,
  VERDICTS,
} from '../../terms.ts';
import { hours, reason } from './reasons.ts';

/** A schema whose answers are `T`. */
export type Schema<T> = z.ZodType<T>;

export const instant = z.number().describe('Epoch ms, UTC');
export const count = z.number();
export const result = z.enum(RESULTS);
export const mode = z.enum(MODES);
export const campaignState = z.enum(CAMPAIGN_STATES);
export const agentState = z.enum(AGENT_STATES);
export const recordState = z.enum(RECORD_STATES);
const verdict = z.enum(VERDICTS);
const origin = z.enum(['callback', 'personal-callback', 'inbound']);
const percentiles = z.object({ p50: z.number(), p99: z.number(), max: z.number(), count });

export const waited = z.object({ count, maxMs: z.number() });

const campaignFigures = z.object({
  attempts: count,
  liveAnswers: count,
  connected: count,
  abandoned: count,
  abandonRate: z.number(),
  byResult: z.partialRecord(result, count).readonly(),
  answerDelayMs: percentiles.describe('Answer to agent, of calls that found a ready agent'),
  waited: waited.describe('People who had to wait for an agent, and got one'),
  utilisation: z.number(),
});

const pacingDecision = z.object({ at: instant, dial: count, cancel: count, reason: z.string() });

export const campaignView = z
  .object({
    name: z.string(),
    description: z.string(),
    mode,
    state: campaignState,
    changedAt: instant,
    dialing: z.boolean(),
    why: z.string().describe('Why lines are dialed now, or why not'),
    reason: reason.describe('The same as a kind with its values'),
    cause: z.enum(NOT_DIALING).exactOptional().describe('Why not, in one word; absent while lines are dialed'),
    nextChangeAt: instant.exactOptional(),
    hours: z.string().describe('Its hours in words, and when they open or close next'),
    opening: hours.describe('The same as values'),
    agents: z
      .object({ paused: count, ready: count, engaged: count, reserved: count, talking: count, 'wrap-up': count })
      .readonly()
      .describe('Signed-in agents by state'),
    calls: z.object({ placing: count, ringing: count, detecting: count, waiting: count, talking: count }),
    today: campaignFigures,
    abandonTarget: z.number().describe('Rate that its pacing keeps to'),
    pacing: pacingDecision.exactOptional(),
    decisions: z
      .array(pacingDecision)
      .readonly()
      .exactOptional()
      .describe('The latest pacing decisions that changed something, newest last'),
    shadows: z
      .array(
        z.object({ policy: z.string(), decisions: count, more: z.number(), fewer: z.number(), meanLines: z.number() }),
      )
      .readonly()
      .exactOptional()
      .describe('Policies that decide silently beside the one that dials: how often they wanted more or fewer lines'),
    window: z
      .object({
        name: z.string().describe('Whose limit it is: the campaign, or a clause of its rules'),
        target: z.number(),
        liveAnswers: count,
        abandoned: count,
        endsAt: instant.exactOptional().describe('Absent: the rate must be right at any time'),
      })
      .exactOptional()
      .describe('The tightest abandonment window'),
  })
  .describe('A campaign as it stands now');

/** What is not as it should be and keeps nothing from going on. */
export const warning = z.object({
  message: z.string(),
  hint: z.string().describe('What to do'),
  file: z.string().exactOptional(),
  line: z.number().exactOptional(),
  column: z.number().exactOptional(),
  key: z.string().exactOptional(),
});

export const campaignStepped = campaignView.extend({
  warnings: z.array(warning).readonly().describe('Of a new, approved or started campaign'),
});

export const campaignDetails = campaignView
  .extend({
    file: z.string().describe('Campaign file'),
    lists: z.array(z.string()).readonly(),
    groups: z.array(z.string()).readonly().describe('Agent groups'),
    trunks: z.array(z.string()).readonly(),
    fileFaults: z
      .array(z.string())
      .readonly()
      .describe('What is wrong in the file as it is now; not empty: an older version of it is in force'),
  })
  .describe('A campaign as it stands now, with what its file says');

export const campaignStep = z.object({
  campaign: z.string(),
  from: campaignState,
  to: campaignState,
  by: z.string(),
  at: instant,
  reason: z.string(),
});

export const agentView = z
  .object({
    number: z.string(),
    name: z.string(),
    groups: z.array(z.string()).readonly(),
    account: z.string().describe('SIP account'),
    registered: z.boolean().describe('Whether a phone of the account is registered'),
    state: agentState,
    since: instant,
    reason: z.string().exactOptional(),
    session: z.string().exactOptional(),
    campaign: z.string().exactOptional(),
    phoneMode: z.enum(PHONE_MODES).exactOptional(),
    attempt: z.string().exactOptional(),
    talkingTo: z.string().exactOptional().describe('Masked number'),
    origin: origin.exactOptional().describe('How the call came about, when not by the choice of records'),
    note: z.string().exactOptional().describe('What the agent must know of how the call came about'),
    movesTo: z.string().exactOptional().describe('The campaign that a supervisor moves the agent to, after this'),
  })
  .describe('An agent as it stands now');

export const phoneType = z.enum(PHONE_TYPES);
export const phone = z.object({ number: z.string(), type: phoneType });

export const contactRow = z.object({
  id: z.number(),
  name: z.string(),
  fields: z.record(z.string(), z.unknown()).readonly(),
  phones: z.array(phone).readonly(),
});

export const listSummary = z.object({ name: z.string(), contacts: count, importedAt: instant, source: z.string() });

export const listShown = z.object({ list: listSummary, contacts: z.array(contactRow).readonly() });

export const recordRow = z.object({
  id: z.number(),
  campaign: z.string(),
  contact: contactRow,
  state: recordState,
  dueAt: instant.nullable(),
  priority: z.number().describe('Higher ones are dialed first'),
  attempts: count,
  uncounted: count,
  lastResult: result.nullable(),
  lastDisposition: z.string().nullable(),
  lastAgent: z.string().nullable(),
  lastAttemptAt: instant.nullable(),
  finishedWhy: z.string().nullable(),
  why: z.string().nullable().describe('Why it waits or is over'),
});

export const attemptRow = z.object({
  attempt: z.string(),
  campaign: z.string(),
  record: z.number(),
  contact: z.number(),
  number: z.string(),
  trunk: z.string(),
  callerId: z.string(),
  validation: z
    .enum(['blocked-no-other', 'blocked-next-used', 'unavailable-no-other', 'unavailable-next-used'])
    .nullable()
    .describe('What the validation service made of the dialing; null: it stood in the way of nothing'),
  dialedAt: instant,
  ringingAt: instant.nullable(),
  answeredAt: instant.nullable(),
  liveAt: instant.nullable(),
  bridgedAt: instant.nullable(),
  endedAt: instant.nullable(),
  result: result.nullable(),
  sipCode: z.number().nullable(),
  cause: z.number().nullable(),
  verdict: verdict.nullable(),
  verdictCause: z.string().nullable(),
  messageLeft: z.boolean().describe("The campaign's message was left on the machine that picked up"),
  waited: z.boolean().nullable().describe('No agent was ready at the answer; null: no agent came, or not known'),
  endedBy: z.string().nullable(),
  agent: z.string().nullable(),
  disposition: z.string().nullable(),
  reason: z.string().nullable().describe('Why, as the agent said with the disposition'),
  counts: z.boolean(),
  why: z.string().describe('Why it ended so: the SIP answer with its text, who hung up'),
  rule: count.nullable().describe('The call-again rule that decided on the record, by its place from 0'),
});

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().describe('Stable, kebab-case'),
      message: z.string(),
      hint: z.string().describe('What to do about it'),
      places: z
        .array(
          z.object({
            file: z.string(),
            line: z.number().exactOptional(),
            column: z.number().exactOptional(),
            key: z.string().exactOptional(),
            severity: z.string().exactOptional(),
            message: z.string().exactOptional().describe('What is wrong there, of several faults'),
            hint: z.string().exactOptional(),
          }),
        )
        .readonly()
        .exactOptional(),
    }),
  })
  .describe('Every refusal looks like this');

export const liveCampaign = z.object({ type: z.literal('campaign'), at: instant, campaign: campaignView });

export const liveCall = z.object({
  type: z.literal('call'),
  at: instant,
  attempt: z.string(),
  campaign: z.string(),
  from: z.string(),
  to: z.string(),
  event: z.string(),
  origin: origin.exactOptional(),
  result: result.exactOptional(),
});

export const liveDisposition = z.object({
  type: z.literal('disposition'),
  at: instant,
  attempt: z.string(),
  campaign: z.string(),
  agent: z.string(),
  disposition: z.string(),
});

/** Names of campaigns, lists and groups: a file name anywhere, and nothing more. */
export const name = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9_.-]*$/i, 'letters, digits, dash, underscore and dot, starting with a letter or digit');

export const listName = z
  .string()
  .max(100)
  .regex(/^[\p{L}\d][\p{L}\d ._-]*$/u, 'letters, digits, spaces, dots, dashes and underscores');

export const agentNumber = z.string().regex(/^\d{1,10}$/, 'digits only, at most 10');

/** A telephone number as a person writes it; refused when anything but digits and the usual marks is in it. */
export const typedNumber = z
  .string()
  .max(40)
  .regex(/^\+?[\d ().-]{2,39}$/, 'digits, spaces, dots, dashes and brackets only');

export const period = z.object({
  from: z.coerce.number().optional().describe('Epoch ms, included'),
  to: z.coerce.number().optional().describe('Epoch ms, not included'),
});

/** Personal callbacks that became any agent's, by campaign and agent. */
export const handedOver = z.object({ campaign: z.string(), agent: z.string(), callbacks: count });

export const removedAgent = z.object({
  removed: z.string(),
  handedOver: z.array(handedOver).readonly().describe('Personal callbacks of the agent, now of any agent'),
  inCall: z.boolean().describe('A conversation goes on, and is finished first'),
});

export const removedName = z.object({ removed: z.string() });

export const reloaded = z.object({ campaigns: count });
