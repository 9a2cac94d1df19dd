// Who is heard by this browser, above every view: how, what is wrong with the sound, and the way out.

import type { ReactElement } from 'react';
import { useValue } from '../../agent/use-desk.tsx';
import { phoneWords as german } from '../../words/de/phone.ts';
import { phoneWords as english } from '../../words/en/phone.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { useLanguage, useSayings } from '../use-words.tsx';
import { ownEar } from './own-ear.ts';
import { agentWords } from './words.ts';

export function EarBar(): ReactElement | null {
  const words = useSayings(agentWords);
  const phone = useLanguage() === 'de' ? german : english;
  const { whom, mode, call, trouble } = useValue(ownEar);
  if (whom === undefined) return null;
  const wrong = trouble === undefined ? undefined : phone.troubles[trouble];
  return (
    <Note
      tone={wrong === undefined ? 'accent' : 'warn'}
      icon={mode === 'listen' ? 'mic-off' : 'phone'}
      actions={
        <>
          {trouble === 'blocked' && (
            <Button isSmall onPress={ownEar.unblock}>
              {phone.unblock}
            </Button>
          )}
          <Button isSmall look="end" onPress={() => void ownEar.end()}>
            {mode === 'take-over' ? words.hangUp : words.stopListening}
          </Button>
        </>
      }
    >
      <p role="status" data-ear={call}>
        <strong>{mode === 'take-over' ? words.tookOver(whom.name) : words.hears(whom.name)}</strong>{' '}
        {call === 'calling' ? words.connects : words.heard[mode]}
      </p>
      {wrong !== undefined && (
        <p>
          {wrong.title} {wrong.next}
        </p>
      )}
    </Note>
  );
}
