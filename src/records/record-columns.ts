// The columns of an exported record before its contact's own: an import of that file passes over them.

export const RECORD_COLUMNS = [
  ...(['record', 'campaign', 'contactId', 'state', 'dueAt', 'attempts', 'lastAttemptAt', 'lastResult'] as const),
  ...(['tookPlace', 'lastDisposition', 'lastAgent', 'finishedWhy'] as const),
] as const;
