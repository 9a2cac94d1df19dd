// Looks at a candidate with everything that the rules ask for: its facts, its history, the do-not-call lists that hold its
// numbers. What is the same for all candidates of a request is read once.

import type { OpenAttempts } from '../../engine/store-attempts.ts';
import { historyMs } from '../../list/history.ts';
import { honouredLists } from '../../list/do-not-call.ts';
import type { RecordFacts } from '../../list/record.ts';
import type { EligibilityInput } from '../../list/eligibility.ts';
import { ruleOn } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import type { Connection } from './database.ts';
import { doNotCallLookups } from './do-not-call.ts';
import { recordSource } from './record-facts.ts';
import { verdictLookups } from './verdict-lookups.ts';

/** Prepared for one request; then candidate by candidate. */
export type Judge = (
  request: Pick<OpenAttempts, 'campaign' | 'now' | 'agent'>,
) => (record: number) => { readonly facts: RecordFacts; readonly ruling: Ruling; readonly input: EligibilityInput };

export function judgement(db: Connection): Judge {
  const source = recordSource(db);
  const lookup = doNotCallLookups(db);
  const verdicts = verdictLookups(db);
  return ({ campaign, now, agent }) => {
    const sinceAt = now - historyMs(campaign);
    const doNotCall = lookup(honouredLists(campaign));
    const verdictsOn = verdicts(campaign, now);
    const who = agent === undefined ? {} : { agent, agentHeld: true };
    return (record) => {
      const facts = source.facts(record, sinceAt);
      if (!facts) throw new Error(`record ${record} has no contact`);
      const blocked = doNotCall.blocked(
        facts.phones.flatMap(({ number, was }) => (was === undefined ? [number] : [number, was])),
      );
      const validation = verdictsOn(facts.phones.map(({ number }) => number));
      const input: EligibilityInput = {
        ...{ facts, campaign, blocked, listsImportedAt: doNotCall.importedAt, now, ...who },
        ...(validation === undefined ? {} : { validation }),
      };
      return { facts, ruling: ruleOn(input), input };
    };
  };
}
