// The table of records: filtered, sorted, page by page. Numbers are masked here.

import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Table, type Sorting, type TableColumn } from '../../ui/table.tsx';
import { Refused, useGet } from '../data.tsx';
import { dayTime, figure } from '../formats.ts';
import { goTo, hrefOf } from '../place.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { askedOf, queryOf, tablePath, type Asked, type Page, type Row } from './asked.ts';
import { RecordFilters } from './record-filters.tsx';
import { Standing, useResultWord } from './standing.tsx';
import { tableWords } from './table-words.ts';

/** What is typed is asked for when the typing rests so long. */
const REST_MS = 300;

/** By their columns, what the server sorts by. */
const SORTS: Readonly<Record<string, string>> = { name: 'taken-up', last: 'last-attempt', next: 'due' };

export function RecordTable({ query }: { readonly query: URLSearchParams }): ReactElement {
  const asked = useMemo(() => askedOf(query), [query]);
  const [typed, setTyped] = useState({ text: '', condition: '' });
  const resting = useResting(typed);
  const key = JSON.stringify([asked, resting]);
  const change = (part: Partial<Asked>): void => goTo(hrefOf('records', [], queryOf({ ...asked, ...part })));
  return (
    <>
      <RecordFilters asked={asked} typed={typed} onChange={change} onType={setTyped} />
      <Pages key={key} asked={asked} typed={resting} onChange={change} />
    </>
  );
}

function useResting<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

interface PagesProps {
  readonly asked: Asked;
  readonly typed: { readonly text: string; readonly condition: string };
  readonly onChange: (part: Partial<Asked>) => void;
}

function Pages({ asked, typed, onChange }: PagesProps): ReactElement {
  const words = useSayings(tableWords);
  const { loading } = useFrameWords();
  const columns = useColumns();
  /** Where each page begins, the present one last. */
  const [starts, setStarts] = useState<readonly (string | undefined)[]>([undefined]);
  const page = useGet<Page>(tablePath(asked, typed, starts.at(-1)));
  const column = Object.entries(SORTS).find(([, sort]) => sort === asked.sort)?.[0] ?? 'last';
  const sort = (to: Sorting): void =>
    onChange({ sort: SORTS[to.column] ?? 'taken-up', order: to.isDescending ? 'down' : 'up' });
  const next = page.body?.next ?? null;
  return (
    <section className="card" aria-label={words.title}>
      <Table
        name={words.title}
        columns={columns}
        rows={page.body?.rows}
        keyOf={({ id }) => String(id)}
        empty={next === null ? words.none : words.lookedFar}
        loading={loading}
        {...(page.refusal ? { fault: <Refused refusal={page.refusal} onAgain={page.again} /> } : {})}
        sorting={{ column, isDescending: asked.order === 'down' }}
        onSort={sort}
        onOpen={({ id }) => goTo(hrefOf('records', [String(id)]))}
      />
      <div className="card-head">
        <span className="soft small" role="status">
          {page.body && counted(page.body, starts.length, words)}
        </span>
        <div className="page-steps">
          <Button isSmall icon="back" isDisabled={starts.length < 2} onPress={() => setStarts(starts.slice(0, -1))}>
            {words.previousPage}
          </Button>
          <span className="small numbers">{words.page(starts.length)}</span>
          <Button
            isSmall
            icon="next"
            isDisabled={next === null}
            onPress={() => next !== null && setStarts([...starts, next])}
          >
            {words.nextPage}
          </Button>
        </div>
      </div>
    </section>
  );
}

function counted({ matches, rows, next }: Page, page: number, words: (typeof tableWords)['en']): string {
  if (matches !== null) return words.count(figure(matches));
  if (next === null && page === 1) return words.count(figure(rows.length));
  return '';
}

function useColumns(): readonly TableColumn<Row>[] {
  const words = useSayings(tableWords);
  const resultWord = useResultWord();
  return useMemo(() => {
    const isSorted = { sortBy: ({ id }: Row) => id, isGreatestFirst: true };
    return [
      {
        id: 'name',
        title: words.name,
        isRowHeader: true,
        ...isSorted,
        cell: ({ contact }) => (contact.name === '' ? <span className="soft">{words.nameless}</span> : contact.name),
      },
      {
        id: 'number',
        title: words.number,
        cell: ({ contact }) => contact.phones[0]?.number ?? '–',
        className: 'numbers',
      },
      { id: 'campaign', title: words.campaign, cell: ({ campaign }) => campaign },
      { id: 'state', title: words.state, cell: ({ state }) => <Standing state={state} /> },
      { id: 'result', title: words.result, cell: ({ lastResult }) => resultWord(lastResult) },
      { id: 'disposition', title: words.disposition, cell: ({ lastDisposition }) => lastDisposition ?? '–' },
      { id: 'agent', title: words.agent, cell: ({ lastAgent }) => lastAgent ?? '–' },
      { id: 'attempts', title: words.attempts, cell: ({ attempts }) => attempts, isFigure: true },
      {
        id: 'last',
        title: words.last,
        isFigure: true,
        ...isSorted,
        cell: ({ lastAttemptAt }) => (lastAttemptAt === null ? '–' : dayTime(lastAttemptAt)),
      },
      {
        id: 'next',
        title: words.next,
        isFigure: true,
        sortBy: ({ id }: Row) => id,
        cell: ({ dueAt }) => (dueAt === null ? '–' : dueAt <= Date.now() ? words.now : dayTime(dueAt)),
      },
      { id: 'priority', title: words.priority, cell: ({ priority }) => priority, isFigure: true },
    ];
  }, [words, resultWord]);
}
