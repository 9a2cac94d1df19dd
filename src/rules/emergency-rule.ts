// The clause of rule packs on declared emergencies, as a rule: by the campaign's file, or declared for every campaign.

import { formatLocal } from '../base/local-time.ts';
import type { DeclaredEmergency } from '../campaign/declared-emergency.ts';
import type { ClauseAt } from './clause-rules.ts';
import { allow } from './ruling.ts';
import type { PhoneRule } from './ruling.ts';

/** An hour after which the file may say otherwise. */
const ASK_AGAIN_MS = 3_600_000;

/**
 * While an emergency is declared nothing is dialed: by the campaign's file, until it no longer says so, or for every
 * campaign, until it lapses. Asked again often, for it may be ended before its time.
 */
export function emergencyRule(
  { name, citation, zones }: ClauseAt,
  { inFile, declared }: { readonly inFile: boolean; readonly declared: DeclaredEmergency | undefined },
): PhoneRule {
  return {
    name,
    citation,
    judge(_, at) {
      const leftMs = Math.max(0, (declared?.untilAt ?? 0) - at);
      const isDeclared = inFile || leftMs > 0;
      const explain = () => ({
        why: emergencySentence({ inFile, declared: leftMs > 0 ? declared : undefined, zone: zones[0] ?? 'UTC' }),
        inputs: { declared: isDeclared, until: leftMs > 0 && declared ? declared.untilAt : null },
      });
      if (!isDeclared) return allow(explain);
      return { allows: false, askAgainMs: inFile ? ASK_AGAIN_MS : Math.min(ASK_AGAIN_MS, leftMs), explain };
    },
  };
}

interface EmergencyNow {
  readonly inFile: boolean;
  readonly declared: DeclaredEmergency | undefined;
  readonly zone: string;
}

function emergencySentence({ inFile, declared, zone }: EmergencyNow): string {
  if (inFile) return 'An emergency is declared: no calls until the campaign no longer names it under emergencies.';
  if (declared === undefined) return 'No emergency is declared.';
  const why = declared.reason === '' ? '' : `: ${declared.reason.replace(/[.\s]+$/, '')}`;
  return `An emergency is declared until ${formatLocal(zone, declared.untilAt)}, by ${declared.by}${why}.`;
}
