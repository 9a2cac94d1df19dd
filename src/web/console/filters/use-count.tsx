// How many people a condition fits, counted again when it has rested; an older count is not listened to.

import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { filterCount } from '../../../http/wire/filters.ts';
import { ask, isError } from '../../live/ask.ts';
import type { Refusal } from '../data.tsx';

type Count = z.output<typeof filterCount>;

export interface Counting {
  /** Of the condition before while it is counted again. */
  readonly count: Count | undefined;
  readonly refusal: Refusal | undefined;
  readonly isCounting: boolean;
}

const REST_MS = 400;
/** A condition that only JavaScript can test takes its time with a million people. */
const WITHIN_MS = 60_000;

/** An empty expression is not counted. */
export function useCount(expression: string, list: string): Counting {
  const [state, setState] = useState<Counting>({ count: undefined, refusal: undefined, isCounting: false });
  useEffect(() => {
    if (expression.trim() === '') return setState({ count: undefined, refusal: undefined, isCounting: false });
    let isGone = false;
    setState((before) => ({ ...before, isCounting: true }));
    const timer = setTimeout(() => {
      void countOf(expression, list).then((found) => isGone || setState({ ...found, isCounting: false }));
    }, REST_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [expression, list]);
  return state;
}

async function countOf(expression: string, list: string): Promise<Omit<Counting, 'isCounting'>> {
  const asked = { expression, lists: list === '' ? [] : [list] };
  try {
    const { body } = await ask<Count>('POST', '/api/filters/count', asked, { withinMs: WITHIN_MS });
    return isError(body) ? { count: undefined, refusal: body.error } : { count: body, refusal: undefined };
  } catch {
    return { count: undefined, refusal: { code: 'unanswered', message: '', hint: '' } };
  }
}
