// Words of callbacks, in English.

export const callbackWords = {
  title: 'Callback',
  set: 'Schedule a callback',
  isSet: 'Callback scheduled',
  change: 'Change',
  remove: 'Cancel it',
  quick: {
    'in-1-h': 'In 1 hour',
    'in-3-h': 'In 3 hours',
    'same-time': 'Tomorrow, same time',
    'tomorrow-10': 'Tomorrow 10:00',
    'monday-10': 'Monday 10:00',
  },
  day: 'Day, where they are',
  time: 'Time, on their clock',
  hours: 'Hours of that day, on their clock',
  both: (theirs: string, mine: string) => `${theirs}, yours ${mine}`,
  forbidden: {
    'callback-past': 'Already over',
    'callback-too-far': 'Too far ahead',
    'callback-outside-hours': 'The campaign does not call then',
    'callback-forbidden': 'Not allowed',
    'callback-record-removed': 'The record was removed',
  },
  /** Rules by their names; those of packs have their own. */
  rules: {
    hours: 'calling hours',
    'calling-hours': 'calling hours',
    'do-not-call': 'do-not-call list',
    'attempts-per-number': 'calls of this number',
    'attempts-per-contact': 'calls of this person',
    'attempts-per-day': 'calls in a day',
    'do-not-call-back': 'rest after the last call',
    validation: 'check of the number',
    'number-gate': 'numbers that are dialed',
    'number-in-use': 'a call that goes on',
    'calls-an-hour-abroad': 'calls of the hour to that country',
  } as Readonly<Record<string, string>>,
  now: 'It is now:',
  theirs: (time: string, zone: string) => `Theirs: ${time} (${zone})`,
  mine: (time: string) => `Yours: ${time}`,
  number: 'Number',
  sameNumber: 'The number dialed last',
  otherNumber: 'Another number',
  typedNumber: 'Number to call',
  who: 'Who calls',
  personal: 'I call',
  any: 'Any agent',
  submit: 'Schedule',
};

export type CallbackWords = typeof callbackWords;
