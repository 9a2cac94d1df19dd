// Every part of the port on one database, and the opening of that: to write, with its lock, or only to look.

import type { Store } from '../../engine/store/store.ts';
import { agents } from '../nouns/agents.ts';
import { answers } from '../nouns/answers.ts';
import { apiTokens } from '../nouns/api-tokens.ts';
import { audit } from '../nouns/audit-log.ts';
import { callbacks } from '../nouns/callbacks.ts';
import { campaigns } from '../nouns/campaigns.ts';
import { contacts } from '../nouns/contacts.ts';
import { desks } from '../nouns/desks.ts';
import { detection } from '../nouns/detection.ts';
import { doNotCall } from '../nouns/do-not-call.ts';
import { resumeDoNotCallImports } from '../nouns/do-not-call-import.ts';
import { emergencies } from '../nouns/emergencies.ts';
import { filters } from '../nouns/filters.ts';
import { thirdParties } from '../nouns/third-parties.ts';
import { callParts } from '../nouns/call-parts.ts';
import { forms } from '../nouns/forms.ts';
import { notes } from '../nouns/notes.ts';
import { outbound } from '../nouns/outbound.ts';
import { outbox } from '../nouns/outbox.ts';
import { recordings } from '../nouns/recordings.ts';
import { scripts } from '../nouns/scripts.ts';
import { sessions } from '../nouns/sessions.ts';
import { users } from '../nouns/users.ts';
import { validations } from '../nouns/validations.ts';
import { webSessions } from '../nouns/web-sessions.ts';
import { addressOf } from './address.ts';
import { attemptStore } from './attempts.ts';
import type { Turns } from './choice.ts';
import type { Connection } from './database.ts';
import { inboundStore } from './inbound.ts';
import { Bulk, Readers } from './lanes.ts';
import type { BulkDb, Lanes } from './lanes.ts';
import { resumeImports } from './list-import.ts';
import { resumeRemovals } from './list-purge.ts';
import { listStore } from './lists.ts';
import { Owner } from './lock.ts';
import { migrate, requireCurrent } from './migrate.ts';
import { numbersAhead } from './numbers-ahead.ts';
import { recordStore } from './records.ts';
import { reservationStore } from './reservations.ts';
import { inSlices, onPostgres } from './run.ts';
import { countTraces, scrubTables } from './scrub.ts';
import { undoOpens } from './undo-opens.ts';
import { Writer } from './writer.ts';
import { storeReadOnly } from '../refusals.ts';

/** The parts of the port. */
export type Nouns = Omit<Store, 'backup' | 'close' | 'threads'>;

export interface OpenNouns {
  readonly nouns: Nouns;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

function nounsOn(lanes: Lanes): Nouns {
  const turns: Turns = new Map();
  return {
    attempts: attemptStore(lanes, turns),
    answers: onPostgres(lanes, answers),
    records: recordStore(lanes),
    reservations: reservationStore(lanes, turns),
    lists: listStore(lanes),
    campaigns: onPostgres(lanes, campaigns),
    callbacks: onPostgres(lanes, callbacks),
    agents: onPostgres(lanes, agents),
    sessions: onPostgres(lanes, sessions),
    validations: { ...onPostgres(lanes, validations), ahead: (request) => numbersAhead(lanes.read, request) },
    desks: onPostgres(lanes, desks),
    detection: onPostgres(lanes, detection),
    doNotCall: onPostgres(lanes, doNotCall),
    outbound: onPostgres(lanes, outbound),
    outbox: onPostgres(lanes, outbox),
    emergencies: onPostgres(lanes, emergencies),
    notes: onPostgres(lanes, notes),
    forms: onPostgres(lanes, forms),
    callParts: onPostgres(lanes, callParts),
    scripts: onPostgres(lanes, scripts),
    thirdParties: onPostgres(lanes, thirdParties),
    audit: onPostgres(lanes, audit),
    users: onPostgres(lanes, users),
    webSessions: onPostgres(lanes, webSessions),
    apiTokens: onPostgres(lanes, apiTokens),
    contacts: {
      ...onPostgres(lanes, contacts),
      scrub: (how) => lanes.bulk.do((db) => scrubTables(db, how)),
      traces: (needles) => countTraces(lanes.read, needles),
    },
    filters: onPostgres(lanes, filters),
    inbound: inboundStore(lanes),
    recordings: onPostgres(lanes, recordings),
  };
}

/** Takes the database's lock, brings its schema up to date, goes on with what a crash has stopped. */
export async function openToWrite(url: string): Promise<OpenNouns> {
  const doubtful = new Set<string>();
  const onOpen = async (connection: Connection): Promise<void> => {
    await migrate(connection, addressOf(url));
    await undoOpens(connection, [...doubtful]);
    doubtful.clear();
  };
  const owner = new Owner({ url, onOpen });
  const writer = new Writer(owner);
  const bulk = new Bulk(url, owner);
  const read = new Readers(url, owner.name);
  const close = async (): Promise<void> => {
    await bulk.close();
    await writer.close();
    await read.close();
    await owner.close();
  };
  try {
    await owner.connection();
  } catch (error) {
    await close();
    throw error;
  }
  const doubt = (attempts: readonly string[]): void => {
    for (const attempt of attempts) doubtful.add(attempt);
  };
  const endDoNotCallImports = (db: BulkDb): Promise<void> => inSlices(db, resumeDoNotCallImports());
  // What a crash has left half done was not asked for; it is tried again at the next start when it fails.
  for (const resume of [resumeRemovals, resumeImports, endDoNotCallImports]) bulk.do(resume).catch(() => undefined);
  const lanes: Lanes = { read, write: writer, bulk, doubt };
  return { nouns: nounsOn(lanes), close };
}

/** Looks only, also beside a daemon; the database must be of this version. */
export async function openToRead(url: string): Promise<OpenNouns> {
  const address = addressOf(url);
  const read = new Readers(url, 'outdial reader', { readOnly: true });
  const refuse = (): Promise<never> => Promise.reject(storeReadOnly(address));
  try {
    await requireCurrent(read, address);
  } catch (error) {
    await read.close();
    throw error;
  }
  const lanes: Lanes = {
    read,
    write: { do: refuse, run: refuse, change: refuse },
    bulk: { do: refuse },
    doubt: () => undefined,
  };
  return { nouns: nounsOn(lanes), close: () => read.close() };
}
