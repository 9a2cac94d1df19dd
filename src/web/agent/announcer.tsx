// What is said to a screen reader, in one polite and one assertive place. The same words again are said again.

import type { ReactElement } from 'react';
import { Value } from '../live/value.ts';
import { useValue } from './use-desk.tsx';

interface Said {
  readonly polite: string;
  readonly assertive: string;
}

const said = new Value<Said>({ polite: '', assertive: '' });
/** Unseen and unheard: it makes a repeated text another one. */
const OTHER = '\u00a0';

export function say(text: string, how: keyof Said = 'polite'): void {
  const now = said.get();
  said.set({ ...now, [how]: now[how] === text ? `${text}${OTHER}` : text });
}

/** Of a record that is over nothing stays on the page, unseen or not. */
export function unsay(text: string): void {
  const { polite, assertive } = said.get();
  const rest = (one: string): string => (one.replace(OTHER, '') === text ? '' : one);
  said.set({ polite: rest(polite), assertive: rest(assertive) });
}

export function Announcer(): ReactElement {
  const { polite, assertive } = useValue(said);
  return (
    <div className="unseen">
      <div role="status" aria-live="polite">
        {polite}
      </div>
      <div role="alert" aria-live="assertive">
        {assertive}
      </div>
    </div>
  );
}
