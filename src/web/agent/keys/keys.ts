// Every key of the workspace: one table that the pages obey, the list behind `?` shows, and the tests read. Chords with Alt
// work everywhere; single keys never while somebody types, and can be switched off.

import type { Words } from '../../words/en.ts';

export type KeyId = Exclude<keyof Words['keys']['table'], 'disposition'>;

export interface KeyRow {
  readonly id: KeyId;
  /** As it is shown. */
  readonly shown: string;
  /** Place of the key on the board, so that layouts and Option keys do not change it. */
  readonly code: string;
  readonly alt: boolean;
}

const alt = (id: KeyId, code: string, shown: string): KeyRow => ({ id, code, shown: `Alt+${shown}`, alt: true });

export const KEYS: readonly KeyRow[] = [
  alt('main', 'Enter', '↵'),
  alt('hangUp', 'KeyH', 'H'),
  alt('mute', 'KeyT', 'T'),
  alt('hold', 'KeyL', 'L'),
  alt('keypad', 'KeyK', 'K'),
  alt('record', 'KeyR', 'R'),
  alt('transfer', 'KeyG', 'G'),
  alt('join', 'KeyJ', 'J'),
  alt('back', 'KeyB', 'B'),
  alt('undo', 'KeyU', 'U'),
  alt('outcome', 'KeyO', 'O'),
  alt('notes', 'KeyN', 'N'),
  alt('callback', 'KeyC', 'C'),
  alt('script', 'KeyS', 'S'),
  alt('contact', 'KeyI', 'I'),
  alt('pause', 'KeyP', 'P'),
  alt('campaigns', 'KeyM', 'M'),
  { id: 'help', code: '', shown: '?', alt: false },
];

export const shownKey = (id: KeyId): string => KEYS.find((row) => row.id === id)?.shown ?? '';

/** What of a key press counts. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  /** The press went into a field. */
  readonly isTyping: boolean;
}

export type Meant = { readonly key: KeyId } | { readonly digit: string } | undefined;

/** What a press means; `singles`: keys without Alt are used. */
export function meantBy(pressed: Pressed, singles: boolean): Meant {
  if (pressed.ctrlKey || pressed.metaKey) return undefined;
  if (pressed.altKey) {
    const code = pressed.code === 'NumpadEnter' ? 'Enter' : pressed.code;
    const row = KEYS.find((one) => one.alt && one.code === code);
    return row && { key: row.id };
  }
  if (!singles || pressed.isTyping) return undefined;
  if (pressed.key === '?') return { key: 'help' };
  return /^[1-9]$/.test(pressed.key) ? { digit: pressed.key } : undefined;
}
