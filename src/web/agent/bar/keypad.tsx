// The keypad: tones towards the person, by buttons or typed.

import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/words.tsx';
import { useDesk, useValue } from '../use-desk.tsx';
import { callPanel } from './panels.ts';

const KEYPAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const isTone = (key: string): boolean => (KEYPAD as readonly string[]).includes(key);

export function Keypad(): ReactElement {
  const words = useWords();
  const desk = useDesk();
  const asked = useValue(desk.call);
  const [sent, setSent] = useState('');
  const pad = useRef<HTMLDivElement>(null);
  useEffect(() => pad.current?.querySelector('button')?.focus(), []);
  const send = (key: string): void => {
    void desk.call.keys(key).then((isSent) => isSent && setSent((before) => before + key));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') callPanel.set(null);
    if (!isTone(event.key) || event.altKey || event.ctrlKey) return;
    // A digit is a tone here, and no outcome.
    event.nativeEvent.stopImmediatePropagation();
    event.stopPropagation();
    event.preventDefault();
    send(event.key);
  };
  return (
    <div ref={pad} className="keypad" role="group" aria-label={words.call.keypad} onKeyDown={press}>
      {KEYPAD.map((key) => (
        <Button key={key} isSmall onPress={() => send(key)}>
          {key}
        </Button>
      ))}
      <span className="small soft numbers" role="status">
        {asked === 'keys' ? words.call.doing.keys : sent === '' ? words.call.keypadHint : words.call.sent(sent)}
      </span>
    </div>
  );
}
