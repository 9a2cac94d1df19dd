// My Campaigns as rows: which action each has, and which one was chosen last.

import type { DeskView, DeskWish } from '../../live/live.ts';
import type { Words } from '../../words/en.ts';

type Campaign = DeskView['campaigns'][number];

export interface CampaignRow {
  readonly campaign: Campaign;
  readonly wasLast: boolean;
  readonly isHere: boolean;
  /** Between sessions: it can be chosen. */
  readonly mayChoose: boolean;
  /** In a session: fetch records, or let none come. */
  readonly action: {
    readonly word: keyof Words['campaigns'] & ('getRecord' | 'getCustomer' | 'stop');
    readonly wish: DeskWish;
  } | null;
}

export function campaignRows({ campaigns, chosen, session, interaction, fetching }: DeskView): readonly CampaignRow[] {
  const rows = campaigns.map((campaign): CampaignRow => {
    const { name } = campaign;
    const isHere = session?.campaign === name;
    return {
      campaign,
      isHere,
      wasLast: session === null && chosen === name,
      mayChoose: session === null,
      action: isHere ? actionOf(campaign, interaction !== null || fetching !== null) : null,
    };
  });
  return rows.toSorted((one, other) => rank(one) - rank(other));
}

function actionOf({ action, name, kind }: Campaign, isBusy: boolean): CampaignRow['action'] {
  if (action === 'stop') return { word: 'stop', wish: { do: 'stop', campaign: name } };
  if (action === null || isBusy) return null;
  return { word: kind === 'manual' ? 'getCustomer' : 'getRecord', wish: { do: 'get-record', campaign: name } };
}

const rank = ({ isHere, wasLast, campaign }: CampaignRow): number =>
  isHere || wasLast ? 0 : campaign.status === 'running' ? 1 : 2;
