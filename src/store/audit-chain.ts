// How entries of the audit log hang together, the same in every store: the hash of an entry covers the hash before it,
// its own words and the seal of its values; the seal covers the values with a salt, so that they can be taken away when a
// person is forgotten without breaking the chain, and cannot be guessed from it afterwards.

import { createHash, randomBytes } from 'node:crypto';
import { defined } from '../base/defined.ts';
import { canonicalJson } from '../base/canonical-json.ts';
import type { AuditCheck, AuditHead, NewAuditEntry } from '../engine/store/audit.ts';

/** An entry as it is kept. */
export interface ChainedEntry {
  readonly entry: number;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly subject: string;
  readonly seal: string;
  readonly previous: string;
  readonly hash: string;
}

/** The values of an entry, kept apart. */
export interface SealedValues {
  readonly salt: string;
  /** Canonical JSON of `{from, to}`. */
  readonly body: string;
}

/** What the check is shown of an entry: its values, or the entry that is said to have taken them away. */
export interface CheckedEntry extends ChainedEntry {
  readonly values: SealedValues | null;
  readonly erasedBy: number | null;
}

/** The word of entries that take values away; their `to.erased` names the entries. */
const ERASING = 'contact.forget';
const NO_HASH = '0'.repeat(64);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sealOf({ salt, body }: SealedValues): string {
  return sha256(`${salt}\n${body}`);
}

function hashOf({ previous, entry, at, who, what, subject, seal }: Omit<ChainedEntry, 'hash'>): string {
  return sha256(`${previous}\n${canonicalJson({ entry, at, who, what, subject, seal })}`);
}

/**
 * A word as every database gives it back: PostgreSQL keeps no NUL and no half of a surrogate pair, and an entry that comes
 * back as another one would look like one that was changed. Words may hold parts of an address that anybody has sent.
 */
const plain = (word: string): string => word.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, '\uFFFD');

/** The entry that follows `head`, ready to be kept, and its values. */
export function nextEntry(
  head: AuditHead | undefined,
  { from, to, at, ...words }: NewAuditEntry,
): { readonly chained: ChainedEntry; readonly values: SealedValues } {
  const values = { salt: randomBytes(16).toString('hex'), body: canonicalJson({ from: from ?? null, to: to ?? null }) };
  const [who, what, subject] = [plain(words.who), plain(words.what), plain(words.subject)];
  const place = { entry: (head?.entry ?? 0) + 1, previous: head?.hash ?? NO_HASH };
  const open = { at, who, what, subject, ...place, seal: sealOf(values) };
  return { chained: { ...open, hash: hashOf(open) }, values };
}

/** The values again, as they were given. */
export function openValues({ body }: SealedValues): { readonly from: unknown; readonly to: unknown } {
  return JSON.parse(body) as { from: unknown; to: unknown };
}

/** Follows the chain from its first entry; `head` must be among the entries when it is given. */
export function checkChain(entries: Iterable<CheckedEntry>, head?: AuditHead): AuditCheck {
  const links = new Links(head);
  for (const entry of entries) {
    const why = links.take(entry);
    if (why !== undefined) return { ...links.seen(), broken: { entry: entry.entry, why } };
  }
  const missing = links.missing();
  return { ...links.seen(), ...defined({ broken: missing }) };
}

class Links {
  readonly #awaited: AuditHead | undefined;
  /** Entries without values, by the entry that is said to have taken them. */
  readonly #erased = new Map<number, number>();
  #entries = 0;
  #erasedCount = 0;
  #head: AuditHead | undefined;

  constructor(awaited: AuditHead | undefined) {
    this.#awaited = awaited;
  }

  seen(): Pick<AuditCheck, 'entries' | 'erased' | 'head'> {
    return { entries: this.#entries, erased: this.#erasedCount, ...defined({ head: this.#head }) };
  }

  /** Why the entry does not fit behind the last one; undefined when it does. */
  take(one: CheckedEntry): string | undefined {
    const place = (this.#head?.entry ?? 0) + 1;
    if (one.entry !== place) return `entry ${place} is missing`;
    if (one.previous !== (this.#head?.hash ?? NO_HASH)) return 'it does not follow the entry before it';
    if (one.hash !== hashOf(one)) return 'its words were changed';
    if (one.values && sealOf(one.values) !== one.seal) return 'its values were changed';
    if (!one.values) {
      if (one.erasedBy === null || one.erasedBy <= one.entry) return 'its values are gone and no entry took them away';
      this.#erased.set(one.entry, one.erasedBy);
      this.#erasedCount += 1;
    }
    if (this.#awaited?.entry === one.entry && this.#awaited.hash !== one.hash) return 'it is not the entry it was';
    if (one.what === ERASING && one.values) this.#confirm(one.entry, one.values);
    this.#entries += 1;
    this.#head = { entry: one.entry, hash: one.hash };
    return undefined;
  }

  #confirm(by: number, values: SealedValues): void {
    const { to } = openValues(values);
    const named = typeof to === 'object' && to !== null && 'erased' in to && Array.isArray(to.erased) ? to.erased : [];
    for (const entry of named) if (this.#erased.get(Number(entry)) === by) this.#erased.delete(Number(entry));
  }

  /** What the end of the chain shows: entries that were cut off, values that no one took away. */
  missing(): AuditCheck['broken'] {
    const [unexplained] = this.#erased.keys();
    if (unexplained !== undefined)
      return { entry: unexplained, why: 'its values are gone and the entry named for it does not say so' };
    const last = this.#head?.entry ?? 0;
    if (this.#awaited && this.#awaited.entry > last)
      return { entry: last + 1, why: 'the entries from here on were cut off' };
    return undefined;
  }
}
