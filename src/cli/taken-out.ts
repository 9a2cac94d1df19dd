// Tells the audit log that a command takes data of people out, before it does: what cannot be told does not leave.

import { OperationalError } from '../base/errors.ts';
import { noted } from '../http/wire-audit.ts';
import { withStoreToRead, withStoreToWrite, type CommandContext } from './context.ts';
import { callerName } from './daemon-client.ts';

export interface TakenOut {
  readonly what: 'export.records' | 'export.attempts' | 'report.attempts' | 'backup.make';
  /** Of which campaign; empty: of all. */
  readonly subject?: string;
  /** What was asked for, and where it goes. */
  readonly to: Readonly<Record<string, unknown>>;
}

/** Writes the entry, through the daemon when one is running; refused as the store or the daemon refuses it. */
export async function noteTakenOut(context: CommandContext, { what, subject = '', to }: TakenOut): Promise<void> {
  const entry = { what, subject, to };
  try {
    await (await context.daemon()).post(noted, '/audit/taken-out', entry);
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'daemon-not-running') throw error;
    // Where nothing is to be taken, nothing is made for it either.
    await withStoreToRead(context, () => Promise.resolve());
    await withStoreToWrite(context, (store) =>
      store.audit.append({ at: context.clock.now(), who: callerName(), from: null, ...entry }),
    );
  }
}
