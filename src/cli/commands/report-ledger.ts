// outdial report abandonment --rules …: the abandonment ledger by each regulator's definition, for a person or as CSV.

import { defined } from '../../base/defined.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { dirname, join } from 'node:path';
import { didYouMean } from '../../base/nearest.ts';
import { OperationalError } from '../../base/errors.ts';
import { formatShare } from '../../base/durations.ts';
import type { RulePack } from '../../campaign/rule-pack.ts';
import { abandonmentLedger, type LedgerRow } from '../../reports/abandonment-ledger.ts';
import type { Period } from '../../reports/reports.ts';
import { withStoreToRead, type CommandContext } from '../context.ts';
import { showInstant } from '../render/instants.ts';
import type { Outcome } from '../outcome.ts';
import { table } from '../render/table.ts';

export interface LedgerOptions {
  readonly campaign?: string;
  /** Names of packs; true: those that each campaign names, beside its own target. */
  readonly rules: readonly string[] | true;
  readonly csv: boolean;
  readonly period: Period;
}

/** Needs no daemon. Refused with `rule-pack-unknown`, `rule-pack-faulty` and `campaign-unknown`. */
export async function reportLedger(context: CommandContext, options: LedgerOptions): Promise<Outcome> {
  const packs = options.rules === true ? undefined : await packsNamed(context, options.rules);
  const all = await context.campaigns();
  const campaigns = all.filter(({ name }) => options.campaign === undefined || name === options.campaign);
  if (options.campaign !== undefined && campaigns.length === 0) {
    const known = all.map(({ name }) => name);
    throw campaignUnknown(options.campaign, known, 'The ledger needs its file.');
  }
  const request = { campaigns, period: options.period, ...defined({ packs }) };
  const rows = await withStoreToRead(context, (store) => abandonmentLedger(store, request));
  return { data: rows, text: options.csv ? asCsv(rows) : asTable(rows) };
}

async function packsNamed(context: CommandContext, names: readonly string[]): Promise<readonly RulePack[]> {
  const { findPack, packNames, ruleFolders } = await import('../../config/rule-packs.ts');
  const { faultsError } = await import('../../config/faults.ts');
  const { folders } = await context.settings();
  const places = ruleFolders(join(folders.campaigns, 'any.yaml'));
  return names.map((name) => {
    const found = findPack(name, places);
    if (found?.pack) return found.pack;
    if (found) throw faultsError('rule-pack-faulty', found.faults);
    const known = packNames(places);
    throw new OperationalError('rule-pack-unknown', `There is no rule pack ${name}.`, {
      hint: `Known: ${known.join(', ')}.${didYouMean(name, known)} They are looked for in ${dirname(folders.campaigns)}/rules.`,
    });
  });
}

function asTable(rows: readonly LedgerRow[]): string {
  return table(
    rows,
    [
      { title: 'CAMPAIGN', value: (row) => row.campaign },
      { title: 'RULE', value: (row) => row.rule },
      { title: 'DAY', value: (row) => row.day },
      { title: 'LIVE', value: (row) => row.liveAnswers, align: 'right' },
      { title: 'ABANDONED', value: (row) => row.abandoned, align: 'right' },
      { title: 'MACHINES', value: (row) => row.machines, align: 'right' },
      { title: 'WINDOW FROM', value: (row) => showInstant(row.windowFromAt) },
      {
        title: 'COUNTED',
        value: (row) => `${short(row.countedAbandoned)} of ${short(row.countedLive)}`,
        align: 'right',
      },
      { title: 'RATE', value: (row) => formatShare(row.rate), align: 'right' },
      { title: 'LIMIT', value: (row) => formatShare(row.limit), align: 'right' },
      { title: 'KEPT', value: (row) => (row.isKept ? 'yes' : 'no') },
      { title: 'LAW', value: (row) => row.citation },
    ],
    'No attempts in this period.',
  );
}

function short(count: number): string {
  return String(Number(count.toFixed(2)));
}

const COLUMNS: readonly (readonly [string, (row: LedgerRow) => string | number])[] = [
  ['campaign', (row) => row.campaign],
  ['rule', (row) => row.rule],
  ['definition', (row) => row.definition],
  ['citation', (row) => row.citation],
  ['day', (row) => row.day],
  ['time_zone', (row) => row.zone],
  ['live_answers', (row) => row.liveAnswers],
  ['abandoned', (row) => row.abandoned],
  ['taken_for_machines', (row) => row.machines],
  ['window_from', (row) => new Date(row.windowFromAt).toISOString()],
  ['window_ends', (row) => (row.windowEndsAt === undefined ? '' : new Date(row.windowEndsAt).toISOString())],
  ['detector_error', (row) => row.detectorError],
  ['counted_live_answers', (row) => short(row.countedLive)],
  ['counted_abandoned', (row) => short(row.countedAbandoned)],
  ['rate', (row) => row.rate.toFixed(6)],
  ['limit', (row) => row.limit],
  ['kept', (row) => (row.isKept ? 'yes' : 'no')],
];

/** RFC 4180; a cell that a spreadsheet would take for a formula is marked as text. */
function asCsv(rows: readonly LedgerRow[]): string {
  const lines = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, of]) => cell(of(row))))];
  return lines.map((cells) => cells.join(',')).join('\r\n');
}

function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
