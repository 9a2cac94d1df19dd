// Why a campaign dials or not, why an agent has no record, and a campaign's hours: kinds with their values, from which a page
// makes its own sentence. Beside each stands the English one.

import { z } from 'zod';
import { CAMPAIGN_STATES, RESULTS } from '../../terms.ts';
import { OWN_RULES } from '../../eligibility/reasons.ts';

const count = z.number();
const instant = z.number().describe('Epoch ms, UTC');
const zone = z.string().describe('IANA zone');

const failed = { calls: count, heard: z.enum(['ringing', ...RESULTS]).nullable(), rang: z.boolean() };
const trouble = z.discriminatedUnion('what', [
  z.object({ what: z.literal('refused-calls'), calls: count }),
  z.object({ what: z.literal('retry-after'), forMs: z.number().describe('As the network said') }),
  z
    .object({ what: z.enum(['failed-calls', 'failed-probe']), ...failed })
    .describe('`heard`: what the calls ended in; null: they could carry no sound'),
]);

const trunk = z.string();
export const trunkReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-trunk') }),
  z.object({ kind: z.literal('trunk-takes-calls'), trunk, probes: count.describe('At most so many; 0: no limit') }),
  z.object({ kind: z.enum(['trunk-unreachable', 'lines-due-to-others']), trunk }),
  z.object({ kind: z.literal('trunk-rests'), trunk, untilAt: instant, trouble }),
  z.object({ kind: z.literal('trunk-tried'), trunk, probes: count, trouble }),
  z.object({ kind: z.literal('lines-in-use'), trunk, lines: count }),
  z.object({ kind: z.literal('trunk-rate'), trunk, perSecond: z.number() }),
  z.object({ kind: z.literal('hour-used'), trunk, calls: count }),
]);

const wait = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('hours'), packs: z.array(z.string()).readonly(), opensAt: instant.nullable(), zone })
    .describe('The hours of rule packs where the person lives; `opensAt` null: no hour is allowed'),
  z.object({ kind: z.literal('call-again'), place: count, when: z.string().nullable() }),
  z.object({ kind: z.literal('law'), pack: z.string(), clause: z.string(), says: z.string().nullable() }),
  z.object({ kind: z.enum(['attempt-that-does-not-count', 'not-due', ...OWN_RULES]) }),
  z.object({ kind: z.literal('rule'), rule: z.string() }),
]);

const NOT_RUNNING = z.enum(CAMPAIGN_STATES).exclude(['running']).options;

export const reason = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('outbound-off'), by: z.string(), at: instant, note: z.string() }),
    z.object({ kind: z.enum([...NOT_RUNNING, 'not-loaded']) }),
    z.object({ kind: z.literal('halted'), by: z.enum(['fault', 'file', 'sound']), what: z.string() }),
    z.object({ kind: z.enum(['draining', 'link-down', 'store-failing', 'store-silent']) }),
    z.object({ kind: z.literal('window-closed'), opensAt: instant.nullable(), zone }),
    z.object({ kind: z.enum(['no-agent', 'records-in-calls', 'no-record-left', 'no-record-now', 'call-came-first']) }),
    z.object({ kind: z.enum(['agents-paused', 'agents-working']), agents: count }),
    z.object({ kind: z.literal('trunks'), trunks: z.array(trunkReason).readonly() }),
    z.object({ kind: z.literal('caller-ids-used'), numbers: count, date: z.string(), calls: count }),
    z.object({ kind: z.literal('numbers-checked') }),
    z.object({ kind: z.literal('record-due'), at: instant, zone, wait: wait.nullable() }),
    z.object({ kind: z.enum(['record-unknown', 'record-taken', 'record-over']) }),
  ])
  .describe('A kind with its values');

const span = z
  .object({ from: z.number(), to: z.number() })
  .describe('Minutes from midnight; `to` may lie in a later day');
const week = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['any-time', 'never']) }),
  z.object({ kind: z.literal('cron'), start: z.string(), stop: z.string() }),
  z.object({
    kind: z.literal('days'),
    days: z
      .array(z.object({ first: count, last: count, spans: z.array(span).readonly() }))
      .readonly()
      .describe('Days with the same hours together; Monday is 0'),
  }),
]);

export const hours = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-schedule') }),
  z.object({
    kind: z.literal('scheduled'),
    week,
    zone,
    holidays: count,
    isOpen: z.boolean(),
    changeAt: instant.nullable().describe('When it opens or closes next; null: never'),
  }),
]);

export type Reason = z.output<typeof reason>;
export type TrunkReason = z.output<typeof trunkReason>;
export type Hours = z.output<typeof hours>;
