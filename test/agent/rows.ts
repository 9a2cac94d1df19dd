// What every event does to an agent session in every state. The machine's test runs each row; docs/call-states.md is
// held against them. A pair that is neither described nor pinned as ignored fails the test. Keys have a test of their own.

import { SESSION_EVENTS, type SessionEvent } from '../../src/agent/session.ts';
import type { AgentState } from '../../src/terms.ts';
import type { SessionRow } from './row.ts';
import { ROWS_AT_DESK } from './rows-at-desk.ts';
import { ROWS_BY_KEYS } from './rows-by-keys.ts';
import { ROWS_BETWEEN_CALLS } from './rows-between-calls.ts';
import { ROWS_OF_BROWSERS } from './rows-of-browsers.ts';
import { ROWS_OF_OUTSIDE_PHONES } from './rows-of-outside-phones.ts';
import { ROWS_OF_CALLBACKS } from './rows-of-callbacks.ts';
import { ROWS_OF_ENGAGED } from './rows-of-engaged.ts';
import { ROWS_IN_CALLS } from './rows-in-calls.ts';

/** Every pair with an effect; some with more than one way. */
export const SESSION_ROWS: readonly SessionRow[] = [
  ...ROWS_BETWEEN_CALLS,
  ...ROWS_OF_ENGAGED,
  ...ROWS_IN_CALLS,
  ...ROWS_OF_CALLBACKS,
  ...ROWS_AT_DESK,
  ...ROWS_BY_KEYS,
  ...ROWS_OF_BROWSERS,
  ...ROWS_OF_OUTSIDE_PHONES,
];

/** Pairs that leave the session as it is: late and doubled events, and what cannot happen there. */
export const SESSION_IGNORED: Readonly<Record<AgentState, readonly SessionEvent['type'][]>> = {
  paused: events(
    'kept-too-long regain-rights reserve disengage connected released ask-hang-up dispose callback-agreed callback-refused callback-cancelled number-refused wrap-up-over',
  ),
  ready: events(
    'kept-too-long regain-rights disengage connected released ask-ready ask-hang-up dispose callback-agreed callback-refused callback-cancelled number-refused wrap-up-over',
  ),
  engaged: events(
    'kept-too-long connected ask-hang-up dispose callback-agreed callback-refused callback-cancelled number-refused wrap-up-over',
  ),
  reserved: events(
    'kept-too-long phone-registered reserve engage disengage ask-hang-up callback-agreed callback-refused callback-cancelled number-refused wrap-up-over ring-again grace-over',
  ),
  talking: events(
    'phone-registered reserve engage disengage connected callback-agreed callback-refused callback-cancelled number-refused wrap-up-over ring-again grace-over',
  ),
  'wrap-up': events('kept-too-long reserve connected released ask-hang-up'),
  offline: [...SESSION_EVENTS],
};

function events(line: string): SessionEvent['type'][] {
  return line.split(' ').map((name) => {
    const known = SESSION_EVENTS.find((event) => event === name);
    if (known === undefined) throw new Error(`no such event of a session: ${name}`);
    return known;
  });
}
