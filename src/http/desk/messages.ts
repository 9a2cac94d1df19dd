// What an agent reads when a number was not dialed, or another one was taken in its place, and what to do next. The four
// of validation and of do-not-call lists say the same, because to the agent they mean the same.

import type { z } from 'zod';
import type { DialMessage, InteractionState } from '../../interaction/interaction.ts';
import type { ValidationOutcome } from '../../rules/validation.ts';
import type { deskInteraction } from '../wire/desk-record.ts';

type ShownMessage = NonNullable<z.output<typeof deskInteraction>['message']>;
type MessageText = Pick<ShownMessage, 'text' | 'next'>;

const DIALED = 'It is being dialed.';
const TO_CLICK = 'Click it to dial it.';

/** Rules that keep a number from being dialed because the person does not want calls. */
const NOT_TO_BE_CALLED: ReadonlySet<string> = new Set(['do-not-call', 'validation']);

const TEXTS: Readonly<Record<ValidationOutcome, MessageText>> = {
  'blocked-no-other': {
    text: 'This number is on a do-not-call list, and the contact has no other number that may be called.',
    next: 'Choose Done to get the next record.',
  },
  'blocked-next-used': {
    text: 'This number is on a do-not-call list. The next number of the contact is taken.',
    next: DIALED,
  },
  'unavailable-no-other': {
    text: 'Whether this number may be called cannot be checked now: the do-not-call service does not answer.',
    next: 'Choose Done to get the next record; this one comes again when the service answers.',
  },
  'unavailable-next-used': {
    text: 'Whether this number may be called cannot be checked now: the do-not-call service does not answer. The next number of the contact is taken.',
    next: DIALED,
  },
};

/** The message of a number that was not dialed. */
export function messageOf({ rule, why, never, instead }: DialMessage, state: InteractionState): ShownMessage {
  if (NOT_TO_BE_CALLED.has(rule)) {
    const what = never === true || rule === 'do-not-call' ? 'blocked' : 'unavailable';
    const code = instead === undefined ? (`${what}-no-other` as const) : (`${what}-next-used` as const);
    const { text, next } = TEXTS[code];
    return { code, text, next: next === DIALED ? afterwards(state) : next, rule, nextTaken: instead !== undefined };
  }
  if (instead !== undefined) {
    const text = `${why} The next number of the contact is taken.`;
    return { code: never === true ? 'refused' : 'not-now', text, next: afterwards(state), rule, nextTaken: true };
  }
  const said = { text: why, rule, nextTaken: false } as const;
  return never === true
    ? { ...said, code: 'refused', next: 'Take another number, or choose Done to get the next record.' }
    : { ...said, code: 'not-now', next: 'Set a callback, or give the record back for later.' };
}

const afterwards = (state: InteractionState): string => (state === 'preview' ? TO_CLICK : DIALED);

/** The message of a call for which validation has passed over a number. */
export function messageOfCall(outcome: ValidationOutcome): ShownMessage {
  const nextTaken = outcome === 'blocked-next-used' || outcome === 'unavailable-next-used';
  return { code: outcome, ...TEXTS[outcome], rule: 'validation', nextTaken };
}
