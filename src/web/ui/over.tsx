// What lies over the page: dialogs and small menus.

import type { ReactElement, ReactNode } from 'react';
import {
  Button,
  Dialog as KitDialog,
  Heading,
  Menu as KitMenu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { defined } from '../../base/defined.ts';
import { Chord } from './button.tsx';
import { Icon, type IconName } from './icons.tsx';

interface DialogProps {
  readonly title: string;
  readonly closeName: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** It can only be answered, not closed. */
  readonly isFirm?: boolean;
}

export function Dialog({ title, closeName, onClose, children, isFirm = false }: DialogProps): ReactElement {
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={!isFirm}
      isKeyboardDismissDisabled={isFirm}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className="dialog-box">
        <KitDialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {!isFirm && (
              <Button className="button plain icon-only" aria-label={closeName} onPress={onClose}>
                <Icon name="cross" />
              </Button>
            )}
          </div>
          {children}
        </KitDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly chord?: string;
  readonly onChoose: () => void;
}

interface MenuProps {
  readonly label: ReactNode;
  /** Where the label is a picture. */
  readonly name?: string;
  readonly icon?: IconName;
  readonly entries: readonly MenuEntry[];
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

export function Menu(props: MenuProps): ReactElement {
  const { label, name, icon, entries, isDisabled = false, className = '' } = props;
  return (
    <MenuTrigger {...defined({ isOpen: props.isOpen, onOpenChange: props.onOpenChange })}>
      <Button className={`button ${className}`} {...defined({ 'aria-label': name })} isDisabled={isDisabled}>
        {icon && <Icon name={icon} />}
        {label}
      </Button>
      <Popover className="popover">
        <KitMenu
          className="options"
          {...defined({ 'aria-label': name })}
          onAction={(key) => entries.find(({ id }) => id === key)?.onChoose()}
        >
          {entries.map(({ id, label: text, chord }) => (
            <MenuItem key={id} id={id} textValue={text} className="option">
              <span>{text}</span>
              {chord !== undefined && <Chord keys={chord} />}
            </MenuItem>
          ))}
        </KitMenu>
      </Popover>
    </MenuTrigger>
  );
}
