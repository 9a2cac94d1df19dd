// Which numbers come up next without an answer of the campaign's validation service.

import type { ValidationStore } from '../../engine/store/validation.ts';
import { queuesNow } from '../open-queues.ts';
import { candidateTiers } from './candidates.ts';
import type { Db } from './database.ts';
import { Judge } from './judgement.ts';
import { queuesOf } from './queues.ts';

/** Candidates that are looked at for each record that is asked for: some may not be dialed for other reasons. */
const LOOKED_AT = 2;

export async function numbersAhead(
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
