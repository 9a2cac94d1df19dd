// How a test says what an event does to a call in a state, in telephony words, and the words that such rows share.

import type { Call, CallEvent, CallState } from '../../src/call/call.ts';
import type { Result } from '../../src/terms.ts';
import { ANSWERED_AT, aPlan, BRIDGED_AT } from './builders.ts';

export interface CallRow {
  readonly state: CallState;
  readonly on: CallEvent;
  /** What happens, in telephony words; also the test's name. */
  readonly when: string;
  readonly given?: Partial<Call>;
  /** What the usual call of the state has and this one has not. */
  readonly without?: readonly (keyof Call)[];
  /** Default: one second after the answer, or six after the first ring. */
  readonly at?: number;
  readonly to: CallState;
  readonly result?: Result;
  /** Effects in order, in the words of `inWords`. */
  readonly does: readonly string[];
  /** What else must be so afterwards. */
  readonly leaves?: Partial<Call>;
  /** What must be gone afterwards. */
  readonly drops?: readonly (keyof Call)[];
}

export const CLOSE = ['clear-timer ring', 'clear-timer limit', 'clear-timer reap', 'close'];
export const RELEASE = ['clear-timer ring', 'clear-timer limit', 'set-timer reap +10000', 'hang-up'];
/** The same, of a call that has not been answered: the network may take its time to agree. */
export const GIVE_UP = ['clear-timer ring', 'clear-timer limit', 'set-timer reap +40000', 'hang-up'];
export const TOO_LATE = ['report-to-pacer answered', 'report-to-pacer live', 'report-to-pacer abandoned'];
/** The exchange plays the message by itself. */
export const BY_EXCHANGE = ['report-to-pacer abandoned', 'stop-seeking', 'clear-timer ring', 'set-timer limit +60000'];
export const before = { plan: aPlan({ detection: 'before-agent' }) };
export const parallel = { plan: aPlan({ detection: 'parallel' }) };
/** A machine is left a message, whichever way it was heard. */
export const leaving = { plan: aPlan({ detection: 'before-agent', onMachine: 'leave-message' }) };
export const leavingBeside = { plan: aPlan({ detection: 'parallel', onMachine: 'leave-message' }) };
export const keeping = { plan: aPlan({ detection: 'before-agent', onMachine: 'keep' }) };
export const ended = (cause: number, sipCode?: number): CallEvent =>
  sipCode === undefined ? { type: 'ended', cause } : { type: 'ended', cause, sipCode };
export const vanished = (answered: boolean, cause = 0): CallEvent => ({ type: 'vanished', answered, cause });
export const hangingUp: CallEvent = { type: 'hanging-up', cause: 17, sipCode: 486 };
export const found: CallEvent = { type: 'agent-found', session: 's1', bridge: 'b-s1' };
export const foundOther: CallEvent = { type: 'agent-found', session: 's2', bridge: 'b-s2' };
export const heard = (verdict: 'human' | 'machine' | 'fax'): CallEvent => ({ type: 'verdict', verdict, cause: 'C' });
export const lostItsAgent = { bridgedAt: BRIDGED_AT, limitAt: ANSWERED_AT + 30_000 };
export const keepsCause = { cause: 17, sipCode: 486 };

/** A row of the machine. */
export function row(
  state: CallState,
  on: CallEvent,
  when: string,
  then: Omit<CallRow, 'state' | 'on' | 'when'>,
): CallRow {
  return { state, on, when, ...then };
}
