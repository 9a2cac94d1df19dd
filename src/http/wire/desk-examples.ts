// What stands in OpenAPI as examples of the workspace's commands, one for each kind; the test sends each through its schema.

import type { DeskCommand } from './desk-commands.ts';

const key = 'c1d2e3f4';
const interaction = 'i-01J9';

export const COMMAND_EXAMPLES: Readonly<Record<string, DeskCommand>> = {
  'open a session': {
    key,
    wish: { do: 'open-session', campaign: 'renewals', phone: { kind: 'account' }, ready: true },
  },
  'open a session with any phone': {
    key,
    wish: { do: 'open-session', campaign: 'renewals', phone: { kind: 'number', number: '+4930901820' } },
  },
  'have that phone called again': { key, wish: { do: 'call-phone' } },
  'pause, now or after the call': { key, wish: { do: 'pause', reason: 'lunch' } },
  'ready again': { key, wish: { do: 'resume' } },
  'ready for previews': { key, wish: { do: 'set-ready', channel: 'preview' } },
  'get a record': { key, wish: { do: 'get-record', campaign: 'renewals' } },
  'stop getting records': { key, wish: { do: 'stop', campaign: 'renewals' } },
  'go on before the countdown is over': { key, wish: { do: 'go-on' } },
  'end the session': { key, wish: { do: 'end-session' } },
  'accept an offer': { key, interaction, expects: 3, act: { do: 'accept' } },
  'call the second phone': { key, interaction, expects: 4, act: { do: 'call', phoneIndex: 1 } },
  'call a new number': {
    key,
    interaction,
    expects: 4,
    act: { do: 'call', typed: { number: '+1 212 555 0199', type: 'mobile' }, callerId: '+12125550100' },
  },
  'decline until later': { key, interaction, expects: 4, act: { do: 'decline', until: 'later' } },
  'hang up': { key, interaction, act: { do: 'hang-up', attempt: 'a-01J9' } },
  'say what the call was': { key, interaction, expects: 7, act: { do: 'dispose', code: 'sale' } },
  'set a callback': {
    key,
    interaction,
    expects: 7,
    act: {
      do: 'set-callback',
      callback: { local: '2026-12-01T10:30', zone: 'America/New_York', phone: 0, personal: true },
    },
  },
  'cancel the callback': { key, interaction, expects: 8, act: { do: 'cancel-callback' } },
  'put the person on the do-not-call list': {
    key,
    interaction,
    act: { do: 'do-not-call', numbers: 'all', list: 'global', reason: 'asked not to be called' },
  },
  'change a field': { key, interaction, act: { do: 'edit-fields', fields: { balance: 120.5 } } },
  'write notes': { key, interaction, act: { do: 'write-notes', text: 'Prefers mornings', base: 2 } },
  'keep a form that is half typed': {
    key,
    interaction,
    act: { do: 'keep-form', form: 'field:city', inputs: { text: 'Hambu' }, base: 1 },
  },
  'done, and no more records': { key, interaction, expects: 9, act: { do: 'done', stop: true } },
};
