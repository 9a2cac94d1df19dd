// Rows of the agent machine about callbacks: a time agreed on by keys.

import { aCallback, aSession, aSessionPlan } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const plan = aSessionPlan({ dispositions: [{ code: 'later', label: 'Call later', key: '3', ask: 'callback' }] });
const checking = aSession('wrap-up', { plan, menu: 'callback-check', typed: '1430', asking: 'later' });
const asking = aSessionPlan({ dispositions: [{ code: 'other', label: 'Another number', key: '4', ask: 'phone' }] });
const typing = aSession('wrap-up', { plan: asking, menu: 'phone-number', typed: '0900555', asking: 'other' });

const agreed = { type: 'callback-agreed', spoken: ['digits/14', 'digits/30'], callback: aCallback } as const;

export const ROWS_OF_CALLBACKS: readonly SessionRow[] = [
  row('wrap-up', agreed, 'the typed time stands', {
    id: 'A-17',
    given: checking,
    to: 'ready',
    drops: ['menu', 'typed', 'asking'],
    does: [
      ...['stop-saying', 'say callback-saved digits/14 digits/30', 'clear-timer wrap-up', 'dispose at1 later'],
      ...['start-waiting-sound', 'offer'],
    ],
  }),
  row('wrap-up', { type: 'callback-refused', why: 'callback-past' }, 'the typed time has passed', {
    id: 'A-17',
    given: checking,
    to: 'wrap-up',
    does: ['stop-saying', 'say callback-past callback-when'],
    leaves: { menu: 'callback-time', typed: '' },
  }),
  row('wrap-up', { type: 'callback-cancelled' }, 'the callback that was set is taken back', {
    id: 'A-17',
    given: checking,
    to: 'wrap-up',
    drops: ['menu', 'typed', 'asking'],
    does: ['stop-saying', 'say callback-cancelled choose-disposition + dispositions'],
  }),
  row('wrap-up', { type: 'number-refused' }, 'the typed number is never dialed', {
    id: 'A-16',
    given: typing,
    to: 'wrap-up',
    does: ['stop-saying', 'say not-a-choice enter-phone-number'],
    leaves: { menu: 'phone-number', typed: '' },
  }),
];
