// The live board.

import { useMemo, type ReactElement } from 'react';
import { Table, type TableColumn } from '../../ui/table.tsx';
import type { BoardCampaign } from '../live/board.ts';
import { useBoard } from '../live/use-board.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { boardWords } from './words.ts';

export function Board(): ReactElement {
  const words = useSayings(boardWords);
  const { loading } = useFrameWords();
  const { view } = useBoard();
  const columns = useMemo(
    (): readonly TableColumn<BoardCampaign>[] => [
      { id: 'name', title: words.campaign, cell: ({ name }) => name, sortBy: ({ name }) => name, isRowHeader: true },
      { id: 'state', title: words.state, cell: ({ state }) => state, sortBy: ({ state }) => state },
      { id: 'why', title: words.why, cell: ({ why }) => why },
    ],
    [words],
  );
  return (
    <section className="card live" aria-label={words.campaigns}>
      <div className="card-head">
        <h1>{words.campaigns}</h1>
      </div>
      <Table
        name={words.campaigns}
        columns={columns}
        rows={view?.campaigns}
        keyOf={({ name }) => name}
        empty={words.none}
        loading={loading}
        sorting={{ column: 'name', isDescending: false }}
      />
    </section>
  );
}
