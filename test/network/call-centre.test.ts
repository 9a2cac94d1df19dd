// The whole daemon on a real Asterisk: agents who work by phone alone, numbers that behave as asked, and what is on
// record of them in the end, in either database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  busy,
  congestion,
  declined,
  fax,
  machineLong,
  noAnswer,
  personAnswers,
  unknownNumber,
} from '../../asterisk/box/numbers.ts';
import { CAMPAIGN, openCallCentre, type CallCentre } from '../../demo/call-centre.ts';
import { attemptsOf, figuresOf } from '../../demo/figures.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { agentView, campaignDetails } from '../../src/http/wire/wire.ts';
import { PostgresServer } from '../support/postgres.ts';

const PERSONS = [0, 1, 2].map((index) => personAnswers({ afterS: 1, talksS: 5 }, index));
const NUMBERS = {
  busy: busy(0),
  rejected: declined(0),
  'invalid-number': unknownNumber(0),
  congestion: congestion(0),
  'no-answer': noAnswer(0),
  machine: machineLong(0),
  fax: fax(0),
} as const;
const LIMIT_MS = 240_000;

/** A database of its own; undefined: the SQLite file of a fresh installation. */
interface Database {
  readonly url?: string;
  readonly remove: () => Promise<void>;
}

async function postgres(): Promise<Database> {
  const server = await PostgresServer.start({ durable: true });
  return { url: await server.database(), remove: () => server.remove() };
}

const DATABASES = [
  { name: 'SQLite', make: (): Promise<Database> => Promise.resolve({ remove: () => Promise.resolve() }) },
  { name: 'PostgreSQL', make: postgres },
];

describe.each(DATABASES)('ten numbers and three agents on SIP phones, on $name', ({ make }) => {
  let database: Database;
  let centre: CallCentre;
  let rows: readonly AttemptRow[] = [];
  const stop = new AbortController();

  beforeAll(async () => {
    database = await make();
    centre = await openCallCentre({
      agents: 3,
      records: 0,
      seed: 1,
      wrapUpMs: 1_000,
      ...(database.url === undefined ? {} : { store: database.url }),
      numbers: [...PERSONS, ...Object.values(NUMBERS)],
      campaign: { mode: 'progressive', call_again: '[{when: result == "busy", after: 10m}]' },
    });
    await centre.startDaemon();
    await centre.prepareCampaign();
    await centre.staff();
    void centre.work(stop.signal);
    await centre.act('start');
    await until(
      async () => {
        rows = await attemptsOf(centre);
        const ended = new Set(rows.filter(({ result }) => result !== null).map(({ number }) => number));
        const disposed = rows.filter(({ disposition }) => disposition !== null).length;
        return ended.size === PERSONS.length + Object.keys(NUMBERS).length && disposed === PERSONS.length;
      },
      () => rows,
    );
    await centre.act('stop');
  });

  afterAll(async () => {
    stop.abort();
    await centre.close();
    await database.remove();
  });

  test.each(Object.entries(NUMBERS))('[D-01] [D-03] a number that is %s: so it stands on record', (result, number) => {
    expect(rows.find((row) => row.number === number)).toMatchObject({ result, disposition: null });
  });

  test('[D-02] persons meet an agent: both legs in one bridge, the conversation ends as connected', () => {
    const met = rows.filter(({ number }) => PERSONS.includes(number));
    expect(met.map(({ result }) => result)).toEqual(['connected', 'connected', 'connected']);
    expect(
      met.every(({ agent, bridgedAt, answeredAt }) => agent !== null && (bridgedAt ?? 0) >= (answeredAt ?? 1)),
    ).toBe(true);
  });

  test('[A-01] dispositions given by key on the phone are kept with the attempt', () => {
    const said = rows.filter(({ number }) => PERSONS.includes(number)).map(({ disposition }) => disposition);
    expect(said.every((disposition) => ['sale', 'call-later', 'no'].includes(disposition ?? ''))).toBe(true);
  });

  test('[D-03] in parallel: the machine has its verdict and cause, and its agent is ready again', async () => {
    expect(rows.find(({ number }) => number === NUMBERS.machine)).toMatchObject({ verdict: 'machine' });
    expect(rows.find(({ number }) => number === NUMBERS.machine)?.verdictCause).not.toBe('');
    const agents = await centre.client.get(agentView.array(), '/agents');
    expect(agents.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready']);
  });

  test('[D-08] congestion is the trunk’s trouble: the attempt does not count', () => {
    expect(rows.find(({ number }) => number === NUMBERS.congestion)).toMatchObject({ counts: false });
  });

  test('[X-05] the number that is not answered rang for at least 15 seconds', () => {
    const row = rows.find(({ number }) => number === NUMBERS['no-answer']);
    expect((row?.endedAt ?? 0) - (row?.ringingAt ?? 0)).toBeGreaterThanOrEqual(15_000);
  });

  test('[C-02] a step that the campaign’s life does not allow is refused', async () => {
    await expect(centre.act('pause')).rejects.toMatchObject({ code: 'campaign-step-refused' });
    expect((await centre.client.get(campaignDetails, `/campaigns/${CAMPAIGN}`)).state).toBe('stopped');
  });

  test('[O-01] [O-08] asked to stop: it ends in order, and our attempts agree with both Asterisks’ call records', async () => {
    await centre.endDaemon('SIGTERM');
    await until(
      async () => (await figuresOf(centre, 0)).unmatched === 0,
      () => rows,
    );
    expect(await figuresOf(centre, 0)).toMatchObject({ unmatched: 0, open: 0 });
  });
});

async function until(holds: () => Promise<boolean>, seen: () => unknown): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${LIMIT_MS} ms: ${JSON.stringify(seen())}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
}
