// The life of a campaign: which step leads where, and which steps are open to a person now.
//
// unapproved  just read from its file; no one has agreed to it yet
// approved    may be started, by a person or by its schedule
// running     agents may work; it dials while its hours are open
// paused      by a person: no new calls until resumed; its schedule's end stops it
// stopped     by a person or by its schedule; may be started again
// exhausted   no record can ever be dialed again; new records make it stopped
// archived    kept for its history alone
//
// People's steps that the state does not allow are refused with a sentence; events of the schedule and of the records
// that change nothing are ignored.

import { CAMPAIGN_ACTIONS, type CampaignAction, type CampaignState } from '../terms.ts';

export type CampaignEvent =
  | CampaignAction
  /** The schedule's window has opened or closed. */
  | 'schedule-start'
  | 'schedule-stop'
  /** No record can ever be dialed again; or there are such records again. */
  | 'records-exhausted'
  | 'records-added';

export interface StepConditions {
  /** Some record is fresh, waiting or being dialed. */
  readonly hasRecords: boolean;
}

export type CampaignStepResult =
  | { readonly kind: 'moved'; readonly from: CampaignState; readonly to: CampaignState }
  /** An automatic event that changes nothing here. */
  | { readonly kind: 'ignored'; readonly why: string }
  /** A person's step that the state does not allow; `allowed` are the steps that it does. */
  | { readonly kind: 'refused'; readonly why: string; readonly allowed: readonly CampaignAction[] };

type Row = Readonly<Partial<Record<CampaignEvent, CampaignState>>>;

const LIFE: Readonly<Record<CampaignState, Row>> = {
  unapproved: { approve: 'approved', archive: 'archived' },
  approved: { start: 'running', 'schedule-start': 'running', archive: 'archived' },
  running: { pause: 'paused', stop: 'stopped', 'schedule-stop': 'stopped', 'records-exhausted': 'exhausted' },
  paused: { resume: 'running', stop: 'stopped', 'schedule-stop': 'stopped' },
  stopped: { start: 'running', 'schedule-start': 'running', archive: 'archived' },
  exhausted: { start: 'running', 'schedule-start': 'running', 'records-added': 'stopped', archive: 'archived' },
  archived: {},
};

/** Steps of a person that lead somewhere from `state`. */
export function allowedActions(state: CampaignState): readonly CampaignAction[] {
  return CAMPAIGN_ACTIONS.filter((action) => LIFE[state][action] !== undefined);
}

/** Where the event leads. Starting what has no record left is refused (a person) or ignored (the schedule). */
export function stepCampaign(
  state: CampaignState,
  event: CampaignEvent,
  { hasRecords }: StepConditions,
): CampaignStepResult {
  const to = LIFE[state][event];
  if (to === undefined) {
    return isAction(event)
      ? { kind: 'refused', why: refusal(state, event), allowed: allowedActions(state) }
      : { kind: 'ignored', why: `A campaign that is ${state} does not change by ${event}.` };
  }
  // From `approved` it may start: the records are made at the start itself.
  if (to === 'running' && !hasRecords && (state === 'stopped' || state === 'exhausted')) {
    const why = 'No record of the campaign can be dialed any more; import contacts to its lists first.';
    if (!isAction(event)) return { kind: 'ignored', why };
    return { kind: 'refused', why, allowed: allowedActions(state).filter((action) => action !== event) };
  }
  return { kind: 'moved', from: state, to };
}

function isAction(event: CampaignEvent): event is CampaignAction {
  return CAMPAIGN_ACTIONS.some((action) => action === event);
}

function refusal(state: CampaignState, action: CampaignAction): string {
  return `The campaign is ${state} and cannot be ${PARTICIPLE[action]}.`;
}

const PARTICIPLE: Readonly<Record<CampaignAction, string>> = {
  approve: 'approved',
  start: 'started',
  pause: 'paused',
  resume: 'resumed',
  stop: 'stopped',
  archive: 'archived',
};
