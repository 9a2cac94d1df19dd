// Which numbers come up next without an answer of the campaign's validation service.

import type { ValidationStore } from '../../engine/store/validation.ts';
import { queuesNow } from '../open-queues.ts';
import { candidateTiers } from './candidates.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { judgement } from './judgement.ts';
import { recordQueues } from './queues.ts';
import type { Handlers } from './requests.ts';

/** Candidates that are looked at for each record that is asked for: some may not be dialed for other reasons. */
const LOOKED_AT = 2;

export function numbersAhead(db: Connection, ids: CampaignIds): Handlers<ValidationStore>['ahead'] {
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
