// People who call one of the campaign's numbers: what its file says of them.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { InboundHandling } from '../../campaign/definition.ts';
import { duration, oneOf, sound, yesNo } from '../values.ts';

export const inboundSchema = z.strictObject({
  take: yesNo().prefault('yes').describe("whether calls to the campaign's numbers are taken"),
  greeting: sound().optional().describe('what a caller hears first; default: nothing'),
  waiting: oneOf(['silence', 'music']).prefault('music').describe('what a caller hears until an agent is free'),
  wait: duration({ min: 0, max: 3_600_000 })
    .prefault('60s')
    .describe('without an agent after this a caller hears `busy` and is called back'),
  busy: sound().prefault('outdial/inbound-busy').describe('no agent is free: 1 asks to be called back'),
  closed: sound().prefault('outdial/inbound-closed').describe('outside the hours, or no agent works'),
});

export function toInbound(written: z.output<typeof inboundSchema>): InboundHandling {
  const { take, greeting, waiting, wait, busy, closed } = written;
  return {
    take,
    ...defined({ greeting }),
    waiting,
    waitMs: wait,
    busySound: busy,
    closedSound: closed,
  };
}
