// Who uses and who wants lines of each trunk, campaign by campaign: what trunks/share.ts shares out.
// Remembers only; a claim that is not renewed is forgotten.

import type { Claim } from '../../trunks/share.ts';
import type { CampaignName } from '../../terms.ts';

/** Every campaign that wants lines is asked more often than this. */
const WISH_LASTS_MS = 2_000;
/** What was served counts half after this time. */
const SERVED_HALF_MS = 1_000;

interface Standing {
  weight: number;
  used: number;
  wanted: number;
  wantedAt: number;
  served: number;
  servedAt: number;
}

export class LineClaims {
  /** By trunk and campaign. */
  readonly #trunks = new Map<string, Map<CampaignName, Standing>>();

  /** The campaign's lines in use change by `lines` on this trunk. */
  uses(trunk: string, campaign: CampaignName, lines: 1 | -1): void {
    const standing = this.#standing(trunk, campaign);
    standing.used = Math.max(0, standing.used + lines);
  }

  /** The campaign has just dialed on this trunk. */
  served(trunk: string, campaign: CampaignName, now: number): void {
    const standing = this.#standing(trunk, campaign);
    standing.served = fading(standing, now) + 1;
    standing.servedAt = now;
  }

  /** The campaign wants so many lines more than it has on this trunk. */
  wants(
    trunk: string,
    claim: { readonly campaign: CampaignName; readonly weight: number; readonly lines: number },
    now: number,
  ): void {
    const standing = this.#standing(trunk, claim.campaign);
    standing.weight = claim.weight;
    standing.wanted = claim.lines;
    standing.wantedAt = now;
  }

  /** Every campaign's claim to this trunk. */
  of(trunk: string, now: number): readonly Claim[] {
    return [...(this.#trunks.get(trunk) ?? [])].map(([campaign, standing]) => ({
      campaign,
      weight: standing.weight,
      used: standing.used,
      wanted: Math.abs(now - standing.wantedAt) < WISH_LASTS_MS ? standing.wanted : 0,
      served: fading(standing, now),
    }));
  }

  #standing(trunk: string, campaign: CampaignName): Standing {
    const campaigns = this.#trunks.get(trunk) ?? new Map<CampaignName, Standing>();
    this.#trunks.set(trunk, campaigns);
    const standing = campaigns.get(campaign) ?? {
      weight: 1,
      used: 0,
      wanted: 0,
      wantedAt: -Infinity,
      served: 0,
      servedAt: 0,
    };
    campaigns.set(campaign, standing);
    return standing;
  }
}

/** What was served in the future, by a clock that has been set back since, is forgotten. */
function fading({ served, servedAt }: Standing, now: number): number {
  return servedAt > now ? 0 : served * 2 ** ((servedAt - now) / SERVED_HALF_MS);
}
