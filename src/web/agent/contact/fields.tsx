// Record information: each field as it is; a pencil where the agent may change it. An editor keeps what is typed until the
// server has it.

import { useState, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Tick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { Refusal } from '../refusal.tsx';
import { useDesk } from '../use-desk.tsx';
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
          <Row key={field.field} field={field} mayEdit={mayEdit && field.editable} />
        ))}
      </dl>
    </>
  );
}

function Row({ field, mayEdit }: { readonly field: Field; readonly mayEdit: boolean }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const [isOpen, setOpen] = useState(false);
  const save = (value: Value | null): Promise<boolean> =>
    desk.act({ do: 'edit-fields', fields: { [field.field]: value } });
  const isMissing = field.required && (field.value === null || field.value === '');
  return (
    <div className="field-row">
      <dt>
        {field.label}
        {isMissing && <span className="is-missing"> {words.contact.required}</span>}
      </dt>
      <dd>
        {field.type === 'check-box' ? (
          <Tick isOn={field.value === true} onChange={(isOn) => void save(isOn)} isDisabled={!mayEdit}>
            {field.value === true ? words.yes : words.no}
          </Tick>
        ) : isOpen ? (
          <Editor field={field} save={save} onEnd={() => setOpen(false)} />
        ) : (
          <span className="field-value">
            <bdi className="prose">{shownText(field, words.locale) || words.contact.noValue}</bdi>
            {mayEdit && (
              <Button
                look="plain"
                isSmall
                icon="pencil"
                name={words.contact.edit(field.label)}
                onPress={() => setOpen(true)}
              />
            )}
          </span>
        )}
      </dd>
    </div>
  );
}

interface EditorProps {
  readonly field: Field;
  readonly save: (value: Value | null) => Promise<boolean>;
  readonly onEnd: () => void;
}

const INPUTS = { number: 'text', text: 'text', date: 'date', 'date-time': 'datetime-local' } as const;

function Editor({ field, save, onEnd }: EditorProps): ReactElement {
  const words = useWords();
  const [text, setText] = useState(textOf(field.value));
  const [fault, setFault] = useState<'badNumber' | 'badDate' | 'notAChoice'>();
  const submit = async (typed: string): Promise<void> => {
    const read = readValue(field, typed);
    setFault('fault' in read ? read.fault : undefined);
    if ('value' in read && (await save(read.value))) onEnd();
  };
  if (field.type === 'choice')
    return (
      <Choice
        label={field.label}
        isLabelUnseen
        placeholder={words.contact.notAChoice}
        choices={field.choices.map((code) => ({ code, label: code }))}
        value={text === '' ? null : text}
        onChange={(code) => {
          setText(code);
          void submit(code);
        }}
      />
    );
  return (
    <form
      className="editor"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(text);
      }}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <Typed
        label={field.label}
        isLabelUnseen
        value={text}
        onChange={setText}
        autoFocus
        type={field.type === 'check-box' ? 'text' : INPUTS[field.type]}
        {...(field.type === 'number' ? { inputMode: 'decimal' as const } : {})}
        {...(fault === undefined ? {} : { fault: words.contact[fault] })}
      />
      <div className="editor-steps">
        <Button isSmall look="main" onPress={() => void submit(text)}>
          {words.save}
        </Button>
        <Button isSmall look="plain" onPress={onEnd}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
