// The person's numbers. Before a call each is a button where the agent may dial; a number that the record does not have is
// typed with its type, where the campaign allows it.

import { useState, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk } from '../use-desk.tsx';

type Record = NonNullable<DeskInteraction['record']>;
type PhoneType = Record['phones'][number]['type'];

interface NumbersProps {
  readonly one: DeskInteraction;
  readonly record: Record;
  readonly callerId: string | null;
  readonly onCallerId: (callerId: string) => void;
}

export function Numbers({ one, record, callerId, onCallerId }: NumbersProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const mayCall = one.may.includes('call') && one.state === 'preview';
  const own = callerId === null ? {} : { callerId };
  const isShort = one.callerIds.length > 1 && callerId === null;
  return (
    <div className="numbers-list" id={PLACES.numbers} role="group" aria-label={words.contact.numbers}>
      {mayCall && one.callerIds.length > 1 && (
        <Choice
          label={words.contact.callerId}
          placeholder={words.contact.notAChoice}
          choices={one.callerIds.map((number) => ({ code: number, label: number }))}
          value={callerId}
          onChange={onCallerId}
        />
      )}
      <ul>
        {record.phones.map(({ number, type }, place) => {
          const isCalled = one.call?.number === number;
          const tried = one.tried.findLast((attempt) => attempt.number === number && attempt.result !== null);
          return (
            <li key={`${number} ${place}`} className={isCalled ? 'number is-called' : 'number'}>
              {mayCall ? (
                <Button
                  icon="phone"
                  isDisabled={isShort}
                  name={words.contact.dial(number)}
                  onPress={() => void desk.act({ do: 'call', phoneIndex: place, ...own })}
                >
                  <bdi className="numbers">{number}</bdi>
                </Button>
              ) : (
                <span className="number-plain numbers">
                  <Icon name="phone" />
                  <bdi>{number}</bdi>
                </span>
              )}
              <span className="small soft">{words.contact.types[type]}</span>
              {mayCall && place === record.next && <Chip tone="quiet">{words.contact.next}</Chip>}
              {tried?.result && <Chip tone="warn">{words.contact.results[tried.result] ?? tried.result}</Chip>}
            </li>
          );
        })}
      </ul>
      {mayCall && one.newNumbers && <NewNumber own={own} />}
      <Refusal of={['call']} />
    </div>
  );
}

function NewNumber({ own }: { readonly own: { readonly callerId?: string } }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const [isOpen, setOpen] = useState(false);
  const [number, setNumber] = useState('');
  const [type, setType] = useState<PhoneType>('mobile');
  if (!isOpen)
    return (
      <Button look="plain" isSmall icon="keyboard" onPress={() => setOpen(true)} isExpanded={false}>
        {words.contact.newNumber}
      </Button>
    );
  return (
    <form
      className="new-number"
      onSubmit={(event) => {
        event.preventDefault();
        if (number.trim() !== '') void desk.act({ do: 'call', typed: { number, type }, ...own });
      }}
    >
      <Typed label={words.contact.number} value={number} onChange={setNumber} type="tel" autoFocus maxLength={40} />
      <Choice
        label={words.contact.type}
        placeholder=""
        choices={Object.entries(words.contact.types).map(([code, label]) => ({ code, label }))}
        value={type}
        onChange={(code) => setType(code as PhoneType)}
      />
      <Button
        look="main"
        icon="phone"
        isDisabled={number.trim() === ''}
        onPress={() => void desk.act({ do: 'call', typed: { number, type }, ...own })}
      >
        {words.steps.call}
      </Button>
    </form>
  );
}
