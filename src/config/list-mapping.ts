// Who is called, from the keys of a campaign's file: lists with their weights, the filter, do-not-call lists.

import type { Campaign } from '../campaign/definition.ts';
import type { WrittenCampaign } from './campaign-schema.ts';

type Listed = Pick<Campaign, 'lists' | 'listWeights' | 'pausedLists' | 'filter' | 'savedFilter' | 'doNotCall'>;

/** No one is called by a saved filter that is not known: a fault says so where it can be known. */
const NOBODY = 'false';

export function toListed(written: WrittenCampaign, filters: ReadonlyMap<string, string> | undefined): Listed {
  const entries = written.lists.map((entry) =>
    typeof entry === 'string' ? { name: entry, weight: undefined, paused: false } : entry,
  );
  const paused = entries.filter((entry) => entry.paused).map(({ name }) => name);
  const weights = entries.map(({ name, weight }) => [name, weight ?? 1] as const);
  const { do_not_call: doNotCall } = written;
  return {
    lists: entries.map(({ name }) => name),
    ...(entries.some(({ weight }) => weight !== undefined) ? { listWeights: Object.fromEntries(weights) } : {}),
    ...(paused.length === 0 ? {} : { pausedLists: paused }),
    ...toFilter(written.filter, filters),
    ...(doNotCall.length === 0 ? {} : { doNotCall }),
  };
}

function toFilter(
  written: WrittenCampaign['filter'],
  filters: ReadonlyMap<string, string> | undefined,
): Pick<Campaign, 'filter' | 'savedFilter'> {
  if (written === undefined) return {};
  if (typeof written === 'string') return { filter: written };
  return { filter: filters?.get(written.saved) ?? NOBODY, savedFilter: written.saved };
}
