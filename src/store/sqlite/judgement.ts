// What becomes of candidates: their facts, histories and the do-not-call lists that hold their numbers are read many at a
// time, and ruleOn decides on each. An attempt that was opened a moment ago in the same request is part of the history of
// those judged after it.

import { defined } from '../../base/defined.ts';
import { afterCall } from '../../trunks/hourly.ts';
import type { OpenAttempts } from '../../engine/store/attempts.ts';
import { askedNumbers, honouredLists } from '../../records/do-not-call.ts';
import type { EligibilityInput } from '../../eligibility/eligibility.ts';
import { historyMs } from '../../rules/history.ts';
import type { PastAttempt, RecordFacts } from '../../records/record.ts';
import { kindOf } from '../../numbers/kinds.ts';
import { withAttempts } from '../past-attempts.ts';
import { ruleOn } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import type { Connection } from './database.ts';
import { doNotCallLookups } from './do-not-call-lookup.ts';
import { recordSource } from './record-facts.ts';
import { validationLookups } from './validation-lookups.ts';

/** What a record is judged by. */
export interface Judged {
  readonly facts: RecordFacts;
  readonly input: EligibilityInput;
}

interface Ruled extends Judged {
  readonly ruling: Ruling;
}

/** Judges the candidates of one request. */
export interface Judge {
  /** Reads the records, those of the request that are likely to be asked about next. */
  look(records: readonly number[]): void;
  /** What becomes of a record; reads it when that was not done before. */
  ruling(record: number): Ruled;
  /** A record that is reserved for the agent, as if it were due; with a place, that phone of it alone. */
  reserved(record: number, onlyPhone: number | undefined): Judged;
  /** An attempt was opened: those judged from now on know of it. */
  note(attempt: PastAttempt): void;
}

type JudgedRequest = Pick<OpenAttempts, 'campaign' | 'now' | 'agent' | 'quotas'>;
type Evidence = Pick<EligibilityInput, 'facts' | 'blocked' | 'validation'>;

/** Prepared once, then for each request. */
export function judgement(db: Connection): (request: JudgedRequest) => Judge {
  const source = recordSource(db);
  const lookup = doNotCallLookups(db);
  const checks = validationLookups(db);
  return ({ campaign, now, agent, quotas: left = [] }) => {
    const sinceAt = now - historyMs(campaign);
    const doNotCall = lookup(honouredLists(campaign));
    const checksOn = checks(campaign, now);
    const who = agent === undefined ? {} : { agent, agentEngaged: true };
    const same = { campaign, now, kindOf, listsImportedAt: doNotCall.importedAt, ...who };
    const seen = new Map<number, Evidence>();
    const opened: PastAttempt[] = [];
    let quotas = left;
    const look: Judge['look'] = (records) => {
      const facts = source.factsOf(records, sinceAt);
      const phones = [...facts.values()].flatMap((one) => one.phones);
      const blocked = doNotCall.blocked(askedNumbers(phones));
      const validation = checksOn(phones.map(({ number }) => number));
      const said = defined({ validation });
      for (const [record, one] of facts) seen.set(record, { facts: one, blocked, ...said });
    };
    const judged = (record: number): Judged => {
      if (!seen.has(record)) look([record]);
      const evidence = seen.get(record);
      if (!evidence) throw new Error(`record ${record} has no contact`);
      const facts = withAttempts(evidence.facts, opened);
      return { facts, input: { ...same, ...evidence, facts, quotas } };
    };
    return {
      look,
      ruling(record) {
        const { facts, input } = judged(record);
        return { facts, input, ruling: ruleOn(input) };
      },
      reserved(record, onlyPhone) {
        const { facts, input } = judged(record);
        const asDue: RecordFacts = { ...facts, state: 'waiting', dueAt: null };
        return { facts: asDue, input: { ...input, facts: asDue, ...defined({ onlyPhone }) } };
      },
      note(attempt) {
        opened.push(attempt);
        if (quotas.length > 0) quotas = afterCall(quotas, kindOf(attempt.number).country, now);
      },
    };
  };
}
