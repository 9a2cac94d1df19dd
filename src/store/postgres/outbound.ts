// The switch of all outbound calling: each turn of it is a row, and the last one says how it stands.

import type { OutboundStep, OutboundStore } from '../../engine/store-outbound.ts';
import { sql } from './database.ts';
import type { Lanes } from './lanes.ts';

const HISTORY = sql<OutboundStep>(`
  SELECT is_on = 1 AS "on", by, at, reason FROM outbound_turns ORDER BY id DESC LIMIT $1`);
const TURN = sql('INSERT INTO outbound_turns (is_on, by, at, reason) VALUES ($1, $2, $3, $4)');

export function outboundStore({ read, write }: Lanes): OutboundStore {
  return {
    current: async () => (await read.first(HISTORY, [1])) ?? { on: true, by: '', at: 0, reason: '' },
    turn: ({ on, by, at, reason }) => write.run(TURN, [on ? 1 : 0, by, at, reason]),
    history: (limit) => read.all(HISTORY, [limit]),
  };
}
