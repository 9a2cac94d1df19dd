// Where the daemon's story is written: one JSON line per event, on stderr.
// The core never logs; the shell does, with ids to filter by.

import { destination, pino } from 'pino';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  /** A log that adds `fields` to every line. */
  child(fields: Record<string, unknown>): Log;
}

/** Writes nothing; for tests and simulations. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

/** JSON lines on stderr from `level` up; written in batches so that call control never waits for the disk. */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error'): Log {
  const stream = destination({ dest: 2, sync: false, minLength: 4096, periodicFlush: 500 });
  stream.on('error', () => undefined); // no one reads the log any more: no reason to leave the calls alone
  return pino({ level, base: null, timestamp: () => `,"time":"${isoTime(Date.now())}"` }, stream);
}

/** The second of the last line, and how its time begins. */
let [second, begin] = [NaN, ''];

/** ISO 8601 in UTC; most lines share their second with the one before. */
export function isoTime(at: number): string {
  const its = Math.floor(at / 1000);
  if (its !== second) [second, begin] = [its, new Date(its * 1000).toISOString().slice(0, -4)];
  return `${begin}${String(at - its * 1000).padStart(3, '0')}Z`;
}

/** A telephone number with all but its first four and last two digits hidden. */
export function maskNumber(number: string): string {
  return number.length <= 6
    ? '*'.repeat(number.length)
    : `${number.slice(0, 4)}${'*'.repeat(number.length - 6)}${number.slice(-2)}`;
}
