// Controls of the call in hand: mute, hold, keypad, transfer, recording. Each shows what the exchange has done; what was
// asked for and is not done looks so; muted and held differ in colour, picture and word. Without a call they stand there
// and do nothing, so that no button moves when a call comes or ends.

import { useEffect, type ReactElement } from 'react';
import { isAsked, type DeskView } from '../../live/live.ts';
import type { CallStanding } from '../../live/call.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { say } from '../announcer.tsx';
import { useShownKey } from '../keys/use-shown-key.ts';
import { PLACES } from '../places.ts';
import { Refusal } from '../refusal.tsx';
import { Transfer } from '../transfer/transfer.tsx';
import { useBefore, useDesk, useForm, useLive, useServerNow, useValue } from '../use-desk.tsx';
import { callNews } from './call-news.ts';
import { Keypad } from './keypad.tsx';
import { callPanel, togglePanel, TRANSFER } from './panels.ts';
import { switchesOf, THIRD_ORDERS, thirdName, thirdStanding, type Switch } from './switches.ts';
import { timer } from './time.ts';

export function Controls({ view }: { readonly view: DeskView }): ReactElement | null {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const { inputs: target } = useForm(view.interaction?.id ?? '', TRANSFER);
  const panel = useValue(callPanel) ?? (target === undefined ? null : TRANSFER);
  const { call } = view;
  useSpokenNews(call);
  useEffect(() => {
    if (call === null) callPanel.set(null);
  }, [call]);
  if (view.session === null && call === null) return null;
  if (call === null) return <Idle />;
  return (
    <section className="controls" aria-label={words.call.title}>
      <div className="control-row">
        <Switches call={call} of={['mute', 'hold']} />
        <Button
          isSmall
          icon="keyboard"
          isExpanded={panel === 'keypad'}
          onPress={() => togglePanel(desk, 'keypad')}
          chord={shownKey('keypad')}
        >
          {words.call.keypad}
        </Button>
        {call.third === undefined && (
          <Button
            id={PLACES.transfer}
            isSmall
            icon="next"
            isExpanded={panel === 'transfer'}
            onPress={() => togglePanel(desk, 'transfer')}
            chord={shownKey('transfer')}
          >
            {words.transfer.title}
          </Button>
        )}
        <Switches call={call} of={['record']} />
        <Signs call={call} />
      </div>
      {call.third !== undefined && <Third call={call} name={view.interaction?.record?.name ?? ''} />}
      {panel === 'keypad' && <Keypad />}
      {panel === 'transfer' && call.third === undefined && (
        <Transfer call={call} interaction={view.interaction?.id ?? ''} />
      )}
      <Refusal of={['call-control']} />
    </section>
  );
}

/** Where the controls will be. */
function Idle(): ReactElement {
  const words = useWords();
  const shownKey = useShownKey();
  const { orders, keypad } = words.call;
  const row = [
    ['mute', 'mic-off', orders.mute],
    ['hold', 'pause', orders.hold],
    ['keypad', 'keyboard', keypad],
    ['transfer', 'next', words.transfer.title],
  ] as const;
  return (
    <section className="controls is-idle" aria-label={words.call.title}>
      <div className="control-row">
        {row.map(([key, icon, label]) => (
          <Button key={key} isSmall isDisabled icon={icon} onPress={() => undefined} chord={shownKey(key)}>
            {label}
          </Button>
        ))}
      </div>
    </section>
  );
}

interface SwitchesProps {
  readonly call: CallStanding;
  readonly of: readonly Switch['id'][];
}

function Switches({ call, of }: SwitchesProps): ReactElement {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const asked = useValue(desk.call);
  return (
    <>
      {switchesOf(call, asked)
        .filter(({ id }) => of.includes(id))
        .map(({ id, word, order, icon, isOn, key, doing }) => (
          <Button
            key={id}
            className={`switch-${id} ${isOn ? 'is-on' : ''}`}
            isSmall
            icon={icon}
            isPressed={id !== 'record' && isOn}
            isBusy={doing !== null}
            onPress={() => void desk.call.order(order)}
            chord={shownKey(key)}
          >
            {doing === null ? words.call.orders[word] : words.call.doing[doing]}
          </Button>
        ))}
    </>
  );
}

/** What the person hears and does not hear, in words: on hold they hear music, whether the agent is muted or not. */
function Signs({ call }: { readonly call: CallStanding }): ReactElement | null {
  const words = useWords();
  if (call.heldSince !== undefined && call.third === undefined) return <Held since={call.heldSince} />;
  if (!call.muted) return null;
  return (
    <Chip tone="bad" icon="mic-off">
      {words.call.muted}
    </Chip>
  );
}

function Held({ since }: { readonly since: number }): ReactElement {
  const words = useWords();
  const now = useServerNow();
  return (
    <Chip tone="warn" icon="pause">
      <span className="numbers">{words.call.held(timer(now - since))}</span>
    </Chip>
  );
}

const THIRD_KEYS = { join: 'join', back: 'back', complete: 'transfer' } as const;

/** Who is brought in, who hears whom, and what may be done with them. */
function Third({ call, name }: { readonly call: CallStanding; readonly name: string }): ReactElement | null {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const asked = useValue(desk.call);
  const stands = thirdStanding(call);
  if (stands === null) return null;
  const third = thirdName(call, words);
  const person = name === '' ? words.transfer.person : name;
  return (
    <div className={`third ${stands}`} role="group" aria-label={words.transfer.third}>
      <Chip tone={stands === 'three' ? 'good' : 'busy'} icon="person">
        {words.transfer.standing[stands](third, person)}
      </Chip>
      {THIRD_ORDERS[stands].map((order) => (
        <Button
          key={order}
          isSmall
          look={order === 'join' ? 'main' : undefined}
          isBusy={asked === order || (order === 'complete' && call.changing.includes('complete'))}
          onPress={() => void desk.call.order(order)}
          chord={shownKey(THIRD_KEYS[order])}
        >
          {asked === order ? words.call.doing[order] : words.transfer.orders[order](third, person)}
        </Button>
      ))}
    </div>
  );
}

/** What has been done is spoken, by whichever window or key it was asked for. */
function useSpokenNews(call: CallStanding | null): void {
  const words = useWords();
  const before = useBefore(call) ?? null;
  const asked = useLive((live) => live.asked);
  const isEnding = isAsked({ asked }, 'hang-up');
  const news = isEnding ? '' : callNews(before, call, words).join(' ');
  useEffect(() => {
    if (news !== '') say(news, 'assertive');
  }, [news]);
}
