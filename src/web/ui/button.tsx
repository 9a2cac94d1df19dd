// Buttons: one look for the step that comes next, one for what ends a call, one for all others.

import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react';
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
  /** It opens a menu, which the arrows up and down open too. */
  readonly onMenu?: () => void;
  readonly type?: 'submit';
  readonly id?: string;
  readonly className?: string;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

const ARROWS: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp']);

/** The browser's own: the kit's costs four times as much to draw, and a record has forty of them. */
export function Button(props: ButtonProps): ReactElement {
  const { children, look, icon, chord, name, isSmall = false, isBusy = false, className = '', onMenu } = props;
  const isIconOnly = children === undefined && icon !== undefined;
  const classes = ['button', look, isSmall && 'small', isIconOnly && 'icon-only', isBusy && 'is-asked', className]
    .filter(Boolean)
    .join(' ');
  const onArrow = (event: KeyboardEvent): void => {
    if (!ARROWS.has(event.key) || onMenu === undefined) return;
    event.preventDefault();
    onMenu();
  };
  return (
    <button
      ref={props.ref}
      className={classes}
      type={props.type ?? 'button'}
      onClick={isBusy ? undefined : props.onPress}
      onKeyDown={onMenu && onArrow}
      disabled={props.isDisabled ?? false}
      aria-label={name}
      aria-describedby={props.describedBy}
      aria-disabled={isBusy || undefined}
      aria-pressed={props.isPressed}
      aria-expanded={props.isExpanded}
      aria-haspopup={onMenu && 'menu'}
      id={props.id}
      autoFocus={props.autoFocus ?? false}
    >
      {icon && <Icon name={icon} />}
      {children}
      {chord !== undefined && <Chord keys={chord} />}
    </button>
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
