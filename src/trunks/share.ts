// Who gets the free lines of a trunk when several campaigns want more than there are: weighted max-min fairness.
//
// One line after the other goes to the campaign that is furthest below its share. When lines are short that is the one
// with the fewest lines in use for its weight; when only the calls per second are short, the one that was served least
// lately for its weight. Nothing is kept back from those who want it, and no line in use is ever taken away: a campaign
// below its share gets the next ones that come free.

import type { CampaignName } from '../terms.ts';

/** What a campaign has and wants of one trunk. */
export interface Claim {
  readonly campaign: CampaignName;
  /** Its share against the others', above 0. */
  readonly weight: number;
  /** Lines in use. */
  readonly used: number;
  /** More lines wanted now. */
  readonly wanted: number;
  /** Lines dialed lately, fading with time. */
  readonly served: number;
}

/** What the trunk has to give now. */
export interface Offer {
  readonly lines: number;
  /** Calls that its rate still allows. */
  readonly calls: number;
}

/** How many lines each campaign may dial now; their sum is the least of what is offered and what is wanted. */
export function shareOut(claims: readonly Claim[], offer: Offer): ReadonlyMap<CampaignName, number> {
  const wanted = claims.reduce((sum, claim) => sum + claim.wanted, 0);
  const room = Math.max(0, Math.min(offer.lines, offer.calls));
  if (wanted <= room) return new Map(claims.map((claim) => [claim.campaign, claim.wanted]));
  const linesShort = wanted > offer.lines;
  const granted = claims.map(() => 0);
  for (let given = 0; given < room; given += 1) {
    const next = furthestBelow(claims, granted, linesShort);
    granted[next] = (granted[next] ?? 0) + 1;
  }
  return new Map(claims.map((claim, index) => [claim.campaign, granted[index] ?? 0]));
}

/** Lines that each campaign is entitled to, were all in use given out again: no one gets more than it wants. */
export function fairShares(claims: readonly Claim[], lines: number): ReadonlyMap<CampaignName, number> {
  const shares = new Map<CampaignName, number>();
  let open = [...claims];
  let left = lines;
  while (open.length > 0) {
    const weights = open.reduce((sum, claim) => sum + claim.weight, 0);
    const perWeight = left / weights;
    const content = open.filter((claim) => claim.used + claim.wanted <= claim.weight * perWeight);
    if (content.length === 0) {
      for (const claim of open) shares.set(claim.campaign, claim.weight * perWeight);
      return shares;
    }
    for (const claim of content) {
      shares.set(claim.campaign, claim.used + claim.wanted);
      left -= claim.used + claim.wanted;
    }
    open = open.filter((claim) => !content.includes(claim));
  }
  return shares;
}

/** Place of the campaign that the next line goes to; of equals the first. */
function furthestBelow(claims: readonly Claim[], granted: readonly number[], linesShort: boolean): number {
  let next = -1;
  let least: readonly [number, number] = [Infinity, Infinity];
  claims.forEach((claim, index) => {
    const mine = granted[index] ?? 0;
    if (mine >= claim.wanted) return;
    const lines = linesShort ? (claim.used + mine + 1) / claim.weight : 0;
    const served = (claim.served + mine + 1) / claim.weight;
    if (next >= 0 && (lines > least[0] || (lines === least[0] && served >= least[1]))) return;
    next = index;
    least = [lines, served];
  });
  return next;
}
