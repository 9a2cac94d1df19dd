// At the start of a session: in this browser, or by the agent's own phone. What was chosen last comes first.

import type { ReactElement } from 'react';
import { Pick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { prefer, preferences, type Preferences } from '../preferences.ts';
import { useValue } from '../use-desk.tsx';
import { SoundCheck } from './sound-check.tsx';

/** With which phone a session of this campaign may be begun: what was chosen last, where that is allowed. */
export function useChosenPhone(mayBeAny: boolean): Preferences['phone'] {
  const { phone } = useValue(preferences);
  return phone === 'number' && !mayBeAny ? 'account' : phone;
}

export function PhoneChoice({ mayBeAny }: { readonly mayBeAny: boolean }): ReactElement {
  const words = useWords().phone;
  const { number } = useValue(preferences);
  const phone = useChosenPhone(mayBeAny);
  const any = mayBeAny ? [{ code: 'number', label: words.kinds.number }] : [];
  return (
    <>
      <Pick
        label={words.which}
        choices={[
          { code: 'account', label: words.kinds.account },
          { code: 'browser', label: words.kinds.browser },
          ...any,
        ]}
        value={phone}
        onChange={(code) => prefer({ phone: code === 'browser' || code === 'number' ? code : 'account' })}
      />
      {phone === 'number' && (
        <Typed
          label={words.number}
          hint={words.numberHint}
          type="tel"
          value={number}
          onChange={(typed) => prefer({ number: typed })}
        />
      )}
      {phone === 'browser' && <SoundCheck />}
    </>
  );
}
