// The documents say what the code does. `UPDATE_DOCS=1 npx vitest run test/docs.test.ts` makes the tables anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { STATE_TABLES, withTables } from './support/state-tables.ts';

const CALL_STATES_PAGE = 'docs/call-states.md';

describe('[O-01] docs/call-states.md', () => {
  const page = readFileSync(CALL_STATES_PAGE, 'utf8');

  test('holds every table', () => {
    const held = [...page.matchAll(/<!-- table: ([\w-]+) -->/g)].map((match) => match[1]);
    expect(held.toSorted()).toEqual(Object.keys(STATE_TABLES).toSorted());
  });

  test('shows the machines as they are', () => {
    const anew = withTables(page);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(CALL_STATES_PAGE, anew);
    else expect(page).toBe(anew);
  });
});
