// What the detector's word does to a call, before the agent or beside the conversation. Part of the call machine.

import type { Result, Verdict } from '../terms.ts';
import { messageAt } from './abandonment.ts';
import type { Call, CallEffect } from './call.ts';
import { awaitBeep } from './message.ts';
import { confirmAfterVerdict } from './opt-out.ts';
import { release, releaseAgent, seekUntil, set, report, type Handler, type Outcome } from './steps.ts';

/** A detector decides within 5 s of its own; without a word for this long the person is taken for one. */
const DETECTION_LIMIT_MS = 8_000;

const isMachine = (verdict: Verdict): boolean => verdict === 'machine' || verdict === 'fax';
const machineResult = (verdict: Verdict): Result => (verdict === 'fax' ? 'fax' : 'machine');

/** Listens on the person's own leg before any agent is asked for. */
export const listenFirst = (call: Call, now: number): Outcome => [
  set(call, { state: 'detecting' }),
  { do: 'detect-before-agent' },
  { do: 'set-timer', timer: 'limit', at: now + DETECTION_LIMIT_MS },
];

export const verdictBeforeAgent: Handler<'verdict'> = (call, event, now) => judged(call, event, now);

export const detectRefused: Handler<'detect-refused'> = (call, _event, now) =>
  judged(call, { verdict: 'unsure', cause: 'detector-refused' }, now);

export const noVerdict: Handler<'limit-reached'> = (call, _event, now) =>
  judged(call, { verdict: 'unsure', cause: 'no-verdict' }, now);

/** A machine is hung up or left a message where the campaign wants that; everybody else is live from now on. */
function judged(call: Call, heard: { readonly verdict: Verdict; readonly cause: string }, now: number): Outcome {
  const known = set(call, { verdict: heard.verdict, verdictCause: heard.cause });
  if (call.optedOut) return confirmAfterVerdict(known, now);
  if (heard.verdict === 'machine' && call.plan.onMachine === 'leave-message') {
    return awaitBeep(known, now, report('machine'));
  }
  if (isMachine(heard.verdict) && call.plan.onMachine !== 'keep') {
    return release(known, { result: machineResult(heard.verdict), endedBy: 'dialer' }, now, report('machine'));
  }
  const limitAt = messageAt(call, now);
  return [
    set(known, { state: 'waiting', liveAt: now, limitAt }),
    report('live'),
    { do: 'start-waiting-sound' },
    ...seekUntil(limitAt),
  ];
}

/** A machine is heard while the agent is (or would be) connected: the agent is free again at once. */
export const verdictInParallel: Handler<'verdict'> = (call, event, now) => {
  const known = set(call, { verdict: event.verdict, verdictCause: event.cause });
  if (!isMachine(event.verdict) || call.plan.onMachine === 'keep') return [known, { do: 'note-progress' }];
  const letGo: CallEffect[] = [{ do: 'stop-seeking' }, report('machine'), ...releaseAgent(call, 'machine')];
  if (event.verdict === 'machine' && call.plan.onMachine === 'leave-message') return awaitBeep(known, now, ...letGo);
  return release(known, { result: machineResult(event.verdict), endedBy: 'dialer' }, now, ...letGo);
};

/** Too late to matter: the call has been given up as a person's, and stays so; the word is kept on the attempt. */
export const verdictTooLate: Handler<'verdict'> = (call, event) =>
  call.verdict === undefined ? [set(call, { verdict: event.verdict, verdictCause: event.cause })] : undefined;
