// Which campaign takes a call that came in on one of our numbers, and whether somebody can answer it. Pure; who the
// caller is, and who has shown the number, was looked up before.

import { defined } from '../base/defined.ts';
import type { CampaignName, CampaignState } from '../terms.ts';
import type { Campaign } from './definition.ts';
import { demandsOf } from './rule-pack.ts';

/** A campaign that shows the called number. */
export interface InboundCandidate {
  readonly campaign: CampaignName;
  readonly state: CampaignState;
  /** Its window is open now. */
  readonly isOpen: boolean;
  /** Agents who are ready, talking or in wrap-up. */
  readonly working: number;
}

/** A record of the caller in one of the campaigns. */
export interface CallerRecord {
  readonly campaign: CampaignName;
  readonly record: number;
  readonly lastAttemptAt: number | null;
}

export interface InboundRoute {
  readonly campaign: CampaignName;
  /** The caller's record there; absent: unknown in this campaign. */
  readonly record?: number;
  /** No agent can take the call now: why. */
  readonly closed?: string;
}

/** A campaign and when it last showed the number that was called. */
export interface ShownBy {
  readonly campaign: CampaignName;
  readonly at: number;
}

/** Who has shown the called number lately. */
export interface ShownNumber {
  /** To the person who calls. */
  readonly toCaller: readonly ShownBy[];
  /** The last to show it to anybody. */
  readonly last?: ShownBy;
}

/** People who were shown a number may call it for so long, also when the campaign shows it no more. */
const ANSWERED_MS = 30 * 86_400_000;

/** How long after a call the number that it showed is still answered: 30 days, or longer as the rule packs demand. */
export function answeredForMs({ rules }: Pick<Campaign, 'rules'>): number {
  return Math.max(ANSWERED_MS, ...demandsOf(rules, 'caller-id').map(({ clause }) => clause.reachableMs));
}

/**
 * The campaigns that people who call the number may reach: those that show it, those that have shown it to this person
 * within the time, and when there are none, the last one that showed it to anybody.
 */
export function takersOf(
  campaigns: readonly Campaign[],
  called: string,
  shown: ShownNumber,
  now: number,
): readonly Campaign[] {
  const taking = campaigns.filter(({ inbound }) => inbound.take);
  const isLately = (campaign: Campaign, by: ShownBy | undefined): boolean =>
    by?.campaign === campaign.name && by.at > now - answeredForMs(campaign);
  const takers = taking.filter(
    (campaign) => showsNow(campaign, called) || shown.toCaller.some((by) => isLately(campaign, by)),
  );
  return takers.length > 0 ? takers : taking.filter((campaign) => isLately(campaign, shown.last));
}

function showsNow({ callerIds }: Campaign, called: string): boolean {
  return callerIds.numbers.includes(called) || callerIds.usedUp === called;
}

/**
 * The campaign that dialed the caller last, if somebody can answer there; else one in which somebody can, those that
 * know the caller first; else the one that dialed the caller last, closed. Undefined without candidates. Deterministic.
 */
export function routeInbound(
  candidates: readonly InboundCandidate[],
  callers: readonly CallerRecord[],
): InboundRoute | undefined {
  const known = [...callers].sort((a, b) => (b.lastAttemptAt ?? 0) - (a.lastAttemptAt ?? 0));
  const place = (campaign: CampaignName): number => {
    const index = known.findIndex((caller) => caller.campaign === campaign);
    return index < 0 ? known.length : index;
  };
  const inOrder = [...candidates].sort((a, b) => place(a.campaign) - place(b.campaign));
  const chosen = inOrder.find((candidate) => closedWhy(candidate) === undefined) ?? inOrder[0];
  if (!chosen) return undefined;
  const record = known.find((caller) => caller.campaign === chosen.campaign)?.record;
  const closed = closedWhy(chosen);
  return {
    campaign: chosen.campaign,
    ...defined({ record, closed }),
  };
}

function closedWhy({ state, isOpen, working }: InboundCandidate): string | undefined {
  // People call back also when everybody has been called.
  if (state !== 'running' && state !== 'exhausted') return `The campaign is ${state}.`;
  if (!isOpen) return 'It is outside its hours.';
  return working > 0 ? undefined : 'No agent is there.';
}
