// What every agent has done today, from the store: read once a minute while someone looks, in two queries for all agents.

import { localDay } from '../../base/local-time.ts';
import type { Clock } from '../../base/clock.ts';
import type { StateTime } from '../../engine/store/sessions.ts';
import type { Store } from '../../engine/store/store.ts';
import type { BoardView } from '../wire/board.ts';

type Days = BoardView['days'];
type Day = Days['rows'][number];

const KEYS: Readonly<Partial<Record<StateTime['state'], 'talkMs' | 'wrapUpMs' | 'waitingMs' | 'pausedMs'>>> = {
  talking: 'talkMs',
  'wrap-up': 'wrapUpMs',
  ready: 'waitingMs',
  engaged: 'waitingMs',
  reserved: 'waitingMs',
  paused: 'pausedMs',
};

/** From midnight of `zone` to now. */
export async function readDays(store: Pick<Store, 'sessions'>, clock: Clock, zone: string): Promise<Days> {
  const now = clock.now();
  const { startAt } = localDay(zone, now);
  const query = { fromAt: startAt, toAt: now };
  const [times, talks] = await Promise.all([store.sessions.times(query), store.sessions.talks(query)]);
  const rows = new Map<string, { -readonly [K in keyof Day]: Day[K] }>();
  const rowOf = (agent: string, campaign: string) => {
    const key = `${agent} ${campaign}`;
    const row = rows.get(key) ?? { agent, campaign, talks: 0, talkMs: 0, wrapUpMs: 0, waitingMs: 0, pausedMs: 0 };
    rows.set(key, row);
    return row;
  };
  for (const { agent, campaign, state, ms } of times) {
    const key = KEYS[state];
    if (key !== undefined) rowOf(agent, campaign)[key] += ms;
  }
  for (const { agent, campaign, talks: count } of talks) rowOf(agent, campaign).talks = count;
  return { since: startAt, at: now, rows: [...rows.values()] };
}
