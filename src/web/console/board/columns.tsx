// The columns of the board's campaigns: agents, lines, why, what was reached today and how much of the abandon budget is left.

import { useMemo, type ReactElement } from 'react';
import type { TableColumn } from '../../ui/table.tsx';
import { figure, share } from '../formats.ts';
import type { BoardCampaign } from '../live/board.ts';
import { BudgetLeft } from '../shared/budget.tsx';
import { Spark } from '../shared/plot.tsx';
import { CampaignChip } from '../shared/signs.tsx';
import { linesOf, readyOf, totalsOf, type Limit } from '../shared/sums.ts';
import { useReasons, useSayings } from '../use-words.tsx';
import { boardWords } from './words.ts';

export interface Row {
  readonly campaign: BoardCampaign;
  readonly limit: Limit | undefined;
  readonly course: readonly number[];
}

type Words = (typeof boardWords)['en'];
type Totals = ReturnType<typeof totalsOf>;

const SLICE = 10;

export function useColumns(shown: readonly BoardCampaign[]): readonly TableColumn<Row>[] {
  const words = useSayings(boardWords);
  const totals = totalsOf(shown);
  // The sums are compared by what they are.
  const sums = JSON.stringify(totals);
  return useMemo(() => columnsOf(words, totals), [words, sums]);
}

function columnsOf(words: Words, totals: Totals): readonly TableColumn<Row>[] {
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
      cell: ({ campaign }) => <Named campaign={campaign} />,
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
      cell: ({ campaign }) => (
        <span className="clamped">
          <Why campaign={campaign} />
        </span>
      ),
    },
    {
      ...count('reached', words.reached, ({ today }) => today.liveAnswers, totals.liveAnswers),
      cell: ({ campaign, course }) => <Reached campaign={campaign} course={course} />,
    },
    {
      ...count('rate', words.rate, ({ today }) => today.abandonRate, 0),
      cell: ({ campaign: { today }, limit }) => (
        <>
          {share(today.abandonRate, 1)} {limit !== undefined && limit.liveAnswers > 0 && <BudgetLeft limit={limit} />}
        </>
      ),
      total: share(totals.abandonRate, 1),
    },
  ];
}

function Named({ campaign: { name, state } }: Pick<Row, 'campaign'>): ReactElement {
  return (
    <span className="named">
      {name} <CampaignChip state={state} />
    </span>
  );
}

function Reached({ campaign, course }: Pick<Row, 'campaign' | 'course'>): ReactElement {
  return (
    <span className="reached">
      <Spark values={sliced(course)} />
      {figure(campaign.today.liveAnswers)}
    </span>
  );
}

function Why({ campaign }: Pick<Row, 'campaign'>): string {
  return useWhyOf()(campaign);
}

/** While it dials, the pacing's own reason; else why it does not. */
export function useWhyOf(): (campaign: BoardCampaign) => string {
  const { reason: said } = useReasons();
  return ({ dialing, reason, pacing }) => (dialing && pacing !== undefined ? pacing.reason : said(reason));
}

/** Ten minutes to a point. */
function sliced(values: readonly number[]): readonly number[] {
  const slices: number[] = [];
  for (let at = 0; at < values.length; at += SLICE)
    slices.push(values.slice(at, at + SLICE).reduce((sum, value) => sum + value, 0));
  return slices;
}
