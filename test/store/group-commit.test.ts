// Requests that share a transaction: one commit for all, each with an outcome of its own, and none waits for long work.

import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { connect } from '../../src/store/sqlite/database.ts';
import type { Connection } from '../../src/store/sqlite/database.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Request, Response } from '../../src/store/worker-link.ts';
import { Writer } from '../../src/store/sqlite/writer.ts';
import { Desk, codeOf } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';

interface Bench {
  readonly db: Connection;
  readonly writer: Writer;
  readonly answers: Response[];
  readonly commits: () => number;
}

/** A writer on a table of its own; `carryOut` gets each request's first argument. */
function bench(carryOut: (db: Connection, arg: unknown) => unknown): Bench {
  const file = path.join(testFolder(), 'writer.db');
  const db = connect({ file, readOnly: false });
  db.exec('CREATE TABLE done (what TEXT UNIQUE)');
  const exec = vi.spyOn(db, 'exec');
  const answers: Response[] = [];
  const writer = new Writer({
    db,
    file,
    syncLog: () => undefined,
    log: { isBehind: () => false, restartLongLog: () => undefined },
    carryOut: (request) => carryOut(db, request.args[0]),
    answer: (response) => answers.push(response),
  });
  return { db, writer, answers, commits: () => exec.mock.calls.filter(([sql]) => sql === 'COMMIT').length };
}

const insert = (db: Connection, what: unknown): unknown => {
  db.prepare('INSERT INTO done VALUES (?)').run(what);
  if (what === 'bad') throw new Error('bad after its insert');
  return what;
};

const write = (id: number, arg: unknown): Request => ({ id, noun: 'attempts', method: 'close', args: [arg] });

const tableOf = (db: Connection): unknown[] => db.prepare('SELECT what FROM done ORDER BY what').pluck().all();

test('fifty requests wait: they are committed once, and answered only then', async () => {
  const { db, writer, answers, commits } = bench(insert);
  for (let id = 1; id <= 50; id += 1) writer.accept(write(id, `w${id}`));
  expect(answers).toEqual([]);
  await vi.waitFor(() => expect(answers).toHaveLength(50));
  expect(commits()).toBe(1);
  expect(tableOf(db)).toHaveLength(50);
});

test('one of the requests fails: it alone is undone and reported', async () => {
  const { db, writer, answers } = bench(insert);
  for (const [id, what] of ['a', 'bad', 'b', 'a'].entries()) writer.accept(write(id, what));
  await vi.waitFor(() => expect(answers).toHaveLength(4));
  expect(tableOf(db)).toEqual(['a', 'b']);
  expect(answers).toMatchObject([
    { id: 0, value: 'a' },
    { id: 1, failure: { message: 'bad after its insert' } },
    { id: 2, value: 'b' },
    { id: 3, failure: { code: 'store-failed' } },
  ]);
});

test('the transaction itself is lost: those that can succeed alone do', async () => {
  const { db, writer, answers } = bench((connection, what) => {
    if (what === 'killer') connection.exec('ROLLBACK');
    if (what === 'killer') throw new Error('the transaction is gone');
    return insert(connection, what);
  });
  for (const [id, what] of ['a', 'killer', 'b'].entries()) writer.accept(write(id, what));
  await vi.waitFor(() => expect(answers).toHaveLength(3));
  expect(tableOf(db)).toEqual(['a', 'b']);
  expect(answers.filter((answer) => 'failure' in answer)).toMatchObject([{ id: 1 }]);
});

test('long work goes in slices: a request that comes meanwhile is answered before its end', async () => {
  const { writer, answers } = bench(insert);
  const ends: string[] = [];
  function* work(): Generator<undefined, void, undefined> {
    for (let slice = 0; slice < 400; slice += 1) {
      const start = performance.now();
      while (performance.now() - start < 1) void 0;
      yield;
    }
  }
  writer.work(work, () => ends.push('work'));
  await vi.waitFor(() => expect(ends.length + answers.length).toBe(0), { timeout: 50 });
  writer.accept(write(1, 'urgent'));
  await vi.waitFor(() => expect(answers).toHaveLength(1), { interval: 1 });
  expect(ends).toEqual([]);
  await vi.waitFor(() => expect(ends).toEqual(['work']), { timeout: 10_000 });
});

/** How much of the time the writer gives to long work, over half a second of it. */
async function shareOfWork(writer: Writer): Promise<number> {
  const startedAt = performance.now();
  let workedMs = 0;
  function* work(): Generator<undefined, void, undefined> {
    while (performance.now() - startedAt < 500) {
      const start = performance.now();
      while (performance.now() - start < 0.5) void 0;
      workedMs += performance.now() - start;
      yield;
    }
  }
  await new Promise<void>((resolve) => {
    writer.work(work, () => resolve());
  });
  return workedMs / (performance.now() - startedAt);
}

test('calls make changes while long work goes on: it rests between its slices; alone it does not', async () => {
  const [beside, alone] = [bench(insert), bench(insert)];
  beside.writer.accept(write(1, 'a call'));
  await vi.waitFor(() => expect(beside.answers).toHaveLength(1));
  const share = await shareOfWork(beside.writer);
  expect(share).toBeLessThan(0.5);
  expect(await shareOfWork(alone.writer)).toBeGreaterThan(share);
});

test('an import, a search and a report run: opening attempts does not wait for their end', async () => {
  const store = await openSqliteStore({ file: path.join(testFolder(), 'outdial.db') });
  const desk = new Desk(store);
  const campaign = await desk.people(50);
  const done: string[] = [];
  const contacts = Array.from({ length: 10_000 }, () => desk.contact());
  const long = [
    desk.list(contacts).then(() => done.push('import')),
    store.doNotCall.add(
      contacts.map(({ phones }) => phones[0]?.number ?? ''),
      { list: 'global', by: 'e', at: 1, reason: '' },
    ),
  ];
  for (let calls = 0; calls < 10; calls += 1) expect(await codeOf(desk.dial(campaign))).toBe('done');
  expect(done).toEqual([]);
  await Promise.all(long);
  await store.close();
});
