// How a receiver stands, in one word. Pure.

export interface ReceiverNow {
  readonly waiting: number;
  readonly givenUp: number;
  readonly oldestAt: number | null;
  readonly restsUntilAt?: number;
}

export type Standing = 'lost' | 'rests' | 'behind' | 'well';

/** What waits for less than this is on its way. */
const ON_ITS_WAY_MS = 60_000;

export function standingOf({ waiting, givenUp, oldestAt, restsUntilAt }: ReceiverNow, now: number): Standing {
  if (givenUp > 0) return 'lost';
  if (restsUntilAt !== undefined) return 'rests';
  return waiting > 0 && oldestAt !== null && now - oldestAt > ON_ITS_WAY_MS ? 'behind' : 'well';
}
