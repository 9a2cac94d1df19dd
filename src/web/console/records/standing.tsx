// How a record stands, as a chip.

import type { ReactElement } from 'react';
import type { IconName } from '../../ui/icons.tsx';
import { Chip, type Tone } from '../../ui/signs.tsx';
import { useSayings } from '../use-words.tsx';
import type { Row } from './asked.ts';
import { tableWords } from './table-words.ts';

const LOOKS: Readonly<Record<Row['state'], readonly [Tone, IconName]>> = {
  fresh: ['accent', 'person'],
  waiting: ['warn', 'clock'],
  dialing: ['busy', 'phone'],
  finished: ['good', 'check'],
  removed: ['quiet', 'cross'],
};

export function Standing({ state }: { readonly state: Row['state'] }): ReactElement {
  const { states } = useSayings(tableWords);
  const [tone, icon] = LOOKS[state];
  return (
    <Chip tone={tone} icon={icon}>
      {states[state]}
    </Chip>
  );
}

/** The words of a result; none: a dash. */
export function useResultWord(): (result: Row['lastResult']) => string {
  const { results } = useSayings(tableWords);
  return (result) => (result === null ? '–' : results[result]);
}
