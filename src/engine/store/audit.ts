// The audit log as the store keeps it: who did what to what, from which value to which. Entries are added and never
// changed; each is chained to the one before by a hash, so that a change in between shows.

export interface AuditLog {
  /** Adds an entry and resolves with its number once it is durable. Entries are numbered 1, 2, 3 … without a gap. */
  append(entry: NewAuditEntry): Promise<number>;
  /** The entries that fit, newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** Goes through the whole chain; with `head`, also whether that entry is still the one it was. */
  check(head?: AuditHead): Promise<AuditCheck>;
}

export interface NewAuditEntry {
  readonly at: number;
  /** `cli.ann`, `api`, the name of a signed-in person. */
  readonly who: string;
  /** What was done, as `campaign.start`. */
  readonly what: string;
  /** To what: a campaign's name, a list's, `contact 17`. Never a person's name or whole number: it stays for ever. */
  readonly subject: string;
  /** JSON values. They may name people: when a person is forgotten they go, and the chain still holds. */
  readonly from: unknown;
  readonly to: unknown;
}

export interface AuditEntry extends NewAuditEntry {
  readonly entry: number;
  readonly hash: string;
  /** The entry that took the values away because they named a forgotten person. */
  readonly erasedBy?: number;
}

export interface AuditQuery {
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly who?: string;
  /** The word itself, or the beginning of words: `campaign` finds `campaign.start`. */
  readonly what?: string;
  readonly subject?: string;
  /** Only entries below this number: for the next page. */
  readonly before?: number;
  readonly limit: number;
}

export interface AuditHead {
  readonly entry: number;
  readonly hash: string;
}

export interface AuditCheck {
  readonly entries: number;
  /** Entries whose values were taken away with a person. */
  readonly erased: number;
  /** The last entry; absent in an empty log. Kept elsewhere, it proves later that nothing was cut off. */
  readonly head?: AuditHead;
  /** The first place that does not fit. */
  readonly broken?: { readonly entry: number; readonly why: string };
}
