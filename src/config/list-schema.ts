// The keys of a campaign's file that say who is called: lists, filter, do-not-call lists.

import { z } from 'zod';
import { decimal, name, text, yesNo } from './values.ts';

const listSchema = z.strictObject({
  name: name('list').describe('name of the list'),
  weight: decimal({ min: 0.1, max: 1000 })
    .optional()
    .describe(
      'its turns for each turn of a list with weight 1; default 1. Without any weight all lists are dialed as one',
    ),
  paused: yesNo().prefault('no').describe('not dialed for now; takes effect at the next choice'),
});

export const listKeys = {
  lists: z
    .array(z.union([name('list'), listSchema]))
    .min(1)
    .describe('lists whose contacts are called'),
  filter: z
    .union([text(), z.strictObject({ saved: name('filter').describe('name of a saved filter') })])
    .optional()
    .describe('CEL over fields and contact.name, or a saved filter; default: everyone on the lists'),
  do_not_call: z
    .array(name('do-not-call list'))
    .prefault([])
    .describe("do-not-call lists honoured beside the global one and the campaign's own"),
};
