// Answers of validation services, and which numbers come up next without one. Answers that no longer count are cleared
// away when new ones are saved.

import type { NumberVerdict, ValidationStore } from '../../engine/store-validation.ts';
import { queuesNow } from '../open-queues.ts';
import { candidateTiers } from './candidates.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { judgement } from './judgement.ts';
import { recordQueues } from './queues.ts';
import type { Handlers } from './requests.ts';
import { verdictQuery } from './verdict-lookups.ts';

const CLEARED_AT_ONCE = 500;
/** Candidates that are looked at for each record that is asked for: some may not be dialed for other reasons. */
const LOOKED_AT = 2;

export function validationHandlers(db: Connection, ids: CampaignIds): Handlers<ValidationStore> {
  const keep = db.prepare(`
    INSERT INTO validations (service, number, answer, reason, asked_at, until) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (service, number) DO UPDATE SET answer = excluded.answer, reason = excluded.reason,
      asked_at = excluded.asked_at, until = excluded.until WHERE excluded.asked_at >= asked_at`);
  const clear = db.prepare(`
    DELETE FROM validations WHERE (service, number) IN
      (SELECT service, number FROM validations WHERE until < ? ORDER BY until LIMIT ${CLEARED_AT_ONCE})`);
  const verdictOf = verdictQuery(db);
  return {
    ahead: numbersAhead(db, ids),
    save(url, verdicts) {
      for (const { number, answer, reason, askedAt, until } of verdicts) {
        keep.run(url, number, answer, reason, askedAt, until);
      }
      const [first] = verdicts;
      if (first) clear.run(first.askedAt);
    },
    of(url, numbers, now) {
      return numbers.flatMap((number): NumberVerdict[] => {
        const verdict = verdictOf(url, number, now);
        return verdict ? [{ number, ...verdict }] : [];
      });
    },
  };
}

function numbersAhead(db: Connection, ids: CampaignIds): Handlers<ValidationStore>['ahead'] {
  const queues = recordQueues(db);
  const candidates = candidateTiers(db);
  const judge = judgement(db);
  return ({ campaign, now, records }) => {
    const { open } = queuesNow(queues.of(ids.of(campaign.name, now)), campaign, now);
    const judging = judge({ campaign, now });
    const numbers = new Set<string>();
    let [seen, wanted] = [0, 0];
    for (const { pools } of candidates({ queues: open, now, limit: records * LOOKED_AT, inTurns: false })) {
      const found = [...pools.values()].flat();
      judging.look(found.map(({ record }) => record));
      for (const { record } of found) {
        if (wanted >= records || seen >= records * LOOKED_AT) return [...numbers];
        seen += 1;
        const { ruling } = judging.ruling(record);
        if (ruling.kind === 'validate') for (const number of ruling.numbers) numbers.add(number);
        if (ruling.kind === 'validate' || ruling.kind === 'dial') wanted += 1;
      }
    }
    return [...numbers];
  };
}
