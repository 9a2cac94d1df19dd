// The board as text. Pure: the same picture and time give the same text.

import { formatDuration, formatShare } from '../../base/durations.ts';
import type { BoardView } from '../../http/wire/board.ts';
import { showAge, showInstant } from './instants.ts';
import { harmless, table } from './table.ts';
import { counted } from './words.ts';

type Campaign = BoardView['campaigns'][number];

interface Left {
  readonly waiting: number;
  readonly scheduled: number;
  readonly timeToFinishMs: number | null;
}

const sumOf = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((a, b) => a + b, 0);
const linesOf = ({ calls }: Campaign): number => sumOf(calls) - calls.talking;

/** Who is signed in, the longest in their state first; then how many are not. */
export function renderAgents(view: BoardView, now: number): string {
  const signedIn = view.agents.filter(({ state }) => state !== 'offline').toSorted((a, b) => a.since - b.since);
  const talks = new Map<string, number>();
  const busy = new Map<string, readonly [busyMs: number, allMs: number]>();
  for (const { agent, talks: count, talkMs, wrapUpMs, waitingMs } of view.days.rows) {
    const [before, all] = busy.get(agent) ?? [0, 0];
    talks.set(agent, (talks.get(agent) ?? 0) + count);
    busy.set(agent, [before + talkMs + wrapUpMs, all + talkMs + wrapUpMs + waitingMs]);
  }
  const utilisation = (agent: string): string => {
    const [ms, all] = busy.get(agent) ?? [0, 0];
    return all === 0 ? '–' : formatShare(ms / all);
  };
  const text = table(
    signedIn,
    [
      { title: 'NUMBER', value: ({ number }) => number },
      { title: 'NAME', value: ({ name }) => harmless(name) },
      { title: 'STATE', value: ({ state, reason = '' }) => harmless(`${state} ${reason}`.trim()) },
      { title: 'FOR', value: ({ since }) => showAge(since, now), align: 'right' },
      {
        title: 'CAMPAIGN',
        value: ({ campaign, movesTo }) => `${campaign ?? ''}${movesTo === undefined ? '' : ` → ${movesTo}`}`,
      },
      { title: 'CALLS', value: ({ number }) => talks.get(number) ?? 0, align: 'right' },
      { title: 'UTILISATION', value: ({ number }) => utilisation(number), align: 'right' },
      { title: 'PHONE', value: ({ registered }) => (registered ? '' : 'not registered') },
    ],
    'No agent is signed in.',
  );
  return `${heading(view, now)}\n\n${text}\n\n${counted(view.agents.length - signedIn.length, 'agent')} not signed in.`;
}

export function renderCampaigns(view: BoardView, left: ReadonlyMap<string, Left>, now: number): string {
  const open = view.campaigns.filter(({ state }) => state !== 'archived');
  const budgets = new Map(view.budgets.map(({ campaign, limits }) => [campaign, limits[0]]));
  const text = table(
    open,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'STATE', value: ({ state }) => state },
      { title: 'TALKING', value: ({ agents }) => agents.talking, align: 'right' },
      { title: 'READY', value: ({ agents }) => agents.ready, align: 'right' },
      { title: 'AGENTS', value: ({ agents }) => sumOf(agents), align: 'right' },
      { title: 'LINES', value: linesOf, align: 'right' },
      { title: 'REACHED', value: ({ today }) => today.liveAnswers, align: 'right' },
      { title: 'ABANDONED', value: ({ today }) => formatShare(today.abandonRate), align: 'right' },
      { title: 'MAY YET', value: ({ name }) => budgets.get(name)?.left ?? '–', align: 'right' },
      { title: 'RECORDS LEFT', value: ({ name }) => leftOf(left.get(name)), align: 'right' },
      { title: 'WHY', value: ({ why, dialing, pacing }) => harmless(dialing && pacing ? pacing.reason : why) },
    ],
    'No campaign is loaded.',
  );
  const trunks = table(
    view.trunks,
    [
      { title: 'TRUNK', value: ({ name }) => name },
      { title: 'LINES', value: ({ linesInUse, maxLines }) => `${linesInUse} of ${maxLines}`, align: 'right' },
      { title: 'HOW', value: ({ why }) => harmless(why) },
    ],
    'There is no trunk.',
  );
  return `${heading(view, now)}\n\n${text}\n\n${trunks}`;
}

function leftOf(left: Left | undefined): string {
  if (left === undefined) return '–';
  const time =
    left.timeToFinishMs === null ? '' : `, ${formatDuration(Math.round(left.timeToFinishMs / 60_000) * 60_000)}`;
  return `${left.waiting + left.scheduled}${time}`;
}

function heading({ outbound, campaigns, health }: BoardView, now: number): string {
  const talking = campaigns.reduce((sum, { agents }) => sum + agents.talking, 0);
  const lines = campaigns.reduce((sum, one) => sum + linesOf(one), 0);
  const said = outbound.reason === '' ? '' : ` (${harmless(outbound.reason)})`;
  const off = outbound.on ? '' : `  OUTBOUND IS SWITCHED OFF by ${harmless(outbound.by)}${said}`;
  const ill = health.ready ? '' : '  NOT READY: outdial doctor';
  return `${showInstant(now)}  ${counted(talking, 'agent')} talking, ${counted(lines, 'line')} dialed${off}${ill}`;
}
