// outdial report …: what happened in a period. Reads the store itself, so it costs a running daemon nothing.

import { defined } from '../../base/defined.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { csvOf } from '../../base/csv.ts';
import { formatShare } from '../../base/durations.ts';
import type { Waited } from '../../engine/control-views.ts';
import type { AttemptRow } from '../../engine/store/attempts.ts';
import { attemptPages } from '../../reports/attempt-pages.ts';
import { abandonmentReport, agentReport, campaignReport, type Period } from '../../reports/reports.ts';
import { attemptTable } from '../render/attempt-table.ts';
import { mustKnowCampaign, withStoreToRead, type CommandContext } from '../context.ts';
import { localZone, showInstant } from '../render/instants.ts';
import { asCount, asTimeZone } from '../arguments.ts';
import { addGroupReports } from './group-report.ts';
import { addAnswersReport } from './report-answers.ts';
import { addShadowReport } from './report-shadow.ts';
import { addReportShow } from './report-show.ts';
import { withPeriod } from '../period-options.ts';
import type { Outcome } from '../outcome.ts';
import type { AddCommands } from '../add-commands.ts';
import { cutOff, harmless, pairs, table } from '../render/table.ts';
import { noteDataExport } from '../data-export.ts';
import { showSeconds } from '../render/words.ts';

interface PeriodOptions {
  readonly from?: number;
  readonly to?: number;
}

interface CsvOption {
  readonly csv?: boolean;
}

const CSV = ['--csv', 'as CSV, safe for spreadsheets'] as const;

export const reportCommands: AddCommands = (parent, carryOf) => {
  const group = parent.command('report').description('what happened: campaign, agents, dispositions, trunks …');
  const campaign = withPeriod(group.command('campaign'))
    .description('attempts, results, abandon rate, answer delay, records of a campaign')
    .argument('<campaign>')
    .option(...CSV)
    .action((name: string, options: PeriodOptions & CsvOption) =>
      carryOf(campaign)(async (context) => asWanted(await reportCampaign(context, name, periodOf(options)), options)),
    );
  const agents = withPeriod(group.command('agents'))
    .description('hours by state, utilisation and conversations of each agent')
    .option('--campaign <campaign>', 'of this campaign only')
    .option(...CSV)
    .action((options: PeriodOptions & CsvOption & { campaign?: string }) =>
      carryOf(agents)(async (context) => asWanted(await reportAgents(context, options), options)),
    );
  const abandonment = withPeriod(group.command('abandonment'))
    .description('live answers and abandoned ones per campaign and day')
    .option('--campaign <campaign>', 'of this campaign only')
    .option('--zone <name>', 'time zone of the days (default: this machine’s)', asTimeZone)
    .option('--rules [packs...]', 'by each regulator’s own definition: of these rule packs, or of each campaign’s')
    .option('--csv', 'the same as CSV, for a regulator', false)
    .action((options: AbandonmentOptions) => carryOf(abandonment)((context) => reportAbandonment(context, options)));
  const attempts = withPeriod(group.command('attempts'))
    .description('attempts one by one, oldest first')
    .option('--campaign <campaign>', 'of this campaign only')
    .option('--record <record>', 'of this record only', asCount)
    .option('--number <number>', 'to this number only')
    .option('--limit <count>', 'at most this many', asCount, 1000)
    .option(...CSV)
    .action((options: AttemptOptions & CsvOption) =>
      carryOf(attempts)(async (context) => {
        const { csv, campaign = '', ...asked } = options;
        await withStoreToRead(context, (store) => mustKnowCampaign(context, store, options.campaign));
        if (csv === true) await noteDataExport(context, { what: 'report.attempts', subject: campaign, to: asked });
        return asWanted(await reportAttempts(context, options), options);
      }),
    );
  addGroupReports(group, carryOf);
  addAnswersReport(group, carryOf);
  addReportShow(group, carryOf);
  addShadowReport(group, carryOf);
};

interface AbandonmentOptions extends PeriodOptions {
  readonly campaign?: string;
  readonly zone?: string;
  readonly rules?: readonly string[] | true;
  readonly csv: boolean;
}

interface AttemptOptions extends PeriodOptions {
  readonly campaign?: string;
  readonly record?: number;
  readonly number?: string;
  readonly limit: number;
}

function periodOf({ from, to }: PeriodOptions): Period {
  return { ...defined({ fromAt: from, toAt: to }) };
}

/** The same as CSV when that is asked for. */
function asWanted(outcome: Outcome, { csv }: CsvOption): Outcome {
  if (csv !== true || typeof outcome.data !== 'object' || outcome.data === null) return outcome;
  const rows: readonly object[] = Array.isArray(outcome.data) ? outcome.data : [outcome.data];
  return { ...outcome, text: csvOf(rows).trimEnd() };
}

function countsText(counts: Readonly<Partial<Record<string, number>>>): string {
  const entries = Object.entries(counts).map(([key, count]) => `${harmless(key)} ${count ?? 0}`);
  return entries.length === 0 ? '–' : entries.join('   ');
}

const showWaited = ({ count, maxMs }: Waited): string => (count === 0 ? '–' : `${count}, at most ${maxMs} ms`);

async function reportCampaign(context: CommandContext, name: string, period: Period): Promise<Outcome> {
  const data = await withStoreToRead(context, (store) => campaignReport(store, name, period));
  const isNothing = data.attempts === 0 && Object.values(data.records.byState).every((count) => count === 0);
  const known = isNothing ? (await context.campaigns()).map((one) => one.name) : [name];
  if (!known.includes(name)) throw campaignUnknown(name, known);
  const { p50, p99, max, count } = data.answerDelayMs;
  const text = pairs([
    ['campaign', name],
    ['attempts', data.attempts],
    ['open', data.open],
    ['live answers', data.liveAnswers],
    ['connected', data.connected],
    ['abandoned', `${data.abandoned} (${formatShare(data.abandonRate)})`],
    ['answer delay', count === 0 ? '–' : `p50 ${p50} ms   p99 ${p99} ms   max ${max} ms`],
    ['waited for an agent', showWaited(data.waited)],
    ['results', countsText(data.byResult)],
    ['dispositions', countsText(data.byDisposition)],
    ['records', countsText(data.records.byState)],
    ['next due', showInstant(data.records.nextDueAt)],
  ]);
  return { data, text };
}

async function reportAgents(
  context: CommandContext,
  { from, to, campaign }: PeriodOptions & { readonly campaign?: string },
): Promise<Outcome> {
  const now = context.clock.now();
  const period = { fromAt: from ?? 0, toAt: to ?? now };
  const rows = await withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    return agentReport(store, period, { now, campaign });
  });
  const text = table(
    rows,
    [
      { title: 'AGENT', value: (row) => row.agent },
      { title: 'NAME', value: (row) => harmless(row.name) },
      { title: 'SIGNED IN', value: (row) => showSeconds(row.signedInMs), align: 'right' },
      { title: 'READY', value: (row) => showSeconds(row.ms.ready + row.ms.reserved), align: 'right' },
      { title: 'TALKING', value: (row) => showSeconds(row.ms.talking), align: 'right' },
      { title: 'WRAP-UP', value: (row) => showSeconds(row.ms['wrap-up']), align: 'right' },
      { title: 'PAUSED', value: (row) => showSeconds(row.ms.paused), align: 'right' },
      { title: 'UTILISATION', value: (row) => formatShare(row.utilisation), align: 'right' },
      { title: 'CONNECTED', value: (row) => row.connected, align: 'right' },
    ],
    'No agent was signed in.',
  );
  return { data: rows, text };
}

async function reportAbandonment(
  context: CommandContext,
  { campaign, zone = localZone(), rules, csv, ...options }: AbandonmentOptions,
): Promise<Outcome> {
  if (rules !== undefined || csv) {
    const { reportLedger } = await import('./report-ledger.ts');
    const period = periodOf(options);
    return reportLedger(context, {
      rules: rules ?? true,
      csv,
      period,
      ...defined({ campaign }),
    });
  }
  const wanted = { zone, ...defined({ campaign }) };
  const rows = await withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    return abandonmentReport(store, periodOf(options), wanted);
  });
  const text = table(
    rows,
    [
      { title: 'DAY', value: (row) => row.day },
      { title: 'CAMPAIGN', value: (row) => row.campaign },
      { title: 'ATTEMPTS', value: (row) => row.attempts, align: 'right' },
      { title: 'LIVE ANSWERS', value: (row) => row.liveAnswers, align: 'right' },
      { title: 'ABANDONED', value: (row) => row.abandoned, align: 'right' },
      { title: 'RATE', value: (row) => formatShare(row.abandonRate), align: 'right' },
    ],
    'No attempts in this period.',
  );
  return { data: rows, text };
}

async function reportAttempts(
  context: CommandContext,
  { from, to, campaign, record, number, limit }: AttemptOptions,
): Promise<Outcome> {
  const rows = await withStoreToRead(context, async (store) => {
    const gathered: AttemptRow[] = [];
    const query = {
      limit,
      ...periodOf({ ...defined({ from, to }) }),
      ...defined({ campaign, record, number }),
    };
    for await (const page of attemptPages(store, query)) gathered.push(...page);
    return gathered;
  });
  return { data: rows, text: attemptTable(rows) + cutOff(rows.length, limit) };
}
