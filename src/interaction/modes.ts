// The modes of dialing from the agent's side, as rows of one table: who chooses the record, which channel must be ready,
// where an interaction begins, what Accept leads to, and what follows when the person was not reached.

import type { Mode } from '../terms.ts';

/** `engaged`: the variant of progressive and predictive in which the agent is taken before anybody is dialed. */
export type InteractionKind = Mode | 'engaged';

/** What an agent is ready for, or not: calls, and records to look at. */
export type Channel = 'voice' | 'preview';

export interface ModeRow {
  /** The agent pulls records (Get Record), or the system gives them out. */
  readonly chosenBy: 'agent' | 'system';
  /** Records come only while this channel is ready; absent: whatever the channels are. */
  readonly channel?: Channel;
  /** Without a word of the agent records come, or they come only after Get Record. */
  readonly isOnAtFirst: boolean;
  /** The next record comes by itself once one is done. */
  readonly goesOn: boolean;
  /** Where an interaction begins: without a notification, and with one where the campaign or the mode wants it. */
  readonly begins: 'preview' | 'dial' | 'talking';
  /** The mode itself wants Accept; else the campaign says. */
  readonly alwaysOffered: boolean;
  /** The notification holds no record: whose it is turns out at the connection. */
  readonly isBlank: boolean;
  /** What Accept leads to; `wait`: for whoever picks up among those who are dialed for all engaged agents. */
  readonly accept: 'preview' | 'dial' | 'wait';
  /** What follows a number that was not reached; `wait`: the next is dialed, the agent stays engaged. */
  readonly unreached: 'preview' | 'done' | 'wait';
  /** Numbers are dialed by the agent's click alone, never by a timer. */
  readonly byClickAlone: boolean;
  /** What Decline may say. */
  readonly declines: readonly ('later' | 'never')[];
  /** Done only when something has come of the record: called, callback set, or not to be called. */
  readonly mustProcess: boolean;
}

const paced: ModeRow = {
  chosenBy: 'system',
  channel: 'voice',
  isOnAtFirst: true,
  goesOn: true,
  begins: 'talking',
  alwaysOffered: false,
  isBlank: false,
  accept: 'dial',
  unreached: 'done',
  byClickAlone: false,
  declines: ['later', 'never'],
  mustProcess: false,
};

const looked: ModeRow = { ...paced, begins: 'preview', accept: 'preview', unreached: 'preview' };

export const MODE_ROWS: Readonly<Record<InteractionKind, ModeRow>> = {
  predictive: paced,
  ratio: paced,
  'auto-callback': paced,
  // With before-call work or Accept the agent is taken first and one line is dialed for this agent alone.
  progressive: { ...paced, begins: 'dial' },
  engaged: { ...paced, alwaysOffered: true, isBlank: true, accept: 'wait', unreached: 'wait', declines: [] },
  preview: without({ ...looked, chosenBy: 'agent', isOnAtFirst: false }),
  'push-preview': { ...looked, channel: 'preview', alwaysOffered: true },
  'direct-push-preview': without({
    ...looked,
    isOnAtFirst: false,
    begins: 'dial',
    alwaysOffered: true,
    accept: 'dial',
  }),
  manual: without({
    ...looked,
    chosenBy: 'agent',
    isOnAtFirst: false,
    goesOn: false,
    byClickAlone: true,
    declines: ['never'],
    mustProcess: true,
  }),
};

/** The row of a mode that asks for no channel. */
function without({ channel: _channel, ...row }: ModeRow): ModeRow {
  return row;
}
