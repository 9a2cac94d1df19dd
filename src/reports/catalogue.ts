// The reports by period, each with its columns and where its rows come from. The command line, the API, the console and
// what is sent on a schedule all use these.

import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Store } from '../engine/store/store.ts';
import { AGENT_STATES, RESULTS } from '../terms.ts';
import { abandonmentLedger, outsideLedger } from './abandonment-ledger.ts';
import { answersReport } from './answers-report.ts';
import { callbackReport, dispositionReport, lineReport } from './group-reports.ts';
import { MOST_PARTS, partsOf, type Span, type Step } from './period.ts';
import { agentReport, campaignReport } from './reports.ts';
import { shareOf, sumsOf, type CellKind, type ReportColumn, type ReportRow, type ReportTable } from './table.ts';

export interface ReportSources {
  readonly store: Store;
  /** Those that are loaded. */
  readonly campaigns: readonly Campaign[];
  readonly now: number;
}

export interface ReportRequest {
  readonly report: ReportName;
  readonly period: Span;
  readonly zone: string;
  /** A row for each day, week or month. */
  readonly by?: Step;
  readonly campaign?: string;
}

interface Report {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly notes: readonly string[];
  /** It has days of its own. */
  readonly isDaily?: true;
  readonly rows: (sources: ReportSources, wanted: ReportRequest) => Promise<readonly ReportRow[]>;
  /** What stands in none of the rows, and whoever reads them must know. */
  readonly missing?: (sources: ReportSources, wanted: ReportRequest) => Promise<readonly string[]>;
}

const column = (
  key: string,
  title: string,
  kind: CellKind = 'text',
  more: Partial<ReportColumn> = {},
): ReportColumn => ({
  key,
  title,
  kind,
  ...more,
});
/** `no-answer` as `No answer`. */
const titleOf = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1).replaceAll('-', ' ')}`;
const alone = { isAlone: true } as const;

const abandonRate = column('abandonRate', 'Abandoned share', 'share', {
  share: { of: ['abandoned'], to: ['liveAnswers'] },
});

const PAUSED = AGENT_STATES.filter((state) => state !== 'offline');

const LINE_COLUMNS = (title: string): readonly ReportColumn[] => [
  column('line', title),
  column('attempts', 'Attempts', 'count'),
  column('answered', 'Answered', 'count'),
  column('answerRate', 'Answered share', 'share', { share: { of: ['answered'], to: ['attempts'] } }),
  column('liveAnswers', 'Live answers', 'count'),
  column('connected', 'Connected', 'count'),
  column('abandoned', 'Abandoned', 'count'),
  abandonRate,
  column('failed', 'Failed', 'count'),
  column('meanSetupMs', 'Mean set-up', 'duration', alone),
  column('talkMs', 'Talk', 'duration'),
];

const REPORTS = {
  campaigns: {
    title: 'Campaigns',
    notes: [
      'Live answers: attempts in which a person picked up. Abandoned: live answers that got no agent in time.',
      'Answer delay: from the answer to both in one bridge, of calls that found a ready agent.',
    ],
    columns: [
      column('campaign', 'Campaign'),
      column('attempts', 'Attempts', 'count'),
      column('liveAnswers', 'Live answers', 'count'),
      column('connected', 'Connected', 'count'),
      column('abandoned', 'Abandoned', 'count'),
      abandonRate,
      ...RESULTS.filter((result) => result !== 'connected' && result !== 'abandoned').map((result) =>
        column(result, titleOf(result), 'count'),
      ),
      column('delayP50Ms', 'Answer delay p50', 'duration', alone),
      column('delayP99Ms', 'Answer delay p99', 'duration', alone),
      column('waited', 'Had to wait', 'count'),
    ],
    rows: async ({ store }, wanted) => {
      const rows: ReportRow[] = [];
      for (const campaign of await campaignsOf(store, wanted)) {
        const report = await campaignReport(store, campaign, wanted.period);
        if (report.attempts === 0 && wanted.campaign === undefined) continue;
        const { attempts, liveAnswers, abandoned, byResult, answerDelayMs, waited } = report;
        const results = Object.fromEntries(RESULTS.map((result) => [result, byResult[result] ?? 0]));
        const delays = { delayP50Ms: answerDelayMs.p50, delayP99Ms: answerDelayMs.p99, waited: waited.count };
        rows.push({ campaign, ...results, attempts, liveAnswers, abandoned, ...delays });
      }
      return rows;
    },
  },
  agents: {
    title: 'Agents',
    notes: [
      'Paid: signed in, pauses included. Utilisation: (talking + wrap-up) ÷ (paid − paused).',
      'Conversations are those of attempts; talk is the time in them.',
    ],
    columns: [
      column('agent', 'Agent'),
      column('name', 'Name'),
      column('paidMs', 'Paid', 'duration'),
      ...PAUSED.map((state) => column(`${state}Ms`, titleOf(state), 'duration')),
      column('utilisation', 'Utilisation', 'share', {
        share: { of: ['talkingMs', 'wrap-upMs'], to: ['paidMs', '-pausedMs'] },
      }),
      column('connected', 'Conversations', 'count'),
      column('talkMs', 'Talk', 'duration'),
    ],
    rows: async ({ store, now }, { period, campaign }) => {
      const rows = await agentReport(store, period, { now, campaign });
      return rows.map(({ agent, name, ms, signedInMs, connected, talkMs }) => ({
        agent,
        name,
        paidMs: signedInMs,
        connected,
        talkMs,
        ...Object.fromEntries(Object.entries(ms).map(([state, time]) => [`${state}Ms`, time])),
      }));
    },
  },
  dispositions: {
    title: 'Dispositions',
    notes: ['Share: of the conversations of that agent in that campaign.'],
    columns: [
      column('campaign', 'Campaign'),
      column('disposition', 'Disposition'),
      column('agent', 'Agent'),
      column('count', 'Count', 'count'),
      column('shareOfAgent', 'Share', 'share'),
      column('talkMs', 'Talk', 'duration'),
    ],
    rows: async ({ store }, wanted) =>
      (await dispositionReport(store, wanted)).map(({ share, ...row }) => ({ ...row, shareOfAgent: share })),
  },
  answers: {
    title: 'Script answers',
    notes: ['Share: of the conversations in which the question was answered; several choices add up to more than all.'],
    columns: [
      column('campaign', 'Campaign'),
      column('question', 'Question'),
      column('type', 'Type'),
      column('answer', 'Answer'),
      column('count', 'Count', 'count'),
      column('shareOfAnswered', 'Share', 'share'),
      column('mean', 'Mean', 'count', alone),
      column('min', 'Least', 'count', alone),
      column('max', 'Most', 'count', alone),
    ],
    rows: async ({ store }, wanted) => {
      const rows: ReportRow[] = [];
      for (const campaign of await campaignsOf(store, wanted))
        for (const { share, ...row } of await answersReport(store, campaign, wanted.period))
          rows.push({ campaign, ...row, shareOfAnswered: share });
      return rows;
    },
  },
  callbacks: {
    title: 'Callbacks',
    notes: ['Callbacks that were agreed on for a time in the period. On time: not later than 15 minutes.'],
    columns: [
      column('campaign', 'Campaign'),
      column('agent', 'Agent'),
      ...['set', 'kept'].map((key) => column(key, titleOf(key), 'count')),
      column('keptOnTime', 'Kept on time', 'count'),
      column('keptShare', 'Kept share', 'share', { share: { of: ['kept'], to: ['set', '-pending'] } }),
      column('pending', 'Pending', 'count'),
      column('overdue', 'Overdue', 'count'),
      column('cancelled', 'Cancelled', 'count'),
      column('expired', 'Expired', 'count'),
    ],
    rows: async ({ store, now }, wanted) =>
      (await callbackReport(store, wanted, now)).map((row) => ({
        ...row,
        agent: row.agent === '' ? 'any' : row.agent,
      })),
  },
  trunks: {
    title: 'Trunks',
    notes: ['Answered: any pick-up. Failed: trouble of the network or the trunk itself.'],
    columns: LINE_COLUMNS('Trunk'),
    rows: async ({ store }, wanted) => lineRows(await lineReport(store, 'trunk', wanted)),
  },
  'caller-ids': {
    title: 'Caller IDs',
    notes: ['By the number that people saw.'],
    columns: LINE_COLUMNS('Caller ID'),
    rows: async ({ store }, wanted) => lineRows(await lineReport(store, 'callerId', wanted)),
  },
  ledger: {
    title: 'Abandonment ledger',
    isDaily: true,
    notes: [
      'One row for each campaign, definition and day with attempts. Live answers and abandoned are those of the day; counted are those of the window that the definition names, up to the end of the day (of a rolling window: at its worst moment).',
      'Where a definition counts the mistakes of answering-machine detection, the measured share of persons among those who were taken for machines is added to both.',
    ],
    columns: [
      column('campaign', 'Campaign'),
      column('rule', 'Rule'),
      column('day', 'Day'),
      column('liveAnswers', 'Live answers', 'count', alone),
      column('abandoned', 'Abandoned', 'count', alone),
      column('machines', 'Taken for machines', 'count', alone),
      column('windowFromAt', 'Window from', 'instant'),
      column('windowEndsAt', 'Window ends', 'instant'),
      column('countedLive', 'Counted live', 'count', alone),
      column('countedAbandoned', 'Counted abandoned', 'count', alone),
      column('rate', 'Rate', 'share'),
      column('limit', 'Limit', 'share'),
      column('isKept', 'Kept', 'yes-no'),
      column('detectorError', 'Detector error', 'share'),
      column('zone', 'Time zone'),
      column('definition', 'Definition'),
      column('citation', 'Citation'),
    ],
    rows: async ({ store, campaigns }, { period, campaign }) => {
      const chosen = campaigns.filter(({ name }) => campaign === undefined || name === campaign);
      const rows = await abandonmentLedger(store, { campaigns: chosen, period });
      return rows.map((row) => ({ ...row, windowEndsAt: row.windowEndsAt ?? null }));
    },
    missing: ({ store, campaigns }, { period, campaign }) =>
      outsideLedger(store, { campaigns, period, ...defined({ campaign }) }),
  },
} as const satisfies Readonly<Record<string, Report>>;

export type ReportName = keyof typeof REPORTS;
export const REPORT_NAMES = Object.keys(REPORTS) as readonly ReportName[];

/** The table that is wanted. Refused with `report-too-fine` when it would have too many parts. */
export async function makeReport(sources: ReportSources, wanted: ReportRequest): Promise<ReportTable> {
  const { report, period, zone, by, campaign } = wanted;
  const { title, columns, notes, rows, isDaily, missing }: Report = REPORTS[report];
  const isCut = by !== undefined && isDaily !== true;
  const parts = isCut ? partsOf(period, by, zone) : [{ ...period, label: '' }];
  if (!parts) throw tooFine(by ?? 'day');
  const all: ReportRow[] = [];
  for (const { label, fromAt, toAt } of parts) {
    const found = await rows(sources, { ...wanted, period: { fromAt, toAt } });
    all.push(...found.map((row) => (isCut ? { period: label, ...row } : row)));
  }
  const shown = isCut ? [column('period', PERIOD_TITLES[by]), ...columns] : columns;
  const whole = all.map((row) => asColumns(row, shown));
  return {
    report,
    title,
    period,
    zone,
    madeAt: sources.now,
    columns: shown,
    rows: whole,
    notes: [...notes],
    ...defined({ by: isCut ? by : undefined, campaign, sums: sumsOf(shown, whole) }),
    ...defined({ missing: await missing?.(sources, wanted) }),
  };
}

const PERIOD_TITLES: Readonly<Record<Step, string>> = { day: 'Day', week: 'Week from', month: 'Month from' };

function tooFine(by: Step): OperationalError {
  return new OperationalError('report-too-fine', `The period has more than ${MOST_PARTS} parts of a ${by}.`, {
    hint: 'Ask for a shorter period, or for weeks or months.',
  });
}

/** The cells of the columns alone, in their order, with the shares worked out. */
function asColumns(row: ReportRow, columns: readonly ReportColumn[]): ReportRow {
  return Object.fromEntries(columns.map(({ key, share }) => [key, share ? shareOf(row, share) : (row[key] ?? null)]));
}

/** The one that is wanted, else every one that the store knows. */
async function campaignsOf(store: Pick<Store, 'campaigns'>, { campaign }: ReportRequest): Promise<readonly string[]> {
  return campaign === undefined ? (await store.campaigns.all()).map((one) => one.campaign) : [campaign];
}

const lineRows = (rows: Awaited<ReturnType<typeof lineReport>>): readonly ReportRow[] =>
  rows.map((row) => ({ ...row }));
