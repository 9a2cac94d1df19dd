// How the phones of a campaign's agents are reached.

import { z } from 'zod';
import type { Campaign } from '../../campaign/definition.ts';
import { PHONE_MODES } from '../../terms.ts';
import { duration, oneOf, yesNo } from '../values.ts';

export const agentPhoneSchema = z.strictObject({
  mode: oneOf(PHONE_MODES)
    .prefault('nailed-up')
    .describe("nailed-up: the agent's phone stays connected all session; ringing: it rings for each call"),
  waiting: oneOf(['silence', 'music']).prefault('silence').describe('what a nailed-up agent hears between calls'),
  ring: duration({ min: 5000, max: 60_000 }).prefault('20s').describe("how long an agent's phone rings"),
  tones: yesNo()
    .prefault('no')
    .describe('a soft tone now and then while paused or in wrap-up, and a beep at each connection'),
  whisper: yesNo()
    .prefault('no')
    .describe("the person's name is whispered to the agent at each connection; needs speech in outdial.yaml"),
  outside: yesNo()
    .prefault('no')
    .describe(
      'agents at a desk may give any phone number instead of their account: it is called over the trunks and confirms by the PIN',
    ),
});

export function toAgentPhone(written: z.output<typeof agentPhoneSchema>): Campaign['agentPhone'] {
  const { mode, waiting, ring, tones, whisper, outside } = written;
  return {
    mode,
    waiting,
    ringMs: ring,
    ...(tones ? { tones: true as const } : {}),
    ...(whisper ? { whisper: true as const } : {}),
    ...(outside ? { outside: true as const } : {}),
  };
}
