// From the keys of a campaign's file to its rules and limits, and what its rule packs make of its other values: the
// strictest demand wins over what the file says.

import { defined } from '../base/defined.ts';
import type { AnswerHandling, Campaign } from '../campaign/definition.ts';
import { leastKeptMs } from '../campaign/retention.ts';
import { demandsOf } from '../campaign/rule-pack.ts';
import type { RulePack } from '../campaign/rule-pack.ts';
import type { WrittenCampaign } from './campaign-schema.ts';

type Law = Pick<Campaign, 'rules' | 'person' | 'emergencies' | 'refusals' | 'attempts'>;

export function toLaw({ person, emergencies, refusals, attempts }: WrittenCampaign, rules: readonly RulePack[]): Law {
  const { zone, zone_trusted: zoneTrusted, country, state, zip, consent } = person;
  const { per_contact_per_day: perContactPerDay, per_number_per_day: perNumberPerDay } = attempts;
  return {
    rules,
    person: {
      ...defined({ zone }),
      ...(zoneTrusted && zone !== undefined ? { zoneTrusted } : {}),
      ...defined({ country, state, zip, consent }),
    },
    ...(emergencies.length === 0 ? {} : { emergencies }),
    refusals,
    attempts: {
      max: attempts.max,
      perDay: attempts.per_day,
      maxUncounted: attempts.max_uncounted,
      ...defined({ perContactPerDay, perNumberPerDay }),
    },
  };
}

/**
 * The campaign's pacing, answers and recordings as its packs allow them: longer rings, earlier messages, lower abandon
 * targets, recordings kept longer.
 */
export function withinRules<Part extends Pick<Campaign, 'pacing' | 'answer' | 'recording'>>(
  part: Part,
  rules: readonly RulePack[],
): Part {
  const ringMs = Math.max(0, ...demandsOf(rules, 'ring').map(({ clause }) => clause.leastMs));
  const target = Math.min(1, ...demandsOf(rules, 'abandonment').map(({ clause }) => clause.most));
  const { pacing, answer, recording } = part;
  const keptMs = leastKeptMs(rules, 'recordings');
  const minRingMs = Math.max(pacing.minRingMs, ringMs);
  return {
    ...part,
    pacing: {
      ...pacing,
      minRingMs,
      ringTimeoutMs: Math.max(pacing.ringTimeoutMs, minRingMs),
      abandonTarget: Math.min(pacing.abandonTarget, target),
    },
    answer: { ...answer, noAgentAfterMs: soonest(answer, rules) },
    ...(recording === undefined ? {} : { recording: { ...recording, keepMs: Math.max(recording.keepMs, keptMs) } }),
  };
}

function soonest({ noAgentAfterMs }: AnswerHandling, rules: readonly RulePack[]): number {
  return Math.min(noAgentAfterMs, ...demandsOf(rules, 'message').map(({ clause }) => clause.withinMs));
}
