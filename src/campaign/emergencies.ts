// What an emergency that was declared for every campaign makes of a campaign's definition. Pure.

import type { DeclaredEmergency } from './declared-emergency.ts';
import type { Campaign } from './definition.ts';

/** The campaign with those emergencies that its rule packs have a clause on; itself when there is none. */
export function withEmergencies(campaign: Campaign, declared: readonly DeclaredEmergency[]): Campaign {
  const own = declared.filter(({ pack }) => heedsEmergencies(campaign, pack));
  if (own.length === 0) return campaign;
  return { ...campaign, declared: own.map(({ pack, untilAt, by, reason }) => ({ pack, untilAt, by, reason })) };
}

/** Whether the campaign names the pack, and the pack has a clause on emergencies. */
export function heedsEmergencies({ rules }: Pick<Campaign, 'rules'>, pack: string): boolean {
  return rules.some(({ name, clauses }) => name === pack && clauses.some(({ kind }) => kind === 'emergency'));
}
