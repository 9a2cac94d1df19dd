// outdial report trunks, caller-ids, dispositions, callbacks. Reads the store itself.

import { defined } from '../../base/defined.ts';
import type { Command } from 'commander';
import { csvOf } from '../../base/csv.ts';
import { formatShare } from '../../base/durations.ts';
import type { Store } from '../../engine/store/store.ts';
import { callbackReport, dispositionReport, lineReport } from '../../reports/group-reports.ts';
import type { Period } from '../../reports/reports.ts';
import { mustKnowCampaign, withStoreToRead, type Carry, type CommandContext } from '../context.ts';
import { asInstant } from '../arguments.ts';
import type { Outcome } from '../outcome.ts';
import { harmless, table, type Column } from '../render/table.ts';
import { showSeconds } from '../render/words.ts';

interface Options {
  readonly from?: number;
  readonly to?: number;
  readonly campaign?: string;
  readonly csv?: boolean;
}

interface Report<Row> {
  readonly read: (
    store: Store,
    wanted: { readonly period: Period; readonly campaign?: string },
    now: number,
  ) => Promise<readonly Row[]>;
  readonly columns: readonly Column<Row>[];
  readonly empty: string;
}

/** Adds the reports by trunk, caller ID, disposition and callback. */
export function addGroupReports(group: Command, carryOf: (command: Command) => Carry): void {
  const add = <Row extends object>(name: string, description: string, report: Report<Row>): void => {
    const command = group
      .command(name)
      .description(description)
      .option('--from <time>', '2026-11-01, 2026-11-01T10:30, today, or 2h for two hours ago', asInstant)
      .option('--to <time>', 'not included; the same forms', asInstant)
      .option('--campaign <campaign>', 'of this campaign only')
      .option('--csv', 'as CSV, safe for spreadsheets')
      .action((options: Options) => carryOf(command)((context) => print(context, report, options)));
  };
  add('trunks', 'attempts, answers and failures of each trunk', lines('trunk'));
  add('caller-ids', 'the same of each number that people saw', lines('callerId'));
  add('dispositions', 'what agents said their conversations were', dispositions);
  add('callbacks', 'callbacks agreed on for a time in the period: kept, pending, overdue', callbacks);
}

async function print<Row extends object>(
  context: CommandContext,
  { read, columns, empty }: Report<Row>,
  { from, to, campaign, csv }: Options,
): Promise<Outcome> {
  const period = { ...defined({ fromAt: from, toAt: to }) };
  const wanted = { period, ...defined({ campaign }) };
  const rows = await withStoreToRead(context, async (store) => {
    await mustKnowCampaign(context, store, campaign);
    return read(store, wanted, context.clock.now());
  });
  return { data: rows, text: csv === true ? csvOf(rows).trimEnd() : table(rows, columns, empty) };
}

function lines(by: 'trunk' | 'callerId'): Report<Awaited<ReturnType<typeof lineReport>>[number]> {
  return {
    read: (store, wanted) => lineReport(store, by, wanted),
    columns: [
      { title: by === 'trunk' ? 'TRUNK' : 'CALLER ID', value: (row) => row.line },
      { title: 'ATTEMPTS', value: (row) => row.attempts, align: 'right' },
      { title: 'ANSWERED', value: (row) => formatShare(row.answerRate), align: 'right' },
      { title: 'LIVE', value: (row) => row.liveAnswers, align: 'right' },
      { title: 'CONNECTED', value: (row) => row.connected, align: 'right' },
      { title: 'ABANDONED', value: (row) => row.abandoned, align: 'right' },
      { title: 'FAILED', value: (row) => row.failed, align: 'right' },
      { title: 'SET-UP', value: (row) => (row.meanSetupMs === null ? '–' : `${row.meanSetupMs} ms`), align: 'right' },
      { title: 'TALK', value: (row) => showSeconds(row.talkMs), align: 'right' },
    ],
    empty: 'No attempts in this period.',
  };
}

const dispositions: Report<Awaited<ReturnType<typeof dispositionReport>>[number]> = {
  read: (store, wanted) => dispositionReport(store, wanted),
  columns: [
    { title: 'CAMPAIGN', value: (row) => row.campaign },
    { title: 'AGENT', value: (row) => row.agent },
    { title: 'DISPOSITION', value: (row) => (row.disposition === '' ? '–' : harmless(row.disposition)) },
    { title: 'COUNT', value: (row) => row.count, align: 'right' },
    { title: 'SHARE', value: (row) => formatShare(row.share), align: 'right' },
    { title: 'TALK', value: (row) => showSeconds(row.talkMs), align: 'right' },
  ],
  empty: 'No conversations in this period.',
};

const callbacks: Report<Awaited<ReturnType<typeof callbackReport>>[number]> = {
  read: callbackReport,
  columns: [
    { title: 'CAMPAIGN', value: (row) => row.campaign },
    { title: 'AGENT', value: (row) => (row.agent === '' ? 'any' : row.agent) },
    { title: 'SET', value: (row) => row.set, align: 'right' },
    { title: 'KEPT', value: (row) => row.kept, align: 'right' },
    { title: 'ON TIME', value: (row) => row.keptOnTime, align: 'right' },
    { title: 'PENDING', value: (row) => row.pending, align: 'right' },
    { title: 'OVERDUE', value: (row) => row.overdue, align: 'right' },
    { title: 'CANCELLED', value: (row) => row.cancelled, align: 'right' },
    { title: 'EXPIRED', value: (row) => row.expired, align: 'right' },
  ],
  empty: 'No callbacks for this period.',
};
