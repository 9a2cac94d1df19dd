// A form for the common keys of a campaign, with what is wrong with each at its field. What is typed stands in the text
// beside it at once.

import { useEffect, useState, type ReactElement } from 'react';
import { defined } from '../../../base/defined.ts';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import type { Refusal } from '../data.tsx';
import { stateWords } from '../shared/words.ts';
import { byCode } from '../words.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { faultOf } from './form-faults.ts';
import { formWords } from './form-words.ts';
import { useCampaignForm, type FormField } from './use-form.tsx';

interface FormProps {
  readonly text: string;
  /** Undefined: a new campaign. */
  readonly name?: string | undefined;
  readonly onText: (text: string) => void;
}

export function CampaignForm({ text, name, onText }: FormProps): ReactElement {
  const words = useSayings(formWords);
  const { loading } = useFrameWords();
  const { fields, refusal, set } = useCampaignForm(text, name, onText);
  if (fields === undefined) return <p role="status">{loading}</p>;
  if (fields === null)
    return (
      <Note tone="warn" icon="warning">
        {words.unreadable}
      </Note>
    );
  return (
    <div className="campaign-form" role="group" aria-label={words.title}>
      {fields.map((field) => (
        <OneField key={field.key} field={field} refusal={refusal} onSet={(value) => set(field.key, value)} />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: FormField;
  readonly refusal: Refusal | undefined;
  readonly onSet: (value: string) => void;
}

/** The kit has no choice without a code. */
const DEFAULT = '*';

function OneField({ field, refusal, onSet }: FieldProps): ReactElement {
  const words = useSayings(formWords);
  const modes = byCode(useSayings(stateWords).mode);
  const labels = byCode(words.keys);
  const { key, kind, choices, value, isTextOnly } = field;
  const label = labels[key] ?? key;
  const fault = faultOf(refusal, key);
  if (isTextOnly) return <Typed label={label} hint={words.textOnly} value="…" onChange={() => undefined} isDisabled />;
  if (kind === 'choice')
    return (
      <Choice
        label={label}
        placeholder=""
        choices={[
          { code: DEFAULT, label: words.default },
          ...choices.map((code) => ({ code, label: modes[code] ?? byCode(words.choices)[code] ?? code })),
        ]}
        value={value === '' ? DEFAULT : value}
        onChange={(code) => onSet(code === DEFAULT ? '' : code)}
        {...defined({ fault })}
      />
    );
  return <TextField label={label} field={field} fault={fault} onSet={onSet} />;
}

interface TextFieldProps extends Pick<FieldProps, 'field' | 'onSet'> {
  readonly label: string;
  readonly fault: string | undefined;
}

const REST_MS = 600;

/** Goes into the text when the typing rests; a change of the text comes back. */
function TextField({ label, field: { key, kind, value }, fault, onSet }: TextFieldProps): ReactElement {
  const words = useSayings(formWords);
  const hints = byCode(words.hints);
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onSet(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  });
  return (
    <Typed
      label={label}
      hint={hints[key] ?? (kind === 'list' ? words.several : '')}
      value={typed}
      onChange={setTyped}
      maxLength={2_000}
      {...defined({ fault })}
    />
  );
}
