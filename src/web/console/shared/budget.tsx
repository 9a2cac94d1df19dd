// What a limit on abandoned calls still leaves, as a figure and a bar.

import type { ReactElement } from 'react';
import { share } from '../formats.ts';
import { useSayings } from '../use-words.tsx';
import type { Limit } from './sums.ts';
import { stateWords } from './words.ts';

/** Figures below this are shown in warning colours. */
const FEW = 3;

export function BudgetLeft({ limit }: { readonly limit: Limit }): ReactElement {
  const words = useSayings(stateWords);
  const { left, leftAtEnd, target, liveAnswers, abandoned } = limit;
  const rate = liveAnswers === 0 ? 0 : abandoned / liveAnswers;
  const used = target === 0 ? Math.min(1, abandoned) : Math.min(1, rate / target);
  const tone = left < 0 ? 'bad' : left < FEW && liveAnswers > 0 ? 'warn' : 'good';
  const text = left < 0 ? words.tooMany(-left) : words.moreNow(left);
  return (
    <span className={`budget ${tone}`} title={`${share(rate, 2)} / ${share(target, 1)}`}>
      <svg className="budget-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" width="100" height="8" rx="2" />
        <rect className="used" width={used * 100} height="8" rx="2" />
      </svg>
      <span className="numbers">{leftAtEnd !== undefined && left >= 0 ? words.moreToday(leftAtEnd) : text}</span>
    </span>
  );
}
