// How old the picture is: a stamp on top, and a line across the page when no word comes any more.

import type { ReactElement } from 'react';
import { Chip } from '../ui/signs.tsx';
import { Icon } from '../ui/icons.tsx';
import { clockTime } from './formats.ts';
import { useBoard, useServerNow, useStaleSeconds } from './live/use-board.tsx';
import { useFrameWords } from './use-words.tsx';

export function Freshness(): ReactElement {
  const words = useFrameWords();
  const board = useBoard();
  const stale = useStaleSeconds();
  useServerNow();
  const isOpen = board.link === 'open' && stale === undefined;
  return (
    <span className="freshness">
      <Chip tone={isOpen ? 'good' : 'quiet'} icon={isOpen ? 'check' : 'offline'}>
        {isOpen ? words.live : words.notLive}
      </Chip>
      {board.view !== null && (
        <span className="small soft numbers">{words.liveAt(clockTime(board.heardAt + board.aheadMs))}</span>
      )}
    </span>
  );
}

export function StaleNote(): ReactElement {
  const words = useFrameWords();
  const stale = useStaleSeconds();
  return (
    <div role="status" className="stale-place">
      {stale !== undefined && (
        <p className="stale-note">
          <Icon name="offline" />
          {words.stale(stale - (stale % 5))}
        </p>
      )}
    </div>
  );
}
