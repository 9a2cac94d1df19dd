// A call-again rule: what becomes of a record after an attempt, and when it is called again.

/** First rule whose condition holds decides; none: the record is finished. */
export interface CallAgainRule {
  /** CEL over `result`, `disposition`, `attempts`, `connected`, `phone_type`, `fields`. */
  readonly when: string;
  readonly then: CallAgain | { readonly do: 'give-up' } | { readonly do: 'remove-contact' };
  /** The rule applies at most this often to a record. */
  readonly times?: number;
  /** Absent: stays as it is. */
  readonly priority?: PriorityChange;
}

interface CallAgain {
  readonly do: 'call-again';
  readonly afterMs: number;
  readonly phone: 'same' | 'next' | 'first';
  /** What is changed in the number of that phone, for this record alone. */
  readonly number?: NumberChange;
}

/** A step up or down, or a priority of its own; higher ones are dialed first. */
export type PriorityChange = { readonly by: number } | { readonly to: number };

/** What is changed at the front of a number, behind its plus sign; digits alone. */
export type NumberChange =
  | { readonly do: 'add'; readonly digits: string }
  | { readonly do: 'strip'; readonly digits: string }
  | { readonly do: 'replace'; readonly digits: string; readonly with: string };
