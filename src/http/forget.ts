// Forgetting a person to the end: the rows, the files of recordings, what is left in the store's own files, and the proof
// that nothing is left. The same for the API and the command.

import type { Campaign } from '../campaign/definition.ts';
import type { ForgetContact, ForgetReceipt } from '../engine/store-contacts.ts';
import type { Store } from '../engine/store.ts';
import { keptForLaw } from './kept-for-law.ts';

export interface ForgetParts {
  readonly store: Pick<Store, 'contacts' | 'attempts' | 'doNotCall' | 'recordings'>;
  /** Their rule packs say what must be kept. */
  readonly campaigns: readonly Campaign[];
  /** Deletes the file of a recording. */
  readonly removeRecording: (name: string) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ForgetWish extends Omit<ForgetContact, 'kept'> {
  /** Puts the numbers on the global do-not-call list first; what stays of them there is a keyed hash. */
  readonly doNotCall: boolean;
}

export interface ForgetProof extends Omit<ForgetReceipt, 'needles'> {
  /** How often name or numbers are still in the store's files. */
  readonly traces: number;
  /** Whether everything was written anew to get rid of traces. */
  readonly rewrote: boolean;
  /** Nothing is left; false: to be finished in a quiet moment (outdial contact scrub). */
  readonly proven: boolean;
}

const TRIES = 40;
const PAUSE_MS = 250;

/** Forgets the contact; refused as the store refuses it. */
export async function forgetContact(parts: ForgetParts, wish: ForgetWish): Promise<ForgetProof> {
  const { store } = parts;
  const { doNotCall, ...forgetting } = wish;
  const known = await store.contacts.show(wish.contact);
  if (doNotCall && known && known.phones.length > 0) {
    const numbers = known.phones.map(({ number }) => number);
    await store.doNotCall.add(numbers, { list: 'global', by: wish.by, at: wish.at, reason: wish.reason });
  }
  const kept = known === undefined ? [] : await keptForLaw(parts, known, wish.at);
  const { needles, ...receipt } = await store.contacts.forget({ ...forgetting, kept });
  for (const { recording, until } of kept) if (recording !== undefined) await store.recordings.keep(recording, until);
  for (const name of receipt.recordings) await parts.removeRecording(name);
  await scrubbed(parts, false);
  let traces = await store.contacts.traces(needles);
  const isQuiet = (await store.attempts.unfinished()).length === 0;
  const rewrote = traces > 0 && isQuiet && (await scrubbed(parts, true));
  if (rewrote) traces = await store.contacts.traces(needles);
  return { ...receipt, traces, rewrote, proven: traces === 0 };
}

/** Empties what the store keeps of earlier changes, once nobody is reading; false when somebody always was. */
export async function scrubbed(
  { store, sleep }: Pick<ForgetParts, 'store' | 'sleep'>,
  rewrite: boolean,
): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // Written anew once: what is tried again is the emptying of the log.
    if (await store.contacts.scrub({ rewrite: rewrite && attempt === 0 })) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}
