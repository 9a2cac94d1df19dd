// The switch of all outbound calling: each turn of it is a row, and the last one says how it stands.

import type { OutboundStep, OutboundStore } from '../../engine/store-outbound.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface TurnRow {
  readonly isOn: 0 | 1;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

export function outboundHandlers(db: Connection): Handlers<OutboundStore> {
  const turns = db.prepare<[number], TurnRow>(
    'SELECT is_on AS isOn, by, at, reason FROM outbound_turns ORDER BY id DESC LIMIT ?',
  );
  const add = db.prepare('INSERT INTO outbound_turns (is_on, by, at, reason) VALUES (?, ?, ?, ?)');
  const history = (limit: number): OutboundStep[] =>
    turns.all(limit).map(({ isOn, ...row }) => ({ ...row, on: isOn === 1 }));
  return {
    current: () => history(1)[0] ?? { on: true, by: '', at: 0, reason: '' },
    turn({ on, by, at, reason }) {
      add.run(on ? 1 : 0, by, at, reason);
    },
    history,
  };
}
