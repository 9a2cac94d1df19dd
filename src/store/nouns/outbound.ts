// The switch of all outbound calling: each turn of it is a row, and the last one says how it stands.

import type { OutboundStep, OutboundStore } from '../../engine/store/outbound.ts';
import { sql } from '../statement.ts';
import { all, first, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const outbound: Noun<OutboundStore> = {
  current: quick(function* () {
    return (yield* first(HISTORY, { limit: 1 })) ?? { on: true, by: '', at: 0, reason: '' };
  }),
  turn: write((step) => run(TURN, { ...step })),
  history: quick((limit) => all(HISTORY, { limit })),
};

const HISTORY = sql<OutboundStep>`
  SELECT is_on = 1 AS "on?", by, at, reason FROM outbound_turns ORDER BY id DESC LIMIT :limit`;
const TURN = sql`INSERT INTO outbound_turns (is_on, by, at, reason) VALUES (:on, :by, :at, :reason)`;
