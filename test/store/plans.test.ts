// How the database finds what is written with every call: by an index, however long the day has been.

import path from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/store/sqlite/database.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { sessions } from '../../src/store/nouns/sessions.ts';
import type { Work } from '../../src/store/work.ts';
import { testFolder } from './folder.ts';

/** Texts of the statements that some work asks, for SQLite. */
function statementsOf(work: Work<void>): readonly string[] {
  const texts: string[] = [];
  for (let step = work.next(); step.done !== true; step = work.next()) {
    if ('statement' in step.value) texts.push(step.value.statement.sqlite.text);
  }
  return texts;
}

/** How SQLite goes through a table for each of the statements. */
function looksAt(table: string, statements: readonly string[]): readonly string[] {
  const file = path.join(testFolder(), 'outdial.db');
  migrateSqlite(file);
  const db = connect({ file, readOnly: false });
  const plan = (text: string) => db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`);
  const anything = { session: 's', state: 'ready', reason: null, attempt: null, leg: null, at: 1 };
  const lines = statements.flatMap((text) =>
    plan(text)
      .all(anything)
      .map(({ detail }) => detail),
  );
  db.close();
  return lines.filter((line) => line.includes(` ${table} `));
}

test('[O-06] an agent of thousands of stretches changes state or signs out: the open one is found without the others', () => {
  const change = { session: 's', state: 'ready', reason: null, attempt: null, leg: null, at: 1 } as const;
  const statements = [...statementsOf(sessions.state.work(change)), ...statementsOf(sessions.close.work('s', 1, 'x'))];
  const looks = looksAt('session_states', statements);
  expect(looks).toHaveLength(3);
  for (const look of looks) expect(look).toMatch(/INDEX session_states_open \(session=\?\)/);
});
