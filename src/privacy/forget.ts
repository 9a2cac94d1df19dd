// Forgetting a person to the end: the rows, the files of recordings, what is left in the store's own files, and the proof
// that nothing is left. The same for the API and the command.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { ForgetContact, ForgetReceipt } from '../engine/store/contacts.ts';
import type { Store } from '../engine/store/store.ts';
import { namesPerson, personalValues, withoutNames } from '../records/personal-values.ts';
import { filesWith } from './files-with.ts';
import { keptForLaw } from './kept-for-law.ts';

export interface ForgetParts {
  readonly store: Pick<Store, 'contacts' | 'attempts' | 'doNotCall' | 'recordings'>;
  /** Their rule packs say what must be kept. */
  readonly campaigns: readonly Campaign[];
  /** Deletes the file of a recording. */
  readonly removeRecording: (name: string) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface ForgetRequest extends Omit<ForgetContact, 'kept'> {
  /** Puts the numbers on the global do-not-call list first; what stays of them there is a keyed hash. */
  readonly doNotCall: boolean;
}

export interface ForgetProof extends Omit<ForgetReceipt, 'needles'> {
  /** How often something of the person is still in the store's files. */
  readonly traces: number;
  /** Texts of others that named the person and were emptied, by table. */
  readonly swept: Readonly<Record<string, number>>;
  /** Files of yours that name the person: to be deleted by you. */
  readonly files: readonly string[];
  /** Whether everything was rewritten to get rid of traces. */
  readonly rewrote: boolean;
  /** Nothing is left; false: to be finished off-peak (outdial contact scrub). */
  readonly proven: boolean;
}

/** Edits and merges of a contact that are read. */
const MOST_EVENTS = 1000;
const TRIES = 40;
const PAUSE_MS = 250;

/** Forgets the contact; refused as the store refuses it. */
export async function forgetContact(parts: ForgetParts, request: ForgetRequest): Promise<ForgetProof> {
  const { store } = parts;
  const { doNotCall, ...forgetting } = request;
  const known = await store.contacts.show(request.contact);
  const imported = await store.contacts.files(request.contact);
  const personal = personalValues([known, ...(await pastOf(store, request.contact))]);
  if (namesPerson(personal, request.reason)) throw reasonNames();
  if (doNotCall && known && known.phones.length > 0) {
    const numbers = known.phones.map(({ number }) => number);
    await store.doNotCall.add(numbers, { list: 'global', by: request.by, at: request.at, reason: request.reason });
  }
  const wanted = known === undefined ? [] : await keptForLaw(parts, known, request.at);
  // What was said of the consent is its proof; who said it is not.
  const kept = wanted.map((one) =>
    one.consent === undefined
      ? one
      : { ...one, consent: { ...one.consent, value: withoutNames(personal, one.consent.value) } },
  );
  const { needles, ...receipt } = await store.contacts.forget({ ...forgetting, kept });
  for (const { recording, until } of kept) if (recording !== undefined) await store.recordings.keep(recording, until);
  for (const name of receipt.recordings) await parts.removeRecording(name);
  await scrubbed(parts, false);
  let traces = await store.contacts.traces(needles);
  const swept = traces > 0 ? await store.contacts.sweep(needles) : {};
  if (Object.values(swept).some((count) => count > 0)) {
    await scrubbed(parts, false);
    traces = await store.contacts.traces(needles);
  }
  const isQuiet = (await store.attempts.unfinished()).length === 0;
  const rewrote = traces > 0 && isQuiet && (await scrubbed(parts, true));
  if (rewrote) traces = await store.contacts.traces(needles);
  const files = await filesWith(needles, imported);
  return { ...receipt, traces, swept, files, rewrote, proven: traces === 0 };
}

/** What was done to the contact: values of before. */
async function pastOf({ contacts }: ForgetParts['store'], contact: number): Promise<readonly unknown[]> {
  const events = await contacts.timeline({ contact, limit: MOST_EVENTS });
  return events.filter(({ what }) => what === 'edited' || what === 'merged').map(({ detail }) => detail);
}

function reasonNames(): OperationalError {
  return new OperationalError('forget-reason-names', 'The reason names the person who is to be forgotten.', {
    hint: 'It stays in the audit log: say it without name, number and address, such as "letter of 3 March".',
  });
}

/** Empties what the store keeps of earlier changes, once no one is reading; false when somebody always was. */
export async function scrubbed(
  { store, sleep }: Pick<ForgetParts, 'store' | 'sleep'>,
  rewrite: boolean,
): Promise<boolean> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    // Rewritten once: what is tried again is the emptying of the log.
    if (await store.contacts.scrub({ rewrite: rewrite && attempt === 0 })) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}
