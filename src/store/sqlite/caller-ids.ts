// The caller ID of an attempt that is being written, and how often a number has been shown since the day began: counted
// from the attempts themselves, so that a restart forgets nothing. Which number it is, trunks/caller-ids.ts decides.

import { callerIdDay, chooseCallerId } from '../../trunks/caller-ids.ts';
import type { CallerIdChoice } from '../../trunks/caller-ids.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { OpenLine } from '../../engine/store/attempts.ts';
import type { Connection } from './database.ts';

export interface CallerIdQuestion {
  readonly campaign: Campaign;
  /** The number about to be dialed. */
  readonly number: string;
  readonly line: OpenLine;
  readonly now: number;
}

export function callerIdChooser(db: Connection): (question: CallerIdQuestion) => CallerIdChoice {
  const shownSince = db
    .prepare<[string, number], number>('SELECT count(*) FROM attempts WHERE caller_id = ? AND dialed_at >= ?')
    .pluck();
  return ({ campaign, number, line, now }) => {
    const { turn, chosenCallerId } = line;
    const shownToday = (callerId: string): number => shownSince.get(callerId, callerIdDay(campaign, now).startAt) ?? 0;
    const chosen = chosenCallerId === undefined ? {} : { chosenByAgent: chosenCallerId };
    return chooseCallerId({ campaign, number, shownToday, turn, now, ...chosen });
  };
}
