// What kind of phone a number is that is typed.

import type { ReactElement } from 'react';
import { Choice } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';

interface PhoneTypeProps {
  readonly value: string;
  readonly onChange: (type: string) => void;
}

export function PhoneType({ value, onChange }: PhoneTypeProps): ReactElement {
  const { contact } = useWords();
  return (
    <Choice
      label={contact.type}
      placeholder=""
      choices={Object.entries(contact.types).map(([code, label]) => ({ code, label }))}
      value={value}
      onChange={onChange}
    />
  );
}
