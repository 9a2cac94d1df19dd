// The life of an interaction, one agent's handling of one record, as a table of states, acts and happenings. Pure: what to
// do is returned, never done. What differs between modes stands in one table of its own (modes.ts).
//
// offered      a notification with the record, or blank when engaged; nothing is dialed
// preview      the record is open, nothing is dialed; a timer may dial by itself
// before-call  the number is dialed when the before-call work is over
// dialing      an attempt is out for this agent alone, or, engaged, the agent waits for whoever picks up
// talking      person and agent are in one bridge
// wrap-up      script, notes, disposition and callback are completed
// done         the record has been let go of, its attempts are closed
//
// An act that a state does not allow is refused with the reason; a happening without an entry leaves the interaction as it
// is: late and doubled events are normal.

import {
  agentGoneDialing,
  agentGoneTalking,
  agentGoneWrappingUp,
  attemptPlaced,
  callOver,
  cancelDial,
  connected,
  dialRefused,
  hangUp,
  leaveEngaged,
  stopLater,
  wrapUpOver,
} from './dialing.ts';
import { ACTS } from './interaction.ts';
import type {
  Act,
  Happening,
  HeldRecord,
  Interaction,
  InteractionEffect,
  InteractionEvent,
  InteractionState,
  Refusal,
} from './interaction.ts';
import { MODE_ROWS } from './modes.ts';
import {
  accept,
  agentGoneUndialed,
  dialAfterWork,
  leaseLost,
  offerOver,
  changedAtPreview,
  changedBeforeCall,
  recordChanged,
  recordGone,
  reject,
  stopUndialed,
  workOver,
} from './offered.ts';
import { call, cancelCallback, decline, dispose, done, previewOver, setCallback } from './preview.ts';
import { become, isRefusal, openPreview, refuse, rowOf, type ActHandler, type Handler, type Step } from './steps.ts';

export interface InteractionStep {
  readonly interaction: Interaction;
  readonly effects: readonly InteractionEffect[];
  /** A happening that changes nothing here. */
  readonly ignored: boolean;
  /** Why an act was not done. */
  readonly refused?: Refusal;
}

/** How an interaction begins: `attempt`, when the person is connected already. */
export type Birth = Pick<Interaction, 'interaction' | 'agent' | 'campaign' | 'plan'> & {
  readonly record?: HeldRecord;
  readonly attempt?: string;
};

/** An interaction in its first state, with what is to be done about it. */
export function beginInteraction({ attempt, ...birth }: Birth, now: number): InteractionStep {
  const blank: Interaction = { ...birth, state: 'offered', since: now, version: 0, tried: [], orders: 0 };
  const first = (): Step => {
    if (attempt !== undefined) {
      return [become(blank, 'talking', now, { attempt, tried: [{ attempt }] })];
    }
    const row = MODE_ROWS[birth.plan.kind];
    const isOffered = row.alwaysOffered || (row.chosenBy === 'system' && birth.plan.accept);
    if (isOffered) return [become(blank, 'offered', now, { deadlineAt: now + birth.plan.offerMs })];
    if (row.begins === 'preview' || birth.plan.handDialing) return [openPreview(blank, now)];
    return dialAfterWork(blank, 'timer', now);
  };
  return changed(blank, first());
}

/** The interaction after `event` at `now` (epoch ms) and what to do about it; total over all states and events. */
export function stepInteraction(interaction: Interaction, event: InteractionEvent, now: number): InteractionStep {
  if (event.type === 'act') return act(interaction, event.act, now);
  if (event.type === 'time-over' && now < (interaction.deadlineAt ?? Infinity)) return unchanged(interaction);
  const handler = HAPPENS[interaction.state][event.type] as Handler<Happening['type']> | undefined;
  const outcome = handler?.(interaction, event, now);
  return outcome ? changed(interaction, outcome) : unchanged(interaction);
}

/** The acts that have a meaning in the interaction's state; one may be refused all the same for what it says. */
export const actsOf = ({ state }: Interaction): Act['do'][] => ACTS.filter((what) => MAY[state][what] !== undefined);

function act(interaction: Interaction, wanted: Act, now: number): InteractionStep {
  const handler = MAY[interaction.state][wanted.do] as ActHandler<Act['do']> | undefined;
  const outcome = handler?.(interaction, wanted, now) ?? notNow(interaction);
  return isRefusal(outcome)
    ? { interaction, effects: [], ignored: false, refused: outcome }
    : changed(interaction, outcome);
}

const unchanged = (interaction: Interaction): InteractionStep => ({ interaction, effects: [], ignored: true });

/** The one timer of an interaction is that of its state. */
function changed(before: Interaction, [after, ...effects]: Step): InteractionStep {
  const timer: InteractionEffect[] =
    after.deadlineAt === before.deadlineAt
      ? []
      : [after.deadlineAt === undefined ? { do: 'clear-timer' } : { do: 'set-timer', at: after.deadlineAt }];
  return { interaction: { ...after, version: before.version + 1 }, effects: [...timer, ...effects], ignored: false };
}

const WORDS: Readonly<Record<InteractionState, string>> = {
  offered: 'The record is only offered: accept or reject it.',
  preview: 'The record is open and nothing is dialed.',
  'before-call': 'The number is about to be dialed.',
  dialing: 'A number is being dialed.',
  talking: 'The conversation is not over.',
  'wrap-up': 'The conversation is over.',
  done: 'The record is done.',
};

const notNow = (interaction: Interaction): Refusal => refuse('not-now', WORDS[interaction.state]);

/** After a conversation another number may be called where the agent dials. */
const callAgain: ActHandler<'call'> = (interaction, wanted, now) =>
  rowOf(interaction).unreached === 'preview' ? call(interaction, wanted, now) : notNow(interaction);

type Acts = { readonly [T in Act['do']]?: ActHandler<T> };
type Happenings = { readonly [T in Happening['type']]?: Handler<T> };

const callback = { 'set-callback': setCallback, 'cancel-callback': cancelCallback } as const;

const MAY: Readonly<Record<InteractionState, Acts>> = {
  offered: { accept, reject },
  preview: { ...callback, call, decline, dispose, done },
  'before-call': { ...callback, call, decline },
  dialing: { ...callback, 'cancel-dial': cancelDial, done: leaveEngaged },
  talking: { ...callback, 'hang-up': hangUp, dispose },
  'wrap-up': { ...callback, call: callAgain, dispose, done },
  done: {},
};

const undialed = {
  'record-changed': recordChanged,
  'record-gone': recordGone,
  'campaign-stopped': stopUndialed,
  'agent-gone': agentGoneUndialed,
  'lease-lost': leaseLost,
} as const;

const HAPPENS: Readonly<Record<InteractionState, Happenings>> = {
  offered: { ...undialed, 'time-over': offerOver },
  preview: { ...undialed, 'record-changed': changedAtPreview, 'time-over': previewOver },
  'before-call': { ...undialed, 'record-changed': changedBeforeCall, 'time-over': workOver },
  dialing: {
    'attempt-placed': attemptPlaced,
    'dial-refused': dialRefused,
    connected,
    'call-over': callOver,
    'record-changed': recordChanged,
    'campaign-stopped': stopLater,
    'agent-gone': agentGoneDialing,
  },
  talking: {
    'call-over': callOver,
    'record-changed': recordChanged,
    'campaign-stopped': stopLater,
    'agent-gone': agentGoneTalking,
  },
  'wrap-up': {
    'time-over': wrapUpOver,
    'record-changed': recordChanged,
    'campaign-stopped': stopLater,
    'agent-gone': agentGoneWrappingUp,
  },
  done: {},
};
