// Statements written once for both databases: how each is put to SQLite and to PostgreSQL.

import { describe, expect, test } from 'vitest';
import { part, sql, valueOf } from '../../src/store/statement.ts';

describe('a statement for both databases', () => {
  test('[O-07] values have their names on SQLite and numbers on PostgreSQL, the same one for the same name', () => {
    const { sqlite, postgres } = sql`UPDATE calls SET at = :at WHERE id = :id AND (at < :at OR by = ':no')`;
    expect(sqlite.text).toBe(`UPDATE calls SET at = :at WHERE id = :id AND (at < :at OR by = ':no')`);
    expect(postgres.text).toBe(`UPDATE calls SET at = $1 WHERE id = $2 AND (at < $1 OR by = ':no')`);
    expect([sqlite.names, postgres.names]).toEqual([
      ['at', 'id'],
      ['at', 'id'],
    ]);
  });

  test('[O-07] a type is for PostgreSQL alone, and its own casts are not values', () => {
    const { sqlite, postgres } =
      sql`SELECT 1 WHERE :agent::text IS NULL OR ${{ sqlite: 'x', postgres: 'x::bigint' }} = 1`;
    expect(sqlite.text).toBe('SELECT 1 WHERE :agent IS NULL OR x = 1');
    expect(postgres.text).toBe('SELECT 1 WHERE $1::text IS NULL OR x::bigint = 1');
  });

  test('[O-07] a list is read from JSON on SQLite and is an array on PostgreSQL', () => {
    const { sqlite, postgres } = sql`SELECT 1 WHERE a IN :names AND b NOT IN :others::text[]`;
    expect(sqlite.text).toBe(
      'SELECT 1 WHERE a IN (SELECT value FROM json_each(:names)) AND b NOT IN (SELECT value FROM json_each(:others))',
    );
    expect(postgres.text).toBe('SELECT 1 WHERE a = ANY ($1) AND b <> ALL ($2::text[])');
  });

  test('[O-07] columns of yes or no and of JSON are known by their marks, also out of a part', () => {
    const columns = part`r.paused = 1 AS "isPaused?", c.fields AS "fields{}", r.at AS "at"`;
    const { sqlite, postgres } = sql`SELECT ${columns} FROM x`;
    expect(postgres.text).toBe('SELECT r.paused = 1 AS "isPaused", c.fields AS "fields", r.at AS "at" FROM x');
    expect(sqlite.text).toBe(postgres.text);
    expect(sqlite).toMatchObject({ yesNo: ['isPaused'], json: ['fields'] });
  });
});

describe('a value for a statement', () => {
  test('[O-07] yes and no are 1 and 0, an absent one is NULL', () => {
    expect([true, false, undefined].map((value) => valueOf({ value }, 'value'))).toEqual([1, 0, null]);
  });

  test('[O-07] a name without a value is refused', () => {
    expect(() => valueOf({ nam: 1 }, 'name')).toThrow('no value for :name');
  });
});
