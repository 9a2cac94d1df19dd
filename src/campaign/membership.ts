// Whose agents may work in a campaign. The one test of it, for signing in and for every call that an agent is given.

import type { Campaign } from './definition.ts';

/** Whether an agent of these groups works in the campaign. */
export function worksIn({ agents }: Pick<Campaign, 'agents'>, groups: readonly string[]): boolean {
  return agents.some((group) => groups.includes(group));
}
