// Keys of a campaign's file for what agents do with records at their desks, their mapping, and what does not go together.

import { z } from 'zod';
import type { DeskRules } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import { duration, oneOf, yesNo } from '../values.ts';
import { durationOf, isYes } from './written.ts';

const MINUTE_MS = 60_000;

export const deskSchema = z.strictObject({
  accept: yesNo()
    .prefault('no')
    .describe('records are offered first, and dialed or opened once the agent accepts; push-preview always does'),
  engaged: yesNo()
    .prefault('no')
    .describe('predictive and progressive: the agent accepts before anyone is dialed, and gets whoever picks up'),
  offer: duration({ min: 5000, max: 10 * MINUTE_MS })
    .prefault('30s')
    .describe('how long an offer stands; then the agent is not ready'),
  before_call: duration({ min: 0, max: 10 * MINUTE_MS })
    .prefault('0s')
    .describe('time to look at the record before its number is dialed, where accepting or mode progressive dials'),
  preview: z
    .union([oneOf(['none']), duration({ min: 5000, max: 60 * MINUTE_MS })])
    .prefault('none')
    .describe('how long a record is looked at; none: as long as the agent wants'),
  preview_over: oneOf(['nothing', 'dial'])
    .prefault('nothing')
    .describe('what happens then: nothing but that the time is over, or the number is dialed'),
  hand_dialing: yesNo()
    .prefault('no')
    .describe('the law wants a person to dial: numbers are dialed by a click on them alone, which is kept as proof'),
  new_numbers: yesNo().prefault('no').describe('agents may dial numbers that the record does not have'),
  countdown: z
    .union([oneOf(['none']), duration({ min: 2000, max: 5 * MINUTE_MS })])
    .prefault('none')
    .describe('after a record is done the agent must ask for the next within this, or the session ends'),
});

type WrittenDesk = z.output<typeof deskSchema>;

export function toDesk(written: WrittenDesk): DeskRules {
  const { preview, countdown } = written;
  return {
    accept: written.accept,
    engaged: written.engaged,
    offerMs: written.offer,
    beforeCallMs: written.before_call,
    ...(preview === 'none' ? {} : { previewMs: preview }),
    atPreviewEnd: written.preview_over,
    handDialing: written.hand_dialing,
    newNumbers: written.new_numbers,
    ...(countdown === 'none' ? {} : { countdownMs: countdown }),
  };
}

const PULLED: readonly unknown[] = ['preview', 'manual'];
const LOOKED_AT: readonly unknown[] = [...PULLED, 'push-preview', 'direct-push-preview'];

export function checkDesk(checking: Checking): void {
  for (const check of [checkAccept, checkEngaged, checkBeforeCall, checkPreview, checkHandDialing, checkCountdown]) {
    check(checking);
  }
}

const isLong = (value: unknown): boolean => (durationOf(value) ?? 0) > 0;

/** Who has picked up must not wait until an agent has looked at a notification. */
function checkAccept({ at, report }: Checking): void {
  if (!isYes(at(['desk', 'accept']))) return;
  const mode = at(['mode']);
  const path = ['desk', 'accept'];
  const after = at(['answer', 'no_agent', 'after']);
  const limit = typeof after === 'string' ? after : '2s';
  if (mode === 'predictive' && !isYes(at(['desk', 'engaged']))) {
    return report(
      path,
      `A person who has picked up would wait for the agent to accept, longer than the ${limit} of answer.no_agent.after.`,
      'Write engaged: yes (accepted before anyone is dialed), or mode: progressive, or ratio with pacing.ratio: 1.',
    );
  }
  if (mode === 'ratio' && at(['pacing', 'ratio']) !== '1') {
    const hint = 'Write pacing: {ratio: 1}, or engaged: yes with mode predictive.';
    return report(path, 'Only one line for each agent may wait for the agent to accept.', hint);
  }
  if (PULLED.includes(mode)) {
    report(path, 'Records that agents pull are not offered.', 'Leave accept out.', 'warning');
  }
}

function checkEngaged({ at, report }: Checking): void {
  const mode = at(['mode']);
  if (!isYes(at(['desk', 'engaged'])) || mode === 'predictive' || mode === 'progressive') return;
  report(
    ['desk', 'engaged'],
    `In mode ${String(mode)} no agent waits for whoever picks up.`,
    'Use predictive or progressive.',
  );
}

function checkBeforeCall({ at, report }: Checking): void {
  if (!isLong(at(['desk', 'before_call']))) return;
  const mode = at(['mode']);
  const dials = mode === 'progressive' || mode === 'direct-push-preview' || isYes(at(['desk', 'accept']));
  const isBlank = isYes(at(['desk', 'engaged']));
  if (dials && !isBlank) return;
  const hint = isBlank
    ? 'With engaged it is not known whose record it is.'
    : 'Use preview for the time to look at a record.';
  report(['desk', 'before_call'], 'There is nothing to look at before the call here.', hint);
}

function checkPreview({ at, report }: Checking): void {
  const preview = at(['desk', 'preview']) ?? 'none';
  const dials = at(['desk', 'preview_over']) === 'dial';
  const mode = at(['mode']);
  if (preview !== 'none' && !LOOKED_AT.includes(mode)) {
    report(['desk', 'preview'], `In mode ${String(mode)} no record is looked at.`, 'Leave it out.', 'warning');
  }
  if (!dials) return;
  const path = ['desk', 'preview_over'];
  if (preview === 'none') report(path, 'The look at a record is never over.', 'Give preview a time, such as 60s.');
  if (mode === 'manual') report(path, 'In mode manual numbers are dialed by a click alone.', 'Use mode preview.');
}

/** What outdial dials by itself is not dialed by hand. */
function checkHandDialing({ at, report }: Checking): void {
  if (!isYes(at(['desk', 'hand_dialing']))) return;
  const path = ['desk', 'hand_dialing'];
  const mode = at(['mode']);
  if (!LOOKED_AT.includes(mode)) {
    report(
      path,
      `In mode ${String(mode)} outdial dials by itself.`,
      'Use manual, preview, push-preview or direct-push-preview.',
    );
  } else if (at(['desk', 'preview_over']) === 'dial') {
    report(['desk', 'preview_over'], 'With hand_dialing no timer dials.', 'Write preview_over: nothing.');
  }
}

function checkCountdown({ at, report }: Checking): void {
  if ((at(['desk', 'countdown']) ?? 'none') === 'none' || at(['mode']) !== 'manual') return;
  report(['desk', 'countdown'], 'In mode manual agents ask for each record anyway.', 'Leave it out.', 'warning');
}
