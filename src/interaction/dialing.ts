// What happens to an interaction while a number is dialed for it, and while person and agent talk. Part of the interaction
// machine.

import { defined } from '../base/defined.ts';
import type { DialOrder, Interaction, Tried } from './interaction.ts';
import {
  become,
  finish,
  newOrder,
  notReached,
  openPreview,
  outcomeOfCall,
  refuse,
  rowOf,
  set,
  startDialing,
} from './steps.ts';
import type { ActHandler, Handler, Step } from './steps.ts';

/** Engaged: nothing is dialed for this agent alone. */
const isEngaged = (interaction: Interaction): boolean => rowOf(interaction).accept === 'wait';

/** The attempt that an event is about is the one that is out, or the first that is heard of this dialing. */
const isMine = (interaction: Interaction, attempt: string): boolean =>
  interaction.attempt === undefined ? !knows(interaction, attempt) : interaction.attempt === attempt;

const knows = ({ tried }: Interaction, attempt: string): boolean => tried.some((one) => one.attempt === attempt);

/** The interaction with the attempt as the one that is out. */
function withAttempt(interaction: Interaction, attempt: string): Interaction {
  if (interaction.attempt === attempt) return interaction;
  const { number, by, at: orderedAt } = { number: undefined, by: undefined, at: undefined, ...interaction.order };
  const tried: Tried = { attempt, ...defined({ number, by, orderedAt }) };
  return set(interaction, { attempt, tried: [...interaction.tried, tried] });
}

export const attemptPlaced: Handler<'attempt-placed'> = (interaction, { attempt, order }) => {
  if (interaction.order?.id !== order || interaction.attempt !== undefined || knows(interaction, attempt)) {
    return undefined;
  }
  const out = withAttempt(interaction, attempt);
  return interaction.closing === 'lost' ? [out, { do: 'cancel-dial', attempt }] : [out];
};

/** Not dialed: the next number is, unless a person must click it; without one the agent sees why. */
export const dialRefused: Handler<'dial-refused'> = (interaction, { order: refused, rule, why, never, next }, now) => {
  const { order, attempt, record } = interaction;
  if (order?.id !== refused || attempt !== undefined) return undefined;
  const skipped = [...(order.skipped ?? []), order.number];
  const phone = next === undefined ? undefined : record?.phones[next];
  if (record === undefined || next === undefined || phone === undefined || skipped.includes(phone.number)) {
    return notReached(interaction, now, { rule, why, ...defined({ never }) });
  }
  const message = { rule, why, ...defined({ never }), instead: phone.number };
  const moved = set(interaction, { record: { ...record, phoneIndex: next } });
  if (interaction.closing !== undefined) return notReached(moved, now);
  if (interaction.plan.handDialing || rowOf(interaction).byClickAlone) {
    return [openPreview(moved, now, message)];
  }
  const again: DialOrder = { ...order, ...newOrder(moved, phone, order.by, now), phoneIndex: next, skipped };
  const [dialing, ...effects] = startDialing(moved, again, now);
  return [set(dialing, { message }), ...effects];
};

export const connected: Handler<'connected'> = (interaction, { attempt, record }, now) => {
  const isExpected = isEngaged(interaction) || interaction.order !== undefined;
  if (!isExpected || !isMine(interaction, attempt)) return undefined;
  const filled = record === undefined ? interaction : set(interaction, { record });
  return [become(withAttempt(filled, attempt), 'talking', now)];
};

export const callOver: Handler<'call-over'> = (interaction, { attempt, result, talked }, now) => {
  const isWaiting = interaction.attempt === undefined && interaction.order === undefined;
  if (isWaiting || !isMine(interaction, attempt)) return undefined;
  const { tried, ...rest } = withAttempt(interaction, attempt);
  const over = { ...rest, tried: tried.map((one) => (one.attempt === attempt ? { ...one, result } : one)) };
  return talked ? wrapUp(over, now) : notReached(over, now);
};

/** The conversation is over: time to complete script, notes and disposition. */
function wrapUp(interaction: Interaction, now: number): Step {
  const { closing, plan } = interaction;
  const talked: Interaction = { ...interaction, talked: true };
  if (closing === 'lost' || plan.wrapUpMs === 0) return finish(talked, outcomeOfCall(talked), now);
  const { order: _order, ...rest } = talked;
  return [become(rest, 'wrap-up', now, { deadlineAt: now + plan.wrapUpMs })];
}

export const wrapUpOver: Handler<'time-over'> = (interaction, _event, now) => {
  const over = interaction.plan.wrapUpOver === 'paused';
  return finish(
    interaction,
    outcomeOfCall(interaction),
    now,
    ...(over ? [{ do: 'set-not-ready', why: 'wrap-up-over' } as const] : []),
  );
};

export const cancelDial: ActHandler<'cancel-dial'> = (interaction, { attempt }) => {
  if (isEngaged(interaction)) return refuse('not-now', 'Nothing is dialed for you alone.');
  return attempt === interaction.attempt
    ? [interaction, { do: 'cancel-dial', ...defined({ attempt }) }]
    : refuse('not-now', 'That call is out no more.');
};

export const hangUp: ActHandler<'hang-up'> = (interaction, { attempt }) =>
  attempt === interaction.attempt
    ? [interaction, { do: 'hang-up', attempt }]
    : refuse('not-now', 'You do not talk on that call.');

/** Who is engaged and waits for a connection may leave; who has a number dialed waits for its end. */
export const leaveEngaged: ActHandler<'done'> = (interaction, _act, now) =>
  isEngaged(interaction)
    ? finish(interaction, 'untouched', now, { do: 'disengage' })
    : refuse('not-now', 'The number is still being dialed.');

/** The call goes on; then none comes. */
export const stopLater: Handler<'campaign-stopped'> = (interaction, _event, now) => {
  const isWaiting = interaction.state === 'dialing' && isEngaged(interaction);
  if (isWaiting) return finish(interaction, 'stopped', now, { do: 'disengage' });
  return interaction.closing === undefined ? [set(interaction, { closing: 'stopped' })] : undefined;
};

export const agentGoneDialing: Handler<'agent-gone'> = (interaction, _event, now) => {
  if (isEngaged(interaction)) return finish(interaction, 'lost', now, { do: 'disengage' });
  const { attempt, closing } = interaction;
  if (closing === 'lost') return undefined;
  return [set(interaction, { closing: 'lost' }), { do: 'cancel-dial', ...defined({ attempt }) }];
};

/** The person stays on the line for another agent, and the record goes with the call. */
export const agentGoneTalking: Handler<'agent-gone'> = (interaction, _event, now) => {
  const { attempt } = interaction;
  if (attempt === undefined) return undefined;
  return finish(interaction, 'passed-on', now, { do: 'pass-on', attempt });
};

/** What was said until then stands. */
export const agentGoneWrappingUp: Handler<'agent-gone'> = (interaction, _event, now) =>
  finish(interaction, outcomeOfCall(interaction), now);
