// The person's numbers. Before a call each is a button where the agent may dial; a number that the record does not have is
// typed with its type, where the campaign allows it.

import { useState, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { OtherText } from '../notes/other-text.tsx';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { PhoneType } from './phone-type.tsx';
import { useDesk, useForm } from '../use-desk.tsx';

type Record = NonNullable<DeskInteraction['record']>;
type TypedType = Record['phones'][number]['type'];

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
      {mayCall && one.newNumbers && <NewNumber one={one} own={own} />}
      <Refusal of={['call']} />
    </div>
  );
}

interface NewNumberProps {
  readonly one: DeskInteraction;
  readonly own: { readonly callerId?: string };
}

function NewNumber({ one, own }: NewNumberProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const form = useForm(one.id, 'new-number');
  const [isOpened, setOpened] = useState(false);
  const { text: number = '', type = 'mobile' } = form.inputs ?? {};
  const close = (): void => {
    setOpened(false);
    form.drop();
  };
  const call = async (): Promise<void> => {
    if (number.trim() === '') return;
    if (await desk.act({ do: 'call', typed: { number, type: type as TypedType }, ...own })) close();
  };
  if (!isOpened && form.inputs === undefined)
    return (
      <Button look="plain" isSmall icon="keyboard" onPress={() => setOpened(true)} isExpanded={false}>
        {words.contact.newNumber}
      </Button>
    );
  return (
    <form
      className="new-number"
      onSubmit={(event) => {
        event.preventDefault();
        void call();
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Typed
        label={words.contact.number}
        value={number}
        onChange={(text) => form.type({ text, type })}
        type="tel"
        autoFocus={isOpened}
        maxLength={40}
      />
      <PhoneType value={type} onChange={(code) => form.type({ text: number, type: code })} />
      <Button look="main" icon="phone" isDisabled={number.trim() === ''} onPress={() => void call()}>
        {words.steps.call}
      </Button>
      <OtherText draft={form.draft} />
    </form>
  );
}
