// Answers of validation services. Those that no longer count are cleared away when new ones are saved. Which numbers come
// up next without one is asked where the records are chosen (numbers-ahead.ts of each database).

import type { NumberCheck, ValidationStore } from '../../engine/store/validation.ts';
import { sql } from '../statement.ts';
import { all, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const validations: Noun<Pick<ValidationStore, 'save' | 'of'>> = {
  save: write(function* (service, checks) {
    for (const check of checks) yield* run(KEEP, { ...check, service });
    const [newest] = checks;
    if (newest) yield* run(CLEAR, { now: newest.askedAt });
  }),
  of: quick(function* (service, numbers, now) {
    const rows = yield* all(VERDICTS, { service, numbers, now });
    const found = new Map(rows.map((one) => [one.number, one]));
    return numbers.flatMap((number) => found.get(number) ?? []);
  }),
};

const CLEARED_AT_ONCE = 500;

const VERDICTS = sql<NumberCheck>`
  SELECT number, answer, reason, asked_at AS "askedAt", until FROM validations
  WHERE service = :service AND number IN :numbers AND until > :now`;
const KEEP = sql`
  INSERT INTO validations (service, number, answer, reason, asked_at, until)
  VALUES (:service, :number, :answer, :reason, :askedAt, :until)
  ON CONFLICT (service, number) DO UPDATE SET answer = excluded.answer, reason = excluded.reason,
    asked_at = excluded.asked_at, until = excluded.until WHERE excluded.asked_at >= validations.asked_at`;
const CLEAR = sql`
  DELETE FROM validations WHERE (service, number) IN (
    SELECT service, number FROM validations WHERE until < :now ORDER BY until LIMIT ${CLEARED_AT_ONCE})`;
