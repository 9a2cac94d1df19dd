// What is added up from the board: pure, so that a test can see that the rows sum to the total.

import type { BoardAgent, BoardCampaign, BoardView } from '../live/board.ts';

export interface Totals {
  readonly talking: number;
  readonly wrapUp: number;
  readonly ready: number;
  readonly paused: number;
  readonly signedIn: number;
  readonly lines: number;
  /** Of the lines: not answered yet. */
  readonly ringing: number;
  /** Of the lines: answered, and no agent talks yet. */
  readonly waiting: number;
  readonly calls: number;
  readonly attempts: number;
  readonly liveAnswers: number;
  readonly connected: number;
  readonly abandoned: number;
  readonly abandonRate: number;
}

/** Calls that are dialed and on which no agent talks yet. */
export const linesOf = ({ calls }: Pick<BoardCampaign, 'calls'>): number =>
  calls.placing + calls.ringing + calls.detecting + calls.waiting;

const ringingOf = ({ calls }: Pick<BoardCampaign, 'calls'>): number => calls.placing + calls.ringing;

/** It runs, or stands for something in a sum: the others may be left out of a table, and its sums stay what they are. */
export function isInSums({ state, agents, calls, today }: BoardCampaign): boolean {
  const isBusy = [...Object.values(agents), ...Object.values(calls), today.attempts, today.liveAnswers].some(
    (n) => n > 0,
  );
  return state === 'running' || state === 'paused' || isBusy;
}

export const readyOf = ({ agents }: Pick<BoardCampaign, 'agents'>): number =>
  agents.ready + agents.engaged + agents.reserved;

export function totalsOf(campaigns: readonly BoardCampaign[]): Totals {
  const sum = (of: (one: BoardCampaign) => number): number => campaigns.reduce((all, one) => all + of(one), 0);
  const [talking, wrapUp] = [sum(({ agents }) => agents.talking), sum(({ agents }) => agents['wrap-up'])];
  const [ready, paused] = [sum(readyOf), sum(({ agents }) => agents.paused)];
  const liveAnswers = sum(({ today }) => today.liveAnswers);
  const abandoned = sum(({ today }) => today.abandoned);
  return {
    talking,
    wrapUp,
    ready,
    paused,
    signedIn: talking + wrapUp + ready + paused,
    lines: sum(linesOf),
    ringing: sum(ringingOf),
    waiting: sum(({ calls }) => calls.detecting + calls.waiting),
    calls: sum(({ calls }) => calls.talking),
    attempts: sum(({ today }) => today.attempts),
    connected: sum(({ today }) => today.connected),
    liveAnswers,
    abandoned,
    abandonRate: liveAnswers === 0 ? 0 : abandoned / liveAnswers,
  };
}

export interface AgentDay {
  readonly talks: number;
  /** Of the time that was not paused, the share in conversations and after them; undefined: there was none. */
  readonly utilisation: number | undefined;
  readonly meanTalkMs: number | undefined;
}

/** By agent, over all campaigns. */
export function daysOf({ rows }: BoardView['days']): ReadonlyMap<string, AgentDay> {
  const sums = new Map<string, { talks: number; talkMs: number; busyMs: number; waitingMs: number }>();
  for (const { agent, talks, talkMs, wrapUpMs, waitingMs } of rows) {
    const sum = sums.get(agent) ?? { talks: 0, talkMs: 0, busyMs: 0, waitingMs: 0 };
    sums.set(agent, sum);
    sum.talks += talks;
    sum.talkMs += talkMs;
    sum.busyMs += talkMs + wrapUpMs;
    sum.waitingMs += waitingMs;
  }
  return new Map(
    [...sums].map(([agent, { talks, talkMs, busyMs, waitingMs }]) => [
      agent,
      {
        talks,
        utilisation: busyMs + waitingMs === 0 ? undefined : busyMs / (busyMs + waitingMs),
        meanTalkMs: talks === 0 ? undefined : talkMs / talks,
      },
    ]),
  );
}

/** How long agents of a campaign are usually in a state, today; undefined: too few conversations to say, or no such thing. */
export type Usual = (campaign: string | undefined, state: BoardAgent['state']) => number | undefined;

const ENOUGH = 10;

export function usualOf({ rows }: BoardView['days']): Usual {
  const sums = new Map<string, { talks: number; talking: number; 'wrap-up': number; ready: number }>();
  for (const { campaign, talks, talkMs, wrapUpMs, waitingMs } of rows) {
    const sum = sums.get(campaign) ?? { talks: 0, talking: 0, 'wrap-up': 0, ready: 0 };
    sums.set(campaign, sum);
    sum.talks += talks;
    sum.talking += talkMs;
    sum['wrap-up'] += wrapUpMs;
    sum.ready += waitingMs;
  }
  return (campaign, state) => {
    const sum = sums.get(campaign ?? '');
    if (sum === undefined || sum.talks < ENOUGH) return undefined;
    return state === 'talking' || state === 'wrap-up' || state === 'ready' ? sum[state] / sum.talks : undefined;
  };
}

/** Longer than this times what is usual is worth a look. */
export const LONG = 2;

export function isLong(agent: BoardAgent, usual: Usual, now: number): boolean {
  const ms = usual(agent.campaign, agent.state);
  return ms !== undefined && now - agent.since > Math.max(LONG * ms, 60_000);
}

export type Limit = BoardView['budgets'][number]['limits'][number];

/** The tightest limit of a campaign. */
export const tightestOf = ({ budgets }: Pick<BoardView, 'budgets'>, campaign: string): Limit | undefined =>
  budgets.find((one) => one.campaign === campaign)?.limits[0];
