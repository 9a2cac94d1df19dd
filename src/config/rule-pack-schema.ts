// Every key of a file of calling rules: kind, bounds and what it means. A clause has exactly one key that demands
// something; which, rule-packs.ts checks.

import { z } from 'zod';
import { KEPT_THINGS } from '../campaign/rule-pack.ts';
import { RESULTS } from '../terms.ts';
import { countryCode, duration, integer, matching, name, oneOf, share, text, yesNo } from './values.ts';

const DAY_MS = 86_400_000;

const HOLIDAY =
  /^(\d{2}-\d{2}(\+substitute|\+observed)?|easter([+-]\d{1,2})?|\d{2}-(sun|mon|tue|wed|thu|fri|sat)-([1-5]|last|before-\d{1,2})([+-]\d{1,2})?|\d{4}-\d{2}-\d{2})(@[A-Z]{2,3}(,[A-Z]{2,3})*)?$/;

const date = (): z.ZodType<string, string> =>
  matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { what: 'date', example: '2026-11-22' });

const hoursText = (): z.ZodType<string, string> =>
  matching(/^(closed|open|\d{1,2}:\d{2}-\d{1,2}:\d{2}(, ?\d{1,2}:\d{2}-\d{1,2}:\d{2})*)$/, {
    what: 'time of day',
    example: '9:00-12:30, 14:00-20:00 (or closed, or open)',
  });

const hoursSchema = z.strictObject({
  daily: hoursText().optional().describe('every day'),
  mon_fri: hoursText().optional().describe('Monday to Friday, before daily'),
  sat_sun: hoursText().optional().describe('Saturday and Sunday, before daily'),
  saturday: hoursText().optional().describe('before the others'),
  sunday: hoursText().optional().describe('before the others'),
  holidays: hoursText().optional().describe("the pack's holidays, before all others; default: as on other days"),
  eves: hoursText().optional().describe('days before those, before the weekday; default: as on other days'),
});

const excuses = z
  .array(oneOf(['agent-held', 'callback']))
  .prefault([])
  .describe('does not hold when an agent is engaged for the call, or for a callback that the person asked for');

const askedDays = (): z.ZodType<number | undefined, string | undefined> =>
  integer({ min: 1, max: 400 })
    .optional()
    .describe(
      'unless: [callback] holds for so many local days after it was agreed, that day included; default: until it is kept',
    );

const attemptsSchema = z.strictObject({
  most: integer({ min: 1, max: 1000 }).describe('attempts at most'),
  per: oneOf(['number', 'contact', 'record']).describe('to whom'),
  within: duration({ min: 60_000, max: 400 * DAY_MS })
    .optional()
    .describe('in any stretch of time this long'),
  days: integer({ min: 1, max: 400 }).optional().describe('instead: in so many local days, the first included'),
  except: z.array(oneOf(RESULTS)).prefault([]).describe('results that do not count'),
  unless: excuses,
  asked_days: askedDays(),
});

const quietSchema = z.strictObject({
  after: oneOf(['conversation', 'abandoned', 'machine', 'refusal']).describe('what must have happened'),
  per: oneOf(['number', 'contact']).describe('who is left in peace'),
  for: duration({ min: 60_000, max: 400 * DAY_MS })
    .optional()
    .describe('so long after it'),
  days: integer({ min: 1, max: 400 }).optional().describe('instead: so many local days, its own included'),
  then: oneOf(['agent-held'])
    .optional()
    .describe('afterwards, until an agent has talked with the person: calls only with an agent engaged for them'),
  unless: excuses,
  asked_days: askedDays(),
});

const abandonmentSchema = z.strictObject({
  most: share({ min: 0, max: 0.1 }).describe('share of the live answers of a campaign'),
  window: oneOf(['day', 'month', 'rolling', 'periods']).describe(
    "local day; calendar month; the last so long at any time; one after the other from the campaign's first call",
  ),
  length: duration({ min: 60_000, max: 400 * DAY_MS })
    .optional()
    .describe('of the window rolling or periods'),
  detector_errors: oneOf(['ignored', 'counted'])
    .prefault('ignored')
    .describe('whether people taken for machines count, by the estimated error of the detector'),
});

/** What a clause may demand. */
export const demandSchemas = {
  hours: hoursSchema.optional().describe("calls only at these times of the called person's day"),
  attempts: attemptsSchema.optional().describe('how often someone is called'),
  quiet: quietSchema.optional().describe('no call for a while after something'),
  consent: oneOf(['first']).optional().describe('only people who have agreed'),
  do_not_call: z
    .strictObject({
      list: name('do-not-call list').describe('name under which the list is imported'),
      greatest_age: duration({ min: DAY_MS, max: 400 * DAY_MS })
        .optional()
        .describe('of the list, since it was imported'),
    })
    .optional()
    .describe('a list to honour'),
  ring: duration({ min: 1000, max: 120_000 }).optional().describe('a call rings at least so long'),
  message: duration({ min: 500, max: 30_000 }).optional().describe('an abandoned person hears a message this soon'),
  abandonment: abandonmentSchema.optional().describe('how many live answers may be abandoned'),
  emergency: oneOf(['declared'])
    .optional()
    .describe(
      'no calls while an emergency is declared by this pack: outdial emergency declare, or emergencies in a campaign',
    ),
  recording: oneOf(['one-party', 'all-parties']).optional().describe('who must agree to a recording'),
  caller_id: z
    .strictObject({
      answered: yesNo().prefault('no').describe('whether who calls the number must reach the caller'),
      reachable: duration({ min: 0, max: 400 * DAY_MS })
        .prefault('0s')
        .describe('how long after a call its number can be called back'),
    })
    .optional()
    .describe('a number must be shown'),
  retention: z
    .strictObject({
      least: duration({ min: DAY_MS, max: 20 * 366 * DAY_MS }).describe('at least so long after the call'),
      of: z
        .array(oneOf(KEPT_THINGS))
        .min(1)
        .prefault(['calls'])
        .describe('the books of calls, the proof of consent, the sound of recordings'),
    })
    .optional()
    .describe('what is kept, and how long'),
};

const clauseSchema = z.strictObject({
  id: name('clause').describe('unique in the file'),
  says: text().describe('what it demands, in a sentence'),
  citation: text().describe('where the law says it'),
  checked: date().optional().describe('day on which it was held against the public text'),
  unverified: yesNo().optional().describe('instead: it was not held against the public text'),
  ...demandSchemas,
});

/** A file of calling rules as it is written. */
export const rulePackSchema = z.strictObject({
  pack: name('rule pack').describe("its name, the file's"),
  title: text().describe('whose law, and about what'),
  applies: z
    .strictObject({
      countries: z.array(countryCode()).min(1).describe('ISO 3166, by the number or the contact'),
      states: z
        .array(matching(/^[A-Z]{2,3}$/, { what: 'state', example: 'FL' }))
        .prefault([])
        .describe('of those countries; empty: all'),
    })
    .describe('whose calls it governs, by where the called person is'),
  holidays: z
    .array(
      matching(HOLIDAY, {
        what: 'holiday',
        example: '12-25, 12-25+substitute, 07-04+observed, 11-thu-4, 05-mon-last, easter-2, 2026-09-14 or 11-01@BW,BY',
      }),
    )
    .prefault([])
    .describe(
      'of the place; +substitute: on a weekend, the next working day as well; +observed: Friday for Saturday, Monday for Sunday; 11-thu-4: fourth Thursday of November, 11-thu-4+1 the day after; 11-wed-before-23; @BW,BY: in these states',
    ),
  clauses: z.array(clauseSchema).min(1).describe('one for each demand'),
});

export type WrittenPack = z.output<typeof rulePackSchema>;
export type WrittenClause = WrittenPack['clauses'][number];
