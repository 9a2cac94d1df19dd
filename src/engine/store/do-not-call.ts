// What the rest of outdial needs of the do-not-call lists: who put a number on which of them, when and why, and imports
// of millions of numbers. Which lists a campaign honours: records/do-not-call.ts.

export interface DoNotCallStore {
  /** Puts numbers (E.164) on a list, made when missing; how many were not on it. */
  add(numbers: readonly string[], entry: NewDoNotCall): Promise<number>;
  /** Takes a number off one list; false when it was not on it. */
  remove(number: string, list: string): Promise<boolean>;
  /** Every list that holds the number, by the name of the list. */
  check(number: string): Promise<readonly DoNotCallEntry[]>;
  lists(): Promise<readonly DoNotCallList[]>;
  /** Numbers that count, some at a time: those behind `after` in an order of the store's. */
  page(after: DoNotCallPlace | null, limit: number): Promise<readonly DoNotCallPlace[]>;
  /** Removes a list with all its numbers; false when there is none of that name. */
  removeList(list: string): Promise<boolean>;
  /** Adds a batch to an import; nothing of it counts before `finishImport`. A restart of the store abandons it. */
  importBatch(batch: DoNotCallBatch): Promise<void>;
  /** From now on the imported numbers count, and with `replace` only they. Refused with `import-unknown`. */
  finishImport(importId: string, at: number): Promise<DoNotCallList>;
  abandonImport(importId: string): Promise<void>;
}

/** A number as it is kept, and where. */
export interface DoNotCallPlace {
  readonly part: number;
  /** E.164 as it was taken; for a number of somebody forgotten no number at all. */
  readonly number: string;
  readonly list: string;
}

export interface NewDoNotCall {
  readonly list: string;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export interface DoNotCallEntry {
  readonly number: string;
  readonly list: string;
  readonly addedAt: number;
  readonly by: string;
  readonly reason: string;
}

export interface DoNotCallList {
  readonly name: string;
  readonly numbers: number;
  /** The last import; null when numbers were only added by themselves. */
  readonly importedAt: number | null;
  /** What was imported; empty when nothing was. */
  readonly source: string;
}

export interface DoNotCallBatch {
  readonly importId: string;
  readonly list: string;
  /** `replace`: the list holds the imported numbers and nothing else afterwards. */
  readonly mode: 'add' | 'replace';
  readonly source: string;
  readonly by: string;
  /** Digits of E.164 as numbers, without the plus sign; quickest when ascending over the whole import. */
  readonly numbers: Float64Array;
}
