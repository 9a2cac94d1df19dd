// Calls that start at the telephone network: a file in the spool of the carrier's Asterisk, which dials out when it is
// there. Each leaves one call record at the carrier, with the called number as account code.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A person who calls one of the dialer's numbers. */
export interface Calling {
  /** E.164, both. */
  readonly caller: string;
  readonly called: string;
  /** Seconds from the answer until the person hangs up, 1–98; never when left out. */
  readonly talksS?: number;
  /** Presses a key so long after the answer. */
  readonly presses?: { readonly key: string; readonly afterS: number };
}

let files = 0;

/** Makes the call at once; the file is written beside the spool and moved into it, so that it is never read in part. */
export function placeCallFile(spool: string, { caller, called, talksS, presses }: Calling): void {
  for (const number of [caller, called]) {
    if (!/^\+\d{3,15}$/.test(number)) throw new RangeError(`no number in E.164: ${number}`);
  }
  files += 1;
  const name = `${process.pid}-${files}.call`;
  const lines = [
    `Channel: PJSIP/${called}@dialer`,
    `CallerID: <${caller}>`,
    `Account: ${called}`,
    'Context: calling',
    'Extension: s',
    'Priority: 1',
    'WaitTime: 60',
    `Set: TALK=${talksS ?? 99}`,
    `Set: PRESS=${presses?.key ?? ''}`,
    `Set: PRESS_AFTER=${presses?.afterS ?? 0}`,
    '',
  ];
  mkdirSync(path.join(spool, 'outgoing'), { recursive: true });
  writeFileSync(path.join(spool, name), lines.join('\n'));
  renameSync(path.join(spool, name), path.join(spool, 'outgoing', name));
}
