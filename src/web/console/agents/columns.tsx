// The columns of the agents: who and where, how long, the day in figures, whom they talk to and by which phone.

import { useMemo, type ReactElement } from 'react';
import type { TableColumn } from '../../ui/table.tsx';
import { figure, share, span } from '../formats.ts';
import type { BoardAgent } from '../live/board.ts';
import { useServerNow } from '../live/use-board.tsx';
import { AgentChip } from '../shared/signs.tsx';
import { LONG, type AgentDay, type Usual } from '../shared/sums.ts';
import { stateWords } from '../shared/words.ts';
import { useSayings } from '../use-words.tsx';
import { agentWords } from './words.ts';

export interface Row {
  readonly agent: BoardAgent;
  readonly day: AgentDay | undefined;
}

type Column = TableColumn<Row>;
type Words = (typeof agentWords)['en'];

export function useColumns(usual: Usual | undefined, count: number): readonly Column[] {
  const words = useSayings(agentWords);
  const states = useSayings(stateWords);
  return useMemo(
    () => [
      nameColumn(words, count),
      {
        id: 'state',
        title: words.state,
        cell: ({ agent }) => (
          <>
            <AgentChip state={agent.state} reason={agent.reason} />
            {agent.movesTo !== undefined && <span className="small soft">{words.movesTo(agent.movesTo)}</span>}
          </>
        ),
        sortBy: ({ agent }) => states.agent[agent.state],
      },
      {
        id: 'since',
        title: words.since,
        isFigure: true,
        isGreatestFirst: true,
        cell: ({ agent }) => <TimeIn agent={agent} usualMs={usual?.(agent.campaign, agent.state)} />,
        sortBy: ({ agent }) => (agent.state === 'offline' ? null : -agent.since),
      },
      {
        id: 'campaign',
        title: words.campaign,
        cell: ({ agent }) => agent.campaign ?? '–',
        sortBy: ({ agent }) => agent.campaign,
      },
      ...dayColumns(words),
      { id: 'with', title: words.with, isFigure: true, cell: ({ agent }) => agent.talkingTo ?? '–' },
      {
        id: 'phone',
        title: words.phone,
        cell: ({ agent }) =>
          agent.registered ? words.registered : <span className="not-there">{words.notRegistered}</span>,
        sortBy: ({ agent }) => Number(agent.registered),
      },
    ],
    [words, states, usual, count],
  );
}

function nameColumn(words: Words, count: number): Column {
  return {
    id: 'agent',
    title: words.agent,
    isRowHeader: true,
    total: words.sum(figure(count)),
    cell: ({ agent }) => (
      <>
        <strong>{agent.name}</strong> <span className="soft numbers">{agent.number}</span>
      </>
    ),
    sortBy: ({ agent }) => agent.name,
  };
}

function dayColumns(words: Words): readonly Column[] {
  const ofDay = (
    id: string,
    title: string,
    of: (day: AgentDay) => number | undefined,
    text: (value: number) => string,
  ) => ({
    id,
    title,
    isFigure: true,
    isGreatestFirst: true,
    cell: ({ day }: Row) => {
      const value = day && of(day);
      return value === undefined ? '–' : text(value);
    },
    sortBy: ({ day }: Row) => day && of(day),
  });
  return [
    ofDay('talks', words.talks, ({ talks }) => talks, figure),
    ofDay('mean', words.meanTalk, ({ meanTalkMs }) => meanTalkMs, span),
    ofDay('utilisation', words.utilisation, ({ utilisation }) => utilisation, share),
  ];
}

/** Counted on by itself; with what is usual beside it, marked when it is far beyond. */
function TimeIn({
  agent,
  usualMs,
}: {
  readonly agent: BoardAgent;
  readonly usualMs: number | undefined;
}): ReactElement | null {
  const words = useSayings(agentWords);
  const now = useServerNow();
  if (agent.state === 'offline') return null;
  const ms = now - agent.since;
  const isLong = usualMs !== undefined && ms > Math.max(LONG * usualMs, 60_000);
  return (
    <span className={`time-in${isLong ? ' is-long' : ''}`}>
      <strong>{span(ms)}</strong>
      {usualMs !== undefined && <span className="small soft"> {words.usual(span(usualMs))}</span>}
    </span>
  );
}
