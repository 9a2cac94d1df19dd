// Questions to the server whose answers take a while: one at a time, with a long patience, and a way to give up.

import { useCallback, useEffect, useRef, useState } from 'react';
import { isError } from '../../live/ask.ts';
import type { Refusal } from '../data.tsx';

/** The server gives up before that. */
const WITHIN_MS = 150_000;

interface Study<T> {
  /** Undefined: nothing came yet; what came stays while the next is worked out. */
  readonly body: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly isBusy: boolean;
  readonly ask: (path: string) => void;
  readonly stop: () => void;
}

export function useStudy<T>(): Study<T> {
  const [body, setBody] = useState<T>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [isBusy, setBusy] = useState(false);
  const running = useRef<AbortController | undefined>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const ask = useCallback((path: string) => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    setBusy(true);
    setRefusal(undefined);
    const late = setTimeout(() => control.abort(), WITHIN_MS);
    answerOf(path, control.signal)
      .then((answer) => {
        if (running.current !== control) return;
        if ('refusal' in answer) setRefusal(answer.refusal);
        else setBody(answer.body as T);
      })
      .finally(() => {
        clearTimeout(late);
        if (running.current === control) setBusy(false);
      })
      // Nothing in there throws but what was given up.
      .catch(() => undefined);
  }, []);
  return { body, refusal, isBusy, ask, stop };
}

async function answerOf(
  path: string,
  signal: AbortSignal,
): Promise<{ readonly body: unknown } | { readonly refusal: Refusal }> {
  try {
    const response = await fetch(path, { signal, headers: { 'x-outdial-request': '1' } });
    const body: unknown = await response.json();
    return isError(body) ? { refusal: body.error } : { body };
  } catch (error) {
    if (signal.aborted) throw error;
    return { refusal: { code: 'unanswered', message: '', hint: '' } };
  }
}
