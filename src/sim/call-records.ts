// The simulated exchange's call records (CDR): one per call that was placed, written when it ends.

import { defined } from '../base/defined.ts';
import type { CallRecord, CallRecords } from '../engine/ports.ts';
import type { AttemptId } from '../terms.ts';
import type { Leg, LegEnd } from './switchboard.ts';

function dispositionOf(leg: Leg, end: LegEnd): CallRecord['disposition'] {
  if (leg.answeredAt !== undefined) return 'answered';
  if (end.cause === 17) return 'busy';
  if (end.cause === 34) return 'congestion';
  // A pick-up after the hang-up is in no record, as on Asterisk.
  return end.sipCode === undefined || end.sipCode === 480 || end.sipCode === 200 ? 'no-answer' : 'failed';
}

export class SimulatedCallRecords implements CallRecords {
  readonly #records: CallRecord[] = [];

  /** Every record so far, in the order in which the calls ended. */
  get all(): readonly CallRecord[] {
    return this.#records;
  }

  write(leg: Leg, end: LegEnd): void {
    this.#records.push({
      attempt: leg.attempt,
      leg: leg.id,
      number: leg.to,
      startedAt: leg.createdAt,
      ...defined({ answeredAt: leg.answeredAt }),
      endedAt: leg.endedAt ?? leg.createdAt,
      disposition: dispositionOf(leg, end),
    });
  }

  find(attempts: readonly AttemptId[]): Promise<ReadonlyMap<AttemptId, CallRecord>> {
    const wanted = new Set(attempts);
    const found = this.#records.filter((record) => record.attempt !== '' && wanted.has(record.attempt));
    return Promise.resolve(new Map(found.map((record) => [record.attempt, record])));
  }
}
