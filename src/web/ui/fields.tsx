// Fields that are typed or chosen, each with its label, its hint and its fault in words.

import type { ReactElement, ReactNode } from 'react';
import {
  Button,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  RadioButton,
  RadioField,
  RadioGroup,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
} from 'react-aria-components';
import { defined } from '../../base/defined.ts';
import { Icon } from './icons.tsx';

interface Labelled {
  readonly label: string;
  /** The label is for screen readers alone: the place says it to everybody else. */
  readonly isLabelUnseen?: boolean;
  readonly hint?: string;
  readonly fault?: string;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

interface TextProps extends Labelled {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly type?: 'text' | 'password' | 'tel' | 'search' | 'date' | 'time' | 'datetime-local';
  readonly inputMode?: 'decimal' | 'tel';
  readonly rows?: number;
  readonly id?: string;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly min?: string;
}

const labelClass = ({ isLabelUnseen = false }: Labelled): string => (isLabelUnseen ? 'unseen' : 'label');

export function Typed(props: TextProps): ReactElement {
  const { value, onChange, onBlur, hint, fault, rows, type = 'text', id, placeholder, inputMode } = props;
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      {...defined({ onBlur })}
      type={type === 'datetime-local' || type === 'date' || type === 'time' ? 'text' : type}
      isInvalid={fault !== undefined}
      isRequired={props.isRequired ?? false}
      isDisabled={props.isDisabled ?? false}
      autoComplete={props.autoComplete ?? 'off'}
      autoFocus={props.autoFocus ?? false}
      maxLength={props.maxLength ?? 4000}
      validationBehavior="aria"
    >
      <Label className={labelClass(props)}>{props.label}</Label>
      {rows === undefined ? (
        <Input className="input" type={type} {...defined({ id, placeholder, inputMode, min: props.min })} />
      ) : (
        <TextArea className="input" rows={rows} {...defined({ id, placeholder })} />
      )}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="fault">{fault}</FieldError>
    </TextField>
  );
}

interface ChoiceProps extends Labelled {
  readonly choices: readonly { readonly code: string; readonly label: string }[];
  /** Null: none yet. */
  readonly value: string | null;
  readonly onChange: (code: string) => void;
  readonly placeholder: string;
}

/** One of several, of which only the chosen one is seen. */
export function Choice(props: ChoiceProps): ReactElement {
  return (
    <Select
      className="field"
      value={props.value}
      onChange={(key) => key !== null && props.onChange(String(key))}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.fault !== undefined}
      placeholder={props.placeholder}
    >
      <Label className={labelClass(props)}>{props.label}</Label>
      <Button className="button select-button">
        <SelectValue />
        <Icon name="down" />
      </Button>
      <FieldError className="fault">{props.fault}</FieldError>
      <Popover className="popover">
        <ListBox className="options">
          {props.choices.map(({ code, label }) => (
            <ListBoxItem key={code} id={code} textValue={label} className="option">
              {label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

interface PickProps extends Labelled {
  readonly choices: ChoiceProps['choices'];
  readonly value: string | null;
  readonly onChange: (code: string) => void;
}

/** One of several, all of them seen. */
export function Pick(props: PickProps): ReactElement {
  return (
    <RadioGroup
      className="field"
      value={props.value}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.fault !== undefined}
      isRequired={props.isRequired ?? false}
      validationBehavior="aria"
    >
      <Label className={labelClass(props)}>{props.label}</Label>
      {props.choices.map(({ code, label }) => (
        <RadioField key={code} value={code} className="">
          <RadioButton className="check">
            <span className="box round">
              <Icon name="check" />
            </span>
            {label}
          </RadioButton>
        </RadioField>
      ))}
      <FieldError className="fault">{props.fault}</FieldError>
    </RadioGroup>
  );
}

interface TickProps {
  readonly children: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

export function Tick({ children, isOn, onChange, isDisabled = false }: TickProps): ReactElement {
  return (
    <CheckboxField className="" isSelected={isOn} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className="check">
        <span className="box">
          <Icon name="check" />
        </span>
        {children}
      </CheckboxButton>
    </CheckboxField>
  );
}
