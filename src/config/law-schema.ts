// The keys of a campaign's file that say which law holds, where its people are, and how often they are called.

import { z } from 'zod';
import { MAX_UNCOUNTED } from '../campaign/definition.ts';
import { integer, name, text, yesNo } from './values.ts';

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
