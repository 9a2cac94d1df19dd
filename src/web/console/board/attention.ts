// What on the board needs a look, worst first. Pure.

import type { BoardAgent, BoardCampaign, BoardView } from '../live/board.ts';
import { isLong, tightestOf, usualOf, type Limit } from '../shared/sums.ts';

export type Concern =
  | { readonly what: 'link-down' | 'sip-silent' | 'store-bad' }
  | { readonly what: 'halted' | 'not-dialing'; readonly campaign: BoardCampaign }
  | { readonly what: 'overspent'; readonly campaign: string; readonly limit: Limit }
  | { readonly what: 'trunk-rests'; readonly trunk: BoardView['trunks'][number] }
  | { readonly what: 'not-registered' | 'long'; readonly agent: BoardAgent };

export function concernsOf(view: BoardView, now: number): readonly Concern[] {
  const { health, campaigns, agents, trunks } = view;
  const usual = usualOf(view.days);
  const running = campaigns.filter(({ state }) => state === 'running');
  return [
    ...(health.links.ari && health.links.ami ? [] : [{ what: 'link-down' } as const]),
    ...(health.sip === 'silent' ? [{ what: 'sip-silent' } as const] : []),
    ...(health.store === 'ok' ? [] : [{ what: 'store-bad' } as const]),
    ...campaigns
      .filter(({ name }) => health.halted.includes(name))
      .map((campaign) => ({ what: 'halted', campaign }) as const),
    ...running.flatMap(({ name }) => {
      const limit = tightestOf(view, name);
      return limit !== undefined && limit.left < 0 ? [{ what: 'overspent', campaign: name, limit } as const] : [];
    }),
    ...trunks.filter(({ mayDial }) => !mayDial).map((trunk) => ({ what: 'trunk-rests', trunk }) as const),
    ...running
      .filter(({ name, dialing, agents: { ready } }) => !dialing && ready > 0 && !health.halted.includes(name))
      .map((campaign) => ({ what: 'not-dialing', campaign }) as const),
    ...agents
      .filter(({ state, registered }) => state !== 'offline' && !registered)
      .map((agent) => ({ what: 'not-registered', agent }) as const),
    ...agents
      .filter((agent) => isLong(agent, usual, now))
      .toSorted((one, other) => one.since - other.since)
      .map((agent) => ({ what: 'long', agent }) as const),
  ];
}
