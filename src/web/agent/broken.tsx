// A fault of the page itself is said in words, with the way on, where the window would be empty otherwise. The call lives in
// Asterisk, and what was typed goes on being saved.

import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useWords } from '../words/words.tsx';

export function Broken(): ReactElement {
  const { broken } = useWords();
  const again = (
    <Button look="main" autoFocus onPress={() => globalThis.location.reload()}>
      {broken.again}
    </Button>
  );
  return (
    <main className="opening">
      <Note tone="bad" icon="warning" actions={again}>
        <p role="alert">
          <strong>{broken.title}</strong> {broken.text}
        </p>
      </Note>
    </main>
  );
}
