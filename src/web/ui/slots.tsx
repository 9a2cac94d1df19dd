// Times of a day, of which one is chosen: one stop of the Tab key, arrows walk. What cannot be chosen stands between them as
// a stretch with its reason.

import type { ReactElement } from 'react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';

export interface Stretch {
  /** `08:00 – 19:30` */
  readonly label: string;
  /** Absent: its times may be chosen. */
  readonly reason?: string;
  readonly slots: readonly { readonly code: string; readonly label: string }[];
}

interface SlotsProps {
  readonly label: string;
  readonly stretches: readonly Stretch[];
  readonly value: string | null;
  readonly onChange: (code: string) => void;
}

export function Slots({ label, stretches, value, onChange }: SlotsProps): ReactElement {
  return (
    <RadioGroup className="slots" value={value} onChange={onChange} validationBehavior="aria">
      <Label className="label">{label}</Label>
      {stretches.map((stretch) =>
        stretch.reason === undefined ? (
          <div key={stretch.label} className="slot-row">
            {stretch.slots.map((slot) => (
              <RadioField key={slot.code} value={slot.code} className="">
                <RadioButton className="slot">{slot.label}</RadioButton>
              </RadioField>
            ))}
          </div>
        ) : (
          <p key={stretch.label} className="slot-stretch">
            <span className="numbers">{stretch.label}</span> {stretch.reason}
          </p>
        ),
      )}
    </RadioGroup>
  );
}
