// What of the reservations is PostgreSQL's own: the choice of the next record. The rest is in nouns/reservations.ts.

import type { ReservationStore } from '../../engine/store/reservations.ts';
import { reservations, reserveRecord } from '../nouns/reservations.ts';
import { reserveNext } from './choice.ts';
import type { Turns } from './choice.ts';
import type { Lanes } from './lanes.ts';
import { factsOf } from './record-facts.ts';
import { onPostgres, runOn } from './run.ts';

export function reservationStore(lanes: Lanes, turns: Turns): ReservationStore {
  return {
    ...onPostgres(lanes, reservations),
    reserve: (request) =>
      lanes.write.do(async (db) => {
        const { record, reservation, untilAt } = request;
        if (record === undefined) return reserveNext(db, turns, request);
        const refused = await runOn(db, reserveRecord({ ...request, record }));
        if (refused) return { refused };
        const facts = await factsOf(db, record, request.now);
        if (!facts) throw new Error(`record ${record} has no contact`);
        return { reserved: { reservation, untilAt, record: facts } };
      }),
  };
}
