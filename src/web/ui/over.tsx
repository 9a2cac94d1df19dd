// What lies over the page: dialogs and small menus.

import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import {
  Dialog as KitDialog,
  Heading,
  Menu as KitMenu,
  MenuItem,
  Modal,
  ModalOverlay,
  Popover,
} from 'react-aria-components';
import { defined } from '../../base/defined.ts';
import { Button, Chord } from './button.tsx';
import type { IconName } from './icons.tsx';

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
            {!isFirm && <Button look="plain" icon="cross" name={closeName} onPress={onClose} />}
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
  readonly label: string;
  readonly icon?: IconName;
  readonly entries: readonly MenuEntry[];
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
}

/** What lies behind the button is made when it is opened. */
export function Menu(props: MenuProps): ReactElement {
  const { label, icon, entries, isDisabled = false, className = '' } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [isOpenHere, setOpenHere] = useState(false);
  const isOpen = props.isOpen ?? isOpenHere;
  const set = props.onOpenChange ?? setOpenHere;
  return (
    <>
      <Button
        ref={button}
        className={className}
        {...defined({ icon })}
        isDisabled={isDisabled}
        isExpanded={isOpen}
        onPress={() => set(!isOpen)}
        onMenu={() => set(true)}
      >
        {label}
      </Button>
      {isOpen && (
        <Popover
          className="popover"
          aria-label={label}
          trigger="MenuTrigger"
          triggerRef={button}
          isOpen
          onOpenChange={set}
        >
          <KitMenu
            className="options"
            autoFocus="first"
            aria-label={label}
            onClose={() => set(false)}
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
      )}
    </>
  );
}
