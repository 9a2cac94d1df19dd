// Small signs: a state as a chip, a message with what to do, a ring that shows how much time is left.

import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'quiet' | 'accent' | 'good' | 'warn' | 'bad' | 'busy';

export function Chip({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <span className={`chip ${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

interface NoteProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function Note({ tone, icon, children, actions }: NoteProps): ReactElement {
  return (
    <div className={`note ${tone}`}>
      <Icon name={icon} />
      <div>{children}</div>
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}

const RADIUS = 9;
const ROUND = 2 * Math.PI * RADIUS;

/** `share`: how much is left, 1 to 0. The figure that belongs to it stands beside it in words. */
export function Ring({ share, size = 24 }: { readonly share: number; readonly size?: number }): ReactElement {
  const left = Math.max(0, Math.min(1, share)) * ROUND;
  return (
    <svg className="ring" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" fill="none" strokeWidth="4">
      <circle className="track" cx="12" cy="12" r={RADIUS} />
      <circle className="left" cx="12" cy="12" r={RADIUS} strokeDasharray={`${left} ${ROUND}`} />
    </svg>
  );
}
