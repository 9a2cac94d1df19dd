// What happens to a record that is offered to an agent, and in the seconds of before-call work. Part of the interaction
// machine.

import { defined } from '../base/defined.ts';
import type { Interaction } from './interaction.ts';
import { beforeCall, finish, nextPhone, notReached, openPreview, rowOf, startDialing, waitEngaged } from './steps.ts';
import type { ActHandler, Handler, Step } from './steps.ts';

/** Accept: the record is looked at, dialed after the before-call work, or the agent waits for whoever picks up. */
export const accept: ActHandler<'accept'> = (interaction, _act, now) => {
  const row = rowOf(interaction);
  if (row.accept === 'wait') return waitEngaged(interaction, now);
  if (row.accept === 'preview' || interaction.plan.handDialing) return [openPreview(interaction, now)];
  return dialAfterWork(interaction, 'accept', now);
};

/** The next phone, when the before-call work is over; a record without one cannot be dialed. */
export function dialAfterWork(interaction: Interaction, by: 'accept' | 'timer', now: number): Step {
  const order = nextPhone(interaction, by, now);
  return order === undefined ? withoutPhone(interaction, now) : beforeCall(interaction, order, now);
}

const withoutPhone = (interaction: Interaction, now: number): Step =>
  notReached(interaction, now, { rule: 'no-phone', why: 'The contact has no phone number.' });

/** Who rejects an offer without a record would get the same one again: that agent is not ready. */
export const reject: ActHandler<'reject'> = (interaction, _act, now) =>
  interaction.record === undefined
    ? finish(interaction, 'rejected', now, { do: 'set-not-ready', why: 'offer-rejected' })
    : finish(interaction, 'rejected', now);

export const offerOver: Handler<'time-over'> = (interaction, _event, now) =>
  finish(interaction, 'missed', now, { do: 'set-not-ready', why: 'offer-missed' });

export const workOver: Handler<'time-over'> = (interaction, _event, now) =>
  interaction.order === undefined ? undefined : startDialing(interaction, interaction.order, now);

/** The record was removed or its list deleted before it was dialed. */
export const recordGone: Handler<'record-gone'> = (interaction, _event, now) => finish(interaction, 'withdrawn', now);

export const stopUndialed: Handler<'campaign-stopped'> = (interaction, _event, now) =>
  finish(interaction, 'stopped', now);

export const agentGoneUndialed: Handler<'agent-gone'> = (interaction, _event, now) => finish(interaction, 'lost', now);

/** The reservation ran out and somebody else has the record. */
export const leaseLost: Handler<'lease-lost'> = (interaction, _event, now) => finish(interaction, 'taken-over', now);

/** The record was edited: what is shown and dialed is what it holds now. */
export const recordChanged: Handler<'record-changed'> = (interaction, { record }) =>
  interaction.record?.record === record.record ? [{ ...interaction, record }] : undefined;

/** The agent reads, too, that a number must not be dialed. */
export const changedAtPreview: Handler<'record-changed'> = (interaction, { record, message }) =>
  interaction.record?.record === record.record ? [{ ...interaction, record, ...defined({ message }) }] : undefined;

/** The number that is about to be dialed was taken from the record: it is not dialed. */
export const changedBeforeCall: Handler<'record-changed'> = (interaction, event, now) => {
  const { order } = interaction;
  const isThere = event.record.phones.some(({ number }) => number === order?.number);
  if (order?.phoneIndex === undefined || isThere) return recordChanged(interaction, event, now);
  if (interaction.record?.record !== event.record.record) return undefined;
  const message = { rule: 'number-gone', why: `${order.number} was taken from the contact.` };
  return notReached({ ...interaction, record: event.record }, now, message);
};
