// The figures that count, large.

import type { ReactElement, ReactNode } from 'react';
import type { BoardView } from '../live/board.ts';
import { figure, share } from '../formats.ts';
import { BudgetLeft } from '../shared/budget.tsx';
import { totalsOf, tightestOf, type Totals } from '../shared/sums.ts';
import { useSayings } from '../use-words.tsx';
import { boardWords } from './words.ts';

export function Tiles({ view }: { readonly view: BoardView }): ReactElement {
  const words = useSayings(boardWords);
  const totals = totalsOf(view.campaigns);
  const tightest = tightestRunning(view);
  const utilisation = utilisationOf(view);
  return (
    <ul className="tiles">
      <Tile label={words.agents} hint={words.signedIn(figure(totals.signedIn))} isWide>
        <AgentBar totals={totals} />
      </Tile>
      <Tile label={words.utilisation} hint={words.today}>
        {utilisation === undefined ? '–' : share(utilisation)}
      </Tile>
      <Tile label={words.lines} hint={words.linesHint(figure(totals.ringing), figure(totals.waiting))}>
        {figure(totals.lines)}
      </Tile>
      <Tile label={words.answers} hint={words.answersHint(figure(totals.attempts))}>
        {figure(totals.liveAnswers)}
      </Tile>
      <Tile label={words.abandoned} hint={words.abandonedHint(figure(totals.abandoned))}>
        {share(totals.abandonRate, 2)}
      </Tile>
      {tightest !== undefined && (
        <Tile label={words.budget} hint={words.budgetHint(tightest.campaign)}>
          <BudgetLeft limit={tightest.limit} />
        </Tile>
      )}
    </ul>
  );
}

interface TileProps {
  readonly label: string;
  readonly hint: string;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}

function Tile({ label, hint, children, isWide = false }: TileProps): ReactElement {
  return (
    <li className={`tile card${isWide ? ' is-wide' : ''}`}>
      <span className="tile-label">{label}</span>
      <span className="figure numbers">{children}</span>
      <span className="small soft">{hint}</span>
    </li>
  );
}

function AgentBar({ totals }: { readonly totals: Totals }): ReactElement {
  const words = useSayings(boardWords);
  const parts = [
    { key: 'busy', label: words.talking, count: totals.talking },
    { key: 'accent', label: words.wrapUp, count: totals.wrapUp },
    { key: 'good', label: words.ready, count: totals.ready },
    { key: 'warn', label: words.paused, count: totals.paused },
  ] as const;
  return (
    <span className="agent-parts">
      {parts.map(({ key, label, count }) => (
        <span key={key} className={`agent-part ${key}`}>
          <strong className="numbers">{figure(count)}</strong>
          <span className="small">{label}</span>
        </span>
      ))}
    </span>
  );
}

/** Of the running campaigns the limit with the least left. */
function tightestRunning(view: BoardView) {
  const all = view.campaigns.flatMap(({ name, state }) => {
    const limit = state === 'running' || state === 'paused' ? tightestOf(view, name) : undefined;
    return limit === undefined || limit.liveAnswers === 0 ? [] : [{ campaign: name, limit }];
  });
  return all.toSorted((one, other) => one.limit.left - other.limit.left)[0];
}

/** By hours worked: a campaign with more agents counts more. Undefined: no one has worked today. */
function utilisationOf({ days }: BoardView): number | undefined {
  const busy = days.rows.reduce((sum, { talkMs, wrapUpMs }) => sum + talkMs + wrapUpMs, 0);
  const all = days.rows.reduce((sum, { talkMs, wrapUpMs, waitingMs }) => sum + talkMs + wrapUpMs + waitingMs, 0);
  return all === 0 ? undefined : busy / all;
}
