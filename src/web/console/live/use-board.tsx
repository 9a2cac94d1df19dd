// How views read what is live and the server's clock.

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useValue } from '../../agent/use-desk.tsx';
import { staleMs } from '../../live/live.ts';
import type { Board, BoardView } from './board.ts';
import { pageNow, type BoardLink } from './board-link.ts';

const Current = createContext<BoardLink | null>(null);
export const BoardProvider = Current.Provider;

function useBoardLink(): BoardLink {
  const link = useContext(Current);
  if (link === null) throw new Error('There is no board around this view.');
  return link;
}

export const useBoard = (): Board => useValue(useBoardLink().board);

/** The picture alone: who reads it is not drawn again for a beat. */
export function useBoardView(): BoardView | null {
  const { board } = useBoardLink();
  return useSyncExternalStore(board.subscribe, () => board.get().view);
}

/** The server's clock, looked at so often. */
export function useServerNow(everyMs = 1_000): number {
  const link = useBoardLink();
  const [now, setNow] = useState(link.serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(link.serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [link, everyMs]);
  return now;
}

/** For how many seconds nothing was heard; undefined: what is shown is fresh. */
export function useStaleSeconds(): number | undefined {
  const board = useBoard();
  useServerNow();
  const ms = staleMs(board, pageNow());
  return ms === undefined ? undefined : Math.floor(ms / 1000);
}
