// A callback: quick choices, a day and a time on the person's clock, which number, and who calls. What is set is shown in
// the person's time and in the agent's; a time that is forbidden is refused with its rule.

import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { DeskAct, DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Pick, Typed } from '../../ui/fields.tsx';
import { useWords } from '../../words/words.tsx';
import { shownKey } from '../keys/keys.ts';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useValue } from '../use-desk.tsx';
import { callbackForm } from './form-state.ts';
import { instantOf, localIn, QUICK, quickTime, typedLocal, type When } from './times.ts';
import './callback.css';

type Wanted = Extract<DeskAct, { readonly do: 'set-callback' }>['callback'];

export function Callback({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const isOpen = useValue(callbackForm);
  const may = one.may.includes('set-callback');
  return (
    <section className="card callback" aria-label={words.callback.title}>
      {one.callback !== null && <SetCallback callback={one.callback} />}
      <div className="callback-steps">
        <Button
          id={PLACES.callback}
          icon={one.callback === null ? 'calendar' : 'check'}
          isDisabled={!may}
          isExpanded={isOpen}
          onPress={() => callbackForm.set(!isOpen)}
          chord={shownKey('callback')}
        >
          {one.callback === null ? words.callback.set : words.callback.change}
        </Button>
        {one.callback !== null && one.may.includes('cancel-callback') && (
          <Button look="plain" icon="cross" onPress={() => void desk.act({ do: 'cancel-callback' })}>
            {words.callback.remove}
          </Button>
        )}
      </div>
      {isOpen && may && <Form one={one} />}
      <Refusal of={['set-callback', 'cancel-callback']} />
    </section>
  );
}

function SetCallback({ callback }: { readonly callback: NonNullable<DeskInteraction['callback']> }): ReactElement {
  const words = useWords();
  const style = { dateStyle: 'full', timeStyle: 'short' } as const;
  const theirs = new Intl.DateTimeFormat(words.locale, { ...style, timeZone: callback.zone });
  const mine = new Intl.DateTimeFormat(words.locale, style);
  return (
    <div className="is-set" role="status">
      <h2>{words.callback.isSet}</h2>
      <p>{words.callback.theirs(theirs.format(callback.at), callback.zone)}</p>
      <p className="small soft">{words.callback.mine(mine.format(callback.at))}</p>
      <p className="small soft numbers">
        {callback.number} · {callback.personal ? words.callback.personal : words.callback.any}
      </p>
    </div>
  );
}

function Form({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const zone = one.callback?.zone ?? one.record?.zone ?? 'UTC';
  const now = desk.serverNow();
  const [text, setText] = useState(one.callback?.local.replace('T', ' ') ?? '');
  const [phone, setPhone] = useState('same');
  const [personal, setPersonal] = useState(one.callback?.personal ?? false);
  const [fault, setFault] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' });
    form.current?.querySelector<HTMLElement>('.quick button')?.focus({ preventScroll: true });
  }, []);
  const send = async (when: When): Promise<void> => {
    const callback: Wanted = { ...when, personal, ...(phone === 'same' ? {} : { phone: Number(phone) }) };
    if (await desk.act({ do: 'set-callback', callback })) callbackForm.set(false);
  };
  const submit = (): void => {
    const local = typedLocal(text);
    setFault(local === undefined ? words.callback.unreadable : undefined);
    if (local !== undefined) void send({ local });
  };
  return (
    <form
      ref={form}
      className="callback-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => event.key === 'Escape' && callbackForm.set(false)}
    >
      <WhichNumber one={one} phone={phone} onChange={setPhone} />
      <Pick
        label={words.callback.who}
        choices={[
          { code: 'any', label: words.callback.any },
          { code: 'personal', label: words.callback.personal },
        ]}
        value={personal ? 'personal' : 'any'}
        onChange={(code) => setPersonal(code === 'personal')}
      />
      <div className="quick">
        {QUICK.map((quick) => (
          <Button key={quick} isSmall onPress={() => void send(quickTime(quick, now, zone))}>
            {words.callback.quick[quick]}
          </Button>
        ))}
      </div>
      <div className="callback-at">
        <Typed
          label={words.callback.at}
          value={text}
          onChange={setText}
          type="datetime-local"
          min={localIn(zone, now)}
          {...(fault === undefined ? {} : { fault })}
        />
        <Button look="main" onPress={submit} isDisabled={text.trim() === ''}>
          {words.callback.submit}
        </Button>
      </div>
      <BothClocks text={text} zone={zone} now={now} />
    </form>
  );
}

/** What was typed on the person's clock, and on the agent's. */
function BothClocks({
  text,
  zone,
  now,
}: {
  readonly text: string;
  readonly zone: string;
  readonly now: number;
}): ReactElement {
  const words = useWords();
  const local = typedLocal(text);
  const at = local === undefined ? undefined : instantOf(local, zone);
  const style = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
  const theirs = new Intl.DateTimeFormat(words.locale, { ...style, timeZone: zone });
  const mine = new Intl.DateTimeFormat(words.locale, style);
  const shown = at ?? now;
  return (
    <p className="small soft numbers" role="status">
      {at === undefined ? words.callback.now : ''} {words.callback.theirs(theirs.format(shown), zone)} ·{' '}
      {words.callback.mine(mine.format(shown))}
      {at !== undefined && at < now && <strong className="is-missing"> {words.callback.past}</strong>}
    </p>
  );
}

interface WhichProps {
  readonly one: DeskInteraction;
  readonly phone: string;
  readonly onChange: (phone: string) => void;
}

function WhichNumber({ one, phone, onChange }: WhichProps): ReactElement {
  const words = useWords();
  return (
    <Choice
      label={words.callback.number}
      placeholder=""
      choices={[
        { code: 'same', label: words.callback.sameNumber },
        ...(one.record?.phones ?? []).map(({ number, type }, place) => ({
          code: String(place),
          label: `${number} · ${words.contact.types[type]}`,
        })),
      ]}
      value={phone}
      onChange={onChange}
    />
  );
}
