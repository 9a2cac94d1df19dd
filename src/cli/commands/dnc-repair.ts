// Entries of do-not-call lists that match no number which is ever dialed: earlier versions took what stood behind a plus
// as it was (+4407911…). Shows them; on request the numbers that they are read as are put on the same lists beside them.

import type { DoNotCallPlace } from '../../engine/store/do-not-call.ts';
import type { Store } from '../../engine/store/store.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { harmless } from '../render/table.ts';
import { counted } from '../render/words.ts';

const PAGE = 5000;
const SHOWN = 20;

interface Unmatched {
  readonly list: string;
  readonly entry: string;
  /** What it is read as, which is not on the list. */
  readonly number: string;
}

interface Repair {
  readonly entries: number;
  readonly unmatched: readonly Unmatched[];
  /** Entries that are no number at all: nothing is dialed that they could match. */
  readonly unreadable: number;
  readonly added: number;
}

/** Puts numbers on a list; how many were not on it. */
export type AddNumbers = (list: string, numbers: readonly string[]) => Promise<number>;

/** Shows what matches nothing; with `add` the right numbers are put on the lists. Exit 1 while some are missing. */
export async function repairNumbers(context: CommandContext, add: AddNumbers | undefined): Promise<Outcome> {
  const found = await withStoreToRead(context, (store) => findUnmatched(store));
  let added = 0;
  for (const list of add ? new Set(found.unmatched.map((one) => one.list)) : []) {
    const numbers = found.unmatched.flatMap((one) => (one.list === list ? one.number : []));
    added += (await add?.(list, numbers)) ?? 0;
  }
  const repair: Repair = { ...found, added };
  const isWhole = found.unmatched.length === 0 || add !== undefined;
  return { data: repair, text: inWords(repair, add !== undefined), exitCode: isWhole ? 0 : 1 };
}

async function findUnmatched(store: Store): Promise<Omit<Repair, 'added'>> {
  const { phoneReader } = await import('../../numbers/phone.ts');
  // Every entry has a plus, so that the country does not matter.
  const read = phoneReader('US');
  const unmatched: Unmatched[] = [];
  let [entries, unreadable] = [0, 0];
  for (let after: DoNotCallPlace | null = null; ;) {
    const places: readonly DoNotCallPlace[] = await store.doNotCall.page(after, PAGE);
    for (const { number: entry, list } of places) {
      const reading = read(entry);
      if (reading.kind !== 'number') unreadable += 1;
      else if (reading.number !== entry && !(await isOn(store, list, reading.number)))
        unmatched.push({ list, entry, number: reading.number });
    }
    entries += places.length;
    after = places.at(-1) ?? null;
    if (places.length < PAGE) return { entries, unmatched, unreadable };
  }
}

async function isOn(store: Store, list: string, number: string): Promise<boolean> {
  return (await store.doNotCall.check(number)).some((entry) => entry.list === list);
}

function inWords({ entries, unmatched, unreadable, added }: Repair, isDone: boolean): string {
  const shown = unmatched.slice(0, SHOWN).map((one) => `  ${harmless(one.list)}: ${one.entry} is ${one.number}`);
  const more = unmatched.length - shown.length;
  return [
    `${counted(entries, 'entry', 'entries')}: ${unmatched.length} match no number that is dialed, ${unreadable} are no number of today's plans.`,
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(isDone && unmatched.length > 0 ? [`${counted(added, 'number')} put on the lists beside them.`] : []),
    ...(!isDone && unmatched.length > 0 ? ['outdial dnc repair --yes puts the right numbers on the same lists.'] : []),
  ].join('\n');
}
