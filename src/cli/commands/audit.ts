// outdial audit: do our attempts and the call records of our Asterisk, and of the carrier, agree one to one, does what
// lives on Asterisk agree with what the daemon believes, and is the chain of the audit log whole?

import { defined } from '../../base/defined.ts';
import { resolve } from 'node:path';
import {
  matchCallRecords,
  type Audit,
  type AuditAttempt,
  type AuditFigures,
  type AuditRecord,
} from '../../call/audit.ts';
import { OperationalError } from '../../base/errors.ts';
import type { AuditCheck, AuditHead } from '../../engine/store/audit.ts';
import { attemptPages } from '../../reports/attempt-pages.ts';
import { auditedThirdParties } from '../../reports/audited-third-parties.ts';
import { auditedInbound } from '../../reports/audited-inbound.ts';
import { checkContent, contentLines, type ContentCheck } from './audit-content.ts';
import { addAuditLog, asAuditHead, auditLogLines, checkAuditLog } from './audit-log.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { withPeriod } from '../period-options.ts';
import { harmless, pairs } from '../render/table.ts';
import { counted } from '../render/words.ts';

interface AuditOptions {
  readonly from?: number;
  readonly to?: number;
  readonly cdr?: string;
  readonly carrierCdr?: string;
  readonly head?: AuditHead;
}

/** A call may begin, and its record be written, this long around the stretch that is asked for. */
const MARGIN_MS = 3_600_000;
const SHOWN = 20;

export const auditCommand: AddCommands = (parent, carryOf) => {
  const command = withPeriod(parent.command('audit'))
    .description(
      'our attempts against call records, what lives on Asterisk, the chain of the audit log; exit 1 when one fails',
    )
    .option('--cdr <file>', 'call records of our Asterisk (default: asterisk.cdr_file of the settings)')
    .option('--carrier-cdr <file>', 'call records of the carrier')
    .option('--head <entry:hash>', 'head of the audit log as printed before: it must still be there', asAuditHead)
    .action((options: AuditOptions) => carryOf(command)((context) => audit(context, options)));
  addAuditLog(command, carryOf);
};

interface Window {
  readonly fromAt?: number;
  readonly toAt: number;
}

async function audit(context: CommandContext, options: AuditOptions): Promise<Outcome> {
  const settings = await context.settings();
  const { isDaemonRunning } = await import('../daemon-client.ts');
  const isRunning = await isDaemonRunning(settings);
  const window: Window = {
    ...defined({ fromAt: options.from }),
    toAt: options.to ?? context.clock.now(),
  };
  const ownFile = fileOf(context, options.cdr) ?? settings.asterisk.cdrFile;
  if (ownFile === undefined)
    throw new OperationalError('call-records-unknown', 'Nothing says where the call records of our Asterisk are.', {
      hint: 'Give --cdr FILE or set asterisk.cdr_file; docs/operations.md shows how Asterisk writes them.',
      places: [{ file: settings.file, key: 'asterisk.cdr_file' }],
    });
  const carrierFile = fileOf(context, options.carrierCdr);
  const attempts = await attemptsOf(context, window);
  const own = matchCallRecords(attempts, await recordsOf(ownFile, window), { side: 'own', ...window });
  const carrier =
    carrierFile === undefined
      ? undefined
      : matchCallRecords(attempts, await recordsOf(carrierFile, window), { side: 'carrier', ...window });
  const log = await checkAuditLog(context, options.head);
  const content = await checkContent(settings, isRunning);
  return report({ own, carrier, ownFile, carrierFile, isRunning, log, content });
}

function fileOf(context: CommandContext, given: string | undefined): string | undefined {
  return given === undefined ? undefined : resolve(context.terminal.folder, given);
}

/** Our attempts, and the calls that came in: each must have its match. */
async function attemptsOf(context: CommandContext, { fromAt, toAt }: Window): Promise<AuditAttempt[]> {
  const query = { ...(fromAt === undefined ? {} : { fromAt: fromAt - MARGIN_MS }), toAt: toAt + MARGIN_MS };
  return withStoreToRead(context, async (store) => {
    const rows: AuditAttempt[] = [];
    for await (const page of attemptPages(store, query)) rows.push(...page);
    const thirdParties = auditedThirdParties(await store.thirdParties.list(query));
    return [...rows, ...auditedInbound(await store.inbound.list(query)), ...thirdParties];
  });
}

async function recordsOf(file: string, { fromAt, toAt }: Window): Promise<AuditRecord[]> {
  const { readCallRecords } = await import('../../telephony/cdr-csv.ts');
  const records: AuditRecord[] = [];
  const around = { fromAt: (fromAt ?? MARGIN_MS) - MARGIN_MS, toAt: toAt + MARGIN_MS };
  for await (const record of readCallRecords(file, around)) records.push(record);
  return records;
}

interface Audited {
  readonly own: Audit;
  readonly carrier: Audit | undefined;
  readonly ownFile: string;
  readonly carrierFile: string | undefined;
  readonly isRunning: boolean;
  readonly log: AuditCheck;
  readonly content: ContentCheck;
}

/** What has no match, or disagrees, on either side counts; calls and pairs are those of our own Asterisk. */
function figuresOf({ own, carrier }: Audited): AuditFigures {
  const { attempts, callRecords, matched, open } = own;
  return {
    attempts,
    callRecords,
    matched,
    open,
    unmatched: own.unmatched + (carrier?.unmatched ?? 0),
    disagreements: own.disagreements + (carrier?.disagreements ?? 0),
  };
}

function report(audited: Audited): Outcome {
  const figures = figuresOf(audited);
  const { own, carrier, ownFile, carrierFile, isRunning, log, content } = audited;
  const leftOpen = isRunning ? [] : own.openAttempts;
  const data = {
    ...figures,
    ...defined({ carrierCalls: carrier?.callRecords }),
    daemonRunning: isRunning,
    log,
    content,
    own: { file: ownFile, ...own },
    ...(carrier ? { carrier: { file: carrierFile, ...carrier } } : {}),
  };
  const text = [
    pairs([
      ['attempts', figures.attempts],
      ['call records', figures.callRecords],
      ...(carrier ? [["the carrier's", carrier.callRecords] as const] : []),
      ['matched', figures.matched],
      ['unmatched', figures.unmatched],
      ['disagreements', figures.disagreements],
      ['open', `${figures.open}${isRunning ? ' (the daemon is running)' : ''}`],
    ]),
    ...findings(`our Asterisk, ${ownFile}`, own),
    ...(carrier ? findings(`the carrier, ${carrierFile ?? ''}`, carrier) : []),
    ...some('open attempt', leftOpen),
    '',
    ...contentLines(content).map(harmless),
    ...auditLogLines(log),
    conclusion(figures, leftOpen.length),
  ].join('\n');
  const isClean = figures.unmatched === 0 && leftOpen.length === 0 && !log.broken && content.faults.length === 0;
  return { data, text, exitCode: isClean ? 0 : 1 };
}

function conclusion({ unmatched, open }: AuditFigures, leftOpen: number): string {
  if (unmatched > 0) return 'Some entries have no match: see above.';
  if (leftOpen > 0) return 'Attempts are open and no daemon is running: its next start closes them.';
  return open > 0 ? 'Every attempt that is over has its call.' : 'Every attempt has its call, every call its attempt.';
}

function findings(side: string, audit: Audit): string[] {
  const excused = new Map<string, number>();
  for (const { why } of audit.excused) excused.set(why, (excused.get(why) ?? 0) + 1);
  return [
    `\nagainst ${side}: ${counted(audit.callRecords, 'call')}`,
    ...[...excused].map(([why, count]) => `  ${counted(count, 'attempt')} without a call, as it should be: ${why}`),
    ...some('attempt without a call record', audit.withoutRecord),
    ...some(
      'call record without an attempt',
      audit.withoutAttempt.map(({ leg, number, startedAt }) => harmless(`${leg} ${number} ${showInstant(startedAt)}`)),
    ),
    ...some(
      'attempt with several calls',
      audit.doubles.map(({ attempt, legs }) => `${attempt}: ${legs.join(', ')}`),
    ),
    ...some(
      'disagreement',
      audit.disagreeing.map(({ attempt, ours, theirs }) => `${attempt}: ours ${ours}, theirs ${theirs}`),
    ),
  ];
}

function some(what: string, entries: readonly string[]): string[] {
  const more = entries.length - SHOWN;
  return [
    ...entries.slice(0, SHOWN).map((entry) => `  ${what}: ${entry}`),
    ...(more > 0 ? [`  ${what}: ${more} more (--json lists them all)`] : []),
  ];
}
