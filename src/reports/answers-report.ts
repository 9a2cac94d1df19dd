// What was answered to a campaign's script in a period: each question with how often each of its choices was given.

import type { AnswerCounts } from '../engine/store/scripts.ts';
import type { Store } from '../engine/store/store.ts';
import type { Period } from './reports.ts';

export interface AnswerReport {
  readonly question: string;
  readonly type: AnswerCounts['questions'][number]['type'];
  /** Code of a choice; empty: the question has none to choose from. */
  readonly answer: string;
  readonly count: number;
  /** Of the conversations in which the question was answered, 0–1; several choices of one add up to more than 1. */
  readonly share: number;
  /** Of numbers. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** By question, and by choice from the most frequent one; a question without choices has one row. */
export async function answersReport(
  store: Pick<Store, 'scripts'>,
  campaign: string,
  period: Period,
): Promise<readonly AnswerReport[]> {
  const { questions, choices } = await store.scripts.counts({ campaign, ...period });
  return questions.flatMap(({ answered, ...question }) => {
    const chosen = choices.filter((one) => one.question === question.question);
    if (chosen.length === 0) return [{ ...question, answer: '', count: answered, share: 1 }];
    return chosen.map(({ code, count }) => ({ ...question, answer: code, count, share: count / answered }));
  });
}
