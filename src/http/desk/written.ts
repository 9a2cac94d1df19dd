// What an agent writes about the record in hand: notes, fields, and the wish not to be called. Kept in the store at once;
// what changes a person is in the audit log under the agent's name.

import { OperationalError } from '../../base/errors.ts';
import type { Clock } from '../../base/clock.ts';
import { nameOf, type Actor } from '../../engine/actor.ts';
import { noteChange, type Change } from '../../engine/audit-trail.ts';
import type { OpenInteraction } from '../../engine/agents/desk-port.ts';
import type { Control } from '../../engine/control.ts';
import { MOST_FORMS, type FormWritten } from '../../engine/store/forms.ts';
import type { Store } from '../../engine/store/store.ts';
import { OTHER_INTERACTION } from '../../interaction/refusals.ts';
import type { PersonFacts, RecordFacts } from '../../records/record.ts';
import { GLOBAL_LIST, listOfCampaign } from '../../records/do-not-call.ts';
import type { AgentNumber } from '../../terms.ts';
import type { CampaignCatalogue } from '../campaign-files.ts';
import { fieldDefinitions } from '../field-definitions.ts';
import type { DeskAct } from '../wire/desk-commands.ts';
import type { NotesOf } from './notes-of.ts';
import type { Workspace } from './workspace.ts';

export interface WrittenParts {
  readonly store: Pick<Store, 'notes' | 'forms' | 'contacts' | 'doNotCall' | 'audit'>;
  readonly control: Pick<Control, 'listsChanged' | 'recordsChanged'>;
  readonly campaigns: Pick<CampaignCatalogue, 'all'>;
  readonly clock: Clock;
}

export interface Writer {
  readonly agent: AgentNumber;
  /** As the audit log has it. */
  readonly by: Actor;
  readonly workspace: Workspace;
}

type Write<D extends DeskAct['do']> = Extract<DeskAct, { do: D }>;
type Held<Facts = RecordFacts> = OpenInteraction & { readonly facts: Facts };

/** Records are aligned with what was edited so long after an edit: agents edit many. */
const ALIGN_AFTER_MS = 10_000;

/** Refused with `notes-changed`, `form-changed`, `too-many-forms`, `other-interaction`, `contact-edit-refused`, `field-not-yours`, `not-now`. */
export class Writings {
  readonly #parts: WrittenParts;
  #isAlignmentDue = false;

  constructor(parts: WrittenParts) {
    this.#parts = parts;
  }

  async notes({ agent, workspace }: Writer, about: NotesOf, { text, base }: Write<'write-notes'>): Promise<void> {
    const draft = { ...about, agent, text, base, at: this.#parts.clock.now() };
    const written = await this.#parts.store.notes.write(draft);
    workspace.beside.noted(about.interaction, written.note);
    if (written.kind === 'written') return;
    throw new OperationalError(
      'notes-changed',
      'The notes were written elsewhere meanwhile; nothing of yours is kept.',
      {
        hint: 'The answer has the other text and its version: put both together and write again.',
        httpCode: 409,
      },
    );
  }

  /** Typed for a record that the agent has let go of meanwhile: kept with that record, beside what it has already. */
  async lateNotes({ agent }: Writer, about: NotesOf, { text, base }: Write<'write-notes'>): Promise<void> {
    const draft = { ...about, agent, at: this.#parts.clock.now() };
    const written = await this.#parts.store.notes.write({ ...draft, text, base });
    if (written.kind === 'written') return;
    const { text: kept = '', version = 0 } = written.note ?? {};
    await this.#parts.store.notes.write({ ...draft, text: bothTexts(kept, text), base: version });
  }

  async form({ agent, workspace }: Writer, open: Held<PersonFacts>, act: Write<'keep-form'>): Promise<void> {
    const { form, inputs, base } = act;
    const { interaction, facts } = open;
    const { store, clock } = this.#parts;
    const about = { interaction, agent, contact: facts.contact ?? null, at: clock.now() };
    const written = await store.forms.write({ ...about, form, inputs, base });
    if (written.kind === 'written' || written.kind === 'changed') workspace.beside.formKept(interaction, written.form);
    if (written.kind !== 'written') throw formRefused(written.kind);
  }

  async fields({ by, workspace }: Writer, open: Held, { fields }: Write<'edit-fields'>): Promise<void> {
    const { campaigns, store, clock } = this.#parts;
    const { contact } = open.facts;
    const own = campaigns.all().find(({ campaign }) => campaign.name === open.campaign)?.campaign.fields ?? [];
    const strange = Object.keys(fields).filter(
      (name) => !own.some(({ field, editable }) => field === name && editable),
    );
    if (strange.length > 0) {
      throw new OperationalError('field-not-yours', `Agents may not change: ${strange.join(', ')}.`, {
        hint: 'The view says of each field whether it is editable; the campaign’s file decides.',
        httpCode: 409,
      });
    }
    const edit = { contact, by: nameOf(by), at: clock.now(), fields, definitions: fieldDefinitions(campaigns) };
    const { changes, contact: now } = await store.contacts.edit(edit);
    const kept = Object.fromEntries(Object.keys(fields).map((field) => [field, now.fields[field] ?? null]));
    workspace.beside.edited(open.interaction, kept);
    if (changes.length === 0) return;
    const values = (side: 'from' | 'to') => Object.fromEntries(changes.map((one) => [one.what, one[side]]));
    await this.#note(by, {
      what: 'contact.edit',
      subject: `contact ${contact}`,
      from: values('from'),
      to: values('to'),
    });
    this.#alignLater();
  }

  async doNotCall({ by }: Writer, open: Held<PersonFacts>, wish: Write<'do-not-call'>): Promise<void> {
    const { store, clock, control } = this.#parts;
    const numbers = wish.numbers === 'all' ? open.facts.phones.map(({ number }) => number) : dialedOf(open);
    if (numbers.length === 0) {
      throw new OperationalError('not-now', 'No number has been dialed yet.', {
        hint: 'Say all, or dial first.',
        httpCode: 409,
      });
    }
    const list = wish.list === 'global' ? GLOBAL_LIST : listOfCampaign(open.campaign);
    const added = await store.doNotCall.add(numbers, {
      list,
      by: nameOf(by),
      at: clock.now(),
      reason: wish.reason ?? 'said to an agent',
    });
    await this.#note(by, { what: 'do-not-call.add', subject: `do-not-call list ${list}`, to: { added } });
    if (added > 0) await control.recordsChanged({ listed: numbers });
  }

  #note(by: Actor, change: Change): Promise<unknown> {
    return noteChange(this.#parts.store, by, { at: this.#parts.clock.now(), ...change });
  }

  #alignLater(): void {
    if (this.#isAlignmentDue) return;
    this.#isAlignmentDue = true;
    this.#parts.clock.after(ALIGN_AFTER_MS, () => {
      this.#isAlignmentDue = false;
      // Its own failures are the engine's to report; the next change or start aligns them.
      this.#parts.control.listsChanged().catch(() => undefined);
    });
  }
}

function formRefused(why: Exclude<FormWritten['kind'], 'written'>): OperationalError {
  switch (why) {
    case 'changed':
      return new OperationalError(
        'form-changed',
        'The form was typed in elsewhere meanwhile; nothing of yours is kept.',
        { hint: 'The view has what stands in it now, and its version: write on that.', httpCode: 409 },
      );
    case 'too-many':
      return new OperationalError('too-many-forms', `${MOST_FORMS} forms of this record are half typed already.`, {
        hint: 'Save or give up one of those that the view shows.',
        httpCode: 409,
      });
    case 'closed':
      return new OperationalError(OTHER_INTERACTION.code, OTHER_INTERACTION.message, {
        hint: 'The record is done: what was typed has no place there any more.',
        httpCode: 409,
      });
  }
}

function dialedOf({ call, order, tried }: OpenInteraction): readonly string[] {
  const number = call?.number ?? order?.number ?? tried.at(-1)?.number;
  return number === undefined || number === '' ? [] : [number];
}

/** The longer where one has the other in it. */
function bothTexts(kept: string, late: string): string {
  if (kept.includes(late)) return kept;
  return late.includes(kept) ? late : `${kept}\n\n${late}`;
}
