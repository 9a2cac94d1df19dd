// The moves at an agent's desk that several events share. Part of the desk machine.

import { defined } from '../base/defined.ts';
import type { Desk, DeskEffect, Offer } from './desk.ts';
import type { Interaction, InteractionEvent, Refusal } from './interaction.ts';
import { beginInteraction, stepInteraction, type InteractionStep } from './machine.ts';
import { MODE_ROWS, type Channel, type InteractionKind } from './modes.ts';

/** Interactions that a desk remembers once they are done. */
const PAST_KEPT = 32;

export interface DeskStep {
  readonly desk: Desk;
  readonly effects: readonly DeskEffect[];
  /** Of a command: done, done before, or why not. Of anything else absent. */
  readonly answer?: 'done' | 'repeated' | Refusal;
}

/** Nothing is in hand and nothing is coming. */
export const isFree = (desk: Desk): boolean =>
  desk.open === undefined && desk.pull === undefined && desk.countdown === undefined && !desk.leaving && !desk.isOver;

export function begin(
  desk: Desk,
  { interaction, campaign, plan, ...rest }: Offer & { attempt?: string },
  now: number,
): DeskStep {
  const { record, attempt } = rest;
  const step = beginInteraction(
    {
      interaction,
      agent: desk.agent,
      campaign,
      plan,
      ...defined({ record, attempt }),
    },
    now,
  );
  return withInteraction(desk, step, now);
}

export function inHand(desk: Desk, event: InteractionEvent, now: number): DeskStep {
  if (desk.open === undefined) return { desk, effects: [] };
  const step = stepInteraction(desk.open, event, now);
  if (step.ignored) return { desk, effects: [] };
  return step.refused ? { desk, effects: [], answer: step.refused } : withInteraction(desk, step, now);
}

/** The desk after a change of what is in hand. */
function withInteraction(desk: Desk, { interaction, effects }: InteractionStep, now: number): DeskStep {
  const wrapped = effects.map((effect): DeskEffect => ({
    do: 'interaction',
    interaction: interaction.interaction,
    effect,
  }));
  if (interaction.state !== 'done') return { desk: { ...desk, open: interaction }, effects: wrapped };
  const { open: _open, ...idle } = desk;
  const rest = past(idle, interaction.interaction);
  const missed = effects.some((effect) => effect.do === 'set-not-ready');
  const [calmed, ...changed] = missed ? notReady(rest, interaction) : [rest];
  const next = afterDone(calmed, interaction, now);
  return { ...next, effects: [...wrapped, { do: 'finished', interaction }, ...changed, ...next.effects] };
}

/** What still comes for this interaction is late. */
export const past = (desk: Desk, interaction: string): Desk =>
  desk.past.includes(interaction) ? desk : { ...desk, past: [...desk.past, interaction].slice(-PAST_KEPT) };

/** Who let an offer pass is not there: its channel is not ready any more, or, without one, the toggle is off. */
function notReady(
  desk: Desk,
  { campaign, plan }: { campaign: string; plan: { kind: InteractionKind } },
): [Desk, ...DeskEffect[]] {
  const { channel } = MODE_ROWS[plan.kind];
  if (channel === undefined) return [take(desk, campaign, false)];
  return [withChannel(desk, channel, 'not-ready'), { do: 'channel-changed', channel, to: 'not-ready' }];
}

export const withChannel = (desk: Desk, channel: Channel, to: 'ready' | 'not-ready'): Desk => ({
  ...desk,
  channels: { ...desk.channels, [channel]: to },
});

export const take = (desk: Desk, campaign: string, takes: boolean): Desk => ({
  ...desk,
  takes: { ...desk.takes, [campaign]: takes },
});

/** What comes after a record: the end of the session, the countdown, or the next one. */
function afterDone(desk: Desk, { campaign, plan, closing, outcome }: Interaction, now: number): DeskStep {
  if (desk.leaving) return endSession(desk, 'signed-out');
  const { kind, countdownMs } = plan;
  const row = MODE_ROWS[kind];
  const isStopped = closing === 'stopped' || outcome === 'stopped';
  if (isStopped || !row.goesOn || !(desk.takes[campaign] ?? row.isOnAtFirst))
    return { desk, effects: [{ do: 'seek' }] };
  // Who is not ready has said that no next one is wanted for now.
  const isReady = row.channel === undefined || desk.channels[row.channel] === 'ready';
  if (countdownMs === undefined || !isReady) return nextAfter(desk, campaign, kind);
  const until = now + countdownMs;
  return { desk: { ...desk, countdown: { campaign, kind, until } }, effects: [{ do: 'set-countdown', at: until }] };
}

/** The next record: fetched where the agent pulls them, else whatever is offered. */
export const nextAfter = (desk: Desk, campaign: string, kind: InteractionKind): DeskStep =>
  MODE_ROWS[kind].chosenBy === 'agent' ? pullNext(desk, campaign, kind) : { desk, effects: [{ do: 'seek' }] };

export function pullNext(desk: Desk, campaign: string, kind: InteractionKind): DeskStep {
  const pulls = desk.pulls + 1;
  const pull = { request: `${desk.session}-${pulls}`, campaign, kind };
  return { desk: { ...desk, pulls, pull }, effects: [{ do: 'reserve-record', ...pull }] };
}

export const clearing = (desk: Desk): DeskEffect[] => (desk.countdown === undefined ? [] : [{ do: 'clear-countdown' }]);

export function endSession(desk: Desk, why: 'signed-out' | 'countdown-over'): DeskStep {
  const { pull: _pull, countdown: _countdown, ...rest } = desk;
  return { desk: { ...rest, isOver: true }, effects: [...clearing(desk), { do: 'end-session', why }] };
}
