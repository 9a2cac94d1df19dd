// States of emergency that were declared for every campaign: one of a pack is in force at a time.

import type { Emergency, EmergencyStore, PastEmergency } from '../../engine/store/emergencies.ts';
import { sql } from '../statement.ts';
import { all, changes, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const emergencies: Noun<EmergencyStore> = {
  inForce: quick((at) => all(IN_FORCE, { at })),
  history: quick((limit) => all(HISTORY, { limit })),
  declare: write(function* (emergency) {
    const { pack, by, at } = emergency;
    yield* run(END, { pack, by, at });
    yield* run(DECLARE, { ...emergency });
  }),
  end: write(function* (ending) {
    return (yield* changes(END, ending)) > 0;
  }),
};

const COLUMNS = 'pack, until_at AS "untilAt", declared_by AS "by", declared_at AS "at", reason';
const IN_FORCE = sql<Emergency>`
  SELECT ${COLUMNS} FROM emergencies WHERE ended_at IS NULL AND until_at > :at ORDER BY pack`;
const HISTORY = sql<PastEmergency>`
  SELECT ${COLUMNS}, ended_at AS "endedAt", ended_by AS "endedBy" FROM emergencies ORDER BY id DESC LIMIT :limit`;
const DECLARE = sql`
  INSERT INTO emergencies (pack, until_at, declared_by, declared_at, reason) VALUES (:pack, :untilAt, :by, :at, :reason)`;
const END = sql`
  UPDATE emergencies SET ended_at = :at, ended_by = :by WHERE pack = :pack AND ended_at IS NULL AND until_at > :at`;
