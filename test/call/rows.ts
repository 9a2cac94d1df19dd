// What every event does to a call in every state, in telephony words. The machine's test runs each row;
// docs/call-states.md is held against them. A pair that is neither described nor pinned as ignored fails the test.

import { CALL_EVENTS, type CallEvent, type CallState } from '../../src/call/call.ts';
import type { CallRow } from './row.ts';
import { ROWS_OF_CONTROLS } from './rows-of-controls.ts';
import { ROWS_OF_THIRD_PARTIES } from './rows-of-third-parties.ts';
import { ROWS_OF_MESSAGES } from './rows-of-messages.ts';
import { ROWS_AFTER_THE_ANSWER } from './rows-after-the-answer.ts';
import { ROWS_OF_BEGINNINGS } from './rows-of-beginnings.ts';
import { ROWS_TO_THE_ANSWER } from './rows-to-the-answer.ts';

/** Every pair with an effect; some with more than one way. */
export const CALL_ROWS: readonly CallRow[] = [
  ...ROWS_OF_BEGINNINGS,
  ...ROWS_TO_THE_ANSWER,
  ...ROWS_AFTER_THE_ANSWER,
  ...ROWS_OF_MESSAGES,
  ...ROWS_OF_CONTROLS,
  ...ROWS_OF_THIRD_PARTIES,
];

/** Pairs that leave the call as it is: late and doubled events, and what cannot happen there. */
export const CALL_IGNORED: Readonly<Record<CallState, readonly CallEvent['type'][]>> = {
  placing: events(
    'verdict agent-found bridged join-refused detect-refused limit-reached agent-hung-up',
    'agent-lost abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
  ringing: events(
    'came-in restored',
    'place-failed ringing progress verdict agent-found bridged join-refused detect-refused',
    'limit-reached agent-hung-up agent-lost abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
  answered: events(
    'restored',
    'place-failed ringing progress answered verdict bridged join-refused detect-refused ring-timeout',
    'cancel agent-hung-up abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
  detecting: events(
    'came-in restored',
    'place-failed ringing progress answered arrived bridged join-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-over',
    'confirmation-over beep beep-refused message-over',
    'control',
  ),
  waiting: events(
    'came-in restored',
    'place-failed ringing progress answered arrived bridged join-refused detect-refused ring-timeout',
    'cancel agent-hung-up abandon-message-over',
    'confirmation-over beep beep-refused message-over',
    'control',
  ),
  connecting: events(
    'came-in restored',
    'place-failed ringing progress answered arrived detect-refused limit-reached ring-timeout cancel',
    'agent-hung-up abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
  talking: events(
    'came-in restored',
    'place-failed ringing progress answered arrived bridged join-refused detect-refused',
    'limit-reached ring-timeout cancel abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
  ),
  'handing-over': events(
    'came-in restored',
    'place-failed ringing progress answered arrived verdict bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-over opt-out confirmation-over beep beep-refused message-over',
  ),
  'handed-over': events(
    'came-in restored',
    'place-failed ringing progress answered arrived verdict bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-over opt-out confirmation-over beep beep-refused message-over',
    'limit-reached',
  ),
  'abandon-message': events(
    'came-in restored',
    'place-failed ringing progress answered bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost',
    'confirmation-over beep beep-refused message-over',
    'control',
  ),
  confirming: events(
    'came-in restored',
    'place-failed ringing progress answered arrived bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-begun abandon-message-over opt-out beep beep-refused message-over',
    'control',
  ),
  'awaiting-beep': events(
    'came-in restored',
    'place-failed ringing progress answered arrived verdict bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-begun abandon-message-over opt-out confirmation-over message-over',
    'control',
  ),
  'leaving-message': events(
    'came-in restored',
    'place-failed ringing progress answered arrived verdict bridged join-refused detect-refused ring-timeout cancel',
    'agent-hung-up agent-lost abandon-message-begun abandon-message-over opt-out confirmation-over beep beep-refused',
    'control',
  ),
  releasing: events(
    'came-in restored',
    'place-failed ringing progress verdict bridged join-refused detect-refused limit-reached',
    'ring-timeout cancel agent-hung-up agent-lost abandon-message-over',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
  ended: events(
    'came-in restored',
    'place-failed ringing progress answered arrived verdict agent-found bridged join-refused',
    'detect-refused limit-reached ring-timeout cancel agent-hung-up agent-lost abandon-message-begun abandon-message-over',
    'hanging-up ended vanished',
    'opt-out confirmation-over beep beep-refused message-over',
    'control',
  ),
};

function events(...lines: readonly string[]): CallEvent['type'][] {
  const names = lines.flatMap((line) => line.split(' '));
  return names.map((name) => {
    const known = CALL_EVENTS.find((event) => event === name);
    if (known === undefined) throw new Error(`no such event of a call: ${name}`);
    return known;
  });
}
