// What the server says, to be read by agents. In English it is the server's own sentence.

import type { DeskInteraction, DeskView } from '../../live/live.ts';

type Notice = Pick<DeskView['notices'][number], 'code' | 'campaign' | 'text'>;
type Message = NonNullable<DeskInteraction['message']>;

export interface ServerWords {
  /** Why something was not done. */
  readonly refused: (refusal: { readonly code: string; readonly message: string; readonly hint: string }) => string;
  /** What Done still needs. */
  readonly missing: (missing: { readonly code: string; readonly message: string; readonly about?: string }) => string;
  readonly notice: (notice: Notice) => string;
  /** Why a number was not dialed, and what is next; `isPreview`: nothing has been dialed yet. */
  readonly message: (message: Message, isPreview: boolean) => { readonly text: string; readonly next: string };
  readonly pause: (pause: { readonly code: string; readonly label: string }) => string;
}

export const serverWords: ServerWords = {
  refused: ({ message, hint }) => `${message} ${hint}`.trim(),
  missing: ({ message }) => message,
  notice: ({ text }) => text,
  message: ({ text, next }) => ({ text, next }),
  pause: ({ label }) => label,
};
