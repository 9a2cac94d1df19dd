// What a campaign's file says of people and machines that pick up.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { AnswerHandling } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import { duration, matching, oneOf, phoneKey, share, sound } from '../values.ts';
import { durationOf } from './written.ts';

const messageSchema = z.strictObject({
  play: sound().prefault('outdial/message').describe('the message: who called, and a number to call'),
  of_agent: matching(/^(?!.*\.\.)[\w][\w/-]{0,120}\{agent\}$/, {
    what: "sound of an agent's own",
    example: "'messages/{agent}' ({agent} stands for the agent's number)",
  })
    .optional()
    .describe('the own message of the agent who heard the machine; default: the same for all'),
  beep_within: duration({ min: 5000, max: 120_000 })
    .prefault('40s')
    .describe("how long the machine's greeting may take; without a beep by then nothing is left"),
});

export const answerSchema = z.strictObject({
  detection: oneOf(['off', 'before-agent', 'parallel'])
    .prefault('off')
    .describe('whether machines are distinguished from people: before the agent, or while the agent already listens'),
  on_machine: oneOf(['hang-up', 'keep', 'leave-message'])
    .prefault('hang-up')
    .describe('what happens to a machine; keep leaves it with the agent'),
  detector_error: share({ min: 0, max: 0.5 })
    .optional()
    .describe(
      'people among those taken for machines; some rules count them as abandoned; default: what a sample shows, or 2%',
    ),
  message: messageSchema.optional().describe('what is left on machines, with on_machine: leave-message'),
  no_agent: z
    .strictObject({
      after: duration({ min: 500, max: 10_000 })
        .prefault('2s')
        .describe('a person without an agent after this hears the message; the law commonly says 2 s'),
      play: sound().prefault('outdial/abandon').describe('the message: who called, and a number to call'),
      do_not_call_key: z
        .union([oneOf(['none']), phoneKey()])
        .prefault('9')
        .describe(
          'what the person presses, in the message or waiting, to be put on the do-not-call list; none: nothing',
        ),
      confirm: sound().prefault('outdial/do-not-call-confirmed').describe('what the person hears then'),
    })
    .prefault({})
    .describe('a person picked up and no agent is free'),
  while_waiting: z
    .union([oneOf(['silence', 'music']), z.strictObject({ sound: sound().describe('a sound of Asterisk') })])
    .prefault('silence')
    .describe('what the person hears until then: silence, music, or a sound'),
});

type WrittenAnswer = z.output<typeof answerSchema>;

function toMessage(written: WrittenAnswer['message']): NonNullable<AnswerHandling['message']> {
  const { play = 'outdial/message', of_agent: ofAgent, beep_within: beepWithinMs = 40_000 } = written ?? {};
  return { sound: play, beepWithinMs, ...defined({ ofAgent }) };
}

export function toAnswer(written: WrittenAnswer): AnswerHandling {
  const { after, play, do_not_call_key: key, confirm } = written.no_agent;
  return {
    detection: written.detection,
    ...defined({ detectorError: written.detector_error }),
    onMachine: written.on_machine,
    ...(written.on_machine === 'leave-message' ? { message: toMessage(written.message) } : {}),
    ...(key === 'none' ? {} : { doNotCall: { key, sound: confirm } }),
    noAgentAfterMs: after,
    noAgentSound: play,
    whileWaiting: written.while_waiting,
  };
}

export function checkAnswer({ at, report }: Checking): void {
  const leaves = at(['answer', 'on_machine']) === 'leave-message';
  if (leaves && (at(['answer', 'detection']) ?? 'off') === 'off') {
    const hint = 'Write detection: before-agent or parallel.';
    report(['answer', 'on_machine'], 'Without detection no machine is known, and none is left a message.', hint);
  }
  if (!leaves && at(['answer', 'message']) !== undefined) {
    const hint = 'Write on_machine: leave-message, or take the message out.';
    report(['answer', 'message'], 'The message is never left.', hint, 'warning');
  }
  const after = durationOf(at(['answer', 'no_agent', 'after']) ?? '2s');
  if (after === undefined || after <= 2000) return;
  const hint = 'The rules of the US (47 CFR 64.1200) and the UK (Ofcom) say 2s.';
  report(['answer', 'no_agent', 'after'], 'A person without an agent waits longer than 2 seconds.', hint, 'warning');
}
