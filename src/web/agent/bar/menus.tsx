// Beside the main button: pause with its reasons, which can be asked for at any time, and what is wanted seldom.

import { useState, type ReactElement } from 'react';
import { ask } from '../../live/ask.ts';
import { isAsked, type DeskView } from '../../live/live.ts';
import { Menu, type MenuEntry } from '../../ui/over.tsx';
import { useWords } from '../../words/words.tsx';
import { useShownKey } from '../keys/use-shown-key.ts';
import { prefer, preferences } from '../preferences.ts';
import { useDesk, useLive, useValue } from '../use-desk.tsx';
import { openMenu } from './open-menu.ts';

export function Pauses({ view }: { readonly view: DeskView }): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  const isOpen = useValue(openMenu) === 'pause';
  const { session } = view;
  if (session === null) return null;
  const entries = session.pauseReasons.map(({ code, label }) => ({
    id: code,
    label,
    onChoose: () => void desk.wish({ do: 'pause', reason: code }),
  }));
  return (
    <Menu
      label={words.bar.pause}
      icon="pause"
      entries={entries}
      isDisabled={entries.length === 0 || isAsked({ asked }, 'pause')}
      isOpen={isOpen}
      onOpenChange={(isWanted) => openMenu.set(isWanted ? 'pause' : null)}
    />
  );
}

interface MoreProps {
  readonly view: DeskView;
  readonly onCampaigns: () => void;
  readonly onKeys: () => void;
  readonly onPhone?: () => void;
}

export function MoreMenu({ view, onCampaigns, onKeys, onPhone }: MoreProps): ReactElement {
  const words = useWords();
  const shownKey = useShownKey();
  const desk = useDesk();
  const taste = useTaste();
  const isOpen = useValue(openMenu) === 'more';
  const inSession: readonly MenuEntry[] =
    view.session === null
      ? []
      : [
          { id: 'campaigns', label: words.bar.campaigns, chord: shownKey('campaigns'), onChoose: onCampaigns },
          ...(onPhone === undefined ? [] : [{ id: 'phone', label: words.phone.title, onChoose: onPhone }]),
          { id: 'end', label: words.bar.endSession, onChoose: () => void desk.wish({ do: 'end-session' }) },
        ];
  return (
    <Menu
      label={words.bar.more}
      icon="list"
      isOpen={isOpen}
      onOpenChange={(isWanted) => openMenu.set(isWanted ? 'more' : null)}
      entries={[
        ...inSession,
        { id: 'keys', label: words.bar.keys, chord: shownKey('help'), onChoose: onKeys },
        ...taste,
        { id: 'out', label: words.signIn.out, onChoose: () => void signOut(desk.live.take) },
      ]}
    />
  );
}

/** Language and colours. */
function useTaste(): readonly MenuEntry[] {
  const words = useWords();
  const { language, theme } = useValue(preferences);
  const [isDark] = useState(() => globalThis.matchMedia('(prefers-color-scheme: dark)').matches);
  const shown = theme ?? (isDark ? 'dark' : 'light');
  const other = shown === 'dark' ? 'light' : 'dark';
  return [
    {
      id: 'language',
      label: words.bar.language,
      onChoose: () => prefer({ language: language === 'de' ? 'en' : 'de' }),
    },
    { id: 'theme', label: words.bar[other], onChoose: () => prefer({ theme: other }) },
  ];
}

async function signOut(take: ReturnType<typeof useDesk>['live']['take']): Promise<void> {
  try {
    await ask('DELETE', '/api/session');
  } finally {
    take({ type: 'link', link: 'signed-out' });
  }
}
