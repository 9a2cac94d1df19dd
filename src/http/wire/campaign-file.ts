// The file of a campaign as the API shows it.

import { z } from 'zod';
import { warning } from './wire.ts';

const text = z.object({
  file: z.string(),
  yaml: z.string(),
  version: z.string().describe('Sent back with a change: what has changed meanwhile is not written over'),
});

export const campaignFile = text.extend({
  faults: z.array(z.string()).readonly().describe('Not empty: an older version of the file is in force'),
});

export const campaignChecked = z.object({ name: z.string() });

export const campaignForm = z.object({
  yaml: z.string().describe('The text, with what was to be changed'),
  fields: z
    .array(
      z.object({
        key: z.string().describe('As in the file, with dots: pacing.ring'),
        kind: z.enum(['text', 'list', 'choice']).describe('list: several, with commas between'),
        choices: z.array(z.string()).readonly(),
        value: z.string().describe('Empty: left out, and the default holds'),
        isTextOnly: z.boolean().describe('More than a form can show: it is changed in the text'),
      }),
    )
    .readonly()
    .nullable()
    .describe('Null: the text cannot be read'),
});

export const campaignFileSaved = text.extend({ warnings: z.array(warning).readonly() });
