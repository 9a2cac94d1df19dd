// A database of so many people, each with one phone and one record, made by SQL alone: minutes for ten millions. Its
// records can be made again with another obstacle.

import { cohortOf } from '../../../src/eligibility/cohort.ts';
import { connect } from '../../../src/store/sqlite/database.ts';
import type { Connection } from '../../../src/store/sqlite/database.ts';
import { migrateSqlite } from '../../../src/store/sqlite/migrate.ts';
import { recordQueues } from '../../../src/store/sqlite/queues.ts';
import { AREAS, CAMPAIGN, nowFor } from './world.ts';
import type { Obstacle } from './world.ts';

const TOMORROW = nowFor('later') + 24 * 3_600_000;

/** Makes the people; no records yet. */
export function makePeople(file: string, count: number): void {
  migrateSqlite(file);
  withoutSync(file, (db) => {
    db.exec(`
      CREATE TABLE bench_areas (place INTEGER PRIMARY KEY, area TEXT NOT NULL, queue INTEGER NOT NULL) STRICT;
      INSERT INTO campaigns (id, name, changed_at) VALUES (1, '${CAMPAIGN.name}', 0);
      INSERT INTO lists (id, name, source) VALUES (1, 'bench', 'bench');
      INSERT INTO imports (id, name, list, source, state, started_at) VALUES (1, 'bench', 1, 'bench', 'finished', 0);`);
    const queues = recordQueues(db);
    const area = db.prepare('INSERT INTO bench_areas VALUES (?, ?, ?)');
    AREAS.forEach((code, place) => {
      const phones = [{ number: `+1${code}5550100`, type: 'mobile' as const }];
      area.run(place, code, queues.idOf(1, 1, cohortOf(CAMPAIGN, { phones, fields: {} })));
    });
    const numbers = `WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ${count})`;
    const onIndex = dropIndexes(db, ['contacts', 'phones', 'list_contacts']);
    db.exec(`
      ${numbers} INSERT INTO contacts (id, name, fields, import)
        SELECT n, 'Person ' || n, '{"region":"north","balance":"12.50"}', 1 FROM up;
      INSERT INTO phones (contact, position, number, type)
        SELECT c.id, 0, '+1' || a.area || (2000000 + c.id / 2), 'mobile'
        FROM contacts c JOIN bench_areas a ON a.place = c.id % ${AREAS.length};`);
    onIndex();
  });
}

/** Makes everybody's record, and what keeps 99 of 100 from being dialed; closed hours need nothing but their hour. */
export function makeRecords(file: string, obstacle: Obstacle): void {
  if (obstacle === 'hours') return;
  withoutSync(file, (db) => {
    db.exec('DELETE FROM attempts; DELETE FROM do_not_call_numbers; DELETE FROM do_not_call_parts;');
    const onIndex = dropIndexes(db, ['records']);
    const isHeld = `c.id % 100 <> 99`;
    const state = { nothing: `'fresh'`, later: `'waiting'`, 'do-not-call': `'finished'` }[obstacle];
    db.exec(`
      DELETE FROM records;
      INSERT INTO records (campaign, contact, queue, state, due_at)
        SELECT 1, c.id, a.queue, CASE WHEN ${isHeld} THEN ${state} ELSE 'fresh' END,
          ${obstacle === 'later' ? `CASE WHEN ${isHeld} THEN ${TOMORROW} + c.id END` : 'NULL'}
        FROM contacts c JOIN bench_areas a ON a.place = c.id % ${AREAS.length} ORDER BY c.id;`);
    if (obstacle === 'do-not-call') {
      db.exec(`
        INSERT INTO do_not_call_parts (id, list, state, import, imported_at, numbers) VALUES (1, 1, 'live', 'bench', 1, 1);
        INSERT INTO do_not_call_numbers (part, number)
          SELECT 1, CAST(substr(number, 2) AS INTEGER) FROM phones WHERE contact % 100 <> 99 ORDER BY number;`);
    }
    onIndex();
  });
}

/** Takes the indexes of tables away; what it returns makes them again, which is quicker than keeping them up. */
function dropIndexes(db: Connection, tables: readonly string[]): () => void {
  const indexes = db
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL
       AND tbl_name IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(tables));
  for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
  return () => {
    for (const { sql } of indexes) db.exec(sql);
  };
}

function withoutSync(file: string, work: (db: Connection) => void): void {
  const db = connect({ file, readOnly: false });
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -400000');
  work(db);
  db.pragma('journal_mode = WAL');
  db.close();
}
