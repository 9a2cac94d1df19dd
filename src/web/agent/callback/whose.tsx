// On which number the person is called back, and by whom: a number of the record or another one, this agent or any.

import type { ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Choice, Pick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { PhoneType } from '../contact/phone-type.tsx';
import { useValue } from '../use-desk.tsx';
import { SAME, type CalledPhone } from './called-phone.ts';
import { callbackForm } from './form-state.ts';

interface WhoseProps {
  readonly one: DeskInteraction;
  readonly phone: CalledPhone;
  readonly onPhone: (phone: CalledPhone) => void;
  readonly isPersonal: boolean;
  readonly onPersonal: (isPersonal: boolean) => void;
}

export function Whose({ one, phone, onPhone, isPersonal, onPersonal }: WhoseProps): ReactElement {
  const words = useWords();
  const choose = (code: string): void => {
    if (code === 'same') onPhone(SAME);
    else if (code === 'typed') onPhone({ is: 'typed', number: '', type: 'mobile' });
    else onPhone({ is: 'of-record', place: Number(code) });
  };
  return (
    <>
      <Choice
        label={words.callback.number}
        placeholder=""
        choices={[
          { code: 'same', label: words.callback.sameNumber },
          ...(one.record?.phones ?? []).map(({ number, type }, place) => ({
            code: String(place),
            label: `${number} · ${words.contact.types[type]}`,
          })),
          { code: 'typed', label: words.callback.otherNumber },
        ]}
        value={phone.is === 'of-record' ? String(phone.place) : phone.is}
        onChange={choose}
      />
      {phone.is === 'typed' && <OtherNumber phone={phone} onPhone={onPhone} />}
      <Pick
        label={words.callback.who}
        choices={[
          { code: 'any', label: words.callback.any },
          { code: 'personal', label: words.callback.personal },
        ]}
        value={isPersonal ? 'personal' : 'any'}
        onChange={(code) => onPersonal(code === 'personal')}
      />
    </>
  );
}

interface OtherProps {
  readonly phone: Extract<CalledPhone, { is: 'typed' }>;
  readonly onPhone: (phone: CalledPhone) => void;
}

function OtherNumber({ phone, onPhone }: OtherProps): ReactElement {
  const words = useWords();
  const isOpened = useValue(callbackForm) !== null;
  return (
    <div className="callback-at">
      <Typed
        label={words.callback.typedNumber}
        value={phone.number}
        onChange={(number) => onPhone({ ...phone, number })}
        type="tel"
        autoFocus={isOpened}
        maxLength={40}
      />
      <PhoneType value={phone.type} onChange={(code) => onPhone({ ...phone, type: code as typeof phone.type })} />
    </div>
  );
}
