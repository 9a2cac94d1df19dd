// A recording to be heard: loaded piece by piece when it is played, and kept nowhere. Each play is in the audit log.

import { useState, type ReactElement } from 'react';
import { Note } from '../ui/signs.tsx';

interface PlayerProps {
  readonly attempt: string;
  readonly kind: string;
  readonly name: string;
  /** What is said when it cannot be heard. */
  readonly gone: string;
  readonly isPlayedAtOnce?: boolean;
}

export function Player({ attempt, kind, name, gone, isPlayedAtOnce = false }: PlayerProps): ReactElement {
  const [isGone, setGone] = useState(false);
  if (isGone)
    return (
      <Note tone="quiet" icon="info">
        {gone}
      </Note>
    );
  const query = new URLSearchParams({ kind }).toString();
  return (
    <audio
      className="player"
      controls
      autoPlay={isPlayedAtOnce}
      // Nothing is fetched, and nothing written into the audit log, before somebody wants to hear it.
      preload="none"
      src={`/api/recordings/${encodeURIComponent(attempt)}/sound?${query}`}
      aria-label={name}
      onError={() => setGone(true)}
    />
  );
}
