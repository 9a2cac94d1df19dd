// What the store keeps of forms that agents have half typed while they have a record in hand: as they are typed, with a
// version, until they are saved or given up, and no longer than the interaction is open.

import type { AgentNumber } from '../../terms.ts';

export interface FormStore {
  /** The same inputs written again on the same version are one writing. */
  write(writing: WriteForm): Promise<FormWritten>;
  /** All of an interaction, also those that were given up: their versions go on. */
  of(interaction: string): Promise<readonly HalfTyped[]>;
}

/** Of one interaction, at a time. */
export const MOST_FORMS = 20;

export interface WriteForm {
  readonly interaction: string;
  readonly form: string;
  readonly agent: AgentNumber;
  /** Null: the campaign has none of the person. */
  readonly contact: number | null;
  /** Null: saved, or given up. */
  readonly inputs: HalfTyped['inputs'];
  /** The version that was written on; 0: none yet. */
  readonly base: number;
  readonly at: number;
}

export interface HalfTyped {
  readonly form: string;
  /** What stands in each input, by its name; null: it was saved, or given up. */
  readonly inputs: Readonly<Record<string, string>> | null;
  readonly version: number;
}

/**
 * `changed`: somebody else has written meanwhile, and this is what. `closed`: the interaction is done. `too-many`: so many
 * are half typed already. Nothing is written then.
 */
export type FormWritten =
  { readonly kind: 'written' | 'changed'; readonly form: HalfTyped } | { readonly kind: 'closed' | 'too-many' };
