// What an agent does with a record that is open and not being dialed: call, decline, postpone, done. Part of the
// interaction machine.

import { defined } from '../base/defined.ts';
import type { Act, DialOrder, Interaction, Missing, Refusal } from './interaction.ts';
import { dialAfterWork } from './offered.ts';
import { NO_SUCH_PHONE } from './refusals.ts';
import {
  finish,
  newOrder,
  nextPhone,
  outcomeOfCall,
  refuse,
  rowOf,
  set,
  startDialing,
  type ActHandler,
  type Handler,
} from './steps.ts';

type Call = Act & { readonly do: 'call' };

/** E.164 with the plus sign; what a number is, the engine asks before this machine sees it. */
const NUMBER = /^\+\d{3,15}$/;

/** Call: a phone of the record, or a number that was typed. In before-call work: at once. */
export const call: ActHandler<'call'> = (interaction, act, now) => {
  if (interaction.closing !== undefined) return refuse('campaign-stopped', 'The campaign has been stopped.');
  const order = orderOf(interaction, act, now);
  return isOrder(order) ? startDialing(interaction, order, now) : order;
};

const isOrder = (outcome: DialOrder | Refusal): outcome is DialOrder => 'number' in outcome;

function orderOf(interaction: Interaction, act: Call, now: number): DialOrder | Refusal {
  const callerId = callerIdOf(interaction, act.callerId);
  if (typeof callerId === 'object') return callerId;
  const number = numberOf(interaction, act, now);
  if (!isOrder(number)) return number;
  const { callerId: _suggested, ...order } = number;
  return { ...order, ...defined({ callerId }) };
}

function callerIdOf({ plan }: Interaction, chosen: string | undefined): string | undefined | Refusal {
  if (chosen !== undefined) {
    return plan.callerIds.includes(chosen)
      ? chosen
      : refuse('no-such-caller-id', `${chosen} is none of the numbers that this campaign may show.`);
  }
  if (plan.callerIds.length > 1) return refuse('choose-caller-id', 'Choose the number that the person sees.');
  return plan.callerIds[0];
}

function numberOf(interaction: Interaction, act: Call, now: number): DialOrder | Refusal {
  const { record } = interaction;
  if (act.typed !== undefined) return typedNumber(interaction, act.typed, now);
  if (act.phoneIndex === undefined) {
    if (mustClick(interaction)) return refuse('choose-number', 'Click the number that is to be dialed.');
    return nextPhone(interaction, 'click', now) ?? refuse('no-such-phone', 'The contact has no phone number.');
  }
  const phone = record?.phones[act.phoneIndex];
  if (phone === undefined) return NO_SUCH_PHONE;
  return { ...newOrder(interaction, phone, 'click', now), phoneIndex: act.phoneIndex };
}

const mustClick = (interaction: Interaction): boolean =>
  interaction.plan.handDialing || rowOf(interaction).byClickAlone;

function typedNumber(interaction: Interaction, typed: NonNullable<Call['typed']>, now: number): DialOrder | Refusal {
  if (!interaction.plan.newNumbers)
    return refuse('new-number-forbidden', 'In this campaign only numbers of the record are dialed.');
  if (!NUMBER.test(typed.number)) return refuse('no-such-phone', `${typed.number} is no phone number.`);
  return newOrder(interaction, typed, 'click', now);
}

/** The look at the record is over: it is dialed, or only the timer stops. */
export const previewOver: Handler<'time-over'> = (interaction, _event, now) => {
  const { plan } = interaction;
  if (plan.atPreviewEnd === 'nothing' || mustClick(interaction)) {
    const { deadlineAt: _deadlineAt, ...rest } = interaction;
    return [rest];
  }
  return dialAfterWork({ ...interaction, plan: { ...plan, beforeCallMs: 0 } }, 'timer', now);
};

export const decline: ActHandler<'decline'> = (interaction, { until }, now) =>
  rowOf(interaction).declines.includes(until)
    ? finish(interaction, until === 'later' ? 'declined-later' : 'declined-never', now)
    : refuse('not-in-this-mode', 'In this mode a record is called, given a callback, or not called again.');

export const setCallback: ActHandler<'set-callback'> = (interaction, { callback }) =>
  interaction.record === undefined
    ? refuse('not-now', 'It is not known yet who will be on the line.')
    : [set(interaction, { callback })];

export const cancelCallback: ActHandler<'cancel-callback'> = (interaction) => {
  const { callback: _callback, ...rest } = interaction;
  return interaction.callback === undefined ? refuse('not-now', 'No callback is set.') : [rest];
};

/** What the last attempt was; before any there is nothing to say. */
export const dispose: ActHandler<'dispose'> = (interaction, { do: _do, code, ...remarks }) => {
  const { tried, plan } = interaction;
  const last = tried.at(-1);
  if (last === undefined || last.isClosed)
    return refuse('not-now', 'Nothing has been dialed that this could be said of.');
  if (!plan.dispositions.some((disposition) => disposition.code === code)) {
    return refuse('no-such-disposition', `The campaign has no disposition ${code}.`);
  }
  const { remarks: _remarks, ...rest } = interaction;
  return [{ ...rest, disposition: code, ...(Object.keys(remarks).length === 0 ? {} : { remarks }) }];
};

/** Done: refused, with everything that is missing, until the record is complete. */
export const done: ActHandler<'done'> = (interaction, { unmet = [] }, now) => {
  const missing = [...owed(interaction), ...unmet];
  if (missing.length > 0) {
    return refuse('incomplete', missing.map(({ message }) => message).join(' '), missing);
  }
  return finish(interaction, interaction.tried.length > 0 ? outcomeOfCall(interaction) : undialed(interaction), now);
};

const undialed = (interaction: Interaction): 'postponed' | 'untouched' =>
  interaction.callback === undefined ? 'untouched' : 'postponed';

/** What is still owed of this interaction. */
function owed(interaction: Interaction): Missing[] {
  const { plan, disposition, talked, tried, callback } = interaction;
  if (disposition !== undefined) return owedBy(interaction, disposition);
  if (talked && plan.dispositionRequired && plan.dispositions.length > 0) {
    return [{ code: 'disposition', message: 'Say what the call was.' }];
  }
  if (rowOf(interaction).mustProcess && tried.length === 0 && callback === undefined) {
    return [
      { code: 'unprocessed', message: 'Call the person, set a callback, or say that they are not to be called.' },
    ];
  }
  return [];
}

/** What the disposition asks for besides. */
function owedBy({ plan, remarks, callback }: Interaction, code: string): Missing[] {
  const asks = plan.dispositions.find((disposition) => disposition.code === code)?.ask;
  if (asks === 'callback' && callback === undefined) return [{ code: 'callback', message: 'Say when to call again.' }];
  if (asks === 'phone' && remarks?.phone === undefined) return [{ code: 'phone', message: 'Say which other number.' }];
  if (asks === 'reason' && remarks?.reason === undefined) return [{ code: 'reason', message: 'Say why.' }];
  return [];
}
