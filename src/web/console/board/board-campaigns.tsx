// Campaigns with what they do and why; the last row is the sum of those above it.

import { useMemo, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { figure, share } from '../formats.ts';
import type { BoardCampaign, BoardHistory, BoardView } from '../live/board.ts';
import { goTo, hrefOf } from '../place.ts';
import { BudgetLeft } from '../shared/budget.tsx';
import { Spark } from '../shared/plot.tsx';
import { CampaignChip } from '../shared/signs.tsx';
import { isInSums, linesOf, readyOf, tightestOf, totalsOf, type Limit } from '../shared/sums.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { isWall } from '../wall.ts';
import { boardWords } from './words.ts';

interface Row {
  readonly campaign: BoardCampaign;
  readonly limit: Limit | undefined;
  readonly course: readonly number[];
}

interface Props {
  readonly view: BoardView;
  readonly past: BoardHistory | undefined;
}

const SLICE = 10;

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

function useColumns(shown: readonly BoardCampaign[]): readonly TableColumn<Row>[] {
  const words = useSayings(boardWords);
  const totals = totalsOf(shown);
  const sums = JSON.stringify(totals);
  return useMemo(() => {
    const count = (
      id: string,
      title: string,
      of: (campaign: BoardCampaign) => number,
      total: number,
    ): TableColumn<Row> => ({
      id,
      title,
      isFigure: true,
      isGreatestFirst: true,
      cell: ({ campaign }) => figure(of(campaign)),
      sortBy: ({ campaign }) => of(campaign),
      total: figure(total),
    });
    return [
      {
        id: 'name',
        title: words.campaign,
        isRowHeader: true,
        total: words.sum,
        cell: ({ campaign }) => (
          <span className="named">
            {campaign.name} <CampaignChip state={campaign.state} />
          </span>
        ),
        sortBy: ({ campaign }) => campaign.name,
      },
      count('talking', words.talking, ({ agents }) => agents.talking, totals.talking),
      count('wrapUp', words.wrapUp, ({ agents }) => agents['wrap-up'], totals.wrapUp),
      count('ready', words.ready, readyOf, totals.ready),
      count('paused', words.paused, ({ agents }) => agents.paused, totals.paused),
      count('lines', words.linesNow, linesOf, totals.lines),
      {
        id: 'why',
        title: words.why,
        className: 'why',
        cell: ({ campaign }) => <span className="clamped">{whyOf(campaign)}</span>,
      },
      {
        id: 'reached',
        title: words.reached,
        isFigure: true,
        isGreatestFirst: true,
        cell: ({ campaign, course }) => (
          <span className="reached">
            <Spark values={sliced(course)} />
            {figure(campaign.today.liveAnswers)}
          </span>
        ),
        sortBy: ({ campaign }) => campaign.today.liveAnswers,
        total: figure(totals.liveAnswers),
      },
      {
        id: 'rate',
        title: words.rate,
        isFigure: true,
        isGreatestFirst: true,
        cell: ({ campaign: { today }, limit }) => (
          <>
            {share(today.abandonRate, 1)} {limit !== undefined && limit.liveAnswers > 0 && <BudgetLeft limit={limit} />}
          </>
        ),
        sortBy: ({ campaign: { today } }) => today.abandonRate,
        total: share(totals.abandonRate, 1),
      },
    ];
    // The sums are compared by what they are.
  }, [words, sums]);
}

/** While it dials, the pacing's own reason; else why it does not. */
export function whyOf({ dialing, why, pacing }: BoardCampaign): string {
  return dialing && pacing !== undefined ? pacing.reason : why;
}

/** Ten minutes to a point. */
function sliced(values: readonly number[]): readonly number[] {
  const slices: number[] = [];
  for (let at = 0; at < values.length; at += SLICE)
    slices.push(values.slice(at, at + SLICE).reduce((sum, value) => sum + value, 0));
  return slices;
}
