// What the tests of a store work with: campaigns, lists and numbers that no other test uses, and short ways to fill
// lists, dial and end attempts.

import type { Campaign } from '../../src/campaign/definition.ts';
import type { CloseAttempt, OpenedAttempt, OpenedAttempts } from '../../src/engine/store/attempts.ts';
import type { NewContact } from '../../src/engine/store/lists.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { OverNext, WaitingNext } from '../../src/records/record.ts';
import type { Phone } from '../../src/terms.ts';
import { aCampaign } from '../records/builders.ts';

/** A Monday noon in Berlin. */
export const NOON = Date.parse('2026-03-02T11:00:00Z');
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const FINISHED: OverNext = { state: 'finished', why: 'no rule' };

export function waitingUntil(dueAt: number, parts: Partial<Omit<WaitingNext, 'state' | 'dueAt'>> = {}): WaitingNext {
  return { state: 'waiting', dueAt, phoneIndex: 0, why: 'busy: again later', ...parts };
}

export class Desk {
  readonly store: Store;
  #counter = 0;

  constructor(store: Store) {
    this.store = store;
  }

  /** A word that no other call gave. */
  unique(word: string): string {
    this.#counter += 1;
    return `${word}-${this.#counter}`;
  }

  /** A valid number that no other call gave. */
  number(): string {
    this.#counter += 1;
    return `+1212${String(2_000_000 + this.#counter)}`;
  }

  contact(parts: Partial<NewContact> = {}): NewContact {
    return { name: 'Ada Moss', fields: {}, phones: [{ number: this.number(), type: 'mobile' }], line: 2, ...parts };
  }

  /** Imports the contacts into a list, a new one unless named. */
  async list(contacts: readonly NewContact[], list = this.unique('list')): Promise<string> {
    const importId = this.unique('import');
    await this.store.lists.importBatch({ importId, list, source: 'test.csv', duplicates: 'skip', contacts });
    await this.store.lists.finishImport(importId);
    return list;
  }

  /** Two lists of one person each, `Person 1` and `Person 2`, who share a number: imports that did not see each other. */
  async listsOfTwins(
    first: readonly Phone[] = [{ number: this.number(), type: 'home' }],
    second: readonly Phone[] = first,
  ): Promise<readonly string[]> {
    const imports = [first, second].map((phones, place) => {
      const contacts = [this.contact({ name: `Person ${place + 1}`, phones })];
      return { importId: this.unique('import'), list: this.unique('list'), contacts };
    });
    for (const one of imports) await this.store.lists.importBatch({ ...one, source: 'test.csv', duplicates: 'skip' });
    for (const { importId } of imports) await this.store.lists.finishImport(importId);
    return imports.map(({ list }) => list);
  }

  /** A campaign with a record for each contact. */
  async campaign(contacts: readonly NewContact[], parts: Partial<Campaign> = {}): Promise<Campaign> {
    const lists = [await this.list(contacts)];
    const campaign = aCampaign({ name: this.unique('campaign'), lists, ...parts });
    await this.store.records.sync(campaign, NOON);
    return campaign;
  }

  /** A campaign of so many people with one phone each. */
  people(count: number, parts: Partial<Campaign> = {}): Promise<Campaign> {
    const contacts = Array.from({ length: count }, (_, index) => this.contact({ name: `Person ${index + 1}` }));
    return this.campaign(contacts, parts);
  }

  open(campaign: Campaign, lines: number, now = NOON): Promise<OpenedAttempts> {
    const wanted = Array.from({ length: lines }, (_, turn) => this.line(turn));
    return this.store.attempts.open({ campaign, now, lines: wanted });
  }

  line(turn = 0): { readonly attempt: string; readonly trunk: string; readonly turn: number } {
    return { attempt: this.unique('attempt'), trunk: 'main', turn };
  }

  /** Dials the next record of the campaign; fails when there is none. */
  async dial(campaign: Campaign, now = NOON): Promise<OpenedAttempt> {
    const { opened } = await this.open(campaign, 1, now);
    const [attempt] = opened;
    if (!attempt) throw new Error('no record may be dialed');
    return attempt;
  }

  close(attempt: string, parts: Partial<CloseAttempt> = {}): Promise<void> {
    return this.store.attempts.close({
      attempt,
      result: 'busy',
      endedAt: NOON + MINUTE_MS,
      counts: true,
      next: FINISHED,
      ...parts,
    });
  }

  async stateOf(record: number): Promise<string> {
    return (await this.store.records.show(record))?.state ?? 'no such record';
  }
}

/** Names of the contacts whose records were taken, in that order. */
export function namesOf({ opened }: OpenedAttempts): readonly string[] {
  return opened.map(({ record }) => record.name);
}

/** What an operational refusal says it is; 'done' when there was none. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
