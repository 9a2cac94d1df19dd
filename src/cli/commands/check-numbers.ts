// outdial check, of the lists that campaigns dial: whether their first phones are numbers that the trunks never dial. A look,
// not a count: what a list of another country is like is seen at its beginning.

import type { Campaign } from '../../campaign/definition.ts';
import { gatesReason } from '../../campaign/number-gate.ts';
import type { KindOf } from '../../campaign/number-gate.ts';
import type { Store } from '../../engine/store/store.ts';

const LOOKED_AT = 200;
/** One in so many is worth a word. */
const WORTH_A_WORD = 5;

/** A sentence for each list of a campaign of which many phones are never dialed; lists that are not there say nothing. */
export async function neverDialedLists(
  store: Pick<Store, 'lists'>,
  campaigns: readonly Campaign[],
  kindOf: KindOf,
): Promise<readonly string[]> {
  const there = new Set((await store.lists.all()).map(({ name }) => name));
  const sentences: string[] = [];
  for (const campaign of campaigns) {
    for (const list of campaign.lists) {
      if (!there.has(list)) continue;
      const { contacts } = await store.lists.show(list, LOOKED_AT);
      const numbers = contacts.flatMap(({ phones }) => phones.map(({ number }) => number));
      const sentence = sentenceOn(campaign, numbers, kindOf);
      if (sentence !== undefined) sentences.push(`list ${list}, campaign ${campaign.name}: ${sentence}`);
    }
  }
  return sentences;
}

function sentenceOn({ reach = [] }: Campaign, numbers: readonly string[], kindOf: KindOf): string | undefined {
  const reasons = numbers.flatMap((number) => gatesReason(kindOf(number), reach) ?? []);
  if (reasons.length === 0 || reasons.length * WORTH_A_WORD < numbers.length) return undefined;
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [most = ''] = [...counts].sort(([, a], [, b]) => b - a).map(([reason]) => reason);
  return `${reasons.length} of its first ${numbers.length} phones are never dialed, most because one is ${most}.`;
}
