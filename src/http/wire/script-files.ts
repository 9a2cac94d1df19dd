// What the editor of scripts sends and is sent.

import { z } from 'zod';
import { scriptAct, scriptView } from './scripts.ts';
import { count } from './wire.ts';

export const scriptName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/i);
export const scriptText = z.string().max(500_000).describe('YAML, as its file says');

export const scriptFileRow = z.object({
  name: z.string(),
  campaigns: z.array(z.string()).readonly().describe('That use it'),
  version: z.string().nullable().describe('Null: it has faults'),
  sections: count.nullable(),
  faults: count,
  warnings: count,
});

export const scriptCheck = z.object({
  faults: z
    .array(
      z.object({
        line: count,
        column: count,
        severity: z.enum(['fault', 'warning']).describe('A warning does not keep it from being saved'),
        key: z.string().nullable(),
        message: z.string(),
        hint: z.string(),
      }),
    )
    .readonly(),
});

export const scriptFileShown = scriptCheck.extend({
  name: z.string(),
  yaml: z.string(),
  sum: z.string().describe('Of the text: what a save says it has seen'),
  campaigns: z.array(z.string()).readonly(),
});

export const scriptPreviewBody = z.object({
  name: scriptName,
  yaml: scriptText,
  acts: z.array(scriptAct).max(500).default([]).describe('From the beginning; of POST /agent/script'),
  fields: z
    .record(z.string().max(64), z.unknown())
    .default({})
    .describe('What stands in the texts for the record’s fields'),
});

export const scriptPreview = z.object({
  view: scriptView.omit({ attempt: true, campaign: true, isCurrent: true }),
  refused: z.string().nullable().describe('Why the last act was not done'),
});
