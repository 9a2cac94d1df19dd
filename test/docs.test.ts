// The documents say what the code does. `UPDATE_DOCS=1 npx vitest run test/docs.test.ts` makes the tables again.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes } from './support/error-codes.ts';
import { withResultTables } from './support/result-tables.ts';
import { withRuleTables } from './support/rule-tables.ts';
import { STATE_TABLES, withTables } from './support/state-tables.ts';

const CALL_STATES_PAGE = 'docs/call-states.md';

describe('[O-01] docs/call-states.md', () => {
  const page = readFileSync(CALL_STATES_PAGE, 'utf8');

  test('holds every table', () => {
    const held = [...page.matchAll(/<!-- table: ([\w-]+) -->/g)].map((match) => match[1]);
    expect(held.toSorted()).toEqual(Object.keys(STATE_TABLES).toSorted());
  });

  test('shows the machines as they are', () => {
    const again = withTables(page);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(CALL_STATES_PAGE, again);
    else expect(page).toBe(again);
  });
});

describe('[D-01] docs/results.md', () => {
  test('shows what every answer of the network means, as the code has it', () => {
    const page = readFileSync('docs/results.md', 'utf8');
    const again = withResultTables(page);
    if (process.env.UPDATE_DOCS === '1') writeFileSync('docs/results.md', again);
    else expect(page).toBe(again);
  });
});

describe('[X-04] docs/rules.md', () => {
  test('shows every clause of the packs as they are', () => {
    const page = readFileSync('docs/rules.md', 'utf8');
    const again = withRuleTables(page);
    if (process.env.UPDATE_DOCS === '1') writeFileSync('docs/rules.md', again);
    else expect(page).toBe(again);
  });
});

describe('[A-01] docs/agents-day.md', () => {
  const page = readFileSync('docs/agents-day.md', 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| what '));
  const named = [...page.matchAll(/`((?:src\/)?[a-z\-/]+)`: ([^;|]*?)(?=;| \|)/g)].map(([, file = '', words = '']) => ({
    file,
    words,
  }));

  test('says of each thing what proves it, or why it is not there', () => {
    const withoutProof = rows.filter((row) => !/`[a-z\-/]+`: |not built: |by whoever /.test(row));
    expect(withoutProof).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(177);
  });

  test('every test that it names is there', () => {
    const isThere = ({ file, words }: { readonly file: string; readonly words: string }): boolean => {
      const base = file.startsWith('src/') ? file : `test/${file}`;
      const found = [`${base}.test.ts`, `${base}.ts`].find((one) => existsSync(one));
      return found !== undefined && readFileSync(found, 'utf8').includes(words);
    };
    expect(named.filter((one) => !isThere(one))).toEqual([]);
    expect(named.length).toBeGreaterThan(rows.length);
  });
});

describe('[O-02] docs/errors.md', () => {
  const rows = readFileSync('docs/errors.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, code, happened, todo] = /^\| `([a-z-]+)` \| (.*) \| (.*) \|$/.exec(line) ?? [];
      return code === undefined ? [] : [{ code, happened: happened ?? '', todo: todo ?? '' }];
    });

  test('explains every error code of the sources, and none that is gone', () => {
    expect(rows.map((row) => row.code).toSorted()).toEqual(errorCodes('.'));
  });

  test('says for each what happened and what to do', () => {
    expect(rows.filter((row) => row.happened.trim() === '' || row.todo.trim() === '')).toEqual([]);
  });
});
