// Which law holds for a campaign, where its people are and how often they are called, by its file; and what its rule packs
// make of its other values: the strictest demand wins over what the file says.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { MAX_UNCOUNTED } from '../../campaign/definition.ts';
import type { AnswerHandling, Campaign } from '../../campaign/definition.ts';
import { leastKeptMs } from '../../campaign/retention.ts';
import { demandsOf } from '../../campaign/rule-pack.ts';
import type { RulePack } from '../../campaign/rule-pack.ts';
import { integer, name, text, yesNo } from '../values.ts';

const field = (): z.ZodType<string, string> => text();

export const lawKeys = {
  rules: z
    .array(name('rule pack'))
    .prefault([])
    .describe('files of calling rules in rules/; several apply together by where the person is, the strictest wins'),
  emergencies: z
    .array(name('rule pack'))
    .prefault([])
    .describe(
      'rule packs of rules for whose place an emergency is declared at present; their clauses on it forbid calls',
    ),
  person: z
    .strictObject({
      zone: field().optional().describe("field with the IANA time zone; it counts beside the number's"),
      zone_trusted: yesNo().prefault('no').describe('whether that zone is taken for certain, whatever the number says'),
      country: field().optional().describe('field with the country, as code or name'),
      state: field().optional().describe('field with the state or province, as code, name or abbreviation'),
      zip: field().optional().describe('field with the US ZIP code or Canadian postal code'),
      consent: field().optional().describe('field that says yes, or when, if the person agreed to be called'),
    })
    .prefault({})
    .describe('fields of the contact that say where a person is; without them the number alone does'),
  refusals: z
    .array(name('disposition'))
    .prefault([])
    .describe('dispositions, of any campaign, with which a person refused further calls'),
  attempts: z
    .strictObject({
      max: integer({ min: 1, max: 100 }).prefault('6').describe('of a record, over its life'),
      per_day: integer({ min: 1, max: 50 }).prefault('3').describe("of a record, in a day of the schedule's time zone"),
      max_uncounted: integer({ min: 1, max: 1000 })
        .prefault(String(MAX_UNCOUNTED))
        .describe('of a record, in a row that do not count (trunk trouble before anything rang); the last finishes it'),
      per_contact_per_day: integer({ min: 1, max: 50 })
        .optional()
        .describe('to a contact, over all campaigns and phones; default: no limit'),
      per_number_per_day: integer({ min: 1, max: 50 })
        .optional()
        .describe('to a number, over all campaigns and contacts; default: no limit'),
    })
    .prefault({})
    .describe('how often a record is dialed, at most'),
};

type WrittenLaw = { readonly [Key in keyof typeof lawKeys]: z.output<(typeof lawKeys)[Key]> };

type Law = Pick<Campaign, 'rules' | 'person' | 'emergencies' | 'refusals' | 'attempts'>;

export function toLaw({ person, emergencies, refusals, attempts }: WrittenLaw, rules: readonly RulePack[]): Law {
  const { zone, zone_trusted: zoneTrusted, country, state, zip, consent } = person;
  const { per_contact_per_day: perContactPerDay, per_number_per_day: perNumberPerDay } = attempts;
  return {
    rules,
    person: {
      ...defined({ zone }),
      ...(zoneTrusted && zone !== undefined ? { zoneTrusted } : {}),
      ...defined({ country, state, zip, consent }),
    },
    ...(emergencies.length === 0 ? {} : { emergencies }),
    refusals,
    attempts: {
      max: attempts.max,
      perDay: attempts.per_day,
      maxUncounted: attempts.max_uncounted,
      ...defined({ perContactPerDay, perNumberPerDay }),
    },
  };
}

/**
 * The campaign's pacing, answers and recordings as its packs allow them: longer rings, earlier messages, lower abandon
 * targets, recordings kept longer.
 */
export function withinRules<Part extends Pick<Campaign, 'pacing' | 'answer' | 'recording'>>(
  part: Part,
  rules: readonly RulePack[],
): Part {
  const ringMs = Math.max(0, ...demandsOf(rules, 'ring').map(({ clause }) => clause.leastMs));
  const target = Math.min(1, ...demandsOf(rules, 'abandonment').map(({ clause }) => clause.most));
  const { pacing, answer, recording } = part;
  const keptMs = leastKeptMs(rules, 'recordings');
  const minRingMs = Math.max(pacing.minRingMs, ringMs);
  return {
    ...part,
    pacing: {
      ...pacing,
      minRingMs,
      ringTimeoutMs: Math.max(pacing.ringTimeoutMs, minRingMs),
      abandonTarget: Math.min(pacing.abandonTarget, target),
    },
    answer: { ...answer, noAgentAfterMs: soonest(answer, rules) },
    ...(recording === undefined ? {} : { recording: { ...recording, keepMs: Math.max(recording.keepMs, keptMs) } }),
  };
}

function soonest({ noAgentAfterMs }: AnswerHandling, rules: readonly RulePack[]): number {
  return Math.min(noAgentAfterMs, ...demandsOf(rules, 'message').map(({ clause }) => clause.withinMs));
}
