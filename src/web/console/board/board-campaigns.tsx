// Campaigns with what they do and why; the last row is the sum of those above it.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Table } from '../../ui/table.tsx';
import type { BoardCampaign, BoardHistory, BoardView } from '../live/board.ts';
import { goTo, hrefOf } from '../place.ts';
import { isInSums, tightestOf } from '../shared/sums.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { isWall } from '../wall.ts';
import { useColumns, type Row } from './columns.tsx';
import { boardWords } from './words.ts';

interface Props {
  readonly view: BoardView;
  readonly past: BoardHistory | undefined;
}

export function BoardCampaigns({ view, past }: Props): ReactElement {
  const words = useSayings(boardWords);
  const { loading } = useFrameWords();
  const [isAll, setAll] = useState(false);
  const open = view.campaigns.filter((one) => one.state !== 'archived' || isInSums(one));
  const active = open.filter(isInSums);
  const shown = isAll ? open : active;
  const rows = useRows(shown, view, past);
  const columns = useColumns(shown);
  return (
    <section className="card" aria-label={words.campaigns}>
      <Table
        name={words.campaigns}
        columns={columns}
        rows={rows}
        keyOf={({ campaign }) => campaign.name}
        empty={open.length === 0 ? words.none : words.nothingActive}
        loading={loading}
        sorting={{ column: 'lines', isDescending: true }}
        {...(isWall() ? {} : { onOpen: ({ campaign }: Row) => goTo(hrefOf('campaigns', [campaign.name])) })}
      />
      {open.length > active.length && !isWall() && (
        <div>
          <Button look="plain" isSmall onPress={() => setAll(!isAll)}>
            {isAll ? words.showRunning : words.showAll(open.length - active.length)}
          </Button>
        </div>
      )}
    </section>
  );
}

/** A row stays the same object while nothing in it changes: it is not drawn again. */
function useRows(shown: readonly BoardCampaign[], view: BoardView, past: BoardHistory | undefined): readonly Row[] {
  const [kept] = useState(() => new Map<string, Row>());
  const rows = shown.map((campaign) => {
    const limit = tightestOf(view, campaign.name);
    const course = past?.campaigns.find(({ name }) => name === campaign.name)?.liveAnswers ?? NOTHING;
    const before = kept.get(campaign.name);
    if (before?.campaign === campaign && before.limit === limit && before.course === course) return before;
    const row = { campaign, limit, course };
    kept.set(campaign.name, row);
    return row;
  });
  return rows;
}

const NOTHING: readonly number[] = [];
