// The tables of docs/results.md, made from the tables that decide.

import { classifyUnanswered, countsAsAttempt, retryAfter } from '../../src/call/causes.ts';
import { Q850_CAUSES, SIP_CODES } from '../../src/call/network-codes.ts';

type Said = { readonly sipCode: number } | { readonly cause: number };

const RANG = { ringingAt: 1 };

function cells(said: Said): string {
  const [before, after] = [classifyUnanswered(said), classifyUnanswered({ ...said, ...RANG })];
  const counts = countsAsAttempt(before, said) ? 'counts' : 'does not count';
  return `${before} | ${counts} | ${after}, ${countsAsAttempt(after, { ...said, ...RANG }) ? 'counts' : 'does not count'}`;
}

function table(head: string, rows: readonly string[]): string {
  const columns = head.split('|').length - 2;
  return [head, `|${'---|'.repeat(columns)}`, ...rows].join('\n');
}

const WAITS = { personMs: 'the person', trunkMs: 'the trunk' } as const;

function waits(sipCode: number): string {
  const { personMs, trunkMs } = retryAfter({ sipCode, retryAfterMs: 1 });
  return personMs === undefined ? (trunkMs === undefined ? '' : WAITS.trunkMs) : WAITS.personMs;
}

const sipTable = (): string =>
  table(
    '| SIP | text | nothing rang | counts? | after ringing | `Retry-After` is for |',
    Object.entries(SIP_CODES).map(
      ([code, { text }]) => `| ${code} | ${text} | ${cells({ sipCode: Number(code) })} | ${waits(Number(code))} |`,
    ),
  );

const causeTable = (): string =>
  table(
    '| cause | text | nothing rang | counts? | after ringing |',
    Object.entries(Q850_CAUSES).map(([code, { text }]) => `| ${code} | ${text} | ${cells({ cause: Number(code) })} |`),
  );

const TABLES: Readonly<Record<string, () => string>> = { sip: sipTable, causes: causeTable };

/** The page with its tables made again. */
export function withResultTables(page: string): string {
  return page.replace(
    /(<!-- table: ([\w-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, open: string, name: string, close: string) => {
      const made = TABLES[name];
      if (!made) throw new Error(`no such table: ${name}`);
      return `${open}\n${made()}\n\n${close}`;
    },
  );
}
