// What has come to the agent and was not looked at yet: an offer, a record that will be dialed, a person on the line. The bar
// and the tab's title call for it until the agent presses a key or clicks in the page. The title names no person.

import { useEffect, useState } from 'react';
import type { DeskView } from '../live/live.ts';
import { useWords } from '../words/words.tsx';
import { standingOf } from './bar/standing.ts';
import { useIsOld } from './use-desk.tsx';

const CALLS = new Set(['offered', 'before-call', 'talking']);
const TURN_MS = 1_000;

/** One thing that came, as a name of its own; null: nothing that calls for the agent. */
function comingOf({ interaction }: Pick<DeskView, 'interaction'>): string | null {
  return interaction !== null && CALLS.has(interaction.state) ? `${interaction.id} ${interaction.state}` : null;
}

/** The tab's title, which also says when what is shown may be old; true: something has come. */
export function useAttention(view: DeskView): boolean {
  const words = useWords();
  const isOld = useIsOld();
  const coming = comingOf(view);
  // Whoever has just opened the page sees what there is.
  const [opened, setOpened] = useState(coming);
  const isNew = coming !== null && coming !== opened;
  useEffect(() => {
    if (!isNew) return undefined;
    const open = (): void => setOpened(coming);
    document.addEventListener('keydown', open, true);
    document.addEventListener('pointerdown', open, true);
    return () => {
      document.removeEventListener('keydown', open, true);
      document.removeEventListener('pointerdown', open, true);
    };
  }, [isNew, coming]);
  const usual = isOld ? '⚠ outdial' : 'outdial';
  const called = isNew ? `☎ ${words.standing[standingOf(view).word]}` : usual;
  useEffect(() => {
    document.title = called;
    if (called === usual) return undefined;
    let isUsual = false;
    const timer = setInterval(() => {
      isUsual = !isUsual;
      document.title = isUsual ? usual : called;
    }, TURN_MS);
    return () => {
      clearInterval(timer);
      document.title = usual;
    };
  }, [called, usual]);
  return isNew;
}
