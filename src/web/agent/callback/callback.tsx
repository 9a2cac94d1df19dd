// A callback: what is set, in the person's time and in the agent's, and the form that sets it.

import { memo, type ReactElement } from 'react';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/words.tsx';
import { useShownKey } from '../keys/use-shown-key.ts';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useForm, useValue } from '../use-desk.tsx';
import { CALLBACK, callbackForm, toggleCallback } from './form-state.ts';
import { CallbackForm } from './form.tsx';
import './callback.css';

export const Callback = memo(function Callback({ one }: { readonly one: DeskInteraction }): ReactElement {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const { inputs } = useForm(one.id, CALLBACK);
  const isOpened = useValue(callbackForm) === one.id;
  const isOpen = isOpened || inputs !== undefined;
  const may = one.may.includes('set-callback');
  return (
    <section className="card callback" aria-label={words.callback.title}>
      {one.callback !== null && <SetCallback callback={one.callback} />}
      <div className="callback-steps">
        <Button
          id={PLACES.callback}
          icon={one.callback === null ? 'calendar' : 'pencil'}
          isDisabled={!may}
          isExpanded={isOpen}
          onPress={() => toggleCallback(desk, one.id)}
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
      {isOpen && may && <CallbackForm one={one} />}
      <Refusal of={['set-callback', 'cancel-callback']} />
    </section>
  );
});

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
