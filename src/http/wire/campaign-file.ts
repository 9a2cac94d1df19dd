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

export const campaignFileSaved = text.extend({ warnings: z.array(warning).readonly() });
