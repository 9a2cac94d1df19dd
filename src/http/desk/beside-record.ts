// What is kept beside the record in an agent's hands, and only the store knows after a restart: its notes, the forms that
// are half typed, and fields as they were changed since it came.

import type { Log } from '../../base/log.ts';
import type { HalfTyped } from '../../engine/store/forms.ts';
import type { Note } from '../../engine/store/notes.ts';
import type { Store } from '../../engine/store/store.ts';
import type { DeskInteraction } from '../wire/desk-record.ts';

export interface BesideRecordParts {
  readonly store: Pick<Store, 'notes' | 'forms'>;
  readonly log: Log;
  readonly onChange: () => void;
}

const NO_NOTES: DeskInteraction['notes'] = { text: '', version: 0, at: null };

export class BesideRecord {
  readonly #parts: BesideRecordParts;
  #interaction: string | undefined;
  #notes = NO_NOTES;
  #forms: readonly HalfTyped[] = [];
  #fields: Readonly<Record<string, unknown>> = {};

  constructor(parts: BesideRecordParts) {
    this.#parts = parts;
  }

  get notes(): DeskInteraction['notes'] {
    return this.#notes;
  }

  get forms(): readonly HalfTyped[] {
    return this.#forms;
  }

  get fields(): Readonly<Record<string, unknown>> {
    return this.#fields;
  }

  /** Another record is in hand, or none. */
  async turnTo(interaction: string | undefined): Promise<void> {
    this.#interaction = interaction;
    this.#notes = NO_NOTES;
    this.#forms = [];
    this.#fields = {};
    if (interaction === undefined) return;
    const { store, log } = this.#parts;
    try {
      const [note, forms] = await Promise.all([store.notes.of(interaction), store.forms.of(interaction)]);
      // What was written meanwhile is newer.
      if (note !== undefined && this.#notes.version < note.version) this.noted(interaction, note);
      for (const form of forms) this.formKept(interaction, form);
    } catch (fault) {
      log.warn({ interaction, error: String(fault) }, 'notes and half-typed forms could not be read');
    }
  }

  noted(interaction: string, note: Note | undefined): void {
    this.#change(interaction, () => (this.#notes = note ?? NO_NOTES));
  }

  edited(interaction: string, fields: Readonly<Record<string, unknown>>): void {
    this.#change(interaction, () => (this.#fields = { ...this.#fields, ...fields }));
  }

  /** Of two the later version stands. */
  formKept(interaction: string, form: HalfTyped): void {
    const before = this.#forms.find((one) => one.form === form.form);
    if (before !== undefined && before.version >= form.version) return;
    const others = this.#forms.filter((one) => one !== before);
    this.#change(interaction, () => (this.#forms = [...others, form]));
  }

  #change(interaction: string, change: () => void): void {
    if (interaction !== this.#interaction) return;
    change();
    this.#parts.onChange();
  }
}
