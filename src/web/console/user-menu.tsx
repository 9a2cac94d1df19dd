// Who is signed in, with what everybody may set for themselves.

import type { ReactElement } from 'react';
import { prefer, preferences } from '../agent/preferences.ts';
import { useValue } from '../agent/use-desk.tsx';
import { ask } from '../live/ask.ts';
import { Menu } from '../ui/over.tsx';
import { useMe } from './me.tsx';
import { useFrameWords } from './use-words.tsx';

export function UserMenu({ onChanged }: { readonly onChanged: () => void }): ReactElement {
  const words = useFrameWords();
  const me = useMe();
  const { language, theme } = useValue(preferences);
  const themes = [
    ...(theme === 'light' ? [] : [{ id: 'light', label: words.light, onChoose: () => prefer({ theme: 'light' }) }]),
    ...(theme === 'dark' ? [] : [{ id: 'dark', label: words.dark, onChoose: () => prefer({ theme: 'dark' }) }]),
    ...(theme === null ? [] : [{ id: 'system', label: words.likeSystem, onChoose: () => prefer({ theme: null }) }]),
  ];
  const entries = [
    {
      id: 'language',
      label: words.language,
      onChoose: () => prefer({ language: language === 'de' ? 'en' : 'de' }),
    },
    ...themes,
    ...(me.agent === undefined
      ? []
      : [{ id: 'agent', label: words.agentPage, onChoose: () => globalThis.location.assign('/agent') }]),
    { id: 'out', label: words.signOut, onChoose: () => void ask('DELETE', '/api/session').finally(onChanged) },
  ];
  return <Menu label={me.name} icon="person" entries={entries} className="plain user-menu" />;
}
