// The next key that is pressed takes the place of another: what is taken or unfit is said, and the next one is waited for.

import { useEffect } from 'react';
import { useWords } from '../../words/words.tsx';
import { prefer, preferences } from '../preferences.ts';
import { keysWith, withKey, type KeyId } from './keys.ts';

const ONLY_HELD: ReadonlySet<string> = new Set(['Alt', 'AltGraph', 'Control', 'Shift', 'Meta', 'Tab']);

interface NewKey {
  readonly onNews: (news: string) => void;
  readonly onEnd: () => void;
}

/** `id`: what the key shall do; undefined: none is waited for. */
export function useNewKey(id: KeyId | undefined, { onNews, onEnd }: NewKey): void {
  const words = useWords();
  useEffect(() => {
    if (id === undefined) return undefined;
    const { table, changed, taken, unfit } = words.keys;
    const press = (event: KeyboardEvent): void => {
      if (ONLY_HELD.has(event.key)) return;
      // Before the dialog and the page hear of it.
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') {
        onNews('');
        return onEnd();
      }
      const step = withKey(preferences.get().keys, id, event);
      if ('refused' in step) return onNews(step.refused === 'unfit' ? unfit : taken(step.by.shown, table[step.by.id]));
      prefer({ keys: step.own });
      onNews(changed(keysWith(step.own).find((row) => row.id === id)?.shown ?? '', table[id]));
      onEnd();
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [id, words, onNews, onEnd]);
}
