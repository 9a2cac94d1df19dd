// The moves from one state of an interaction to the next that several events share. Part of the interaction machine.

import { defined } from '../base/defined.ts';
import type { Phone } from '../terms.ts';
import type {
  Act,
  DialMessage,
  DialOrder,
  Happening,
  Interaction,
  InteractionEffect,
  InteractionState,
  Missing,
  Outcome,
  RecordGoes,
  Refusal,
} from './interaction.ts';
import { MODE_ROWS } from './modes.ts';

export type Step = readonly [Interaction, ...InteractionEffect[]];

/** What an act does in one state, or why it is refused. */
export type ActHandler<T extends Act['do']> = (
  interaction: Interaction,
  act: Act & { readonly do: T },
  now: number,
) => Step | Refusal;

/** What a happening does in one state; undefined: nothing, the pair is ignored. */
export type Handler<T extends Happening['type']> = (
  interaction: Interaction,
  event: Happening & { readonly type: T },
  now: number,
) => Step | undefined;

export const set = (interaction: Interaction, change: Partial<Interaction>): Interaction => ({
  ...interaction,
  ...change,
});

export const refuse = (code: Refusal['code'], message: string, missing?: readonly Missing[]): Refusal => ({
  code,
  message,
  ...defined({ missing }),
});

export const isRefusal = (outcome: Step | Refusal): outcome is Refusal => 'code' in outcome;

export const rowOf = (interaction: Interaction): (typeof MODE_ROWS)[keyof typeof MODE_ROWS] =>
  MODE_ROWS[interaction.plan.kind];

/** Another state from `now` on; what was due in the state before is due no more. */
export function become(
  interaction: Interaction,
  state: InteractionState,
  now: number,
  change: Partial<Interaction> = {},
): Interaction {
  const { deadlineAt: _deadlineAt, ...rest } = interaction;
  return { ...rest, state, since: now, ...change };
}

/** The interaction with nothing dialed in it at present. */
function withoutCall(interaction: Interaction): Interaction {
  const { order: _order, attempt: _attempt, ...rest } = interaction;
  return rest;
}

/** The record is open before the agent, who may look at it for as long as the campaign says. */
export function openPreview(interaction: Interaction, now: number, message?: DialMessage): Interaction {
  const { message: _message, ...rest } = withoutCall(interaction);
  const { plan, tried } = interaction;
  // The timer is for the first look; after a number that was not reached the agent decides.
  const isTimed = plan.previewMs !== undefined && tried.length === 0 && message === undefined;
  return become(rest, 'preview', now, {
    ...(isTimed ? { deadlineAt: now + (plan.previewMs ?? 0) } : {}),
    ...defined({ message }),
  });
}

/** The number is dialed; what was said of an attempt before it stands. */
export function startDialing(interaction: Interaction, order: DialOrder, now: number): Step {
  const [settled, ...effects] = settleAttempt(interaction);
  const { message: _message, ...rest } = withoutCall(settled);
  return [become(rest, 'dialing', now, { order, orders: interaction.orders + 1 }), ...effects, { do: 'dial', order }];
}

/** Time to look at the record before the number is dialed; none: it is dialed at once. */
export function beforeCall(interaction: Interaction, order: DialOrder, now: number): Step {
  const { beforeCallMs } = interaction.plan;
  if (beforeCallMs === 0) return startDialing(interaction, order, now);
  return [become(interaction, 'before-call', now, { order, deadlineAt: now + beforeCallMs })];
}

/** The order to dial the record's next phone; undefined: it has none. */
export function nextPhone(interaction: Interaction, by: DialOrder['by'], now: number): DialOrder | undefined {
  const { record, plan } = interaction;
  const phone = record?.phones[record.phoneIndex];
  if (record === undefined || phone === undefined) return undefined;
  const [callerId] = plan.callerIds;
  const { phoneIndex } = record;
  return { ...newOrder(interaction, phone, by, now), phoneIndex, ...defined({ callerId }) };
}

/** The order to dial a number; what it is in the record is not said yet. */
export const newOrder = (
  interaction: Interaction,
  { number, type }: Phone,
  by: DialOrder['by'],
  now: number,
): DialOrder => ({
  id: `${interaction.interaction}.${interaction.orders + 1}`,
  number,
  type,
  agent: interaction.agent,
  by,
  at: now,
});

/** Nothing more will be said of the attempt that is behind the agent; the next has a disposition of its own. */
function settleAttempt(interaction: Interaction): Step {
  const { disposition, remarks, talked: _talked, ...rest } = interaction;
  const last = interaction.tried.at(-1);
  if (last?.result === undefined || last.isClosed) return [interaction];
  return [
    { ...rest, tried: [...interaction.tried.slice(0, -1), { ...last, isClosed: true }] },
    { do: 'close-attempt', attempt: last.attempt, ...defined({ disposition }), ...remarks },
  ];
}

const GOES: Readonly<Record<Outcome, RecordGoes>> = {
  rejected: 'top',
  missed: 'top',
  'declined-later': 'list',
  'declined-never': 'never',
  postponed: 'callback',
  called: 'by-result',
  undecided: 'by-result',
  untouched: 'list',
  blocked: 'list',
  withdrawn: 'gone',
  stopped: 'top',
  lost: 'top',
  'passed-on': 'with-the-call',
  'taken-over': 'gone',
};

/** Once a number of the record was dialed in this interaction, the call decides what becomes of it. */
const decidedByCall: ReadonlySet<RecordGoes> = new Set(['top', 'list']);

/** The end of every path: the record is let go of, once, and its last attempt closed. */
export function finish(interaction: Interaction, outcome: Outcome, now: number, ...effects: InteractionEffect[]): Step {
  const [settled, ...closing] = settleAttempt(interaction);
  const over = become(withoutCall(settled), 'done', now, { outcome });
  return [over, ...effects, ...closing, ...letRecordGo(interaction, whereItGoes(interaction, outcome))];
}

function whereItGoes({ tried }: Interaction, outcome: Outcome): RecordGoes {
  const goes = GOES[outcome];
  return tried.length > 0 && decidedByCall.has(goes) ? 'by-result' : goes;
}

function letRecordGo({ record, callback }: Interaction, to: RecordGoes): InteractionEffect[] {
  if (record === undefined) return [];
  const agreed = to === 'callback' && callback !== undefined ? { callback } : {};
  return [{ do: 'release-record', ...defined({ record: record.record }), to, ...agreed }];
}

/** How an interaction with a call behind it ends, by what the agent has said. */
export function outcomeOfCall({ callback, disposition, talked, plan }: Interaction): Outcome {
  if (callback !== undefined) return 'postponed';
  const isOwed = talked === true && plan.dispositionRequired && plan.dispositions.length > 0;
  return isOwed && disposition === undefined ? 'undecided' : 'called';
}

/** Engaged: no one is connected yet, whoever picks up among those who are dialed will be. */
export function waitEngaged(interaction: Interaction, now: number, ...effects: InteractionEffect[]): Step {
  const { record: _record, message: _message, ...blank } = withoutCall(interaction);
  return [become({ ...blank, tried: [] }, 'dialing', now), ...effects, { do: 'engage' }];
}

/** What follows a number that was not reached, or not dialed at all. */
export function notReached(interaction: Interaction, now: number, message?: DialMessage): Step {
  const { closing, tried } = interaction;
  if (closing !== undefined) return finish(interaction, closing, now);
  switch (rowOf(interaction).unreached) {
    case 'preview':
      return [openPreview(interaction, now, message)];
    case 'done':
      return finish(interaction, tried.length > 0 ? 'called' : 'blocked', now);
    case 'wait': {
      const [settled, ...effects] = settleAttempt(interaction);
      return waitEngaged(settled, now, ...effects, ...letRecordGo(interaction, 'by-result'));
    }
  }
}
