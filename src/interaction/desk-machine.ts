// What happens at an agent's desk: records pulled and offered, channels, Get Record and Stop, the countdown to the next
// call, commands of a client. Pure: what to do is returned, never done. Everything about the record in hand is the
// interaction machine's (machine.ts); this one sees to it that an agent has one at most and that none gets lost between.
//
// A desk is free, or fetches a record, or has an interaction, or counts down to the next, or is over; one at a time.

import { defined } from '../base/defined.ts';
import { command } from './desk-commands.ts';
import type { Desk, DeskEffect, DeskEvent, Offer } from './desk.ts';
import { begin, clearing, endSession, inHand, isFree, past, withChannel, type DeskStep } from './desk-steps.ts';
import { MODE_ROWS, type InteractionKind } from './modes.ts';
import { refuse } from './steps.ts';

/** A desk at the start of a session: nothing is ready, nothing taken. */
export function openDesk(of: Pick<Desk, 'agent' | 'session' | 'byKeys'>): Desk {
  return {
    ...of,
    version: 0,
    channels: { voice: 'not-ready', preview: 'not-ready' },
    takes: {},
    pulls: 0,
    answered: [],
    past: [],
  };
}

/** Whether a record of this campaign may be given to the agent now. */
export function mayOffer(desk: Desk, { campaign, kind }: { campaign: string; kind: InteractionKind }): boolean {
  const row = MODE_ROWS[kind];
  const isReady = row.channel === undefined || desk.channels[row.channel] === 'ready';
  return isFree(desk) && isReady && row.goesOn && (desk.takes[campaign] ?? row.isOnAtFirst);
}

/** The desk after `event` at `now` (epoch ms) and what to do about it; total over all desks and events. */
export function stepDesk(desk: Desk, event: DeskEvent, now: number): DeskStep {
  const step = desk.isOver
    ? afterTheEnd(desk, event)
    : (HANDLERS[event.type] as Handler<DeskEvent['type']>)(desk, event, now);
  return step.desk === desk ? step : { ...step, desk: { ...step.desk, version: desk.version + 1 } };
}

type Handler<T extends DeskEvent['type']> = (
  desk: Desk,
  event: DeskEvent & { readonly type: T },
  now: number,
) => DeskStep;

const HANDLERS: { readonly [T in DeskEvent['type']]: Handler<T> } = {
  command,
  offer: (desk, event, now) =>
    mayOffer(desk, kindOf(event)) && !isPast(desk, event) ? begin(desk, event, now) : giveBack(desk, event),
  'record-reserved': (desk, { request, ...offer }, now) => {
    if (desk.pull?.request !== request || isPast(desk, offer)) return giveBack(desk, offer);
    const { pull: _pull, nothing: _nothing, nothingReason: _reason, ...rest } = desk;
    return begin(rest, offer, now);
  },
  channel: (desk, { channel, to }) =>
    desk.channels[channel] === to
      ? { desk, effects: [] }
      : seekWhenReady({ desk: withChannel(desk, channel, to), effects: [] }),
  'no-record': noRecord,
  'call-connected': callConnected,
  interaction: (desk, { interaction, event }, now) =>
    desk.open?.interaction === interaction ? inHand(desk, event, now) : { desk, effects: [] },
  'countdown-over': countdownOver,
  'session-lost': sessionLost,
  restored: (desk) => ({ desk, effects: whatIsDue(desk) }),
};

const isPast = (desk: Desk, { interaction }: { interaction: string }): boolean => desk.past.includes(interaction);

const kindOf = ({ campaign, plan }: Offer): { campaign: string; kind: InteractionKind } => ({
  campaign,
  kind: plan.kind,
});

const seekWhenReady = ({ desk, effects }: DeskStep): DeskStep =>
  isFree(desk) ? { desk, effects: [...effects, { do: 'seek' }] } : { desk, effects };

/** A record that comes when it is not wanted goes back to the top at once. */
function giveBack(desk: Desk, { record, interaction }: Omit<Offer, 'plan'>): DeskStep {
  // The same offer twice: it is in hand.
  if (record === undefined || desk.open?.interaction === interaction) return { desk, effects: [] };
  const effect = { do: 'return-record', ...defined({ record: record.record }), interaction } as const;
  return { desk: past(desk, interaction), effects: [effect] };
}

function afterTheEnd(desk: Desk, event: DeskEvent): DeskStep {
  if (event.type === 'offer' || event.type === 'record-reserved') return giveBack(desk, event);
  if (event.type !== 'command') return { desk, effects: [] };
  return { desk, effects: [], answer: refuse('not-now', 'The session has ended.') };
}

/** Paced: the person is there. An engaged agent has an interaction already, which is filled. */
function callConnected(
  desk: Desk,
  { type: _type, ...offer }: DeskEvent & { type: 'call-connected' },
  now: number,
): DeskStep {
  const { attempt, record } = offer;
  if (isPast(desk, offer)) return { desk, effects: [] };
  if (desk.open !== undefined) {
    return inHand(desk, { type: 'connected', attempt, ...defined({ record }) }, now);
  }
  // A record that is being fetched meanwhile goes back when it comes.
  const { countdown: _countdown, pull: _pull, ...rest } = desk;
  const step = begin(rest, offer, now);
  return { ...step, effects: [...clearing(desk), ...step.effects] };
}

function noRecord(desk: Desk, { request, why, reason }: DeskEvent & { type: 'no-record' }): DeskStep {
  if (desk.pull?.request !== request) return { desk, effects: [] };
  const { pull: _pull, ...rest } = desk;
  if (desk.leaving) return endSession(rest, 'signed-out');
  return { desk: { ...rest, nothing: why, nothingReason: reason }, effects: [{ do: 'seek' }] };
}

function countdownOver(desk: Desk, _event: unknown, now: number): DeskStep {
  const isDue = desk.countdown !== undefined && now >= desk.countdown.until;
  return isDue ? endSession(desk, 'countdown-over') : { desk, effects: [] };
}

/** The session is over whatever was in hand: that is let go of by its own rules. */
function sessionLost(desk: Desk, _event: unknown, now: number): DeskStep {
  const { pull: _pull, countdown: _countdown, ...rest } = desk;
  if (rest.open === undefined) return { desk: { ...rest, isOver: true }, effects: clearing(desk) };
  const step = inHand({ ...rest, leaving: true }, { type: 'agent-gone' }, now);
  return { ...step, effects: [...clearing(desk), ...step.effects] };
}

/** After a restart: timers run again, what was asked for is asked again, what is out is looked for. */
function whatIsDue({ open, pull, countdown, agent: _agent, ...desk }: Desk): DeskEffect[] {
  if (pull !== undefined) return [{ do: 'reserve-record', ...pull }];
  if (countdown !== undefined) return [{ do: 'set-countdown', at: countdown.until }];
  if (open === undefined) return desk.isOver ? [] : [{ do: 'seek' }];
  const { interaction, deadlineAt, order, attempt, state } = open;
  const due: DeskEffect[] = [];
  const add = (effect: (DeskEffect & { do: 'interaction' })['effect']): number =>
    due.push({ do: 'interaction', interaction, effect });
  if (deadlineAt !== undefined) add({ do: 'set-timer', at: deadlineAt });
  if (state !== 'dialing' && state !== 'talking') return due;
  if (order === undefined && attempt === undefined) add({ do: 'engage' });
  else {
    add({
      do: 'find-call',
      ...defined({ order, attempt }),
    });
  }
  return due;
}
