// outdial report show REPORT: a report by period, as a table, CSV, or a page to print. Reads the store itself.

import type { Command } from 'commander';
import { Option } from 'commander';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { makeReport, REPORT_NAMES, type ReportName } from '../../reports/catalogue.ts';
import { csvOfTable, paperOf, shownCell, sumOfRows, type Proof } from '../../reports/paper.ts';
import { NAMED_PERIODS, namedPeriod, STEPS, type NamedPeriod, type Span, type Step } from '../../reports/period.ts';
import type { ReportColumn, ReportRow, ReportTable } from '../../reports/table.ts';
import type { Store } from '../../engine/store/store.ts';
import { asTimeZone } from '../arguments.ts';
import { mustKnowCampaign, withStoreToRead, type Carry, type CommandContext } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { localZone } from '../render/instants.ts';
import { harmless, table, type Column } from '../render/table.ts';
import { withPeriod } from '../period-options.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly period?: NamedPeriod;
  readonly by?: Step;
  readonly zone?: string;
  readonly campaign?: string;
  readonly csv?: boolean;
  readonly html?: boolean;
}

export function addReportShow(group: Command, carryOf: (command: Command) => Carry): void {
  const show = withPeriod(group.command('show'))
    .description(`a report by period: ${REPORT_NAMES.join(', ')}`)
    .argument('<report>')
    .addOption(new Option('--period <name>', 'instead of --from and --to (default: today)').choices(NAMED_PERIODS))
    .addOption(new Option('--by <step>', 'rows for each day, week or month').choices(STEPS))
    .option('--zone <name>', 'time zone of days and weeks (default: this machine’s)', asTimeZone)
    .option('--campaign <campaign>', 'of this campaign only')
    .option('--csv', 'as CSV, safe for spreadsheets')
    .option('--html', 'as a page to print')
    .action((report: string, options: Options) =>
      carryOf(show)(async (context) => shown(await made(context, nameOf(report), options), options)),
    );
}

function nameOf(report: string): ReportName {
  const found = REPORT_NAMES.find((one) => one === report);
  if (found !== undefined) return found;
  throw new OperationalError('report-unknown', `There is no report ${report}.${didYouMean(report, REPORT_NAMES)}`, {
    hint: `There are ${REPORT_NAMES.join(', ')}.`,
    httpCode: 404,
  });
}

interface Made {
  readonly table: ReportTable;
  readonly proof?: Proof;
}

async function made(context: CommandContext, report: ReportName, options: Options): Promise<Made> {
  const { zone = localZone(), campaign, by, html } = options;
  const now = context.clock.now();
  const period = spanOf(options, zone, now);
  const campaigns = report === 'ledger' ? await context.campaigns() : [];
  return withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    const wanted = { report, period, zone, ...defined({ campaign, by }) };
    const made = await makeReport({ store, campaigns, now }, wanted);
    return { table: made, ...(html === true && report === 'ledger' ? { proof: await proofOf(store, made) } : {}) };
  });
}

async function proofOf(store: Pick<Store, 'audit'>, made: ReportTable): Promise<Proof> {
  return { sha256: sumOfRows(made), audit: await store.audit.check() };
}

/** By name, or from one instant to another: until now, where no end is said. */
function spanOf({ period, from, to }: Options, zone: string, now: number): Span {
  if (period !== undefined && (from !== undefined || to !== undefined))
    throw new OperationalError('wrong-usage', 'A named period and --from or --to do not go together.', {
      hint: 'Use one of them.',
    });
  if (from === undefined && to === undefined) {
    const { fromAt, toAt } = namedPeriod(period ?? 'today', zone, now);
    return { fromAt, toAt };
  }
  const span = { fromAt: from ?? 0, toAt: to ?? now };
  if (span.fromAt < span.toAt) return span;
  throw new OperationalError('period-empty', 'The period ends before it begins.', { hint: 'Look at --from and --to.' });
}

function shown({ table: made, proof }: Made, { csv, html }: Options): Outcome {
  const data = { ...made, ...defined({ proof }) };
  if (html === true) return { data, text: paperOf(made, proof) };
  if (csv === true) return { data, text: csvOfTable(made).trimEnd() };
  const columns = made.columns.filter(({ key }) => !HIDDEN.has(key)).map((column) => columnOf(column, made.zone));
  const rows = made.sums ? [...made.rows, made.sums] : made.rows;
  const text = [table(rows, columns, 'No rows in this period.'), ...(made.missing ?? []).map(harmless)];
  return { data, text: text.join('\n') };
}

/** Too long for a terminal: in the JSON, the CSV and on paper. */
const HIDDEN: ReadonlySet<string> = new Set(['definition', 'citation', 'detectorError', 'windowEndsAt', 'zone']);

function columnOf(column: ReportColumn, zone: string): Column<ReportRow> {
  const isText = column.kind === 'text' || column.kind === 'instant' || column.kind === 'yes-no';
  return {
    title: column.title.toUpperCase(),
    value: (row) => harmless(shownCell(column, row, zone)),
    align: isText ? 'left' : 'right',
  };
}
