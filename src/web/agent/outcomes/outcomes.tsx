// The outcomes: by digit, by search and Enter, by click. What an outcome asks for besides opens in its place.

import { memo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { isAsked, type DeskInteraction, type DeskView } from '../../live/live.ts';
import { Button, Chord } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Note } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { callbackForm } from '../callback/form-state.ts';
import type { Desk } from '../desk.ts';
import { OtherText } from '../notes/other-text.tsx';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useForm, useLive, useValue } from '../use-desk.tsx';
import { askFor, asking, OUTCOME } from './asking.ts';
import { found, numbered, type Numbered, type Outcome } from './choose.ts';
import './outcomes.css';

/** Takes an outcome; one that asks for more opens what it asks for. */
export function takeOutcome(desk: Desk, { code, ask }: Outcome): void {
  const { id } = desk.live.get().view?.interaction ?? {};
  if (id === undefined) return;
  askFor(desk, id, ask === 'reason' || ask === 'phone' ? code : null);
  if (ask === 'callback') callbackForm.set(id);
  if (ask !== 'reason' && ask !== 'phone') void desk.act({ do: 'dispose', code });
}

/** The outcome with a digit, for its key. */
export function outcomeByDigit(view: DeskView, digit: string): Outcome | undefined {
  const one = view.interaction;
  if (one?.may.includes('dispose') !== true) return undefined;
  return numbered(one.dispositions).find((row) => row.digit === digit)?.outcome;
}

export const Outcomes = memo(function Outcomes({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const isThere = one.record !== null && one.dispositions.length > 0;
  return (
    <section className="card outcomes" aria-labelledby="outcome-title">
      <div className="card-head">
        <h2 id="outcome-title">{words.outcome.title}</h2>
        {isThere && (
          <span className="small soft">
            {one.dispositionRequired ? words.outcome.required : words.outcome.optional}
          </span>
        )}
      </div>
      {isThere ? <OutcomeList key={one.id} one={one} /> : <p className="soft">{words.outcome.empty}</p>}
    </section>
  );
});

function OutcomeList({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const may = one.may.includes('dispose');
  const rows = found(numbered(one.dispositions), typed);
  const { inputs } = useForm(one.id, OUTCOME);
  const asked = useValue(asking);
  const open = inputs?.['code'] ?? (asked?.interaction === one.id ? asked.code : null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const [first] = rows;
    if (event.key === 'Escape') setTyped('');
    if (event.key !== 'Enter' || event.altKey || first === undefined || typed.trim() === '' || !may) return;
    takeOutcome(desk, first.outcome);
    setTyped('');
  };
  return (
    <>
      {one.dispositions.length > 4 && (
        <div onKeyDown={onKeyDown}>
          <Typed
            id={PLACES.outcomes}
            label={words.outcome.search}
            isLabelUnseen
            type="search"
            value={typed}
            onChange={setTyped}
            placeholder={words.outcome.searchHint}
            maxLength={60}
            isDisabled={!may}
          />
        </div>
      )}
      <ul className="outcome-list" {...(one.dispositions.length > 4 ? {} : { id: PLACES.outcomes })}>
        {rows.map((row) => (
          <OutcomeRow key={row.outcome.code} row={row} one={one} may={may} isOpen={open === row.outcome.code} />
        ))}
      </ul>
      {rows.length === 0 && <p className="soft">{words.outcome.none}</p>}
      <Refusal of={['dispose', 'done']} />
      {one.state === 'wrap-up' && one.missing.length > 0 && (
        <div id={PLACES.missing} tabIndex={-1}>
          <Note tone="warn" icon="info">
            <p>{words.outcome.missing}</p>
            <ul className="bullets">
              {one.missing.map((gap) => (
                <li key={`${gap.code} ${gap.message}`}>{words.server.missing(gap)}</li>
              ))}
            </ul>
          </Note>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly row: Numbered;
  readonly one: DeskInteraction;
  readonly may: boolean;
  readonly isOpen: boolean;
}

function OutcomeRow({ row, one, may, isOpen }: RowProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  const { outcome, digit } = row;
  const isChosen = one.disposition?.code === outcome.code;
  const isAskedFor = isChosen ? false : isAsked({ asked }, 'dispose') && isOpen;
  return (
    <li>
      <Button
        className="outcome"
        isPressed={isChosen}
        isDisabled={!may || isAskedFor}
        {...(outcome.ask === null ? {} : { isExpanded: isOpen })}
        onPress={() => takeOutcome(desk, outcome)}
      >
        {digit !== null && <Chord keys={digit} />}
        <span className="outcome-label">{outcome.label}</span>
        {isChosen && <Icon name="check" />}
      </Button>
      {isOpen && (outcome.ask === 'reason' || outcome.ask === 'phone') && (
        <Remark key={outcome.code} one={one} outcome={outcome} ask={outcome.ask} label={words.outcome[outcome.ask]} />
      )}
      {isChosen && one.disposition?.reason && <p className="small soft remark">{one.disposition.reason}</p>}
      {isChosen && one.disposition?.phone && <p className="small soft remark numbers">{one.disposition.phone}</p>}
    </li>
  );
}

interface RemarkProps {
  readonly one: DeskInteraction;
  readonly outcome: Outcome;
  readonly ask: 'reason' | 'phone';
  readonly label: string;
}

function Remark({ one, outcome, ask, label }: RemarkProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const { draft, inputs, type } = useForm(one.id, OUTCOME);
  const isAskedFor = useValue(asking) !== null;
  const text = inputs?.['text'] ?? '';
  const form = useRef<HTMLFormElement>(null);
  const close = (): void => {
    // The form goes; who typed in it is at its outcome then.
    form.current?.closest('li')?.querySelector('button')?.focus();
    askFor(desk, one.id, null);
  };
  const submit = async (): Promise<void> => {
    if (text.trim() === '') return;
    if (await desk.act({ do: 'dispose', code: outcome.code, [ask]: text.trim() })) close();
  };
  return (
    <form
      ref={form}
      className="remark-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Typed
        label={label}
        value={text}
        onChange={(next) => type({ code: outcome.code, text: next })}
        autoFocus={isAskedFor}
        type={ask === 'phone' ? 'tel' : 'text'}
        maxLength={ask === 'phone' ? 40 : 1000}
      />
      <Button isSmall look="main" onPress={() => void submit()} isDisabled={text.trim() === ''}>
        {words.outcome.take}
      </Button>
      <OtherText draft={draft} />
    </form>
  );
}
