// Hears an agent by the supervisor's own phone: muted at first, then whispering, joining in or taking over. Which phone is
// said once and remembered on this machine.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Tick, Typed } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Refused, useAct } from '../data.tsx';
import type { BoardAgent, BoardView } from '../live/board.ts';
import { useBoardView } from '../live/use-board.tsx';
import { Since } from '../shared/signs.tsx';
import { useSayings } from '../use-words.tsx';
import { agentWords } from './words.ts';

type Listening = BoardView['listening'][number];
type Mode = Listening['mode'];

const PLACE = 'outdial-listening';

function remembered(): string {
  try {
    return localStorage.getItem(PLACE) ?? '';
  } catch {
    // Browsers may forbid it: then it is typed again.
    return '';
  }
}

function remember(phone: string): void {
  try {
    localStorage.setItem(PLACE, phone);
  } catch {
    // As above.
  }
}

export function Listen({ agent }: { readonly agent: BoardAgent }): ReactElement {
  const words = useSayings(agentWords);
  const view = useBoardView();
  const [phone, setPhone] = useState(remembered);
  const [stays, setStays] = useState(false);
  const { act, isBusy, refusal, forget } = useAct();
  const path = `/api/agents/${agent.number}/listen`;
  const all = (view?.listening ?? []).filter((one) => one.agent === agent.number);
  const mine = all.find((one) => one.phone === phone);
  const isPhone = /^\d{1,10}$/.test(phone);
  const order = (mode: Mode): void => {
    remember(phone);
    void act('POST', path, { mode, phone, stays });
  };
  const modes: readonly (readonly [Mode, string, IconName])[] = [
    ['listen', words.listen, 'mic-off'],
    ['whisper', words.whisper, 'person'],
    ['barge', words.barge, 'list'],
    ['take-over', words.takeOver, 'phone'],
  ];
  return (
    <section aria-labelledby="listening">
      <h3 id="listening">{words.listening}</h3>
      <ul className="listeners">
        {all.map((one) => (
          <Who key={one.phone} one={one} />
        ))}
      </ul>
      <Typed
        label={words.myPhone}
        hint={words.myPhoneHint}
        value={phone}
        inputMode="tel"
        maxLength={10}
        onChange={setPhone}
      />
      <Refused refusal={refusal} onClose={forget} />
      <div className="steer-acts">
        {modes.map(([mode, label, icon]) => (
          <Button
            key={mode}
            icon={icon}
            isPressed={mine?.mode === mode}
            isDisabled={isBusy || !isPhone || (mode === 'take-over' && mine === undefined)}
            onPress={() => order(mode)}
          >
            {label}
          </Button>
        ))}
      </div>
      <Tick isOn={stays} onChange={setStays}>
        {words.stays}
      </Tick>
      {!isPhone && <p className="soft small">{words.needsPhone}</p>}
      {mine !== undefined && (
        <Button icon="cross" isDisabled={isBusy} onPress={() => void act('DELETE', `${path}?phone=${phone}`)}>
          {words.stopListening}
        </Button>
      )}
    </section>
  );
}

function Who({ one }: { readonly one: Listening }): ReactElement {
  const words = useSayings(agentWords);
  return (
    <li>
      <Icon name={one.mode === 'listen' ? 'mic-off' : 'phone'} /> {one.by.replace(/^user:/, '')} ({one.phone}){' '}
      {one.state === 'ringing' ? words.rings : words.modes[one.mode]} <Since at={one.since} />
    </li>
  );
}
