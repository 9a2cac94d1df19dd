// Whose record it is: name, numbers in full, fields; and the form to change them.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Choice, Tick, Typed } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { editOf, formOf, type Contact, type ContactForm, type Field, type Phones } from './contact-form.ts';
import { recordWords } from './record-words.ts';

interface CardProps {
  readonly contact: Contact;
  readonly onChanged: () => void;
}

export function ContactCard({ contact, onChanged }: CardProps): ReactElement {
  const words = useSayings(recordWords);
  const [isEditing, setEditing] = useState(false);
  const fields = Object.entries(contact.fields);
  return (
    <section className="card" aria-labelledby="contact-title">
      <div className="card-head">
        <h2 id="contact-title">{words.contact}</h2>
        <Button isSmall icon="pencil" onPress={() => setEditing(true)}>
          {words.edit}
        </Button>
      </div>
      <dl className="facts">
        {contact.phones.map(({ number, type }, place) => (
          <div key={place}>
            <dt>{words.phoneTypes[type]}</dt>
            <dd className="numbers">{number}</dd>
          </div>
        ))}
        {fields.map(([field, value]) => (
          <div key={field}>
            <dt>
              <bdi>{field}</bdi>
            </dt>
            <dd>
              <bdi className="prose">{value === true ? words.yes : value === false ? words.no : String(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {fields.length === 0 && <p className="soft small">{words.noFields}</p>}
      {isEditing && <ContactDialog contact={contact} onClose={() => setEditing(false)} onChanged={onChanged} />}
    </section>
  );
}

function ContactDialog({ contact, onClose, onChanged }: CardProps & { readonly onClose: () => void }): ReactElement {
  const words = useSayings(recordWords);
  const frame = useFrameWords();
  const [form, setForm] = useState(() => formOf(contact));
  const { body: known = [] } = useGet<readonly Field[]>('/api/filters/fields');
  const { act, isBusy, refusal } = useAct();
  const edit = editOf(contact, form, known);
  const save = async (): Promise<void> => {
    if (edit === null) {
      onClose();
      return;
    }
    if ((await act('PATCH', `/api/contacts/${contact.id}`, edit)) === undefined) return;
    onChanged();
    onClose();
  };
  return (
    <Dialog title={words.contact} closeName={frame.close} onClose={onClose}>
      <div className="contact-form">
        <Typed label={words.name} value={form.name} maxLength={200} onChange={(name) => setForm({ ...form, name })} />
        <PhoneRows phones={form.phones} onChange={(phones) => setForm({ ...form, phones })} />
        {Object.keys(form.fields).map((field) => (
          <FieldInput
            key={field}
            field={known.find((one) => one.field === field)}
            name={field}
            form={form}
            onChange={setForm}
          />
        ))}
      </div>
      <Refused refusal={refusal} />
      <div className="page-steps">
        <Button look="main" isDisabled={isBusy} onPress={() => void save()}>
          {frame.save}
        </Button>
        <Button onPress={onClose}>{frame.cancel}</Button>
      </div>
    </Dialog>
  );
}

interface PhoneRowsProps {
  readonly phones: Phones;
  readonly onChange: (phones: Phones) => void;
}

function PhoneRows({ phones, onChange }: PhoneRowsProps): ReactElement {
  const words = useSayings(recordWords);
  const types = Object.entries(words.phoneTypes).map(([code, label]) => ({ code, label }));
  const change = (place: number, part: Partial<Phones[number]>): void =>
    onChange(phones.map((phone, at) => (at === place ? { ...phone, ...part } : phone)));
  return (
    <fieldset className="phone-rows">
      <legend className="label">{words.phones}</legend>
      {phones.map(({ number, type }, place) => (
        <div key={place} className="phone-row">
          <Typed
            label={`${words.number} ${place + 1}`}
            isLabelUnseen
            type="tel"
            value={number}
            maxLength={40}
            onChange={(to) => change(place, { number: to })}
          />
          <Choice
            label={`${words.type} ${place + 1}`}
            isLabelUnseen
            placeholder=""
            choices={types}
            value={type}
            onChange={(code) => change(place, { type: code as Phones[number]['type'] })}
          />
          <Button
            look="plain"
            icon="cross"
            name={`${words.removePhone}: ${number}`}
            onPress={() => onChange(phones.filter((_, at) => at !== place))}
          />
        </div>
      ))}
      <Button isSmall icon="phone" onPress={() => onChange([...phones, { number: '', type: 'mobile' }])}>
        {words.addPhone}
      </Button>
    </fieldset>
  );
}

interface FieldInputProps {
  readonly field: Field | undefined;
  readonly name: string;
  readonly form: ContactForm;
  readonly onChange: (form: ContactForm) => void;
}

function FieldInput({ field, name, form, onChange }: FieldInputProps): ReactElement {
  const words = useSayings(recordWords);
  const value = form.fields[name] ?? '';
  const set = (text: string): void => onChange({ ...form, fields: { ...form.fields, [name]: text } });
  if (field?.type === 'check-box')
    return (
      <Tick isOn={value === 'true'} onChange={(isOn) => set(String(isOn))}>
        {name}
      </Tick>
    );
  if (field?.type === 'choice') {
    const choices = field.choices.map((one) => ({ code: one, label: one }));
    return <Choice label={name} placeholder={words.empty} choices={choices} value={value || null} onChange={set} />;
  }
  const isDay = field?.type === 'date';
  return (
    <Typed label={name} value={value} onChange={set} maxLength={10_000} {...(isDay ? { type: 'date' as const } : {})} />
  );
}
