// Trunks with their lines, and every limit on abandoned calls with its own count.

import type { ReactElement } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { dayTime, figure, share } from '../formats.ts';
import type { BoardView } from '../live/board.ts';
import { BudgetLeft } from '../shared/budget.tsx';
import type { Limit } from '../shared/sums.ts';
import { useReasons, useSayings } from '../use-words.tsx';
import { boardWords } from './words.ts';

export function Trunks({ view }: { readonly view: BoardView }): ReactElement {
  const words = useSayings(boardWords);
  const { trunk } = useReasons();
  return (
    <section className="card" aria-labelledby="trunks">
      <h2 id="trunks">{words.trunks}</h2>
      <ul className="trunks">
        {view.trunks.map(({ name, linesInUse, maxLines, mayDial, reason }) => (
          <li key={name} className={mayDial ? '' : 'is-resting'}>
            <span className="trunk-head">
              <strong>{name}</strong>
              <span className="numbers small">{words.inUse(figure(linesInUse), figure(maxLines))}</span>
            </span>
            <svg className="trunk-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect className="track" width="100" height="6" rx="2" />
              <rect className="used" width={(100 * linesInUse) / Math.max(1, maxLines)} height="6" rx="2" />
            </svg>
            <span className="small soft">
              {!mayDial && <Icon name="warning" />} {trunk(reason)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of campaigns that have had answers in one of them. */
export function Limits({ view }: { readonly view: BoardView }): ReactElement | null {
  const words = useSayings(boardWords);
  const counted = view.budgets.filter(({ limits }) => limits.some(({ liveAnswers }) => liveAnswers > 0));
  if (counted.length === 0) return null;
  return (
    <section className="card" aria-labelledby="limits">
      <h2 id="limits">{words.limits}</h2>
      <ul className="limits">
        {counted.slice(0, MOST).map(({ campaign, limits }) => (
          <li key={campaign}>
            <h3>{campaign}</h3>
            <LimitList limits={limits} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOST = 6;

export function LimitList({ limits }: { readonly limits: readonly Limit[] }): ReactElement {
  const words = useSayings(boardWords);
  return (
    <ul className="limit-list">
      {limits.map((limit) => (
        <li key={limit.name}>
          <span className="limit-head">
            <span>{limit.name === 'campaign' ? words.own : limit.name}</span>
            <BudgetLeft limit={limit} />
          </span>
          <span className="small soft numbers">
            {words.limitRow(figure(Math.round(limit.abandoned)), figure(Math.round(limit.liveAnswers)))},{' '}
            {words.atMost(share(limit.target, 1))},{' '}
            {limit.endsAt === undefined ? words.anyTime : words.until(dayTime(limit.endsAt))}
          </span>
        </li>
      ))}
    </ul>
  );
}
