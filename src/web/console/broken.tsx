// In the place of a view that cannot be loaded or breaks.

import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/signs.tsx';
import { useFrameWords } from './use-words.tsx';

/** A new version of outdial has files of other names: the page as a whole is loaded again. */
export function Broken(): ReactElement {
  const words = useFrameWords();
  const again = <Button onPress={() => globalThis.location.reload()}>{words.again}</Button>;
  return (
    <Note tone="bad" icon="warning" actions={again}>
      {words.failed}
    </Note>
  );
}
