// Reads back what was written down of an engine, line by line. Works beside a daemon that writes.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { OperationalError } from '../../base/errors.ts';
import { engineLogs } from './file.ts';

/** The log of the latest start; refused with `engine-log-missing` when there is none. */
export async function latestEngineLog(folder: string): Promise<string> {
  const latest = (await engineLogs(folder)).at(-1);
  if (latest !== undefined) return latest;
  throw missing(folder, `There is no engine log in ${folder}.`);
}

/** Refused with `engine-log-missing` when there is no such file. */
export async function* readEngineLog(file: string): AsyncGenerator<string> {
  const input = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input, crlfDelay: Infinity });
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')
      throw missing(file, `${file} is not there.`);
    throw fault;
  } finally {
    input.destroy();
  }
}

function missing(file: string, message: string): OperationalError {
  const hint = 'It is written while the daemon runs with engine_log.write: yes in outdial.yaml.';
  return new OperationalError('engine-log-missing', message, { hint, places: [{ file }] });
}
