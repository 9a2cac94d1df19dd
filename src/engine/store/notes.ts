// What the store keeps of what agents write while they have a record in hand: one text for each interaction, kept as it
// is typed, with a version, so that of two writers the later sees what the other wrote.

import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';

export interface NoteStore {
  /** The same text written again on the same version is one writing. */
  write(draft: NoteDraft): Promise<NoteWritten>;
  of(interaction: string): Promise<Note | undefined>;
  /** What was written about these contacts, the earliest first; empty ones are left out. */
  list(contacts: readonly number[]): Promise<readonly NoteRow[]>;
}

export interface NoteRow {
  readonly contact: number;
  readonly record: number;
  readonly interaction: string;
  readonly agent: AgentNumber;
  readonly text: string;
  readonly begunAt: number;
  readonly writtenAt: number;
  /** The last that was dialed or talked on in its interaction; null: none was. */
  readonly attempt: AttemptId | null;
}

interface NoteDraft {
  readonly interaction: string;
  readonly agent: AgentNumber;
  readonly campaign: CampaignName;
  readonly record: number;
  readonly contact: number;
  readonly text: string;
  /** The version that was written on; 0: none yet. */
  readonly base: number;
  readonly at: number;
}

export interface Note {
  readonly text: string;
  readonly version: number;
  readonly at: number;
}

/** `changed`: somebody else has written meanwhile, and this is what; nothing is written then. */
type NoteWritten =
  { readonly kind: 'written'; readonly note: Note } | { readonly kind: 'changed'; readonly note: Note | undefined };
