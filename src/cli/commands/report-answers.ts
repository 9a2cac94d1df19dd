// outdial report answers CAMPAIGN: what was answered to its script, counted by question and choice; or, with --find,
// --question or --answer, one by one. Reads the store itself.

import type { Command } from 'commander';
import { csvOf } from '../../base/csv.ts';
import { defined } from '../../base/defined.ts';
import { formatShare } from '../../base/durations.ts';
import type { AnswerRow } from '../../engine/store/scripts.ts';
import { answersReport, type AnswerReport } from '../../reports/answers-report.ts';
import { asCount, asInstant } from '../arguments.ts';
import { mustKnowCampaign, withStoreToRead, type Carry, type CommandContext } from '../context.ts';
import { noteDataExport } from '../data-export.ts';
import type { Outcome } from '../outcome.ts';
import { showInstant } from '../render/instants.ts';
import { harmless, table, type Column } from '../render/table.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly find?: string;
  readonly question?: string;
  readonly answer?: string;
  readonly limit: number;
  readonly csv?: boolean;
}

export function addAnswersReport(group: Command, carryOf: (command: Command) => Carry): void {
  const command = group
    .command('answers')
    .description('what was answered to the script of a campaign, by question and choice; or one by one')
    .argument('<campaign>')
    .option('--from <time>', '2026-11-01, 2026-11-01T10:30, today, or 2h for two hours ago', asInstant)
    .option('--to <time>', 'not included; the same forms', asInstant)
    .option('--find <text>', 'one by one: answers that hold this text')
    .option('--question <name>', 'one by one: answers to this question')
    .option('--answer <value>', 'one by one: this code of a choice, number, day or whole text')
    .option('--limit <count>', 'one by one: at most this many', asCount, 100)
    .option('--csv', 'as CSV, safe for spreadsheets')
    .action((campaign: string, options: Options) =>
      carryOf(command)((context) =>
        [options.find, options.question, options.answer].every((one) => one === undefined)
          ? counted(context, campaign, options)
          : oneByOne(context, campaign, options),
      ),
    );
}

async function counted(context: CommandContext, campaign: string, { from, to, csv }: Options): Promise<Outcome> {
  const rows = await withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    return answersReport(store, campaign, defined({ fromAt: from, toAt: to }));
  });
  const text = csv === true ? csvOf(rows).trimEnd() : table(rows, COUNTED, 'No answers in this period.');
  return { data: rows, text };
}

async function oneByOne(context: CommandContext, campaign: string, options: Options): Promise<Outcome> {
  const { from, to, find, question, answer, limit, csv } = options;
  const wanted = defined({ fromAt: from, toAt: to, text: find, question, answer });
  if (csv === true) await noteDataExport(context, { what: 'report.answers', subject: campaign, to: wanted });
  const rows = await withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    return store.scripts.find({ campaign, ...wanted, limit });
  });
  const cells = rows.map((row) => ({ ...row, answer: shown(row) }));
  const text = csv === true ? csvOf(cells).trimEnd() : table(rows, ONE_BY_ONE, 'No such answers.');
  return { data: rows, text };
}

const shown = ({ answer }: AnswerRow): string => (typeof answer === 'object' ? answer.join(', ') : String(answer));

const rounded = (value: number | null): string => (value === null ? '' : String(Math.round(value * 100) / 100));

const COUNTED: readonly Column<AnswerReport>[] = [
  { title: 'QUESTION', value: (row) => row.question },
  { title: 'TYPE', value: (row) => row.type },
  { title: 'ANSWER', value: (row) => (row.answer === '' ? '–' : harmless(row.answer)) },
  { title: 'COUNT', value: (row) => row.count, align: 'right' },
  { title: 'SHARE', value: (row) => formatShare(row.share), align: 'right' },
  { title: 'MEAN', value: (row) => rounded(row.mean), align: 'right' },
  { title: 'MIN', value: (row) => rounded(row.min), align: 'right' },
  { title: 'MAX', value: (row) => rounded(row.max), align: 'right' },
];

const ONE_BY_ONE: readonly Column<AnswerRow>[] = [
  { title: 'TIME', value: (row) => showInstant(row.at) },
  { title: 'RECORD', value: (row) => row.record ?? '–', align: 'right' },
  { title: 'AGENT', value: (row) => row.agent },
  { title: 'QUESTION', value: (row) => row.question },
  { title: 'ANSWER', value: (row) => harmless(shown(row)) },
  { title: 'ATTEMPT', value: (row) => row.attempt },
];
