// What a campaign's file wants recorded, whether it can be, and whether there is anything to check by it.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { parseShare } from '../../base/durations.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import { duration, oneOf, share, sound } from '../values.ts';

export const recordingSchema = z.strictObject({
  when: oneOf(['all', 'agent', 'off'])
    .prefault('off')
    .describe("all: every conversation that the rules allow; agent: begun by the agent's key (*1); off: none"),
  announce: sound()
    .optional()
    .describe('what both hear when it begins; where the law wants an announcement, nothing is recorded without'),
  keep: duration({ min: 60_000, max: 20 * 366 * 86_400_000 })
    .prefault('30d')
    .describe('how long a recording is kept; then it is deleted'),
  machines: share({ min: 0, max: 1 })
    .prefault('0%')
    .describe('share of calls whose first seconds are kept when the detector says machine, to check it by'),
});

/** Nothing at all where nothing is recorded. */
export function toRecording(written: z.output<typeof recordingSchema>): Pick<Campaign, 'recording'> {
  const { when, announce, keep, machines } = written;
  if (when === 'off' && machines === 0) return {};
  return { recording: { when, ...defined({ announce }), keepMs: keep, machineShare: machines } };
}

export function checkRecording({ at, report, context }: Checking): void {
  const when = at(['recording', 'when']) ?? 'off';
  const machines = at(['recording', 'machines']);
  const sampled = typeof machines === 'string' ? (parseShare(machines) ?? 0) : 0;
  if (when === 'off' && sampled === 0) return;
  const path = ['recording', when === 'off' ? 'machines' : 'when'];
  if (context.canRecord === false) {
    const hint = 'Name the folder that Asterisk writes into: recordings: {folder: …} in outdial.yaml.';
    report(path, 'Nothing can be recorded: outdial.yaml names no folder for recordings.', hint);
  }
  if (sampled === 0 || (at(['answer', 'detection']) ?? 'off') !== 'off') return;
  const hint = 'Write detection: before-agent or parallel, or take machines out.';
  report(['recording', 'machines'], 'Without detection no machine is known, and none is kept.', hint, 'warning');
}
