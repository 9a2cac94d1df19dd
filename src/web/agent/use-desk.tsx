// How views read the desk and the clock.

import { createContext, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Draft } from '../live/draft.ts';
import { staleMs, type Live } from '../live/live.ts';
import type { Value } from '../live/value.ts';
import type { Desk } from './desk.ts';

const Current = createContext<Desk | null>(null);
export const DeskProvider = Current.Provider;

export function useDesk(): Desk {
  const desk = useContext(Current);
  if (desk === null) throw new Error('There is no desk around this view.');
  return desk;
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}

/** A part of what is live, as it is there: a view of it is drawn again when that part is another, not with every beat. */
export function useLive<T>(part: (live: Live) => T): T {
  const { live } = useDesk();
  return useSyncExternalStore(live.subscribe, () => part(live.get()));
}

/** The server's clock, looked at so often. */
export function useServerNow(everyMs = 500): number {
  const desk = useDesk();
  const [now, setNow] = useState(desk.serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(desk.serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [desk, everyMs]);
  return now;
}

/** For how many seconds nothing was heard; undefined: what is shown is fresh. */
export function useStaleSeconds(): number | undefined {
  const desk = useDesk();
  const subscribe = useCallback(
    (look: () => void): (() => void) => {
      const timer = setInterval(look, 1_000);
      const stop = desk.live.subscribe(look);
      return () => {
        clearInterval(timer);
        stop();
      };
    },
    [desk],
  );
  return useSyncExternalStore(subscribe, () => {
    const ms = staleMs(desk.live.get(), desk.now());
    return ms === undefined ? undefined : Math.floor(ms / 1000);
  });
}

export function useDraft(interaction: string): Draft | undefined {
  const { drafts } = useDesk();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(interaction));
}

/** The value of the render before; undefined at the first. */
export function useBefore<T>(value: T): T | undefined {
  const ref = useRef<T>(undefined);
  useEffect(() => {
    ref.current = value;
  });
  return ref.current;
}
