// When the person in hand may be called back: asked of the server, again when number, day or agent is another, and each
// minute.

import { useEffect, useState } from 'react';
import { ask, isError } from '../../live/ask.ts';
import type { CallbackTimes } from './stretches.ts';

interface TimesQuery {
  readonly interaction: string;
  /** Place of the phone; `same`: the one dialed last. */
  readonly phone: string;
  readonly personal: boolean;
  /** Empty: today, where the person is. */
  readonly date: string;
}

const AGAIN_MS = 60_000;

export function useCallbackTimes({ interaction, phone, personal, date }: TimesQuery): CallbackTimes | undefined {
  const [times, setTimes] = useState<CallbackTimes>();
  useEffect(() => {
    let isWanted = true;
    const query = new URLSearchParams({ personal: String(personal) });
    if (phone !== 'same') query.set('phone', phone);
    if (date !== '') query.set('date', date);
    const look = (): void => {
      ask<CallbackTimes>('GET', `/api/agent/callback-times?${query.toString()}`).then(
        ({ status, body }) => {
          if (isWanted && status === 200 && !isError(body)) setTimes(body);
        },
        // Without an answer every time can still be asked for: the server judges it then.
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => {
      isWanted = false;
      clearInterval(timer);
    };
  }, [interaction, phone, personal, date]);
  return times;
}
