// Every key of the workspace: one table that the pages obey, the list behind `?` shows, and the tests read. Chords with Alt
// work everywhere, and each agent may put another key in the place of one; single keys never while somebody types, and can
// be switched off.

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

/** A key that an agent has chosen instead: its place on the board, and what stands on it there. */
interface OwnKey {
  readonly code: string;
  readonly shown: string;
}

export type OwnKeys = Readonly<Partial<Record<KeyId, OwnKey>>>;

/** The table as this agent has it. */
export const keysWith = (own: OwnKeys): readonly KeyRow[] =>
  KEYS.map((row) => {
    const chosen = row.alt ? own[row.id] : undefined;
    return chosen === undefined ? row : { ...row, code: chosen.code, shown: `Alt+${chosen.shown}` };
  });

/** Letters, digits and Enter: browsers keep others for themselves. */
const FIT = /^(?:Key([A-Z])|Digit(\d)|Enter)$/;

/** What the agent's keys are with the one that was pressed, or why it cannot be: `taken` by another, or `unfit`. */
export function withKey(
  own: OwnKeys,
  id: KeyId,
  { code, key, altKey, ctrlKey, metaKey }: Omit<Pressed, 'isTyping'>,
): { readonly own: OwnKeys } | { readonly refused: 'unfit' } | { readonly refused: 'taken'; readonly by: KeyRow } {
  const place = code === 'NumpadEnter' ? 'Enter' : code;
  const [isFit, letter, digit] = FIT.exec(place) ?? [];
  if (isFit === undefined || !altKey || ctrlKey || metaKey) return { refused: 'unfit' };
  const by = keysWith(own).find((row) => row.alt && row.id !== id && row.code === place);
  if (by !== undefined) return { refused: 'taken', by };
  const usual = KEYS.find((row) => row.id === id);
  const { [id]: _before, ...rest } = own;
  if (usual?.code === place) return { own: rest };
  // With Option some keyboards write other signs: then the letter's usual place is shown.
  const written = /^[a-z\d]$/i.test(key) ? key.toUpperCase() : (letter ?? digit ?? '↵');
  return { own: { ...rest, [id]: { code: place, shown: written } } };
}

/** What was remembered, as far as it is a table: no key twice, none that a page cannot have. */
export function readOwnKeys(remembered: unknown): OwnKeys {
  const given =
    typeof remembered === 'object' && remembered !== null ? (remembered as Readonly<Record<string, unknown>>) : {};
  let own: OwnKeys = {};
  for (const { id, alt: isChord } of KEYS) {
    const { code, shown } = (given[id] ?? {}) as Partial<Record<keyof OwnKey, unknown>>;
    if (!isChord || typeof code !== 'string' || typeof shown !== 'string') continue;
    own = { ...own, [id]: { code, shown: shown.slice(0, 1) } };
  }
  const codes = keysWith(own).flatMap((row) => (row.alt ? [row.code] : []));
  return codes.every((code) => FIT.test(code)) && new Set(codes).size === codes.length ? own : {};
}

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
export function meantBy(pressed: Pressed, singles: boolean, rows = KEYS): Meant {
  if (pressed.ctrlKey || pressed.metaKey) return undefined;
  if (pressed.altKey) {
    const code = pressed.code === 'NumpadEnter' ? 'Enter' : pressed.code;
    const row = rows.find((one) => one.alt && one.code === code);
    return row && { key: row.id };
  }
  if (!singles || pressed.isTyping) return undefined;
  if (pressed.key === '?') return { key: 'help' };
  return /^[1-9]$/.test(pressed.key) ? { digit: pressed.key } : undefined;
}
