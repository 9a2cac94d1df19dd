// The form for a callback: quick choices, or a day and a time on the person's clock with the agent's beside it. Hours at
// which the person may not be called cannot be chosen, and say by which rule.

import { useEffect, useRef, type ReactElement } from 'react';
import type { DeskAct, DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Slots } from '../../ui/slots.tsx';
import { useWords } from '../../words/words.tsx';
import { OtherText } from '../notes/other-text.tsx';
import { goTo } from '../places.ts';
import { useDesk, useForm, useValue } from '../use-desk.tsx';
import { isWhole, phoneWanted } from './called-phone.ts';
import { CALLBACK, callbackForm, closeCallback } from './form-state.ts';
import { callbackTyped, inputsOfCallback, type CallbackTyped } from './typed.ts';
import { reasonAt, reasonOf, stretchesOf, type CallbackTimes } from './stretches.ts';
import { instantOf, localIn, type When } from './times.ts';
import { useCallbackTimes } from './use-times.tsx';
import { Whose } from './whose.tsx';

type Wanted = Extract<DeskAct, { readonly do: 'set-callback' }>['callback'];

export function CallbackForm({ one }: { readonly one: DeskInteraction }): ReactElement {
  const desk = useDesk();
  const { draft, inputs, type } = useForm(one.id, CALLBACK);
  const typed = callbackTyped(one, inputs);
  const { phone, personal, date, time } = typed;
  const change = (part: Partial<CallbackTyped>): void => type(inputsOfCallback({ ...typed, ...part }));
  const times = useCallbackTimes({ interaction: one.id, phone, personal, date });
  const form = useOpened(times !== undefined, useValue(callbackForm) === one.id);
  const close = (): void => {
    // The form goes; who was in it is at the button that opened it then.
    if (form.current?.contains(document.activeElement) === true) goTo('callback');
    closeCallback(desk, one.id);
  };
  const send = async (when: When): Promise<void> => {
    const callback: Wanted = { ...when, personal, ...phoneWanted(phone) };
    if (await desk.act({ do: 'set-callback', callback })) close();
  };
  const zone = times?.zone ?? one.callback?.zone ?? one.record?.zone ?? 'UTC';
  const day = date === '' ? (times?.date ?? '') : date;
  const local = day === '' || time === '' ? undefined : `${day}T${time}`;
  return (
    <form
      ref={form}
      className="callback-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (local !== undefined) void send({ local });
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Whose
        one={one}
        phone={phone}
        onPhone={(to) => change({ phone: to })}
        isPersonal={personal}
        onPersonal={(isPersonal) => change({ personal: isPersonal })}
      />
      <Quick times={times} onChoose={(at) => void send({ at })} />
      <DayAndTime
        times={times}
        day={day}
        onDay={(to) => change({ date: to })}
        time={time}
        onTime={(to) => change({ time: to })}
      />
      <Outcome local={isWhole(phone) ? local : undefined} times={times} zone={zone} />
      <OtherText draft={draft} />
    </form>
  );
}

/**
 * Opened by the agent, it comes into sight; its quick choices have the focus once they are there, unless the agent is in it
 * already. One that is only there again takes no focus away.
 */
function useOpened(isReady: boolean, isOpened: boolean) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!isOpened) return;
    const { current } = form;
    const wanted = current?.querySelector<HTMLElement>(isReady ? '.quick button:not([disabled])' : 'button');
    const isHere = current?.contains(document.activeElement) === true;
    if (!isHere || (isReady && document.activeElement?.matches('.select-button') === true))
      wanted?.focus({ preventScroll: true });
    current?.scrollIntoView({ block: 'nearest' });
  }, [isReady, isOpened]);
  return form;
}

interface QuickProps {
  readonly times: CallbackTimes | undefined;
  readonly onChoose: (at: number) => void;
}

/** One click; what is forbidden says why, what is allowed which time it is on both clocks. */
function Quick({ times, onChoose }: QuickProps): ReactElement {
  const words = useWords();
  const mine = new Intl.DateTimeFormat(words.locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <div className="quick">
      {(times?.quick ?? []).map((one) => {
        const reason = reasonOf(one, words);
        return (
          <Button key={one.quick} isSmall isDisabled={reason !== undefined} onPress={() => onChoose(one.at)}>
            <span className="quick-time">
              {words.callback.quick[one.quick]}
              <small className="numbers">
                {reason ?? words.callback.both(one.local.slice(11), mine.format(one.at))}
              </small>
            </span>
          </Button>
        );
      })}
    </div>
  );
}

interface DayProps {
  readonly times: CallbackTimes | undefined;
  readonly day: string;
  readonly onDay: (day: string) => void;
  readonly time: string;
  readonly onTime: (time: string) => void;
}

function DayAndTime({ times, day, onDay, time, onTime }: DayProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const isOfDay = times !== undefined && times.date === day;
  return (
    <>
      <div className="callback-at">
        <Typed
          label={words.callback.day}
          value={day}
          onChange={onDay}
          type="date"
          {...(times === undefined ? {} : { min: localIn(times.zone, desk.serverNow()).slice(0, 10) })}
        />
        <Typed label={words.callback.time} value={time} onChange={onTime} type="time" />
      </div>
      {isOfDay && (
        <Slots
          label={words.callback.hours}
          stretches={stretchesOf(times.slots, words)}
          value={`${day}T${time}`}
          onChange={(local) => onTime(local.slice(11))}
        />
      )}
    </>
  );
}

interface OutcomeProps {
  readonly local: string | undefined;
  readonly times: CallbackTimes | undefined;
  readonly zone: string;
}

/** What was chosen on both clocks, why it cannot be, and the button. */
function Outcome({ local, times, zone }: OutcomeProps): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const at = local === undefined ? undefined : instantOf(local, zone);
  const style = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
  const theirs = new Intl.DateTimeFormat(words.locale, { ...style, timeZone: zone });
  const mine = new Intl.DateTimeFormat(words.locale, style);
  const shown = at ?? desk.serverNow();
  const reason = local === undefined || times === undefined ? undefined : reasonAt(local, times, words);
  return (
    <div className="callback-go">
      <p className="small soft numbers" role="status">
        {at === undefined ? words.callback.now : ''} {words.callback.theirs(theirs.format(shown), zone)} ·{' '}
        {words.callback.mine(mine.format(shown))}
        {reason !== undefined && <strong className="is-missing"> {reason}</strong>}
      </p>
      <Button look="main" type="submit" isDisabled={at === undefined || reason !== undefined} onPress={() => undefined}>
        {words.callback.submit}
      </Button>
    </div>
  );
}
