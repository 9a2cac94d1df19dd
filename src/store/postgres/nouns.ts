// Every part of the port on one database, and the opening of that: to write, with its lock, or only to look.

import type { Store } from '../../engine/store.ts';
import { OperationalError } from '../../base/errors.ts';
import { addressOf } from './address.ts';
import { agentStore } from './agents.ts';
import { campaignStore } from './campaigns.ts';
import type { Connection } from './database.ts';
import { Bulk, Readers } from './lanes.ts';
import type { Lanes } from './lanes.ts';
import { Owner } from './lock.ts';
import { migrate, requireCurrent } from './migrate.ts';
import { outboundStore } from './outbound.ts';
import { sessionStore } from './sessions.ts';
import { undoOpens } from './undo-opens.ts';
import { Writer } from './writer.ts';

/** The parts of the port. */
export type Nouns = Omit<Store, 'backup' | 'close'>;

export interface OpenNouns {
  readonly nouns: Nouns;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

function nounsOn(lanes: Lanes): Nouns {
  return {
    agents: agentStore(lanes),
    campaigns: campaignStore(lanes),
    outbound: outboundStore(lanes),
    sessions: sessionStore(lanes),
  } as unknown as Nouns;
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
  const lanes: Lanes = { read, write: writer, bulk, doubt: (attempts) => attempts.forEach((one) => doubtful.add(one)) };
  return { nouns: nounsOn(lanes), close };
}

/** Looks only, also beside a daemon; the database must be of this version. */
export async function openToRead(url: string): Promise<OpenNouns> {
  const address = addressOf(url);
  const read = new Readers(url, 'outdial reader', { readOnly: true });
  const refuse = (): Promise<never> => Promise.reject(readOnlyRefusal(address));
  try {
    await requireCurrent(read, address);
  } catch (error) {
    await read.close();
    throw error;
  }
  const lanes: Lanes = { read, write: { do: refuse, change: refuse }, bulk: { do: refuse }, doubt: () => undefined };
  return { nouns: nounsOn(lanes), close: () => read.close() };
}

function readOnlyRefusal(address: string): OperationalError {
  return new OperationalError('store-read-only', 'The database was opened to look only.', {
    hint: 'Use the running daemon to change it.',
    places: [{ file: address }],
  });
}
