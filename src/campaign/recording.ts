// Is a conversation recorded, and what does the person hear first? By what the campaign wants and what the law where the
// person is demands; in doubt it is not recorded.

import { defined } from '../base/defined.ts';
import type { RecordingPlan } from './definition.ts';
import { clauseName, demandsOf, type RulePack } from './rule-pack.ts';

export interface RecordingRuling {
  /** `by-agent`: when the agent asks for it by key. */
  readonly record: 'at-once' | 'by-agent' | 'never';
  /** Sound that both hear when the recording has begun. */
  readonly announce?: string;
  /** One sentence. */
  readonly why: string;
  readonly citation?: string;
}

/**
 * What may be recorded of a conversation with a person whom `packs` protect. Where every party must agree, either the
 * announcement informs the person, who may refuse, or the agent asks and begins the recording by key.
 */
export function recordingAllowed(plan: RecordingPlan | undefined, packs: readonly RulePack[]): RecordingRuling {
  if (plan === undefined || plan.when === 'off') return { record: 'never', why: 'The campaign records nothing.' };
  const announced = defined({ announce: plan.announce });
  if (plan.when === 'agent') return { record: 'by-agent', ...announced, why: 'The agent begins the recording by key.' };
  const [strict] = demandsOf(packs, 'recording').filter(({ clause }) => clause.consent === 'all-parties');
  if (strict === undefined) return { record: 'at-once', ...announced, why: 'The campaign records every conversation.' };
  const { citation } = strict.clause;
  const name = clauseName(strict.pack, strict.clause);
  if (plan.announce !== undefined) {
    return { record: 'at-once', ...announced, why: `The recording is announced, as ${name} demands.`, citation };
  }
  return {
    record: 'never',
    why: `${name} demands that the person is informed, and the campaign announces nothing.`,
    citation,
  };
}
