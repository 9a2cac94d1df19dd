// A view that cannot be loaded or breaks takes nothing else of the page with it.

import { Component, type ReactElement, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useFrameWords } from './use-words.tsx';

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

/** A new version of outdial has files of other names: the page as a whole is loaded again. */
function Broken(): ReactElement {
  const words = useFrameWords();
  const again = <Button onPress={() => globalThis.location.reload()}>{words.again}</Button>;
  return (
    <Note tone="bad" icon="warning" actions={again}>
      {words.failed}
    </Note>
  );
}
