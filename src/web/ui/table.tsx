// A table: sorted by any column that can be, its head stays in sight, its rows are opened by Enter or a click. It says
// when there is nothing, when something is on its way and what went wrong.

import {
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
  type Key,
  type ReactElement,
  type ReactNode,
} from 'react';
import {
  Cell,
  Column,
  Row,
  Table as KitTable,
  TableBody,
  TableFooter,
  TableHeader,
  type SortDescriptor,
} from 'react-aria-components';
import { defined } from '../../base/defined.ts';
import { Icon } from './icons.tsx';

export interface TableColumn<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** What it is sorted by; absent: it is not. Rows without a value come last. */
  readonly sortBy?: (row: T) => number | string | null | undefined;
  /** Its first sorting has the greatest first. */
  readonly isGreatestFirst?: boolean;
  /** Figures stand at the end of their column. */
  readonly isFigure?: boolean;
  /** What names the row. */
  readonly isRowHeader?: boolean;
  /** Stands below, as the sum of the rows. */
  readonly total?: ReactNode;
  readonly className?: string;
}

export interface Sorting {
  readonly column: string;
  readonly isDescending: boolean;
}

interface TableProps<T> {
  readonly name: string;
  readonly columns: readonly TableColumn<T>[];
  /** Undefined: on its way. A row that is the same object as before is not drawn again. */
  readonly rows: readonly T[] | undefined;
  readonly keyOf: (row: T) => string;
  readonly empty: ReactNode;
  readonly loading: string;
  /** Why there are none. */
  readonly fault?: ReactNode;
  readonly sorting?: Sorting;
  /** The rows come sorted: the owner sorts them. */
  readonly onSort?: (sorting: Sorting) => void;
  readonly onOpen?: (row: T) => void;
  /** When this changes every row is drawn again: what cells read beside their row. */
  readonly also?: readonly unknown[];
  readonly className?: string;
}

export function Table<T extends object>(props: TableProps<T>): ReactElement {
  const { name, columns, keyOf, onSort, onOpen, also = NOTHING, className = '', empty, loading, fault } = props;
  const [own, setOwn] = useState<Sorting | undefined>(props.sorting);
  const sorting = onSort === undefined ? own : props.sorting;
  const isOwn = onSort === undefined;
  const rows = useMemo(
    () => (isOwn ? sorted(props.rows ?? [], columns, sorting) : (props.rows ?? [])),
    [props.rows, columns, sorting, isOwn],
  );
  const isLoading = props.rows === undefined;
  const shown = useFirst(rows);
  const latest = useRef({ rows, columns, sorting, keyOf, onOpen, setSorting: onSort ?? setOwn });
  useEffect(() => {
    latest.current = { rows, columns, sorting, keyOf, onOpen, setSorting: onSort ?? setOwn };
  });
  const opens = onOpen !== undefined;
  // The kit builds a whole collection when it is drawn: only when something in it has changed.
  const table = useMemo(() => {
    const note = fault ?? (isLoading ? <p role="status">{loading}</p> : empty);
    const open = (key: Key): void =>
      latest.current.rows.filter((row) => keyOf(row) === key).forEach((row) => latest.current.onOpen?.(row));
    return (
      <KitTable
        className="table"
        aria-label={name}
        selectionMode="none"
        onSortChange={(wanted) => latest.current.setSorting(nextSorting(wanted, latest.current))}
        {...defined({ sortDescriptor: sorting && descriptor(sorting) })}
        {...(opens ? { onRowAction: open } : {})}
      >
        <TableHeader columns={columns}>{(column) => <Head column={column} />}</TableHeader>
        <TableBody
          items={shown}
          dependencies={[columns, ...also]}
          renderEmptyState={() => <div className="table-note">{note}</div>}
        >
          {(row) => (
            <Row id={keyOf(row)} className="table-row" {...(opens ? { 'data-opens': true } : {})}>
              {columns.map((column) => (
                <Cell key={column.id} className={cellClass(column)}>
                  {column.cell(row)}
                </Cell>
              ))}
            </Row>
          )}
        </TableBody>
        {rows.length > 0 && totals(columns)}
      </KitTable>
    );
  }, [name, columns, shown, rows.length, sorting, isLoading, empty, loading, fault, opens, ...also]);
  return <div className={`table-place ${className}`}>{table}</div>;
}

const NOTHING: readonly unknown[] = [];
/** So many rows are there at once, and as many more each time the browser has drawn those. */
const AT_ONCE = 40;
const THEN = 80;

/** Of many rows the first: a screen is there in a moment, the rest follows below it. */
function useFirst<T>(rows: readonly T[]): readonly T[] {
  const [count, setCount] = useState(AT_ONCE);
  const isMore = rows.length > count;
  useEffect(() => {
    if (!isMore) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + THEN)), 30);
    return () => clearTimeout(timer);
  }, [isMore, count]);
  return useMemo(() => (isMore ? rows.slice(0, count) : rows), [rows, count, isMore]);
}

function totals<T>(columns: readonly TableColumn<T>[]): ReactElement | undefined {
  if (columns.every(({ total }) => total === undefined)) return undefined;
  return (
    <TableFooter>
      <Row id="total" className="table-total">
        {columns.map(({ total, ...column }) => (
          <Cell key={column.id} className={cellClass(column)}>
            {total}
          </Cell>
        ))}
      </Row>
    </TableFooter>
  );
}

interface Sorted<T> {
  readonly columns: readonly TableColumn<T>[];
  readonly sorting: Sorting | undefined;
}

/** The same column again turns it round. */
function nextSorting<T>({ column, direction }: SortDescriptor, { columns, sorting }: Sorted<T>): Sorting {
  const id = String(column);
  const isGreatestFirst = columns.find((one) => one.id === id)?.isGreatestFirst === true;
  return { column: id, isDescending: sorting?.column === id ? direction === 'descending' : isGreatestFirst };
}

function Head<T>({ column }: { readonly column: TableColumn<T> }): ReactElement {
  const { id, title, sortBy, isRowHeader = false } = column;
  return (
    <Column id={id} isRowHeader={isRowHeader} allowsSorting={sortBy !== undefined} className={cellClass(column)}>
      {({ sortDirection }) => (
        <span className="column-title">
          {title}
          {sortDirection !== undefined && (
            <span className={`sorted ${sortDirection}`}>
              <Icon name="down" />
            </span>
          )}
        </span>
      )}
    </Column>
  );
}

function descriptor({ column, isDescending }: Sorting): SortDescriptor {
  return { column, direction: isDescending ? 'descending' : 'ascending' };
}

function cellClass<T>({ isFigure = false, className = '' }: Pick<TableColumn<T>, 'isFigure' | 'className'>): string {
  return `cell${isFigure ? ' is-figure numbers' : ''} ${className}`;
}

function sorted<T>(rows: readonly T[], columns: readonly TableColumn<T>[], sorting: Sorting | undefined): readonly T[] {
  const sortBy = columns.find(({ id }) => id === sorting?.column)?.sortBy;
  if (sortBy === undefined) return rows;
  const way = sorting?.isDescending === true ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [sortBy(one) ?? null, sortBy(other) ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    return order * way;
  });
}
