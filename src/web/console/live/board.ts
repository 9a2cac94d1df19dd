// What the console knows of the centre, and the one reducer that changes it. The server's picture is the truth.

import type { BoardCampaign, BoardChange, BoardHistory, BoardView } from '../../../http/wire/board.ts';
import { heard, type Heard, type Link } from '../../live/live.ts';

export type { BoardCampaign, BoardChange, BoardHistory, BoardView };
export type BoardAgent = BoardView['agents'][number];

export interface Board extends Heard {
  readonly link: Link;
  /** Null: none has come yet. */
  readonly view: BoardView | null;
}

export type BoardEvent =
  | { readonly type: 'state'; readonly view: BoardView; readonly now: number }
  | { readonly type: 'change'; readonly change: BoardChange; readonly now: number }
  | { readonly type: 'beat'; readonly at: number; readonly now: number }
  | { readonly type: 'link'; readonly link: Link };

export const NO_BOARD: Board = { link: 'opening', view: null, aheadMs: 0, heardAt: 0 };

export function reduceBoard(board: Board, event: BoardEvent): Board {
  switch (event.type) {
    case 'state':
      return { ...heard(board, event.view.at, event.now), link: 'open', view: event.view };
    case 'change':
      return changed(heard(board, event.change.at, event.now), event.change);
    case 'beat':
      return { ...heard(board, event.at, event.now), link: 'open' };
    case 'link':
      return { ...board, link: event.link };
  }
}

/** What did not change stays the same object, so that its row is not drawn again. */
function changed(board: Board, { campaigns = [], agents = [], ...rest }: BoardChange): Board {
  const { view } = board;
  if (view === null) return board;
  const next: BoardView = {
    ...view,
    // What travelled as JSON has no key without a value.
    ...(rest as Partial<BoardView>),
    campaigns: merged(view.campaigns, campaigns, ({ name }) => name),
    agents: merged(view.agents, agents, ({ number }) => number),
  };
  return { ...board, link: 'open', view: next };
}

function merged<T>(all: readonly T[], news: readonly T[], keyOf: (one: T) => string): readonly T[] {
  if (news.length === 0) return all;
  const byKey = new Map(news.map((one) => [keyOf(one), one]));
  return all.map((one) => byKey.get(keyOf(one)) ?? one);
}
