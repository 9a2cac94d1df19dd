// What somebody has changed of records, for the desks that may have one of them in hand.

/** What was changed; absent: contacts, records or lists, whichever. */
export interface ChangedRecords {
  /** E.164, put on a do-not-call list. */
  readonly listed?: readonly string[];
}
