// What an Asterisk wrote down about the calls it saw (its CDR file), as objects.

import { readFile } from 'node:fs/promises';

export interface CallRecord {
  /** At the carrier: the number that was dialed. */
  readonly accountCode: string;
  readonly source: string;
  readonly destination: string;
  readonly context: string;
  readonly channel: string;
  readonly otherChannel: string;
  readonly lastApplication: string;
  readonly lastData: string;
  /** Epoch ms; Asterisk writes whole seconds. */
  readonly startedAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly talkMs: number;
  readonly disposition: string;
  readonly uniqueId: string;
  /** The attempt's id. */
  readonly userField: string;
  readonly linkedId: string;
  readonly sequence: string;
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    (match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? '',
  );
}

function instant(text: string): number | undefined {
  return text === '' ? undefined : Date.parse(`${text.replace(' ', 'T')}Z`);
}

function recordOf(line: string): CallRecord {
  const fields = fieldsOf(line);
  const field = (index: number): string => fields[index] ?? '';
  return {
    accountCode: field(0),
    source: field(1),
    destination: field(2),
    context: field(3),
    channel: field(5),
    otherChannel: field(6),
    lastApplication: field(7),
    lastData: field(8),
    startedAt: instant(field(9)) ?? 0,
    answeredAt: instant(field(10)),
    endedAt: instant(field(11)) ?? 0,
    durationMs: Number(field(12)) * 1000,
    talkMs: Number(field(13)) * 1000,
    disposition: field(14),
    uniqueId: field(16),
    userField: field(17),
    linkedId: field(19),
    sequence: field(20),
  };
}

/** All records in a CDR file, oldest first; none when no call was recorded yet. */
export async function readCallRecords(file: string): Promise<CallRecord[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(recordOf);
}
