// What a campaign wants of its agents' interactions: the plan that each begins with.

import { defined } from '../../base/defined.ts';
import type { Campaign, DeskRules } from '../../campaign/definition.ts';
import type { HeldRecord, InteractionPlan } from '../../interaction/interaction.ts';
import { MODE_ROWS, type InteractionKind } from '../../interaction/modes.ts';
import type { PersonFacts } from '../../records/record.ts';

/** Where the campaign says nothing. */
export const USUAL_DESK: DeskRules = {
  accept: false,
  engaged: false,
  offerMs: 30_000,
  beforeCallMs: 0,
  atPreviewEnd: 'nothing',
  handDialing: false,
  newNumbers: false,
};

/** The row of the table of modes that the campaign's agents work by. */
export const kindOf = ({ mode, desk }: Pick<Campaign, 'mode' | 'desk'>): InteractionKind =>
  desk?.engaged === true ? 'engaged' : mode;

/**
 * Whether the agent at a desk is taken before anybody is dialed: records are offered, or dialed one for each free agent.
 * Such an agent is no one's to be reckoned with by the campaign's pacing.
 */
export function isOffering(campaign: Pick<Campaign, 'mode' | 'desk'>): boolean {
  const { chosenBy, goesOn, alwaysOffered } = MODE_ROWS[kindOf(campaign)];
  if (chosenBy !== 'system' || !goesOn) return false;
  const { accept, beforeCallMs } = campaign.desk ?? USUAL_DESK;
  return alwaysOffered || accept || (campaign.mode === 'progressive' && beforeCallMs > 0);
}

/** Whether agents look at a record before it is dialed, and after a number that was not reached. */
export const isLookedAt = (campaign: Pick<Campaign, 'mode' | 'desk'>): boolean =>
  MODE_ROWS[kindOf(campaign)].unreached === 'preview';

/** Whether who signs in by phone alone has a desk, worked by the keys: records, or offers of them, come before calls. */
export const isWorkedByKeys = (campaign: Pick<Campaign, 'mode' | 'desk'>): boolean =>
  isLookedAt(campaign) || isOffering(campaign);

/** Whether calls come to agents at desks as the pacing has it, with the person on the line. */
export const isPaced = (campaign: Pick<Campaign, 'mode' | 'desk'>): boolean =>
  MODE_ROWS[kindOf(campaign)].channel === 'voice' &&
  MODE_ROWS[kindOf(campaign)].chosenBy === 'system' &&
  !isOffering(campaign);

export const heldRecord = ({ record, phones, phoneIndex }: PersonFacts): HeldRecord => ({
  ...defined({ record }),
  phones,
  phoneIndex,
});

/** The plan of an interaction that begins now. */
export function interactionPlan(campaign: Campaign, kind: InteractionKind): InteractionPlan {
  const { engaged: _engaged, ...desk } = campaign.desk ?? USUAL_DESK;
  const { wrapUp, callerIds, dispositions } = campaign;
  return {
    ...desk,
    kind,
    callerIds: callerIds.choose === 'agent' ? callerIds.numbers : [],
    wrapUpMs: wrapUp.limitMs,
    wrapUpOver: wrapUp.over,
    dispositionRequired: wrapUp.dispositionRequired,
    dispositions,
  };
}
