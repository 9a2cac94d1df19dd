// Controls of the call in hand: mute, hold, keypad, recording. Each shows what the exchange has done; muted and held differ
// in colour, picture and word.

import { useState, type ReactElement } from 'react';
import type { CallOrder, CallStanding } from '../../live/call.ts';
import { Button } from '../../ui/button.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Chip } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { shownKey } from '../keys/keys.ts';
import { Refusal } from '../refusal.tsx';
import { useDesk, useServerNow, useValue } from '../use-desk.tsx';
import { timer } from './time.ts';

interface Switch {
  readonly word: 'mute' | 'unmute' | 'hold' | 'resume' | 'record' | 'pauseRecording';
  readonly order: CallOrder;
  readonly icon: IconName;
  readonly isOn: boolean;
  readonly key?: string;
}

function switchesOf(call: CallStanding): readonly Switch[] {
  const isHeld = call.heldSince !== undefined;
  return [
    {
      word: call.muted ? 'unmute' : 'mute',
      order: call.muted ? 'unmute' : 'mute',
      icon: 'mic-off',
      isOn: call.muted,
      key: shownKey('mute'),
    },
    {
      word: isHeld ? 'resume' : 'hold',
      order: isHeld ? 'resume' : 'hold',
      icon: 'pause',
      isOn: isHeld,
      key: shownKey('hold'),
    },
    ...(call.recording === 'off'
      ? []
      : [
          call.recording === 'on'
            ? ({ word: 'pauseRecording', order: 'pause-recording', icon: 'record', isOn: false } as const)
            : ({ word: 'record', order: 'record', icon: 'record', isOn: false } as const),
        ]),
  ];
}

export function Controls(): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const { call, asked } = useValue(desk.call);
  const [isKeypad, setKeypad] = useState(false);
  if (call === null) return null;
  return (
    <section className="controls" aria-label={words.call.title}>
      {call.muted && (
        <Chip tone="bad" icon="mic-off">
          {words.call.muted}
        </Chip>
      )}
      {call.heldSince !== undefined && <Held since={call.heldSince} />}
      {switchesOf(call).map(({ word, order, icon, isOn, key }) => (
        <Button
          key={word}
          isSmall
          icon={icon}
          isPressed={isOn}
          isDisabled={call.pending || asked !== null}
          onPress={() => void desk.call.order(order)}
          {...(key === undefined ? {} : { chord: key })}
        >
          {words.call[word]}
        </Button>
      ))}
      <Button isSmall icon="keyboard" isExpanded={isKeypad} onPress={() => setKeypad(!isKeypad)}>
        {words.call.keypad}
      </Button>
      {isKeypad && <Keypad />}
      {(call.pending || asked !== null) && (
        <span className="small soft" role="status">
          {words.asked.any}
        </span>
      )}
      <Refusal of={['call-control']} />
    </section>
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

const KEYPAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

function Keypad(): ReactElement {
  const words = useWords();
  const desk = useDesk();
  return (
    <span className="keypad" role="group" aria-label={words.call.keypad}>
      {KEYPAD.map((key) => (
        <Button key={key} isSmall onPress={() => void desk.call.keys(key)}>
          {key}
        </Button>
      ))}
    </span>
  );
}
