// The agents' workspace: what the browser runs first.

import { StrictMode, useMemo, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/kit.css';
import { Guard } from '../ui/guard.tsx';
import { WordsProvider, wordsOf } from '../words/words.tsx';
import { App } from './app.tsx';
import { Broken } from './broken.tsx';
import { Desk } from './desk.ts';
import { dress, preferences } from './preferences.ts';
import { useValue } from './use-desk.tsx';

const desk = new Desk();

function Page(): ReactElement {
  const { language } = useValue(preferences);
  const words = useMemo(() => wordsOf(language), [language]);
  return (
    <WordsProvider value={words}>
      <Guard broken={<Broken />}>
        <App desk={desk} />
      </Guard>
    </WordsProvider>
  );
}

dress(preferences.get(), document.documentElement);
preferences.subscribe(() => dress(preferences.get(), document.documentElement));
const page = document.getElementById('page');
if (page)
  createRoot(page).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
