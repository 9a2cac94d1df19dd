// Record information: each field as it is; a pencil where the agent may change it. What is typed into an editor is kept as it
// is typed, and becomes the field’s value when it is saved.

import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Tick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { OtherText } from '../notes/other-text.tsx';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useForm, type HalfTypedForm } from '../use-desk.tsx';
import { readValue, shownText, textOf, type Field, type Value } from './field-values.ts';

interface FieldsProps {
  readonly one: DeskInteraction;
  readonly fields: readonly Field[];
}

export function Fields({ one, fields }: FieldsProps): ReactElement {
  const mayEdit = one.may.includes('edit-fields');
  return (
    <>
      <Refusal of={['edit-fields']} />
      <dl className="fields">
        {fields.map((field) => (
          <Row key={field.field} one={one} field={field} mayEdit={mayEdit && field.editable} />
        ))}
      </dl>
    </>
  );
}

interface RowProps {
  readonly one: DeskInteraction;
  readonly field: Field;
  readonly mayEdit: boolean;
}

function Row({ one, field, mayEdit }: RowProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const [isOpened, setOpened] = useState(false);
  const form = useForm(one.id, `field:${field.field}`);
  const save = (value: Value | null, isLeaving = false): Promise<boolean> =>
    desk.edit(one.id, { [field.field]: value }, isLeaving);
  const isMissing = field.required && (field.value === null || field.value === '');
  return (
    <div className={isMissing ? `field-row ${PLACES['owed-field']}` : 'field-row'}>
      <dt>
        {field.label}
        {isMissing && <span className="is-missing"> {words.contact.required}</span>}
      </dt>
      <dd>
        {field.type === 'check-box' ? (
          <Tick isOn={field.value === true} onChange={(isOn) => void save(isOn)} isDisabled={!mayEdit}>
            {field.value === true ? words.yes : words.no}
          </Tick>
        ) : isOpened || form.inputs !== undefined ? (
          <Editor
            one={one}
            field={field}
            form={form}
            save={save}
            onEnd={() => {
              setOpened(false);
              form.drop();
            }}
          />
        ) : (
          <span className="field-value">
            <bdi className="prose">{shownText(field, words.locale) || words.contact.noValue}</bdi>
            {mayEdit && (
              <Button
                look="plain"
                isSmall
                icon="pencil"
                name={words.contact.edit(field.label)}
                onPress={() => setOpened(true)}
              />
            )}
          </span>
        )}
      </dd>
    </div>
  );
}

interface EditorProps {
  readonly one: DeskInteraction;
  readonly field: Field;
  readonly form: HalfTypedForm;
  readonly save: (value: Value | null, isLeaving?: boolean) => Promise<boolean>;
  readonly onEnd: () => void;
}

const INPUTS = { number: 'text', text: 'text', date: 'date', 'date-time': 'datetime-local' } as const;

interface Editing {
  readonly text: string;
  readonly type: (text: string) => void;
  readonly fault: 'badNumber' | 'badDate' | 'notAChoice' | undefined;
  readonly submit: (text: string) => void;
  /** Saved where something was typed. */
  readonly leave: () => void;
}

function useEditor({ one, field, form, save, onEnd }: EditorProps): Editing {
  const desk = useDesk();
  const text = form.inputs?.['text'] ?? textOf(field.value);
  const [fault, setFault] = useState<Editing['fault']>();
  const submit = async (typed: string, isLeaving = false): Promise<boolean> => {
    const read = readValue(field, typed);
    setFault('fault' in read ? read.fault : undefined);
    if ('fault' in read || !(await save(read.value, isLeaving))) return false;
    // It stays open for what was typed on meanwhile, and for the agent who comes back to it.
    const isAll = (form.now()?.['text'] ?? typed) === typed;
    if (isAll && !isLeaving) onEnd();
    return isAll;
  };
  const isChanged = text !== textOf(field.value);
  /** Another window has the workspace, and this editor: it is saved there. */
  const isElsewhere = (): boolean => desk.live.get().link === 'elsewhere';
  useOpenEdit(one, (isLeaving) => (isChanged && !isElsewhere() ? submit(text, isLeaving) : Promise.resolve(true)));
  const leave = (): void => {
    if (isElsewhere()) return;
    if (isChanged) void submit(text);
    else onEnd();
  };
  return { text, type: (typed) => form.type({ text: typed }), fault, submit: (typed) => void submit(typed), leave };
}

function Editor(props: EditorProps): ReactElement {
  const { field, form, onEnd } = props;
  const words = useWords();
  const { text, type, fault, submit, leave } = useEditor(props);
  if (field.type === 'choice')
    return (
      <Choice
        label={field.label}
        isLabelUnseen
        placeholder={words.contact.notAChoice}
        choices={field.choices.map((code) => ({ code, label: code }))}
        value={text === '' ? null : text}
        onChange={(code) => {
          type(code);
          submit(code);
        }}
      />
    );
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        submit(text);
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) leave();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd();
        // Browsers submit no form from a field with a calendar.
        if (event.key !== 'Enter' || event.altKey || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        submit(text);
      }}
    >
      <Typed
        label={field.label}
        isLabelUnseen
        value={text}
        onChange={type}
        autoFocus
        type={field.type === 'check-box' ? 'text' : INPUTS[field.type]}
        {...(field.type === 'number' ? { inputMode: 'decimal' as const } : {})}
        {...(fault === undefined ? {} : { fault: words.contact[fault] })}
      />
      <OtherText draft={form.draft} />
      <EditorSteps onSave={() => submit(text)} onCancel={onEnd} />
    </form>
  );
}

function EditorSteps({ onSave, onCancel }: { readonly onSave: () => void; readonly onCancel: () => void }) {
  const words = useWords();
  return (
    <div className="editor-steps">
      <Button isSmall look="main" onPress={onSave}>
        {words.save}
      </Button>
      <Button isSmall look="plain" onPress={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

/** What is typed is saved in time also where the wrap-up ends by itself. */
const BEFORE_END_MS = 1_000;

/** Saves when the page is hidden, and before the record is closed. */
function useOpenEdit(one: DeskInteraction, save: (isLeaving: boolean) => Promise<boolean>): void {
  const desk = useDesk();
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => desk.edits.open((isLeaving) => latest.current(isLeaving)), [desk]);
  const endsAt = one.state === 'wrap-up' ? one.deadlineAt : null;
  useEffect(() => {
    if (endsAt === null) return undefined;
    const timer = setTimeout(() => void latest.current(false), endsAt - desk.serverNow() - BEFORE_END_MS);
    return () => clearTimeout(timer);
  }, [desk, endsAt]);
}
