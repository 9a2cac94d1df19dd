// What outdial check says of agents who get no calls: those in no group, and groups that no campaign calls with.

import { didYouMean } from '../../base/nearest.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { Store } from '../../engine/store/store.ts';

/** So many agents are named. */
const MOST_NAMED = 5;

/** A warning for each reason, with the agents that it concerns. */
export async function idleAgents(
  store: Pick<Store, 'agents'>,
  campaigns: readonly Pick<Campaign, 'agents'>[],
): Promise<readonly string[]> {
  const agents = await store.agents.all();
  const used = [...new Set(campaigns.flatMap((campaign) => campaign.agents))].sort();
  const without = agents.filter(({ groups }) => groups.length === 0).map(({ number }) => number);
  const none =
    without.length === 0
      ? []
      : [`${named(without)} in no group and gets no calls: outdial agent change NUMBER --group NAME.`];
  const unused = [...new Set(agents.flatMap(({ groups }) => groups))].filter((group) => !used.includes(group)).sort();
  return [
    ...none,
    ...unused.map((group) => {
      const members = agents.filter(({ groups }) => groups.includes(group)).map(({ number }) => number);
      const known = used.join(', ') || 'none yet';
      return `no campaign calls with the group ${group} (${shown(members)}). Groups of campaigns: ${known}.${didYouMean(group, used)}`;
    }),
  ].map((text) => `warning: ${text}`);
}

function named(numbers: readonly string[]): string {
  return numbers.length === 1 ? `agent ${shown(numbers)} is` : `each of the agents ${shown(numbers)} is`;
}

function shown(numbers: readonly string[]): string {
  const more = numbers.length > MOST_NAMED ? ` and ${numbers.length - MOST_NAMED} more` : '';
  return `${numbers.slice(0, MOST_NAMED).join(', ')}${more}`;
}
