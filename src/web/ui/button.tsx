// Buttons: one look for the step that comes next, one for what ends a call, one for all others.

import type { ReactElement, ReactNode } from 'react';
import { Button as KitButton } from 'react-aria-components';
import { defined } from '../../base/defined.ts';
import { Icon, type IconName } from './icons.tsx';

export interface ButtonProps {
  readonly children?: ReactNode;
  readonly onPress: () => void;
  readonly look?: 'main' | 'end' | 'plain' | undefined;
  readonly isSmall?: boolean;
  readonly isDisabled?: boolean;
  /** What it does was asked for and is not done yet: it keeps the focus, and does nothing. */
  readonly isBusy?: boolean;
  readonly icon?: IconName;
  /** The key that does the same, as it is shown. */
  readonly chord?: string;
  /** What it is called where its text does not say it. */
  readonly name?: string;
  readonly describedBy?: string;
  readonly isPressed?: boolean;
  readonly isExpanded?: boolean;
  readonly type?: 'submit';
  readonly id?: string;
  readonly className?: string;
  readonly autoFocus?: boolean;
}

export function Button(props: ButtonProps): ReactElement {
  const { children, look, icon, chord, name, isSmall = false, isBusy = false, className = '' } = props;
  const isIconOnly = children === undefined && icon !== undefined;
  const classes = ['button', look, isSmall && 'small', isIconOnly && 'icon-only', isBusy && 'is-asked', className]
    .filter(Boolean)
    .join(' ');
  return (
    <KitButton
      className={classes}
      onPress={isBusy ? () => undefined : props.onPress}
      isDisabled={props.isDisabled ?? false}
      {...defined({
        'aria-label': name,
        'aria-describedby': props.describedBy,
        'aria-disabled': isBusy || undefined,
        'aria-pressed': props.isPressed,
        'aria-expanded': props.isExpanded,
        id: props.id,
        type: props.type,
      })}
      autoFocus={props.autoFocus ?? false}
    >
      {icon && <Icon name={icon} />}
      {children}
      {chord !== undefined && <Chord keys={chord} />}
    </KitButton>
  );
}

/** A key, as it stands on the keyboard; screen readers have it from aria-keyshortcuts or the list of keys. */
export function Chord({ keys }: { readonly keys: string }): ReactElement {
  return (
    <kbd className="chord" aria-hidden="true">
      {keys}
    </kbd>
  );
}
