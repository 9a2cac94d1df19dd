// What an agent reads when a number must not be dialed: which of two things it is, whether another was taken, what to do.

import { describe, expect, test } from 'vitest';
import { messageOf, messageOfCall } from '../../src/http/desk/messages.ts';
import { COMMAND_EXAMPLES } from '../../src/http/wire/desk-examples.ts';
import { deskCommand } from '../../src/http/wire/desk-commands.ts';

describe('[X-02] [A-21] the four of validation and of do-not-call lists', () => {
  const instead = { instead: '+12125550102' };
  test.each([
    {
      what: 'blocked, no other',
      said: { rule: 'validation', never: true },
      state: 'preview',
      is: ['blocked-no-other', /list.*no other number/, /Done/],
    },
    {
      what: 'on a do-not-call list, no other',
      said: { rule: 'do-not-call' },
      state: 'preview',
      is: ['blocked-no-other', /list/, /Done/],
    },
    {
      what: 'blocked, the next is dialed',
      said: { rule: 'validation', never: true, ...instead },
      state: 'dialing',
      is: ['blocked-next-used', /next number/, /being dialed/],
    },
    {
      what: 'blocked, the next is to be clicked',
      said: { rule: 'do-not-call', never: true, ...instead },
      state: 'preview',
      is: ['blocked-next-used', /next number/, /Click/],
    },
    {
      what: 'service away, no other',
      said: { rule: 'validation' },
      state: 'preview',
      is: ['unavailable-no-other', /does not answer/, /Done/],
    },
    {
      what: 'service away, the next is dialed',
      said: { rule: 'validation', ...instead },
      state: 'dialing',
      is: ['unavailable-next-used', /does not answer.*next number/, /being dialed/],
    },
  ] as const)('$what', ({ said, state, is: [code, text, next] }) => {
    const message = messageOf({ why: 'The service says so.', ...said }, state);
    expect(message).toMatchObject({
      code,
      text: expect.stringMatching(text) as string,
      next: expect.stringMatching(next) as string,
    });
  });

  test('a call that validation has led to another number says so', () => {
    expect(messageOfCall('unavailable-next-used')).toMatchObject({ code: 'unavailable-next-used', rule: 'validation' });
  });
});

test('[A-21] any other rule speaks for itself, and says what is left to do', () => {
  const why = 'It is 22:10 there; calls are allowed until 21:00.';
  expect(messageOf({ rule: 'us-federal', why }, 'preview')).toEqual({
    code: 'not-now',
    text: why,
    rule: 'us-federal',
    nextTaken: false,
    next: 'Set a callback, or give the record back for later.',
  });
  expect(messageOf({ rule: 'consent', why, never: true }, 'preview')).toMatchObject({ code: 'refused', text: why });
  const moved = messageOf({ rule: 'us-federal', why, instead: '+12125550102' }, 'dialing');
  expect(moved).toMatchObject({
    code: 'not-now',
    text: `${why} The next number of the contact is taken.`,
    nextTaken: true,
  });
});

test.each(Object.entries(COMMAND_EXAMPLES))('[O-04] the example "%s" of OpenAPI is a command', (_what, command) => {
  expect(deskCommand.parse(command)).toEqual(command);
});
