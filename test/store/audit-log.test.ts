// The audit log against those who would change it: the database refuses, and where it is changed behind its back the
// check names the entry.

import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { AuditCheck, AuditHead } from '../../src/engine/store/audit.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { testFolder } from './folder.ts';

/** A database with five entries; its file. */
async function fiveEntries(): Promise<string> {
  const file = path.join(testFolder(), 'outdial.db');
  const store = await openSqliteStore({ file });
  for (const subject of ['a', 'b', 'c', 'd', 'e']) {
    await store.audit.append({ at: 1, who: 'cli.ann', what: 'list.delete', subject, from: { contacts: 3 }, to: null });
  }
  await store.close();
  return file;
}

function change(file: string, sql: string): void {
  const db = new Database(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** Takes the triggers away first, as somebody with the file in hand can. */
function changeBehindItsBack(file: string, sql: string): void {
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  const triggers = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  db.close();
}

async function checkOf(file: string, head?: AuditHead): Promise<AuditCheck> {
  const store = await openSqliteStore({ file, readOnly: true });
  try {
    return await store.audit.check(head);
  } finally {
    await store.close();
  }
}

describe('[X-11] the audit log is append-only', () => {
  test.each([
    ['an entry is changed', "UPDATE audit_log SET who = 'eve'"],
    ['an entry is deleted', 'DELETE FROM audit_log WHERE entry = 5'],
    [
      'an entry is put in the place of another',
      "INSERT OR REPLACE INTO audit_log VALUES (3, 1, 'eve', 'x', '', '', '', '')",
    ],
    ['values are changed', "UPDATE audit_values SET body = '{}'"],
    ['values are deleted', 'DELETE FROM audit_values WHERE entry = 2'],
  ])('%s: refused', async (_what, sql) => {
    const file = await fiveEntries();
    expect(() => change(file, sql)).toThrow(/audit log/);
    expect(await checkOf(file)).toMatchObject({ entries: 5, erased: 0 });
  });

  test.each([
    ['another name in entry 3', "UPDATE audit_log SET who = 'eve' WHERE entry = 3", 3],
    ['other values in entry 2', `UPDATE audit_values SET body = '{"from":null,"to":null}' WHERE entry = 2`, 2],
    ['the values of entry 4 gone', 'DELETE FROM audit_values WHERE entry = 4', 4],
    ['entry 1 gone', 'DELETE FROM audit_values WHERE entry = 1; DELETE FROM audit_log WHERE entry = 1', 2],
    ['entry 3 gone', 'DELETE FROM audit_values WHERE entry = 3; DELETE FROM audit_log WHERE entry = 3', 4],
    [
      'entry 3 gone and the later ones moved up',
      `DELETE FROM audit_values; DELETE FROM audit_log WHERE entry = 3;
       UPDATE audit_log SET entry = entry - 1 WHERE entry > 3`,
      1,
    ],
    [
      'entries 2 and 4 have changed places',
      'UPDATE audit_log SET entry = 99 WHERE entry = 2; UPDATE audit_log SET entry = 2 WHERE entry = 4; ' +
        'UPDATE audit_log SET entry = 4 WHERE entry = 99',
      2,
    ],
    [
      'the values of entries 3 and 4 have changed places',
      `UPDATE audit_values SET body = (SELECT o.body FROM audit_values o WHERE o.entry = 7 - audit_values.entry),
         salt = (SELECT o.salt FROM audit_values o WHERE o.entry = 7 - audit_values.entry) WHERE entry IN (3, 4)`,
      3,
    ],
    [
      'an erasure that no entry speaks of',
      'INSERT INTO audit_erasures VALUES (2, 5); DELETE FROM audit_values WHERE entry = 2',
      2,
    ],
  ])('behind its back %s: the check names the place', async (_what, sql, place) => {
    const file = await fiveEntries();
    changeBehindItsBack(file, sql);
    expect((await checkOf(file)).broken).toMatchObject({ entry: place });
  });

  test('the last entries are cut off: seen by whoever kept the head', async () => {
    const file = await fiveEntries();
    const { head } = await checkOf(file);
    changeBehindItsBack(file, 'DELETE FROM audit_values WHERE entry > 3; DELETE FROM audit_log WHERE entry > 3');
    expect((await checkOf(file)).broken).toBeUndefined();
    expect((await checkOf(file, head)).broken).toEqual({ entry: 4, why: 'the entries from here on were cut off' });
  });
});
