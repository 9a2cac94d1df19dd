// How views read and change by the API: what is on its way, what came, what was refused, and how to try again.

import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { say } from '../agent/announcer.tsx';
import { ask, isError } from '../live/ask.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useFrameWords } from './use-words.tsx';

/** An answer of the API that is an error; no answer at all has the code `unanswered`. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly places?: readonly {
    readonly file: string;
    readonly line?: number;
    readonly column?: number;
    readonly key?: string;
    readonly severity?: string;
    readonly message?: string;
    readonly hint?: string;
  }[];
}

type Answer<T> = { readonly body: T } | { readonly refusal: Refusal };

/** Never throws. */
export async function send<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const answer = await ask<T>(method, path, body);
    return isError(answer.body) ? { refusal: answer.body.error } : { body: answer.body };
  } catch {
    return { refusal: { code: 'unanswered', message: '', hint: '' } };
  }
}

interface Got<T> {
  /** Undefined: not come yet; what came stays while it is asked for again. */
  readonly body: T | undefined;
  readonly refusal: Refusal | undefined;
  readonly isLoading: boolean;
  readonly again: () => void;
}

/** Reads `/api…` when the view opens, when the path changes, and, where wanted, again and again. Undefined: nothing. */
export function useGet<T>(path: string | undefined, everyMs?: number): Got<T> {
  const [got, setGot] = useState<{ readonly path: string; readonly answer: Answer<T> }>();
  const [round, setRound] = useState(0);
  const [isLoading, setLoading] = useState(path !== undefined);
  useEffect(() => {
    if (path === undefined) return;
    let isGone = false;
    const read = async (): Promise<void> => {
      setLoading(true);
      const answer = await send<T>('GET', path);
      if (isGone) return;
      setGot((before) => kept(before, path, answer));
      setLoading(false);
    };
    void read();
    const timer = everyMs === undefined ? undefined : setInterval(() => void read(), everyMs);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [path, everyMs, round]);
  const answer = got?.path === path ? got?.answer : undefined;
  return {
    body: answer !== undefined && 'body' in answer ? answer.body : undefined,
    refusal: answer !== undefined && 'refusal' in answer ? answer.refusal : undefined,
    isLoading,
    again: useCallback(() => setRound((count) => count + 1), []),
  };
}

interface Had<T> {
  readonly path: string;
  readonly answer: Answer<T>;
}

/** A picture that came is better than none: that it could not be read again shows by its age. */
function kept<T>(before: Had<T> | undefined, path: string, answer: Answer<T>): Had<T> {
  const isOnlyMissed = 'refusal' in answer && answer.refusal.code === 'unanswered';
  return isOnlyMissed && before?.path === path && 'body' in before.answer ? before : { path, answer };
}

interface Acting {
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  /** Does it, unless the one before still runs; undefined: it was refused, and `refusal` says why. */
  readonly act: <T>(method: string, path: string, body?: unknown) => Promise<T | undefined>;
  readonly forget: () => void;
}

export function useAct(): Acting {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const running = useRef(false);
  const act = useCallback(async <T,>(method: string, path: string, body?: unknown): Promise<T | undefined> => {
    if (running.current) return undefined;
    running.current = true;
    setBusy(true);
    setRefusal(undefined);
    const answer = await send<T>(method, path, body);
    running.current = false;
    setBusy(false);
    if ('body' in answer) return answer.body;
    setRefusal(answer.refusal);
    return undefined;
  }, []);
  return { isBusy, refusal, act, forget: useCallback(() => setRefusal(undefined), []) };
}

interface RefusedProps {
  readonly refusal: Refusal | undefined;
  /** Try again, or dismiss. */
  readonly onAgain?: () => void;
  readonly onClose?: () => void;
}

/** What was refused: why, what to do, and at which places. */
export function Refused({ refusal, onAgain, onClose }: RefusedProps): ReactElement | null {
  const words = useFrameWords();
  const text = refusal?.code === 'unanswered' ? words.noAnswer : `${refusal?.message ?? ''} ${refusal?.hint ?? ''}`;
  const isThere = refusal !== undefined;
  useEffect(() => {
    if (isThere) say(text, 'assertive');
  }, [isThere, text]);
  if (!isThere) return null;
  const actions = (
    <>
      {onAgain && (
        <Button isSmall onPress={onAgain}>
          {words.again}
        </Button>
      )}
      {onClose && <Button look="plain" isSmall icon="cross" name={words.close} onPress={onClose} />}
    </>
  );
  return (
    <Note tone="bad" icon="warning" actions={actions}>
      <p>{text}</p>
      {(refusal.places ?? []).length > 0 && (
        <ul className="places">
          {refusal.places?.map((place, at) => (
            <li key={at}>
              <span className="soft">
                {place.file}
                {place.line !== undefined && `, ${words.line(place.line)}`}
                {place.key !== undefined && `, ${place.key}`}
              </span>
              {place.message !== undefined && <span> {place.message}</span>}
              {place.hint !== undefined && <span> {place.hint}</span>}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}
