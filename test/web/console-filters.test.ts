// Conditions as rows of a form: what they say in CEL, and which CEL is rows again.

import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../src/conditions/conditions.ts';
import { celOf, celOfClause, NAME, rowsOf, type Clause, type Field } from '../../src/web/console/filters/clauses.ts';

const FIELDS: readonly Field[] = [
  { field: 'balance', lists: [], type: 'number', choices: [] },
  { field: 'paid', lists: [], type: 'check-box', choices: [] },
  { field: 'since', lists: [], type: 'date', choices: [] },
  { field: 'zip', lists: [], type: 'text', choices: [] },
];
const clause = (field: string, by: Clause['by'], value = ''): Clause => ({ field, by, value });

const CASES: readonly (readonly [Clause, string])[] = [
  [clause('region', '==', 'north'), 'fields.region == "north"'],
  [clause('balance', '>', '100.5'), 'fields.balance > 100.5'],
  [clause('zip', '==', '01234'), 'fields.zip == "01234"'],
  [clause('other', '>', '5'), 'fields.other > 5'],
  [clause('paid', '==', 'true'), 'fields.paid == true'],
  [clause('since', '<', '2026-06-01'), 'fields.since < date("2026-06-01")'],
  [clause('first name', '!=', 'Eve "E" \\'), 'fields["first name"] != "Eve \\"E\\" \\\\"'],
  [clause(NAME, 'startsWith', 'Ad'), 'contact.name.startsWith("Ad")'],
  [clause('note', 'contains', 'a && b'), 'fields.note.contains("a && b")'],
  [clause('note', 'empty'), 'empty(fields.note)'],
  [clause('note', 'given'), '!empty(fields.note)'],
];

describe('[L-03] rows and CEL', () => {
  test.each(CASES)('%o is %s, which can be read, and is that row again', (row, cel) => {
    expect(celOfClause(row, FIELDS)).toBe(cel);
    expect(compileFilter(cel)).toMatchObject({ ok: true });
    expect(rowsOf(cel)).toEqual({ joined: 'all', clauses: [row] });
  });

  test('several: all of them or any of them; signs in texts join nothing', () => {
    const clauses = CASES.map(([row]) => row);
    for (const joined of ['all', 'any'] as const) {
      const cel = celOf({ joined, clauses }, FIELDS);
      expect(rowsOf(cel)).toEqual({ joined, clauses });
      expect(compileFilter(cel)).toMatchObject({ ok: true });
    }
  });

  test.each([
    ['fields.a == "1" && fields.b == "2" || fields.c == "3"'],
    ['(fields.a == "1" || fields.b == "2") && fields.c == "3"'],
    ['size(fields.a) > 3'],
    ['fields.a in ["1", "2"]'],
    ['!(fields.a == "1")'],
    ['fields.a * 2.0 > 30'],
    ['answers.interested == "yes"'],
    ['true'],
    [''],
  ])('%s says more than rows can', (cel) => {
    expect(rowsOf(cel)).toBeUndefined();
  });
});
