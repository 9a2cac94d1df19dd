// When the person in hand may be called back: asked of the server, again when number, day or agent is another, and each
// minute.

import { useEffect, useState } from 'react';
import { ask, isError } from '../../live/ask.ts';
import { isWhole, phoneQuery, type CalledPhone } from './called-phone.ts';
import type { CallbackTimes } from './stretches.ts';

interface TimesQuery {
  readonly interaction: string;
  readonly phone: CalledPhone;
  readonly personal: boolean;
  /** Empty: today, where the person is. */
  readonly date: string;
}

const AGAIN_MS = 60_000;

export function useCallbackTimes({ interaction, phone, personal, date }: TimesQuery): CallbackTimes | undefined {
  const [known, setKnown] = useState<{ readonly of: string; readonly times: CallbackTimes }>();
  const isAsked = isWhole(phone);
  /** Times on another number are on another clock. */
  const of = new URLSearchParams(phoneQuery(phone)).toString();
  useEffect(() => {
    if (!isAsked) return;
    let isWanted = true;
    const query = new URLSearchParams(of);
    query.set('personal', String(personal));
    if (date !== '') query.set('date', date);
    const look = (): void => {
      ask<CallbackTimes>('GET', `/api/agent/callback-times?${query.toString()}`).then(
        ({ status, body }) => {
          if (isWanted && status === 200 && !isError(body)) setKnown({ of, times: body });
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
  }, [interaction, isAsked, of, personal, date]);
  return isAsked && known?.of === of ? known.times : undefined;
}
