// kill -9 of the daemon and of our Asterisk under load, on the real network: what talked goes on, agents are back in
// their sessions, no one is called twice for one attempt, and the books of all three sides agree in the end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CrashRounds, type RoundFigures, type Victim } from '../support/crash-rounds.ts';

const SEED = 20;
const ROUND_LIMIT_MS = 240_000;
/** Asterisk itself plays the message to people of whom a dead daemon made nothing, within two seconds; looked at five times a second. */
const DEAD_MAN_MS = 3_000;

let rounds: CrashRounds;

beforeAll(async () => {
  rounds = await CrashRounds.open({ agents: 10, rounds: 5, seed: SEED });
});
afterAll(() => rounds.close());

async function kill(victim: Victim): Promise<RoundFigures> {
  const figures = await rounds.round(victim);
  expect(figures, `seed ${SEED}`).toMatchObject({ torn: [], openWithoutLeg: [], lostSessions: [] });
  expect(figures.talking, 'conversations at the kill').toBeGreaterThan(0);
  expect(figures.dialed, 'calls not answered at the kill').toBeGreaterThan(0);
  expect(figures.longestSilenceMs).toBeLessThan(DEAD_MAN_MS);
  return figures;
}

describe('10 agents talking, calls ringing, waiting music', () => {
  test.each([1, 2])(
    '[O-09] kill -9 of the daemon, round %i: conversations go on in their bridges, agents in their sessions, dialing resumes',
    async () => {
      const { talking, kept, ended } = await kill('daemon');

      expect(kept + ended).toBe(talking);
      expect(kept).toBeGreaterThan(0);
    },
    ROUND_LIMIT_MS,
  );

  test.each([1, 2])(
    '[O-09] kill -9 of Asterisk, round %i: daemon stays, attempts are closed, phones are called back into their sessions',
    async () => {
      const daemon = rounds.centre.daemonPid;

      await kill('asterisk');

      expect(rounds.centre.daemonPid).toBe(daemon);
    },
    ROUND_LIMIT_MS,
  );

  test(
    '[O-09] Asterisk dies while the daemon is dead: the next start takes up sessions and closes attempts',
    async () => {
      await kill('both');
    },
    ROUND_LIMIT_MS,
  );

  test(
    '[O-08] [O-09] after all of it our attempts and both Asterisks agree: none unmatched, none open, no one called twice',
    async () => {
      const { byResult, ...end } = await rounds.finish();

      expect(end).toMatchObject({ unmatched: 0, open: 0, doubled: [], cutShort: [], keptInVain: [] });
      expect(end).toMatchObject({ leftOver: [], stuck: [] });
      expect(end.attempts).toBeGreaterThan(30);
      expect(byResult.connected).toBeGreaterThan(10);
    },
    ROUND_LIMIT_MS,
  );
});
