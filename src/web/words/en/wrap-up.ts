// Words of what is completed for a record: script, notes, outcome, in English.

export const wrapUpWords = {
  script: {
    title: 'Script',
    none: 'This campaign has no script.',
    notYet: 'The script begins with the call.',
    next: 'Next',
    backTo: 'Back to ',
    exits: 'Leave the script',
    over: 'The script is over.',
    left: (label: string) => `Left by “${label}”.`,
    missing: 'Still to be answered',
    changed: 'The script was changed since this call began; these answers keep their version.',
    answer: 'Answer',
    record: 'Record and go on',
    preview: 'From the first section; the way depends on the answers.',
  },

  notes: {
    title: 'Notes',
    label: 'Notes of this call',
    empty: 'Typed here as you talk; saved by itself.',
    saved: 'Saved',
    saving: 'Saving …',
    unsaved: 'Not saved yet, trying again',
    other: 'These notes were written elsewhere meanwhile:',
    otherForm: 'This was typed elsewhere meanwhile:',
    keepMine: 'Keep mine',
    takeOther: 'Take those',
    late: (name: string) =>
      `Your last notes for ${name === '' ? 'the record before' : name} came late: they are saved with that record, not with this one.`,
    homeless: (text: string) => `These notes could not be saved, their record is no longer yours: “${text}”`,
    homelessForm: (text: string) => `What you typed could not be saved, its record is no longer yours: “${text}”`,
    homelessAnswers: (text: string) =>
      `These answers to the script could not be saved, their call is no longer yours: “${text}”`,
    copy: 'Copy',
    away: 'Throw away',
  },

  outcome: {
    title: 'Outcome',
    search: 'Search',
    searchHint: 'Type to search, Enter takes the first',
    empty: 'The outcomes are here once there is a call.',
    none: 'No outcome of that name.',
    required: 'required before Done',
    optional: 'may be left out',
    chosen: 'chosen',
    asks: { callback: 'asks when to call again', phone: 'asks for another number', reason: 'asks why' },
    reason: 'Why?',
    phone: 'Other number',
    take: 'Take it',
    missing: 'Before Done:',
  },
};

export type WrapUpWords = typeof wrapUpWords;
