// Why something that was asked for was not done, in words and with what to do, beside where it was asked.

import { useEffect, type ReactElement } from 'react';
import type { Refusal as Refused } from '../live/live.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useWords } from '../words/words.tsx';
import { say } from './announcer.tsx';
import { useDesk, useLive } from './use-desk.tsx';

/** `of`: what was asked for; absent: whatever no other place shows. */
export function Refusal({
  of,
  except,
}: {
  readonly of?: readonly Refused['what'][];
  readonly except?: readonly Refused['what'][];
}): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const refusal = useLive((live) => live.refusal);
  const isOurs = refusal !== null && (of?.includes(refusal.what) ?? true) && except?.includes(refusal.what) !== true;
  const said = refusal === null ? '' : words.server.refused(refusal);
  const text = refusal?.code === 'unanswered' ? words.unanswered : said;
  useEffect(() => {
    if (isOurs) say(text, 'assertive');
  }, [isOurs, text]);
  if (!isOurs) return null;
  return (
    <Note
      tone="bad"
      icon="warning"
      actions={
        <Button
          look="plain"
          isSmall
          icon="cross"
          name={words.close}
          onPress={() => desk.live.take({ type: 'refusal-read' })}
        />
      }
    >
      <p>{text}</p>
      {refusal.missing.length > 0 && (
        <ul>
          {refusal.missing.map((one) => (
            <li key={`${one.code} ${one.message}`}>{words.server.missing(one)}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}
