// Saves what is typed: within a second, and at once when the page is hidden, the field is left or the record is closed.

import { isError, type Ask } from './ask.ts';
import { isToSend, isUnsaved, newDraft, stepDraft, type Draft, type DraftEvent } from './draft.ts';
import type { DeskInteraction, DeskView } from './live.ts';

const AFTER_TYPING_MS = 600;
const AGAIN_MS = 2_000;
/** Refusals after which a text has no place any more. */
const HOMELESS: ReadonlySet<string> = new Set(['other-interaction', 'not-your-interaction']);

interface LateNotes {
  readonly interaction: string;
  /** Empty: not known. */
  readonly name: string;
}

interface Written {
  readonly view?: DeskView;
}

export interface DraftOptions {
  readonly ask: Ask;
  readonly newKey: () => string;
}

export class Drafts {
  readonly #options: DraftOptions;
  readonly #drafts = new Map<string, Draft>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #readers = new Set<() => void>();
  /** Names of those whom the records are about. */
  readonly #names = new Map<string, string>();
  #inHand = '';
  #version = 0;
  #late: readonly LateNotes[] = [];

  constructor(options: DraftOptions) {
    this.#options = options;
  }

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  };

  /** Grows with every change. */
  readonly version = (): number => this.#version;

  get(interaction: string): Draft | undefined {
    return this.#drafts.get(interaction);
  }

  /** Texts whose record is gone and which are not saved. */
  get homeless(): readonly Draft[] {
    return [...this.#drafts.values()].filter((draft) => draft.isHomeless && isUnsaved(draft));
  }

  /** Texts that were saved when another record was in hand already, until the agent has read that. */
  get late(): readonly LateNotes[] {
    return this.#late;
  }

  readLate(interaction: string): void {
    this.#late = this.#late.filter((one) => one.interaction !== interaction);
    this.#notify();
  }

  /** The server's text of the interaction in hand. */
  see({ id, notes, record }: Pick<DeskInteraction, 'id' | 'notes' | 'record'>): void {
    this.#inHand = id;
    this.#names.set(id, record?.name ?? '');
    const draft = this.#drafts.get(id);
    if (draft === undefined) this.#keep(newDraft(id, notes.text, notes.version));
    else this.#seeAgain(draft, notes);
    this.#forget(id);
  }

  /** What was refused although the record is in hand is sent again. */
  #seeAgain(draft: Draft, notes: DeskInteraction['notes']): void {
    if (draft.isHomeless) this.#sendAfter(draft.interaction, AFTER_TYPING_MS);
    this.#step(stepDraft(draft, { type: 'home' }), { type: 'seen', ...notes });
  }

  type(interaction: string, text: string): void {
    const draft = this.#drafts.get(interaction);
    if (draft === undefined) return;
    this.#step(draft, { type: 'typed', text });
    this.#sendAfter(interaction, AFTER_TYPING_MS);
  }

  settle(interaction: string, how: 'keep-mine' | 'take-other'): void {
    const draft = this.#drafts.get(interaction);
    if (draft === undefined) return;
    this.#step(draft, { type: how });
    void this.flush(interaction);
  }

  forgetHomeless(interaction: string): void {
    this.#drafts.delete(interaction);
    this.#notify();
  }

  /** Sends what is unsaved now; true when nothing is. `leaving`: the page may be gone before the answer. */
  async flush(interaction: string, leaving = false): Promise<boolean> {
    this.#cancel(interaction);
    const draft = this.#drafts.get(interaction);
    if (draft === undefined || !isUnsaved(draft)) return true;
    if (!isToSend(draft)) return false;
    this.#step(draft, { type: 'sent' });
    await this.#send(draft, leaving);
    const now = this.#drafts.get(interaction);
    if (now === undefined || !isUnsaved(now)) return true;
    if (isToSend(now)) this.#sendAfter(interaction, now.isStuck ? AGAIN_MS : AFTER_TYPING_MS);
    return false;
  }

  flushAll(leaving: boolean): void {
    for (const interaction of this.#drafts.keys()) void this.flush(interaction, leaving);
  }

  async #send({ interaction, text, base }: Draft, leaving: boolean): Promise<void> {
    const event = (one: DraftEvent): void => {
      const draft = this.#drafts.get(interaction);
      if (draft) this.#step(draft, one);
    };
    const command = { key: this.#options.newKey(), interaction, act: { do: 'write-notes', text, base } };
    try {
      const { status, body } = await this.#options.ask<Written>('POST', '/api/agent/commands', command, {
        keepalive: leaving,
      });
      const notes = body.view?.interaction?.id === interaction ? body.view.interaction.notes : undefined;
      if (!isError(body)) {
        event({ type: 'saved', text, version: base + 1 });
        this.#savedLate(interaction);
      } else if (HOMELESS.has(body.error.code)) event({ type: 'homeless' });
      else {
        event({ type: 'failed', text });
        if (status === 409 && notes) event({ type: 'seen', ...notes });
      }
    } catch {
      event({ type: 'failed', text });
    }
  }

  #savedLate(interaction: string): void {
    if (interaction === this.#inHand) return;
    const name = this.#names.get(interaction) ?? '';
    this.#late = [...this.#late.filter((one) => one.interaction !== interaction), { interaction, name }];
    this.#notify();
  }

  #sendAfter(interaction: string, ms: number): void {
    if (this.#timers.has(interaction)) return;
    const send = (): void => {
      this.#timers.delete(interaction);
      void this.flush(interaction);
    };
    this.#timers.set(interaction, setTimeout(send, ms));
  }

  #cancel(interaction: string): void {
    clearTimeout(this.#timers.get(interaction));
    this.#timers.delete(interaction);
  }

  /** Saved texts of records that are gone. */
  #forget(inHand: string): void {
    for (const [id, draft] of this.#drafts)
      if (id !== inHand && !isUnsaved(draft)) {
        this.#drafts.delete(id);
        this.#names.delete(id);
      }
  }

  #step(draft: Draft, event: DraftEvent): void {
    this.#keep(stepDraft(draft, event));
  }

  #keep(draft: Draft): void {
    if (this.#drafts.get(draft.interaction) === draft) return;
    this.#drafts.set(draft.interaction, draft);
    this.#notify();
  }

  #notify(): void {
    this.#version += 1;
    for (const reader of this.#readers) reader();
  }
}
