// A text that is typed, and what the server has of it. It belongs to the interaction in which it was begun, however late it
// is saved. Pure; drafts.ts waits and sends.

export interface Draft {
  readonly interaction: string;
  /** Null: the notes. `text` is a form as one text (form-text.ts), empty where it is closed. */
  readonly form: string | null;
  readonly text: string;
  /** The version on the server that `text` stands on. */
  readonly base: number;
  /** The text of that version. */
  readonly saved: string;
  /** On its way. */
  readonly sent: string | null;
  /** What was sent lately: the server may show it later than its answer came, or its answer was lost. */
  readonly ours: readonly string[];
  /** The last saving did not come through: it is tried again. */
  readonly isStuck: boolean;
  /** Written elsewhere meanwhile; the agent says which one stays. */
  readonly other: { readonly text: string; readonly version: number } | null;
  /** The record is not in the agent's hands any more and the text cannot be saved. */
  readonly isHomeless: boolean;
}

export type DraftEvent =
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'sent' }
  /** `text`: what was sent. */
  | { readonly type: 'saved'; readonly text: string; readonly version: number }
  | { readonly type: 'failed'; readonly text: string }
  | { readonly type: 'homeless' }
  /** The record is in the agent's hands again, or still is: the server had only just started. */
  | { readonly type: 'home' }
  /** What the server has, by its view. */
  | { readonly type: 'seen'; readonly text: string; readonly version: number }
  | { readonly type: 'keep-mine' | 'take-other' };

export const newDraft = (interaction: string, text: string, version: number, form: string | null = null): Draft => ({
  interaction,
  form,
  text,
  base: version,
  saved: text,
  sent: null,
  ours: [],
  isStuck: false,
  other: null,
  isHomeless: false,
});

export const isUnsaved = ({ text, saved }: Draft): boolean => text !== saved;

/** Whether there is something to send, and nothing that keeps it. */
export const isToSend = (draft: Draft): boolean =>
  isUnsaved(draft) && draft.sent === null && draft.other === null && !draft.isHomeless;

export function stepDraft(draft: Draft, event: DraftEvent): Draft {
  switch (event.type) {
    case 'typed':
      return { ...draft, text: event.text };
    case 'sent':
      return { ...draft, sent: draft.text, ours: [...draft.ours, draft.text].slice(-MOST_OURS) };
    case 'saved':
      return ours(draft, event);
    case 'failed':
      return { ...draft, sent: stillSent(draft, event.text), isStuck: true };
    case 'homeless':
      return { ...draft, sent: null, isStuck: false, isHomeless: true };
    case 'home':
      return draft.isHomeless ? { ...draft, isHomeless: false } : draft;
    case 'seen':
      return seen(draft, event);
    case 'keep-mine':
      if (draft.other === null) return draft;
      return { ...draft, base: draft.other.version, saved: draft.other.text, other: null };
    case 'take-other':
      if (draft.other === null) return draft;
      return newDraft(draft.interaction, draft.other.text, draft.other.version, draft.form);
  }
}

const MOST_OURS = 10;

/** Answers may overtake each other, and the stream them: only what was sent last is still on its way. */
const stillSent = ({ sent }: Draft, text: string): string | null => (sent === text ? null : sent);

/** The server has a text of ours in that version. */
function ours(draft: Draft, { text, version }: { readonly text: string; readonly version: number }): Draft {
  const sent = stillSent(draft, text);
  if (version < draft.base) return { ...draft, sent };
  return { ...draft, saved: text, base: version, sent, isStuck: false, other: null };
}

function seen(draft: Draft, { text, version }: { readonly text: string; readonly version: number }): Draft {
  if (version <= draft.base) return draft;
  // Our own, whose answer was lost or is still on its way.
  if (text === draft.text || draft.ours.includes(text)) return ours(draft, { text, version });
  if (!isUnsaved(draft)) return newDraft(draft.interaction, text, version, draft.form);
  return { ...draft, sent: null, other: { text, version } };
}
