// Rows of the agent machine about callbacks: an agent kept for one person, and a time agreed on by keys.

import { aRungSession, aSession, aSessionPlan } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const plan = aSessionPlan({ dispositions: [{ code: 'later', label: 'Call later', key: '3', ask: 'callback' }] });
const checking = aSession('wrap-up', { plan, menu: 'callback-check', typed: '1430', asking: 'later' });
const asking = aSessionPlan({ dispositions: [{ code: 'other', label: 'Another number', key: '4', ask: 'phone' }] });
const typing = aSession('wrap-up', { plan: asking, menu: 'phone-number', typed: '0900555', asking: 'other' });
const held = aSession('reserved', { held: true });

export const ROWS_OF_CALLBACKS: readonly SessionRow[] = [
  row('ready', { type: 'hold', attempt: 'at1' }, 'a personal callback is dialed for this agent', {
    ...{ id: 'A-18', to: 'reserved', does: ['stop-saying', 'say callback-coming'] },
    leaves: { held: true, attempt: 'at1' },
  }),
  row('ready', { type: 'hold', attempt: 'at1' }, 'the same, and the phone is rung for each call: it is not rung yet', {
    ...{ id: 'A-18', given: aRungSession('ready'), to: 'reserved', does: ['stop-saying'], leaves: { held: true } },
  }),
  row('reserved', { type: 'reserve', attempt: 'at1' }, 'the person whom the agent was kept for picks up', {
    ...{ id: 'A-18', given: held, to: 'reserved' },
    ...{ does: ['stop-waiting-sound', 'stop-saying', 'take-call at1'], drops: ['held'] },
  }),
  row('reserved', { type: 'released', attempt: 'at1', why: 'not-connected' }, 'that person does not pick up', {
    ...{ id: 'A-18', given: held, to: 'ready', does: ['stop-saying', 'start-waiting-sound', 'offer'], drops: ['held'] },
  }),
  row('wrap-up', { type: 'callback-agreed', spoken: ['digits/14', 'digits/30'] }, 'the typed time stands', {
    ...{ id: 'A-17', given: checking, to: 'ready', drops: ['menu', 'typed', 'asking'] },
    does: [
      ...['stop-saying', 'say callback-saved digits/14 digits/30', 'clear-timer wrap-up', 'dispose at1 later'],
      ...['start-waiting-sound', 'offer'],
    ],
  }),
  row('wrap-up', { type: 'callback-refused', why: 'callback-past' }, 'the typed time has passed', {
    ...{ id: 'A-17', given: checking, to: 'wrap-up', does: ['stop-saying', 'say callback-past callback-when'] },
    leaves: { menu: 'callback-time', typed: '' },
  }),
  row('wrap-up', { type: 'number-refused' }, 'the typed number is never dialed', {
    ...{ id: 'A-16', given: typing, to: 'wrap-up', does: ['stop-saying', 'say not-a-choice enter-phone-number'] },
    leaves: { menu: 'phone-number', typed: '' },
  }),
];
