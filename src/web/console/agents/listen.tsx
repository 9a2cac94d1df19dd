// Hears an agent by this browser or the supervisor's own phone: muted at first, then whispering, joining in or taking over.

import { useState, type ReactElement } from 'react';
import { useValue } from '../../agent/use-desk.tsx';
import { Button } from '../../ui/button.tsx';
import { Pick, Tick, Typed } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Refused, useAct, type Refusal } from '../data.tsx';
import type { BoardAgent, BoardView } from '../live/board.ts';
import { useBoardView } from '../live/use-board.tsx';
import { Since } from '../shared/signs.tsx';
import { useSayings } from '../use-words.tsx';
import type { ListeningMode } from './browser-ear.ts';
import { ownEar } from './own-ear.ts';
import { rememberPhone, usePhoneChoice } from './phone-choice.tsx';
import { agentWords } from './words.ts';

type Listening = BoardView['listening'][number];

export function Listen({ agent }: { readonly agent: BoardAgent }): ReactElement {
  const words = useSayings(agentWords);
  const all = (useBoardView()?.listening ?? []).filter((one) => one.agent === agent.number);
  const choice = usePhoneChoice();
  const { isBrowser, phone } = choice;
  const [stays, setStays] = useState(false);
  const { mode, order, end, isBusy, refusal, forget } = useListening({ agent, phone, stays, all });
  return (
    <section aria-labelledby="listening">
      <h3 id="listening">{words.listening}</h3>
      <ul className="listeners">
        {all.map((one) => (
          <Who key={one.phone} one={one} />
        ))}
      </ul>
      <Pick
        label={words.by}
        choices={[
          { code: 'browser', label: words.byBrowser },
          { code: 'number', label: words.byPhone },
        ]}
        value={isBrowser ? 'browser' : 'number'}
        onChange={choice.choose}
      />
      {!isBrowser && (
        <Typed
          label={words.myPhone}
          hint={words.myPhoneHint}
          value={choice.number}
          inputMode="tel"
          maxLength={10}
          onChange={choice.type}
        />
      )}
      <Refused refusal={refusal} onClose={forget} />
      <Modes mode={mode} isDisabled={isBusy || phone === undefined} onMode={order} />
      <Tick isOn={stays} onChange={setStays}>
        {words.stays}
      </Tick>
      <p className="soft small">{phone === undefined ? words.needsPhone : isBrowser && words.browserHint}</p>
      {mode !== undefined && (
        <Button icon="cross" isDisabled={isBusy} onPress={end}>
          {words.stopListening}
        </Button>
      )}
    </section>
  );
}

interface Asked {
  readonly agent: BoardAgent;
  /** Undefined: none is chosen. */
  readonly phone: string | undefined;
  readonly stays: boolean;
  /** Who listens to the agent. */
  readonly all: readonly Listening[];
}

interface Heard {
  /** Undefined: not by this phone. */
  readonly mode: ListeningMode | undefined;
  readonly order: (mode: ListeningMode) => void;
  readonly end: () => void;
  readonly isBusy: boolean;
  readonly refusal: Refusal | undefined;
  readonly forget: () => void;
}

/** By the phone that is chosen: the browser's own call, or one that the server rings. */
function useListening({ agent, phone, stays, all }: Asked): Heard {
  const ear = useValue(ownEar);
  const { act, isBusy, refusal, forget } = useAct();
  const [refused, setRefused] = useState<Refusal>();
  const path = `/api/agents/${agent.number}/listen`;
  if (phone !== 'browser') {
    return {
      mode: all.find((one) => one.phone === phone)?.mode,
      order: (mode) => {
        rememberPhone(phone ?? '');
        void act('POST', path, { mode, phone, stays });
      },
      end: () => void act('DELETE', `${path}?phone=${phone ?? ''}`),
      ...{ isBusy, refusal, forget },
    };
  }
  const whom = { agent: agent.number, name: agent.name };
  return {
    mode: ear.whom?.agent === agent.number ? ear.mode : undefined,
    order: (mode) => {
      rememberPhone(phone);
      setRefused(undefined);
      void ownEar.ask(whom, mode, stays).then(setRefused);
    },
    end: () => void ownEar.end(),
    isBusy: ear.call === 'calling',
    refusal: refused,
    forget: () => setRefused(undefined),
  };
}

interface ModesProps {
  readonly mode: ListeningMode | undefined;
  readonly isDisabled: boolean;
  readonly onMode: (mode: ListeningMode) => void;
}

function Modes({ mode, isDisabled, onMode }: ModesProps): ReactElement {
  const words = useSayings(agentWords);
  const modes: readonly (readonly [ListeningMode, string, IconName])[] = [
    ['listen', words.listen, 'mic-off'],
    ['whisper', words.whisper, 'person'],
    ['barge', words.barge, 'list'],
    ['take-over', words.takeOver, 'phone'],
  ];
  return (
    <div className="steer-acts">
      {modes.map(([one, label, icon]) => (
        <Button
          key={one}
          icon={icon}
          isPressed={mode === one}
          isDisabled={isDisabled || (one !== 'listen' && mode === undefined)}
          onPress={() => onMode(one)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

function Who({ one }: { readonly one: Listening }): ReactElement {
  const words = useSayings(agentWords);
  const isBrowser = one.phone.startsWith('browser:');
  return (
    <li>
      <Icon name={one.mode === 'listen' ? 'mic-off' : 'phone'} /> {one.by.replace(/^user:/, '')} (
      {isBrowser ? words.inBrowser : one.isDialed === true ? words.dialed(one.phone) : one.phone}){' '}
      {one.state === 'ringing' ? words.rings : words.modes[one.mode]} <Since at={one.since} />
    </li>
  );
}
