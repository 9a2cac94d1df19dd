// The trunks: lines in use, limits and rests, over all campaigns. The rules are trunks/limits.ts and trunks/share.ts.

import {
  chooseTrunks,
  trunkRoom,
  trunkStanding,
  type OfferedTrunk,
  type TrunkChoice,
  type TrunkStanding,
} from '../../trunks/limits.ts';
import {
  freshTrunk,
  noteTrunkOutcome,
  noteTrunkReachable,
  noteTrunkUnused,
  type TrunkNews,
  type TrunkState,
} from '../../trunks/rests.ts';
import { defined } from '../../base/defined.ts';
import { saidOfTrunk, troubleWords } from '../../trunks/reasons.ts';
import { shareOut } from '../../trunks/share.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { CampaignName } from '../../terms.ts';
import type { TrunkView } from '../control-views.ts';
import type { Hub, TrunkSettings } from '../hub.ts';
import { LineClaims } from './line-claims.ts';
import { TrunkHours } from './trunk-hours.ts';

export interface TakenLines extends TrunkChoice {
  /** Campaigns that lines were left free for: they are to be asked now. */
  readonly leftTo: readonly CampaignName[];
}

const UNKNOWN: TrunkStanding = { mayDial: false, ...saidOfTrunk({ kind: 'no-trunk' }) };

export class Trunks {
  readonly #hub: Hub;
  readonly hours: TrunkHours;
  readonly #states = new Map<string, TrunkState>();
  readonly #inUse = new Map<string, number>();
  readonly #claims = new LineClaims();

  constructor(hub: Hub) {
    this.#hub = hub;
    this.hours = new TrunkHours(hub);
  }

  /**
   * Takes up to `atOnce` of the `wanted` lines on the campaign's trunks, in its order and as far as other campaigns
   * leave them; each is given back by `release`.
   */
  take({ name, trunks, pacing }: Campaign, lines: { readonly wanted: number; readonly atOnce: number }): TakenLines {
    const now = this.#hub.now();
    this.#claim(name, { trunks, weight: pacing.weight, lines: lines.wanted });
    const leftTo = new Set<CampaignName>();
    const offered = this.#settings(trunks).map((trunk) => this.#offerTo(name, this.#standingOf(trunk), leftTo));
    const choice = chooseTrunks(offered, lines.atOnce, now);
    for (const [trunk, state] of choice.states) this.#states.set(trunk, state);
    for (const trunk of choice.lines) {
      this.occupy(trunk, name);
      this.hours.opening(trunk, 1);
      this.#claims.served(trunk, name, now);
    }
    this.#claim(name, { trunks, weight: pacing.weight, lines: lines.wanted - choice.lines.length });
    const isShort = choice.lines.length < lines.atOnce;
    return { ...choice, leftTo: isShort ? [...leftTo] : [] };
  }

  /** The campaign wants no lines now. Those who want them are to be asked. */
  wantsNone({ name, trunks, pacing }: Campaign): readonly CampaignName[] {
    const now = this.#hub.now();
    const wanted = trunks.filter((trunk) =>
      this.#claims.of(trunk, now).some((claim) => claim.campaign === name && claim.wanted > 0),
    );
    this.#claim(name, { trunks, weight: pacing.weight, lines: 0 });
    return wanted.flatMap((trunk) => this.wantedBy(trunk));
  }

  /** Campaigns that want more lines of this trunk than they have. */
  wantedBy(trunk: string): readonly CampaignName[] {
    const claims = this.#claims.of(trunk, this.#hub.now());
    return claims.filter(({ wanted }) => wanted > 0).map(({ campaign }) => campaign);
  }

  /** A line in use, taken here or found alive after a restart. */
  occupy(trunk: string, campaign: CampaignName): void {
    this.#inUse.set(trunk, (this.#inUse.get(trunk) ?? 0) + 1);
    this.#claims.uses(trunk, campaign, 1);
  }

  release(trunk: string, campaign: CampaignName): void {
    this.#inUse.set(trunk, Math.max(0, (this.#inUse.get(trunk) ?? 0) - 1));
    this.#claims.uses(trunk, campaign, -1);
  }

  /** A line taken at `takenAt` for which no record was left: it takes up neither rate nor probe. */
  giveBack(trunk: string, campaign: CampaignName, takenAt: number): void {
    this.release(trunk, campaign);
    this.#states.set(trunk, noteTrunkUnused(this.#state(trunk), takenAt));
  }

  heard(name: string, news: TrunkNews): void {
    const before = this.#state(name);
    const after = noteTrunkOutcome(before, news, this.#hub.now());
    this.#states.set(name, after);
    if (after.rest !== undefined && after.rest.untilAt !== before.rest?.untilAt) {
      this.#hub.parts.log.warn(
        { trunk: name, untilAt: after.rest.untilAt, why: troubleWords(after.rest.trouble) },
        'trunk rests',
      );
    }
  }

  reachable(name: string, reachable: boolean): void {
    this.#states.set(name, noteTrunkReachable(this.#state(name), reachable));
    this.#hub.parts.log.warn({ trunk: name, reachable }, reachable ? 'trunk is reachable' : 'trunk is not reachable');
  }

  standings(names: readonly string[]): TrunkStanding[] {
    return this.#settings(names).map((trunk) => {
      const used = this.hours.refusal(trunk);
      if (used) return { mayDial: false, ...used };
      return trunkStanding(trunk, this.#state(trunk.name), this.#hub.now());
    });
  }

  /** Every trunk of the settings as it stands now. */
  views(): readonly TrunkView[] {
    const now = this.#hub.now();
    const { trunks } = this.#hub.parts.settings;
    const standings = this.standings(trunks.map(({ name }) => name));
    return trunks.map(({ name, maxLines }, place) => {
      const { mayDial, why, reason } = standings[place] ?? UNKNOWN;
      const { reachable, rest } = this.#state(name);
      const restsUntilAt = rest !== undefined && now < rest.untilAt ? rest.untilAt : undefined;
      const linesInUse = this.#inUse.get(name) ?? 0;
      return { name, maxLines, linesInUse, reachable, mayDial, why, reason, ...defined({ restsUntilAt }) };
    });
  }

  find(name: string): TrunkSettings | undefined {
    return this.#hub.parts.settings.trunks.find((trunk) => trunk.name === name);
  }

  /** The trunk with as many lines as this campaign may take of it, beside what the others want. */
  #offerTo(campaign: CampaignName, trunk: OfferedTrunk, leftTo: Set<CampaignName>): OfferedTrunk {
    const now = this.#hub.now();
    const shared = shareOut(this.#claims.of(trunk.capacity.name, now), trunkRoom(trunk, now));
    for (const [other, lines] of shared) if (other !== campaign && lines > 0) leftTo.add(other);
    return { ...trunk, atMost: shared.get(campaign) ?? 0 };
  }

  #claim(
    campaign: CampaignName,
    claim: { readonly trunks: readonly string[]; readonly weight: number; readonly lines: number },
  ): void {
    const now = this.#hub.now();
    const { trunks, weight, lines } = claim;
    for (const trunk of trunks) this.#claims.wants(trunk, { campaign, weight, lines }, now);
  }

  #standingOf(capacity: TrunkSettings): OfferedTrunk {
    const hour = this.hours.left(capacity);
    const limit = defined({ hour });
    const linesInUse = this.#inUse.get(capacity.name) ?? 0;
    return { capacity, ...limit, state: this.#state(capacity.name), linesInUse };
  }

  #settings(names: readonly string[]): TrunkSettings[] {
    return names.flatMap((name) => this.find(name) ?? []);
  }

  #state(name: string): TrunkState {
    return this.#states.get(name) ?? freshTrunk;
  }
}
