// outdial audit log: who did what to what, and the check of its chain for outdial audit. Works with and without the daemon.

import { defined } from '../../base/defined.ts';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { AuditCheck, AuditEntry, AuditHead } from '../../engine/store/audit.ts';
import { auditEntry } from '../../http/wire/audit.ts';
import { fromDaemonOrStore, withStoreToRead, type Carry, type CommandContext } from '../context.ts';
import { asCount, asInstant } from '../arguments.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import { cut, harmless, pairs, table } from '../render/table.ts';
import type { Terminal } from '../terminal.ts';
import { counted, showValue } from '../render/words.ts';

interface LogOptions {
  readonly from?: number;
  readonly to?: number;
  readonly who?: string;
  readonly what?: string;
  readonly subject?: string;
  readonly limit: number;
  readonly check?: boolean;
  readonly full?: boolean;
  readonly head?: AuditHead;
}

/** Places of the columns before the change, which has the rest of the line. */
const MOST_WHO = 12;
const MOST_WHAT = 20;
const NOTHING = 'Nothing was changed.';

/** Adds `log` to `outdial audit`. */
export function addAuditLog(parent: Command, carryOf: (command: Command) => Carry): void {
  const command = parent
    .command('log')
    .description('who did what to what, from which value to which; newest first')
    .option('--from <time>', '2026-11-01, 2026-11-01T10:30, today, or 2h for two hours ago', asInstant)
    .option('--to <time>', 'not included; the same forms', asInstant)
    .option('--who <name>', 'by this one only')
    .option('--what <word>', 'such as campaign.start, or campaign for all of them')
    .option('--subject <name>', 'done to this one only')
    .option('--limit <count>', 'at most this many', asCount, 100)
    .option('--full', 'everything that each entry holds, not a line each')
    .option('--check', 'only whether the chain is whole; exit 1 and the place when it is not')
    .action((_options: unknown, self: Command) => {
      const options = self.optsWithGlobals<LogOptions>();
      return carryOf(command)((context) =>
        options.check === true ? checkLog(context, options.head) : showLog(context, options),
      );
    });
}

async function checkLog(context: CommandContext, head: AuditHead | undefined): Promise<Outcome> {
  const check = await checkAuditLog(context, head);
  return { data: check, text: auditLogLines(check).join('\n'), exitCode: check.broken ? 1 : 0 };
}

async function showLog(context: CommandContext, options: LogOptions): Promise<Outcome> {
  const { from, to, who, what, subject, limit } = options;
  const rows = await fromDaemonOrStore<readonly AuditEntry[]>(
    context,
    (daemon) => daemon.get(auditEntry.array(), '/audit/log', { from, to, who, what, subject, limit }),
    (store) =>
      store.audit.list({
        limit,
        ...defined({ fromAt: from, toAt: to, who, what, subject }),
      }),
  );
  return { data: rows, text: options.full === true ? fullEntries(rows) : entryLines(rows, context.terminal) };
}

/** A line an entry, no wider than the screen. */
function entryLines(rows: readonly AuditEntry[], terminal: Terminal): string {
  const { isScreen } = terminal;
  const most = (width: number): number => (isScreen ? width : Infinity);
  const text = table(
    rows,
    [
      { title: 'WHEN', value: (row) => showInstant(row.at).slice(0, most(16)) },
      { title: 'WHO', value: (row) => cut(harmless(row.who), most(MOST_WHO)) },
      { title: 'WHAT', value: (row) => cut(harmless(row.what), most(MOST_WHAT)) },
      { title: 'TO WHAT', value: (row) => cut(harmless(row.subject), most(terminal.width() >= 100 ? 24 : 14)) },
      { title: 'CHANGE', value: changeOf },
    ],
    NOTHING,
  );
  if (!isScreen) return text;
  return text
    .split('\n')
    .map((line) => cut(line, terminal.width()))
    .join('\n');
}

/** Every entry with all that it holds, a value a line. */
function fullEntries(rows: readonly AuditEntry[]): string {
  const entries = rows.map((row) =>
    pairs([
      ['entry', row.entry],
      ['when', showInstant(row.at)],
      ['who', harmless(row.who)],
      ['what', harmless(row.what)],
      ['to what', harmless(row.subject)],
      ...(row.erasedBy === undefined
        ? ([
            ['from', showValue(row.from)],
            ['to', showValue(row.to)],
          ] as const)
        : ([['change', changeOf(row)]] as const)),
    ]),
  );
  return entries.join('\n\n') || NOTHING;
}

/** From which value to which; what went with a forgotten person is gone. */
function changeOf({ from, to, erasedBy }: AuditEntry): string {
  if (erasedBy !== undefined) return `erased by ${erasedBy}`;
  if (from === null || from === undefined) return to === null || to === undefined ? '' : showValue(to);
  return `${showValue(from)} → ${showValue(to)}`;
}

/** `entry:hash`, as outdial audit printed it. */
export function asAuditHead(text: string): AuditHead {
  const [, entry, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (entry !== undefined && hash !== undefined) return { entry: Number(entry), hash };
  throw new InvalidArgumentError('Give it as outdial audit printed it: ENTRY:HASH.');
}

/** Whether the chain of the audit log is whole. */
export function checkAuditLog(context: CommandContext, head: AuditHead | undefined): Promise<AuditCheck> {
  return withStoreToRead(context, (store) => store.audit.check(head));
}

/** The check in words, a line each. */
export function auditLogLines({ entries, erased, head, broken }: AuditCheck): readonly string[] {
  const gone = erased > 0 ? ` (${erased} without values, which went with forgotten people)` : '';
  if (broken) return [`audit log: broken at entry ${broken.entry}: ${harmless(broken.why)}`];
  if (!head) return ['audit log: no entries'];
  return [
    `audit log: ${counted(entries, 'entry', 'entries')}, the chain is whole${gone}`,
    `  head ${head.entry}:${head.hash}`,
  ];
}
