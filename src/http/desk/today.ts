// The figures of an agent's own day, from the store's rows.

import { localDay } from '../../base/local-time.ts';
import type { AgentDay } from '../../engine/store/sessions.ts';
import type { Store } from '../../engine/store/store.ts';
import type { AgentNumber, AgentState } from '../../terms.ts';
import type { DeskView } from '../wire/desk.ts';

type Today = DeskView['today'];

export interface DaySeen {
  readonly today: Today;
  readonly day: AgentDay;
}

interface DayAsked {
  readonly agent: AgentNumber;
  readonly zone: string;
  readonly now: number;
  /** What agents read of a disposition. */
  readonly labelOf: (code: string) => string;
}

const MOST_CALLBACKS = 1000;

/** The day of `zone` up to `now`. */
export async function dayOf(
  store: Pick<Store, 'sessions' | 'callbacks'>,
  { agent, zone, now, labelOf }: DayAsked,
): Promise<DaySeen> {
  const { startAt, endAt } = localDay(zone, now);
  const day = await store.sessions.day({ agent, fromAt: startAt, toAt: now + 1 });
  const callbacks = await store.callbacks.list({ agent, toAt: endAt, now, limit: MOST_CALLBACKS });
  return { day, today: figures(day, { startAt, now, callbacks: callbacks.length, labelOf }) };
}

/** Before anything is known of it. */
export const noFigures = (zone: string, now: number): Today =>
  figures(
    { sessions: [], times: [], calls: [] },
    { startAt: localDay(zone, now).startAt, now, callbacks: 0, labelOf: (code) => code },
  );

interface Counted {
  readonly startAt: number;
  readonly now: number;
  readonly callbacks: number;
  readonly labelOf: DayAsked['labelOf'];
}

function figures({ sessions, times, calls }: AgentDay, { startAt, now, callbacks, labelOf }: Counted): Today {
  const inState = (...states: readonly AgentState[]): number =>
    times.filter(({ state }) => states.includes(state)).reduce((sum, { ms }) => sum + ms, 0);
  return {
    since: startAt,
    at: now,
    sessions: sessions.length,
    paidMs: sessions.reduce(
      (sum, { startedAt, endedAt }) => sum + Math.max(0, (endedAt ?? now) - Math.max(startedAt, startAt)),
      0,
    ),
    calls: calls.reduce((sum, { count }) => sum + count, 0),
    talkMs: inState('talking'),
    wrapUpMs: inState('wrap-up'),
    waitingMs: inState('ready', 'engaged', 'reserved'),
    pausedMs: inState('paused'),
    dispositions: calls.flatMap(({ disposition, count }) =>
      disposition === null ? [] : [{ code: disposition, label: labelOf(disposition), count }],
    ),
    callbacks,
  };
}
