// One valid campaign and one valid record; a test states only what matters to it.

import type { Campaign } from '../../src/campaign/definition.ts';
import type { PastAttempt, RecordFacts } from '../../src/records/record.ts';

export function aCampaign(parts: Partial<Campaign> = {}): Campaign {
  return {
    name: 'renewals',
    description: '',
    mode: 'predictive',
    lists: ['people'],
    agents: ['team'],
    schedule: { timezone: 'Europe/Berlin', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: [] },
    trunks: ['main'],
    callerIds: { choose: 'fixed', numbers: ['+12125550100'] },
    pacing: {
      abandonTarget: 0.03,
      ringTimeoutMs: 25_000,
      minRingMs: 15_000,
      maxLines: 60,
      maxCallsPerSecond: 10,
      ratio: 1.5,
      weight: 1,
    },
    answer: {
      detection: 'off',
      onMachine: 'hang-up',
      noAgentAfterMs: 2000,
      noAgentSound: 'sorry-no-agent',
      whileWaiting: 'silence',
    },
    attempts: { max: 6, perDay: 3 },
    rules: [],
    person: {},
    refusals: [],
    callAgain: [],
    callbacks: { personalWaitMs: 1_800_000, then: 'group', maxAheadMs: 90 * 86_400_000 },
    doNotCallBackMs: 90 * 86_400_000,
    inbound: {
      take: true,
      waiting: 'music',
      waitMs: 60_000,
      busySound: 'outdial/inbound-busy',
      closedSound: 'outdial/inbound-closed',
    },
    order: { by: 'oldest-first' },
    phones: [],
    wrapUp: { limitMs: 30_000, dispositionRequired: false, over: 'paused' },
    dispositions: [],
    pauseReasons: [],
    agentPhone: { mode: 'nailed-up', waiting: 'silence', ringMs: 20_000 },
    ...parts,
  };
}

export function aRecord(parts: Partial<RecordFacts> = {}): RecordFacts {
  return {
    record: 1,
    campaign: 'renewals',
    contact: 1,
    list: 'people',
    name: 'Ada Moss',
    fields: {},
    phones: [
      { number: '+12125550111', type: 'mobile' },
      { number: '+12125550112', type: 'home' },
    ],
    state: 'fresh',
    dueAt: null,
    phoneIndex: 0,
    priority: 0,
    attempts: 0,
    uncounted: 0,
    history: [],
    ruleUses: {},
    lastResult: null,
    callback: null,
    heldUntil: null,
    ...parts,
  };
}

/** An attempt of `aRecord` that was not answered. */
export function aPastAttempt(parts: Partial<PastAttempt> = {}): PastAttempt {
  const dialedAt = parts.dialedAt ?? 0;
  return {
    attempt: `a${dialedAt}`,
    campaign: 'renewals',
    record: 1,
    contact: 1,
    number: '+12125550111',
    dialedAt,
    endedAt: dialedAt + 30_000,
    result: 'no-answer',
    talked: false,
    counts: true,
    disposition: null,
    ...parts,
  };
}
