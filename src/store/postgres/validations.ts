// Answers of validation services, and which numbers come up next without one. Answers that no longer count are cleared
// away when new ones are saved.

import type { NumberVerdict, ValidationStore } from '../../engine/store-validation.ts';
import { queuesNow } from '../open-queues.ts';
import { candidateTiers } from './candidates.ts';
import { json, sql } from './database.ts';
import type { Db } from './database.ts';
import { Judge } from './judgement.ts';
import type { Lanes } from './lanes.ts';
import { queuesOf } from './queues.ts';
import { VERDICTS } from './verdicts.ts';

const CLEARED_AT_ONCE = 500;
/** Candidates that are looked at for each record that is asked for: some may not be dialed for other reasons. */
const LOOKED_AT = 2;

const KEEP = sql(`
  INSERT INTO validations (service, number, answer, reason, asked_at, until)
  SELECT DISTINCT ON (x.number) $2, x.number, x.answer, x.reason, x."askedAt", x.until
  FROM json_to_recordset($1) AS x (number text, answer text, reason text, "askedAt" bigint, until bigint)
  ORDER BY x.number, x."askedAt" DESC
  ON CONFLICT (service, number) DO UPDATE SET answer = excluded.answer, reason = excluded.reason,
    asked_at = excluded.asked_at, until = excluded.until WHERE excluded.asked_at >= validations.asked_at`);
const CLEAR = sql(`
  DELETE FROM validations WHERE (service, number) IN (
    SELECT service, number FROM validations WHERE until < $1 ORDER BY until LIMIT ${CLEARED_AT_ONCE})`);

export function validationStore({ read, write }: Lanes): ValidationStore {
  return {
    ahead: (request) => numbersAhead(read, request),
    save: (url, verdicts) =>
      write.do(async (db) => {
        const [first] = verdicts;
        if (!first) return;
        await db.run(KEEP, [json(verdicts), url]);
        await db.run(CLEAR, [first.askedAt]);
      }),
    of: async (url, numbers, now): Promise<readonly NumberVerdict[]> => {
      const found = new Map((await read.all(VERDICTS, [url, numbers, now])).map((one) => [one.number, one]));
      return numbers.flatMap((number) => found.get(number) ?? []);
    },
  };
}

async function numbersAhead(
  db: Db,
  { campaign, now, records }: Parameters<ValidationStore['ahead']>[0],
): Promise<readonly string[]> {
  const { open } = queuesNow(await queuesOf(db, campaign.name), campaign, now);
  const limit = records * LOOKED_AT;
  const tiers = await candidateTiers(db, { queues: open, now, limit, inTurns: false });
  const ahead = tiers.flatMap(({ pools }) => [...pools.values()].flat()).slice(0, limit);
  const judge = new Judge(db, { campaign, now }, 'look-only');
  await judge.look(ahead.map(({ record }) => record));
  const numbers = new Set<string>();
  let wanted = 0;
  for (const { record } of ahead) {
    if (wanted >= records) break;
    const ruling = (await judge.ruling(record))?.ruling;
    if (ruling?.kind === 'validate') for (const number of ruling.numbers) numbers.add(number);
    if (ruling?.kind === 'validate' || ruling?.kind === 'dial') wanted += 1;
  }
  return [...numbers];
}
