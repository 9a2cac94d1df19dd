// At the start of a session: in this browser, or by the agent's own phone. What was chosen last comes first.

import type { ReactElement } from 'react';
import { Pick } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { prefer, preferences } from '../preferences.ts';
import { useValue } from '../use-desk.tsx';
import { SoundCheck } from './sound-check.tsx';

export function PhoneChoice(): ReactElement {
  const words = useWords().phone;
  const { phone } = useValue(preferences);
  return (
    <>
      <Pick
        label={words.which}
        choices={[
          { code: 'account', label: words.kinds.account },
          { code: 'browser', label: words.kinds.browser },
        ]}
        value={phone}
        onChange={(code) => prefer({ phone: code === 'browser' ? 'browser' : 'account' })}
      />
      {phone === 'browser' && <SoundCheck />}
    </>
  );
}
