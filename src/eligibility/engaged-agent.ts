// Who may be called only, or sooner, when an agent is engaged for the call: people whom a call has met without an agent,
// where the law has them left alone otherwise. Pure; who holds the agent is the engine's.

import type { Campaign } from '../campaign/definition.ts';
import { demandsOf } from '../campaign/rule-pack.ts';
import { decideRecord } from './eligibility.ts';
import type { Decision, EligibilityInput } from './eligibility.ts';

/** Whether a law of the campaign makes a difference between calls after an abandoned one with and without an agent engaged. */
export function asksForEngagedAgents({ rules }: Pick<Campaign, 'rules'>): boolean {
  return demandsOf(rules, 'quiet').some(
    ({ clause }) => clause.after === 'abandoned' && (clause.thenAgentEngaged || clause.unless.includes('agent-held')),
  );
}

/**
 * What would be decided with an agent engaged for the call; undefined where that makes no difference that is used: only
 * people whom a call has abandoned are worth an agent who waits while the phone rings.
 */
export function decideWithAgentEngaged(input: EligibilityInput): Decision | undefined {
  const { facts, campaign, agentEngaged } = input;
  const isPersonal = facts.callback !== null && facts.callback.agent !== null;
  if (agentEngaged !== undefined || isPersonal || !asksForEngagedAgents(campaign)) return undefined;
  if (!facts.history.some(({ result }) => result === 'abandoned')) return undefined;
  return decideRecord({ ...input, agentEngaged: true });
}
