// Saves what is typed, notes and half-typed forms: within a second, and at once when the page is hidden, the field is left
// or the record is closed.

import { isError, type Ask } from './ask.ts';
import { isToSend, isUnsaved, newDraft, stepDraft, type Draft, type DraftEvent } from './draft.ts';
import { inputsOf, textOfInputs, wordsOfForm, type Inputs } from './form-text.ts';
import type { DeskAct, DeskInteraction, DeskView } from './live.ts';

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

type Shown = Pick<DeskInteraction, 'id' | 'notes' | 'record'>;

/** A draft by what it belongs to. */
const placeOf = ({ interaction, form }: Pick<Draft, 'interaction' | 'form'>): string => `${interaction} ${form ?? ''}`;
const NOTES = null;

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

  get(interaction: string, form: string | null = NOTES): Draft | undefined {
    return this.#drafts.get(placeOf({ interaction, form }));
  }

  /** What stands in a form that is half typed; undefined: it is not. */
  inputs(interaction: string, form: string): Inputs | undefined {
    return inputsOf(this.get(interaction, form)?.text ?? '');
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

  /** The server's texts of the interaction in hand. */
  see(one: Shown, forms: DeskView['forms'] = []): void {
    const { id, notes, record } = one;
    this.#inHand = id;
    this.#names.set(id, record?.name ?? '');
    for (const draft of this.#drafts.values()) if (draft.interaction === id) this.#goHome(draft);
    this.#seeText(newDraft(id, notes.text, notes.version));
    for (const { form, inputs, version } of forms) this.#seeText(newDraft(id, textOfInputs(inputs), version, form));
    this.#forget(id);
  }

  /** What was refused although the record is in hand is sent again. */
  #goHome(draft: Draft): void {
    if (draft.isHomeless) this.#sendAfter(draft, AFTER_TYPING_MS);
    this.#step(draft, { type: 'home' });
  }

  #seeText(seen: Draft): void {
    const draft = this.#drafts.get(placeOf(seen));
    if (draft === undefined) return this.#keep(seen);
    const { text, base: version } = seen;
    this.#step(draft, { type: 'seen', text, version });
    // Given up while it was on its way.
    const now = this.#drafts.get(placeOf(seen));
    if (now !== undefined && now.base !== draft.base && isToSend(now)) this.#sendAfter(now, AFTER_TYPING_MS);
  }

  type(interaction: string, text: string, form: string | null = NOTES): void {
    const draft = this.get(interaction, form) ?? (form === NOTES ? undefined : newDraft(interaction, '', 0, form));
    if (draft === undefined) return;
    this.#step(draft, { type: 'typed', text });
    this.#sendAfter(draft, AFTER_TYPING_MS);
  }

  /** A form was saved, or given up. */
  drop(interaction: string, form: string): void {
    const draft = this.get(interaction, form);
    if (draft === undefined || draft.text === '') return;
    this.#step(draft, { type: 'typed', text: '' });
    void this.flush(interaction, { form });
  }

  settle({ interaction, form }: Draft, how: 'keep-mine' | 'take-other'): void {
    const draft = this.get(interaction, form);
    if (draft === undefined) return;
    this.#step(draft, { type: how });
    void this.flush(interaction, { form });
  }

  forgetHomeless(draft: Draft): void {
    this.#drafts.delete(placeOf(draft));
    this.#notify();
  }

  /** Sends what is unsaved now; true when nothing is. `leaving`: the page may be gone before the answer. */
  async flush(
    interaction: string,
    { form = NOTES, leaving = false }: { readonly form?: string | null; readonly leaving?: boolean } = {},
  ): Promise<boolean> {
    const place = { interaction, form };
    this.#cancel(place);
    const draft = this.get(interaction, form);
    if (draft === undefined || !isUnsaved(draft)) return true;
    if (!isToSend(draft)) return false;
    this.#step(draft, { type: 'sent' });
    await this.#send(draft, leaving);
    const now = this.get(interaction, form);
    if (now === undefined || !isUnsaved(now)) return true;
    if (isToSend(now)) this.#sendAfter(place, now.isStuck ? AGAIN_MS : AFTER_TYPING_MS);
    return false;
  }

  flushAll(leaving: boolean): void {
    for (const { interaction, form } of this.#drafts.values()) void this.flush(interaction, { form, leaving });
  }

  async #send(draft: Draft, leaving: boolean): Promise<void> {
    const { interaction, form, text, base } = draft;
    const event = (one: DraftEvent): void => {
      const now = this.get(interaction, form);
      if (now) this.#step(now, one);
    };
    const command = { key: this.#options.newKey(), interaction, act: actOf(draft) };
    try {
      const { status, body } = await this.#options.ask<Written>('POST', '/api/agent/commands', command, {
        keepalive: leaving,
      });
      if (!isError(body)) {
        event({ type: 'saved', text, version: base + 1 });
        if (form === NOTES) this.#savedLate(interaction);
      } else if (HOMELESS.has(body.error.code)) this.#lose(draft);
      else {
        event({ type: 'failed', text });
        const other = status === 409 ? shownIn(body.view, draft) : undefined;
        if (other) event({ type: 'seen', ...other });
      }
    } catch {
      event({ type: 'failed', text });
    }
  }

  /** Of a form whose record is gone only what was typed in words is worth a look. */
  #lose({ interaction, form }: Draft): void {
    const draft = this.get(interaction, form);
    if (draft === undefined) return;
    if (form !== NOTES && wordsOfForm(draft.text) === '') this.forgetHomeless(draft);
    else this.#step(draft, { type: 'homeless' });
  }

  #savedLate(interaction: string): void {
    if (interaction === this.#inHand) return;
    const name = this.#names.get(interaction) ?? '';
    this.#late = [...this.#late.filter((one) => one.interaction !== interaction), { interaction, name }];
    this.#notify();
  }

  #sendAfter({ interaction, form }: Pick<Draft, 'interaction' | 'form'>, ms: number): void {
    const place = placeOf({ interaction, form });
    if (this.#timers.has(place)) return;
    const send = (): void => {
      this.#timers.delete(place);
      void this.flush(interaction, { form });
    };
    this.#timers.set(place, setTimeout(send, ms));
  }

  #cancel(of: Pick<Draft, 'interaction' | 'form'>): void {
    clearTimeout(this.#timers.get(placeOf(of)));
    this.#timers.delete(placeOf(of));
  }

  /** Saved texts of records that are gone. */
  #forget(inHand: string): void {
    for (const [place, draft] of this.#drafts)
      if (draft.interaction !== inHand && !isUnsaved(draft)) {
        this.#drafts.delete(place);
        if (draft.form === NOTES) this.#names.delete(draft.interaction);
      }
  }

  #step(draft: Draft, event: DraftEvent): void {
    this.#keep(stepDraft(draft, event));
  }

  #keep(draft: Draft): void {
    if (this.#drafts.get(placeOf(draft)) === draft) return;
    this.#drafts.set(placeOf(draft), draft);
    this.#notify();
  }

  #notify(): void {
    this.#version += 1;
    for (const reader of this.#readers) reader();
  }
}

const actOf = ({ form, text, base }: Draft): DeskAct =>
  form === NOTES ? { do: 'write-notes', text, base } : { do: 'keep-form', form, inputs: inputsOf(text) ?? null, base };

/** What the server has in its place, by a view. */
function shownIn(view: DeskView | undefined, { interaction, form }: Draft) {
  if (view?.interaction?.id !== interaction) return undefined;
  if (form === NOTES) return view.interaction.notes;
  const kept = view.forms.find((one) => one.form === form);
  return kept && { text: textOfInputs(kept.inputs), version: kept.version };
}
