// What a client asks for at an agent's desk: once, whatever is sent twice, and only on what the client has seen. Part of
// the desk machine.

import type { AnsweredCommand, Command, Desk, DeskEffect, DeskEvent, Wish } from './desk.ts';
import {
  clearing,
  endSession,
  pullNext,
  inHand,
  isFree,
  nextAfter,
  take,
  withChannel,
  type DeskStep,
} from './desk-steps.ts';
import type { Act, Refusal } from './interaction.ts';
import { MODE_ROWS } from './modes.ts';
import { KEY_USED, OTHER_INTERACTION } from './refusals.ts';
import { refuse } from './steps.ts';

/** Commands that a desk remembers by their keys. */
const KEYS_KEPT = 64;

/** A client's command: once, whatever is sent twice, and only on what the client has seen. */
export function command(desk: Desk, { command: wanted }: DeskEvent & { type: 'command' }, now: number): DeskStep {
  const what = inWords(wanted);
  const before = desk.answered.find(({ key }) => key === wanted.key);
  if (before !== undefined) {
    const answer = before.what === what ? 'repeated' : KEY_USED;
    return { desk, effects: [], answer };
  }
  const step = 'wish' in wanted ? wish(desk, wanted.wish, now) : actOn(desk, wanted, now);
  if (typeof step.answer === 'object') return step;
  return {
    ...step,
    answer: 'done',
    desk: { ...step.desk, answered: remember(desk.answered, { key: wanted.key, what }) },
  };
}

const inWords = (wanted: Command): string =>
  'wish' in wanted ? JSON.stringify(wanted.wish) : `${wanted.interaction} ${JSON.stringify(wanted.act)}`;

const remember = (answered: readonly AnsweredCommand[], one: AnsweredCommand): AnsweredCommand[] =>
  [...answered, one].slice(-KEYS_KEPT);

const refused = (desk: Desk, answer: Refusal): DeskStep => ({ desk, effects: [], answer });

/** Acts that end a call name it, and are right however much has happened around it. */
const ANY_VERSION: ReadonlySet<Act['do']> = new Set(['hang-up', 'cancel-dial']);

function actOn(desk: Desk, { interaction, expects, act }: Extract<Command, { act: Act }>, now: number): DeskStep {
  if (desk.open?.interaction !== interaction) {
    return refused(desk, OTHER_INTERACTION);
  }
  if (expects !== undefined && expects !== desk.open.version && !ANY_VERSION.has(act.do)) {
    return refused(desk, refuse('stale-version', 'Something has changed since; look again.'));
  }
  const stops = act.do === 'done' && act.stop === true;
  const before = stops ? take(desk, desk.open.campaign, false) : desk;
  const step = inHand(before, { type: 'act', act }, now);
  return step.answer === undefined ? step : { ...step, desk };
}

function wish(desk: Desk, wanted: Wish, now: number): DeskStep {
  switch (wanted.do) {
    case 'get-record':
      return getRecord(desk, wanted);
    case 'stop':
      return stop(desk, wanted.campaign);
    case 'set-ready':
    case 'set-not-ready': {
      const to = wanted.do === 'set-ready' ? 'ready' : 'not-ready';
      if (desk.channels[wanted.channel] === to) return { desk, effects: [] };
      const changed: DeskEffect = { do: 'channel-changed', channel: wanted.channel, to };
      const next = withChannel(desk, wanted.channel, to);
      return { desk: next, effects: to === 'ready' && isFree(next) ? [changed, { do: 'seek' }] : [changed] };
    }
    case 'go-on':
      return goOn(desk);
    case 'end-session':
      return leave(desk, now);
  }
}

function getRecord(desk: Desk, { campaign, kind }: Wish & { do: 'get-record' }): DeskStep {
  const row = MODE_ROWS[kind];
  if (row.chosenBy === 'system') {
    const on = take(desk, campaign, true);
    return { desk: on, effects: isFree(on) ? [{ do: 'seek' }] : [] };
  }
  if (!isFree(desk)) return refused(desk, refuse('agent-busy', 'Finish the record in your hands first.'));
  return pullNext(row.goesOn ? take(desk, campaign, true) : desk, campaign, kind);
}

/** The record in hand is finished as ever; one that is being fetched goes back when it comes. */
function stop(desk: Desk, campaign: string): DeskStep {
  const off = take(desk, campaign, false);
  if (off.countdown?.campaign !== campaign && off.pull?.campaign !== campaign) return { desk: off, effects: [] };
  const { countdown: _countdown, pull: _pull, ...rest } = off;
  return { desk: rest, effects: [...clearing(off), { do: 'seek' }] };
}

function goOn(desk: Desk): DeskStep {
  if (desk.countdown === undefined) return refused(desk, refuse('not-now', 'No next record is waiting for you.'));
  const { countdown, ...rest } = desk;
  const next = nextAfter(rest, countdown.campaign, countdown.kind);
  return { ...next, effects: [{ do: 'clear-countdown' }, ...next.effects] };
}

/** At once where nothing is dialed; after the call and its wrap-up else. */
function leave(desk: Desk, now: number): DeskStep {
  if (desk.open === undefined) return endSession(desk, 'signed-out');
  const leaving: Desk = { ...desk, leaving: true };
  const isUndialed = ['offered', 'preview', 'before-call'].includes(desk.open.state);
  return isUndialed ? inHand(leaving, { type: 'agent-gone' }, now) : { desk: leaving, effects: [] };
}
