// What a campaign wants of its agents' interactions: the plan that each begins with.

import type { Campaign, DeskRules } from '../../campaign/definition.ts';
import type { InteractionPlan } from '../../interaction/interaction.ts';
import type { InteractionKind } from '../../interaction/modes.ts';

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
