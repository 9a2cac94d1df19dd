// A report's table as the server made it: figures as the reader writes them, the row of sums below.

import { useMemo, type ReactElement } from 'react';
import type { ReportTableBody } from '../../../http/wire/report-tables.ts';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { dayTime, figure, share, span } from '../formats.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { studyWords } from './words.ts';

type Column = ReportTableBody['columns'][number];
type Row = ReportTableBody['rows'][number];
type Cell = Row[string];

interface ReportViewProps {
  /** Undefined: it is on its way. */
  readonly table: ReportTableBody | undefined;
  readonly name: string;
  /** In the reader's language; a column without one is as the server calls it. */
  readonly titles: Readonly<Record<string, string>>;
  /** Columns that are shown elsewhere. */
  readonly hidden?: readonly string[];
}

export function ReportView({ table, name, titles, hidden = [] }: ReportViewProps): ReactElement {
  const words = useSayings(studyWords);
  const { loading } = useFrameWords();
  const columns = useMemo(() => {
    const shown = (table?.columns ?? []).filter(({ key }) => !hidden.includes(key));
    return shown.map((column, place): TableColumn<Row> => {
      const sum = table?.sums?.[column.key] ?? null;
      const total = place === 0 ? words.total : sum === null ? '' : cellText(column, sum, words);
      return {
        id: column.key,
        title: titles[column.key] ?? column.title,
        cell: (row) => cellText(column, row[column.key] ?? null, words),
        sortBy: (row) => sortable(row[column.key]),
        isFigure: isFigure(column),
        isGreatestFirst: isFigure(column),
        isRowHeader: place === 0,
        ...(SHORT.has(column.key) ? { className: 'nowrap' } : {}),
        ...(table?.sums === undefined ? {} : { total }),
      };
    });
  }, [table, titles, hidden, words]);
  const rows = useMemo(() => table?.rows.map((row) => ({ ...row })), [table]);
  const places = useMemo(() => new Map(rows?.map((row, place) => [row, String(place)])), [rows]);
  return (
    <Table
      key={columns.map(({ id }) => id).join()}
      name={name}
      columns={columns}
      rows={rows}
      keyOf={(row) => places.get(row) ?? ''}
      empty={words.nothing}
      loading={loading}
    />
  );
}

/** Words that are not to be broken. */
const SHORT: ReadonlySet<string> = new Set(['period', 'day', 'campaign', 'rule', 'windowFromAt']);

const isFigure = ({ kind }: Column): boolean => kind === 'count' || kind === 'share' || kind === 'duration';
const sortable = (cell: Cell | undefined): string | number | undefined =>
  typeof cell === 'boolean' ? Number(cell) : (cell ?? undefined);

function cellText({ kind }: Pick<Column, 'kind'>, cell: Cell, words: (typeof studyWords)['en']): string {
  if (cell === null) return '–';
  if (typeof cell === 'boolean') return cell ? words.yes : words.no;
  if (typeof cell === 'string') return cell;
  if (kind === 'share') return share(cell, 1);
  if (kind === 'instant') return dayTime(cell);
  if (kind === 'duration') return cell < 10_000 && cell % 1000 !== 0 ? `${figure(Math.round(cell))} ms` : span(cell);
  return figure(Math.round(cell * 100) / 100);
}
