// Writes into the audit log that a command takes data of people out, before it does: what cannot be written does not leave.

import { noted } from '../http/wire/audit.ts';
import { changeInDaemonOrStore, withStoreToRead, type CommandContext } from './context.ts';
import { callerActor } from './daemon-client.ts';
import { noteChange } from '../engine/audit-trail.ts';

export interface DataExport {
  readonly what: 'export.records' | 'export.attempts' | 'report.attempts' | 'report.answers' | 'backup.make';
  /** Of which campaign; empty: of all. */
  readonly subject?: string;
  /** What was asked for, and where it goes. */
  readonly to: Readonly<Record<string, unknown>>;
}

/** Writes the entry, through the daemon when one is running; refused as the store or the daemon refuses it. */
export async function noteDataExport(context: CommandContext, { what, subject = '', to }: DataExport): Promise<void> {
  const entry = { what, subject, to };
  // Where there is no data set to take from, none is made either.
  await withStoreToRead(context, () => Promise.resolve());
  await changeInDaemonOrStore<unknown>(
    context,
    (daemon) => daemon.post(noted, '/audit/data-export', entry),
    (store) => noteChange(store, callerActor(), { at: context.clock.now(), ...entry }),
  );
}
