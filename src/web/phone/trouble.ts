// What is wrong with the browser as a phone, in one word, the gravest first: each has its words and its next step. Pure.

export type MicrophoneTrouble = 'refused' | 'none' | 'taken' | 'unplugged' | 'insecure' | 'failed';

export type Trouble =
  | MicrophoneTrouble
  /** The browser plays nothing before a click. */
  | 'blocked'
  /** The server gives no line; its words are shown. */
  | 'no-line'
  | 'connection-lost'
  | 'sound-broken'
  | 'unheard'
  | 'poor';

export interface NoLine {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface PhoneState {
  /** The session's phone is this browser. */
  readonly isWanted: boolean;
  readonly microphone: 'off' | 'asking' | 'on' | MicrophoneTrouble;
  readonly connection: 'off' | 'opening' | 'open' | 'lost';
  readonly call: 'none' | 'calling' | 'up';
  readonly isMediaGood: boolean;
  readonly isBlocked: boolean;
  readonly isUnheard: boolean;
  readonly isPoor: boolean;
  /** Why the server gives no line; `unanswered`: it did not say. */
  readonly refusal?: NoLine;
}

export const NO_PHONE: PhoneState = {
  isWanted: false,
  microphone: 'off',
  connection: 'off',
  call: 'none',
  isMediaGood: true,
  isBlocked: false,
  isUnheard: false,
  isPoor: false,
};

/** The microphone may be in trouble before there is a session; the rest only in one. */
export function troubleOf(state: PhoneState): Trouble | undefined {
  const { microphone } = state;
  if (microphone !== 'off' && microphone !== 'asking' && microphone !== 'on') return microphone;
  if (!state.isWanted) return undefined;
  if (state.refusal !== undefined) return 'no-line';
  if (state.isBlocked) return 'blocked';
  if (state.connection === 'lost') return 'connection-lost';
  if (state.call === 'up' && !state.isMediaGood) return 'sound-broken';
  if (state.isUnheard) return 'unheard';
  return state.call === 'up' && state.isPoor ? 'poor' : undefined;
}

/** What getUserMedia threw, by its name. */
export function microphoneTrouble(name: string): MicrophoneTrouble {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'taken';
    default:
      return 'failed';
  }
}
