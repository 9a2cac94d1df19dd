// A report as a page to print or to send: plain HTML with its own looks, nothing loaded from anywhere. The ledger's page is
// for a regulator: it says how was counted, and has sums with which it can be proved later that nothing was changed.

import { createHash } from 'node:crypto';
import { csvOf } from '../base/csv.ts';
import { formatShare } from '../base/durations.ts';
import { formatLocal } from '../base/local-time.ts';
import type { AuditCheck } from '../engine/store/audit.ts';
import type { ReportColumn, ReportRow, ReportTable } from './table.ts';

/** The looks of the page; its sum is in the page's policy. */
export const PAPER_STYLE = `
:root { color-scheme: light; }
body { font: 10pt/1.45 system-ui, sans-serif; color: #111; background: #fff; margin: 2em auto; max-width: 75em; padding: 0 1em; }
h1 { font-size: 16pt; margin: 0 0 .2em; } h2 { font-size: 12pt; margin: 1.6em 0 .4em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1.2em; margin: .8em 0; } dt { color: #555; } dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 8.5pt; font-variant-numeric: tabular-nums; }
th, td { padding: .25em .5em; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; } th { border-bottom: 2px solid #111; }
th.number { white-space: normal; } .number { text-align: right; white-space: nowrap; } .instant { white-space: nowrap; } tfoot td { font-weight: 600; border-top: 2px solid #111; } .broken { font-weight: 700; color: #a40000; }
code { font: 8.5pt ui-monospace, monospace; overflow-wrap: anywhere; }
@media print { @page { size: A4 landscape; margin: 12mm; } body { margin: 0; max-width: none; padding: 0; } thead { display: table-header-group; } tr { break-inside: avoid; } .wide { overflow: visible; } }
`;

/** What proves a table later: a sum of its rows, and where the audit log stood. */
export interface Proof {
  readonly sha256: string;
  readonly audit: AuditCheck;
}

/** The rows as CSV that no spreadsheet calculates; instants are ISO. */
export function csvOfTable({ columns, rows }: ReportTable): string {
  if (rows.length === 0) return `${columns.map(({ key }) => key).join(',')}\r\n`;
  return csvOf(rows);
}

export const sumOfRows = (table: ReportTable): string => createHash('sha256').update(csvOfTable(table)).digest('hex');

export function paperOf(table: ReportTable, proof?: Proof): string {
  const { title, columns, rows, sums, notes } = table;
  const isWide = columns.filter(({ key }) => !(key in DEFINED));
  const shown = table.report === 'ledger' ? isWide : columns;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe(title)}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${PAPER_STYLE}</style></head><body>`,
    `<main><h1>${safe(title)}</h1>`,
    about(table),
    table.report === 'ledger' ? verdictOn(rows) : '',
    ...(table.missing ?? []).map((sentence) => `<p class="broken">${safe(sentence)}</p>`),
    rows.length === 0 ? '<p>No rows in this period.</p>' : tableOf(table, shown, sums),
    table.report === 'ledger' ? definitionsOf(rows) : '',
    `<h2>How it was counted</h2>${notes.map((note) => `<p>${safe(note)}</p>`).join('')}`,
    proof ? proofOf(proof) : '',
    '</main></body></html>',
  ].join('\n');
}

/** Said once for each rule instead of in every row. */
const DEFINED: Readonly<Record<string, true>> = { definition: true, citation: true, zone: true, detectorError: true };

function about({ period, zone, by, campaign, madeAt }: ReportTable): string {
  const facts: readonly (readonly [string, string])[] = [
    ['From', formatLocal(zone, period.fromAt)],
    ['To', `${formatLocal(zone, period.toAt)} (not included)`],
    ['Time zone', zone],
    ...(by === undefined ? [] : [['Rows', `for each ${by}`] as const]),
    ...(campaign === undefined ? [] : [['Campaign', campaign] as const]),
    ['Made', `${formatLocal(zone, madeAt)}, by outdial`],
  ];
  return listOf(facts);
}

const listOf = (facts: readonly (readonly [string, string])[]): string =>
  `<dl>${facts.map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(value)}</dd>`).join('')}</dl>`;

function tableOf({ rows, zone }: ReportTable, columns: readonly ReportColumn[], sums: ReportRow | undefined): string {
  const line = (row: ReportRow, isSum = false): string => {
    const cells = columns.map((column, place) => {
      const text = isSum && place === 0 ? 'Total' : paperCell(column, row, zone);
      return `<td${classOf(column, row)}>${safe(text)}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  };
  const head = columns.map(
    (column) => `<th scope="col"${isNumber(column) ? ' class="number"' : ''}>${safe(column.title)}</th>`,
  );
  const foot = sums ? `<tfoot>${line(sums, true)}</tfoot>` : '';
  const body = rows.map((row) => line(row)).join('\n');
  return `<div class="wide" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body}</tbody>${foot}</table></div>`;
}

/** What matters first: whether every limit was kept. */
function verdictOn(rows: readonly ReportRow[]): string {
  const broken = rows.filter((row) => row['isKept'] === false).length;
  if (rows.length === 0) return '';
  return broken === 0
    ? `<p><strong>Every limit below was kept on each day (${rowsOf(rows.length)}).</strong></p>`
    : `<p class="broken">A limit was not kept in ${broken} of ${rowsOf(rows.length)}; “no” under Kept marks them.</p>`;
}

const rowsOf = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

function classOf(column: ReportColumn, row: ReportRow): string {
  if (isNumber(column)) return ' class="number"';
  if (column.kind === 'instant' || column.key === 'day') return ' class="instant"';
  return column.key === 'isKept' && row[column.key] === false ? ' class="broken"' : '';
}

/** The time zone of all instants stands above the table. */
const paperCell = (column: ReportColumn, row: ReportRow, zone: string): string => {
  const text = shownCell(column, row, zone);
  return column.kind === 'instant' ? text.replace(` (${zone})`, '') : text;
};

const isNumber = ({ kind }: ReportColumn): boolean => kind === 'count' || kind === 'share' || kind === 'duration';

/** A cell as people read it. */
export function shownCell({ key, kind }: ReportColumn, row: ReportRow, zone: string): string {
  const value = row[key] ?? null;
  if (value === null) return '–';
  if (kind === 'yes-no') return value === true ? 'yes' : 'no';
  if (typeof value !== 'number') return String(value);
  if (kind === 'share') return formatShare(value);
  if (kind === 'instant') return formatLocal(zone, value);
  if (kind === 'duration') return shownDuration(value);
  return String(Number(value.toFixed(2)));
}

/** `412 ms` below ten seconds, else hours, minutes and seconds. */
function shownDuration(ms: number): string {
  if (ms < 10_000 && ms % 1000 !== 0) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  const two = (count: number): string => String(count).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function definitionsOf(rows: readonly ReportRow[]): string {
  const seen = new Map(rows.map((row) => [`${String(row['campaign'])} ${String(row['rule'])}`, row]));
  const parts = [...seen.values()].map((row) => {
    const { campaign, rule, definition, citation, zone, detectorError } = row;
    const error = typeof detectorError === 'number' && detectorError > 0 ? `, ${formatShare(detectorError)}` : '';
    return listOf([
      ['Campaign, rule', `${String(campaign)}, ${String(rule)}`],
      ['Limit', String(definition)],
      ['Where it is written', citation === '' ? 'the campaign’s own target' : String(citation)],
      [
        'Days and months of',
        `${String(zone)}${error === '' ? '' : `; persons among those taken for machines${error}`}`,
      ],
    ]);
  });
  return `<h2>Definitions</h2>${parts.join('')}`;
}

function proofOf({ sha256, audit }: Proof): string {
  const { entries, head, broken } = audit;
  const isWhole = broken === undefined;
  const state = isWhole
    ? `whole: ${entries} entries, each chained to the one before by its hash`
    : `broken at entry ${broken.entry}: ${broken.why}`;
  return [
    '<h2>Proof</h2>',
    listOf([
      ['SHA-256 of the rows as CSV', sha256],
      ['Audit log', state],
      ['Its last entry', head ? `${head.entry}:${head.hash}` : 'none'],
    ]),
    '<p>The same rows (<code>outdial report show ledger --csv</code> of the same period) have the same sum. ',
    head ? `<code>outdial audit log --check --head ${head.entry}:${safe(head.hash)}</code> says later whether ` : '',
    head ? 'everything up to that entry is still as it was when this page was made.</p>' : '</p>',
    isWhole ? '' : '<p class="broken">The audit log does not prove what it should.</p>',
    '<p>Signed: ______________________ Date: ______________</p>',
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
