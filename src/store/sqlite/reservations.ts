// What of the reservations is SQLite's own: the choice of the next record. The rest is in nouns/reservations.ts.

import type { ReservationStore } from '../../engine/store/reservations.ts';
import { reservations, reserveRecord } from '../nouns/reservations.ts';
import type { Choosing } from './choice.ts';
import type { Connection } from './database.ts';
import { recordSource } from './record-facts.ts';
import type { Handlers } from './requests.ts';
import { onSqlite, runOn } from './run.ts';

export function reservationHandlers(db: Connection, reserveNext: Choosing['reserveNext']): Handlers<ReservationStore> {
  const source = recordSource(db);
  return {
    ...onSqlite(db, reservations),
    reserve(request) {
      const { record, reservation, untilAt } = request;
      if (record === undefined) return reserveNext(request);
      const refused = runOn(db, reserveRecord({ ...request, record }));
      if (refused) return { refused };
      const facts = source.facts(record, request.now);
      if (!facts) throw new Error(`record ${record} has no contact`);
      return { reserved: { reservation, untilAt, record: facts } };
    },
  };
}
