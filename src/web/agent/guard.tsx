// A fault of the page itself is said in words, with the way on, where the window would be empty otherwise. The call lives in
// Asterisk, and what was typed goes on being saved.

import { Component, type ReactElement, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useWords } from '../words/words.tsx';

interface GuardState {
  readonly isBroken: boolean;
}

export class Guard extends Component<{ readonly children: ReactNode }, GuardState> {
  override state: GuardState = { isBroken: false };

  static getDerivedStateFromError(): GuardState {
    return { isBroken: true };
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken(): ReactElement {
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
