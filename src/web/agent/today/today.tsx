// The agent's own day in figures.

import type { ReactElement } from 'react';
import type { DeskView } from '../../live/live.ts';
import { useWords } from '../../words/words.tsx';
import { timer } from '../bar/time.ts';
import './today.css';

export function Today({ view }: { readonly view: DeskView }): ReactElement {
  const words = useWords();
  const text = words.today;
  const { today } = view;
  const time = new Intl.DateTimeFormat(words.locale, { timeStyle: 'short' });
  const figures: readonly (readonly [string, string | number])[] = [
    [text.calls, today.calls],
    [text.talk, timer(today.talkMs)],
    [text.wrapUp, timer(today.wrapUpMs)],
    [text.waiting, timer(today.waitingMs)],
    [text.paused, timer(today.pausedMs)],
    [text.paid, timer(today.paidMs)],
    [text.callbacks, today.callbacks],
  ];
  return (
    <section className="card today" aria-labelledby="today-title">
      <div className="card-head">
        <h2 id="today-title">{text.title}</h2>
        <span className="small soft numbers">{text.asOf(time.format(today.at))}</span>
      </div>
      <dl className="figures numbers">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {today.dispositions.length > 0 && (
        <p className="small soft">{today.dispositions.map(({ label, count }) => `${label} ${count}`).join(' · ')}</p>
      )}
    </section>
  );
}
