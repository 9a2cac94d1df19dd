// The whole daemon on a real Asterisk with PostgreSQL behind it: calls from sign-in to disposition, the database away in
// the middle of conversations, and the books of both sides in the end.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busy, machineLong, personAnswers } from '../../asterisk/box/numbers.ts';
import { openCallCentre, type CallCentre } from '../../demo/call-centre.ts';
import { attemptsOf, figuresOf } from '../../demo/figures.ts';
import { PostgresServer } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const TALKS_S = 15;
const PERSONS = [0, 1].map((index) => personAnswers({ afterS: 1, talksS: TALKS_S }, index));
const AFTERWARDS = [busy(0), machineLong(0)];
const LIMIT_MS = 240_000;
/** The database is away for so long; conversations last longer. */
const AWAY_MS = 5_000;

let server: PostgresServer;
let centre: CallCentre;
const stop = new AbortController();

beforeAll(async () => {
  server = await PostgresServer.start({ durable: true });
  centre = await openCallCentre({
    agents: 2,
    records: 0,
    seed: 1,
    wrapUpMs: 1_000,
    store: await server.database(),
    numbers: [...PERSONS, ...AFTERWARDS],
    campaign: { mode: 'progressive' },
  });
  await centre.startDaemon();
  await centre.prepareCampaign();
  await centre.staff();
  void centre.work(stop.signal);
});

afterAll(async () => {
  stop.abort();
  await centre.close();
  await server.remove();
});

async function isTrue(what: string, holds: () => Promise<boolean>): Promise<void> {
  await until(what, async () => ((await holds()) ? true : undefined), LIMIT_MS);
}

describe('two agents on SIP phones, the attempts in PostgreSQL', () => {
  test(
    '[O-07] [O-09] the database goes away while people talk: they talk on, and the rest is dialed when it is back',
    { timeout: 180_000 },
    async () => {
      await centre.act('start');
      await isTrue('both persons are connected', async () => {
        const rows = await attemptsOf(centre);
        return rows.filter(({ bridgedAt }) => bridgedAt !== null).length === PERSONS.length;
      });
      await server.stop('immediate');
      await new Promise((resolve) => setTimeout(resolve, AWAY_MS));
      await server.run();
      await isTrue('everybody was called and both agents have said what it was', async () => {
        const rows = await attemptsOf(centre);
        const ended = rows.filter(({ result }) => result !== null);
        return (
          ended.length === PERSONS.length + AFTERWARDS.length &&
          ended.filter((row) => row.disposition !== null).length === PERSONS.length
        );
      });
      const rows = await attemptsOf(centre);
      const talked = rows.filter(({ number }) => PERSONS.includes(number));
      expect(talked.map(({ result }) => result)).toEqual(['connected', 'connected']);
      for (const { bridgedAt, endedAt } of talked) {
        expect((endedAt ?? 0) - (bridgedAt ?? 0)).toBeGreaterThan((TALKS_S - 3) * 1000);
      }
      expect(
        rows
          .filter(({ number }) => AFTERWARDS.includes(number))
          .map(({ result }) => result)
          .sort(),
      ).toEqual(['busy', 'machine']);
    },
  );

  test(
    '[O-08] asked to stop: it ends in order, and our attempts agree with both Asterisks’ call records',
    { timeout: 120_000 },
    async () => {
      await centre.act('stop');
      await centre.endDaemon('SIGTERM');
      await isTrue('the books agree', async () => (await figuresOf(centre, 0)).unmatched === 0);
      expect(await figuresOf(centre, 0)).toMatchObject({ attempts: 4, unmatched: 0, open: 0 });
    },
  );
});
