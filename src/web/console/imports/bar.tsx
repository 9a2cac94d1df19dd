// How far something is.

import type { ReactElement } from 'react';

interface BarProps {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text: string;
}

export function Bar({ name, share, text }: BarProps): ReactElement {
  return (
    <div className="progress">
      <progress max={1000} value={Math.round(1000 * share)} aria-label={name} />
      <span className="small numbers">{text}</span>
    </div>
  );
}
