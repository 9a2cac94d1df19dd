// What may be done with the record besides the main step: reject, decline, do not call again, done and stop.

import type { ReactElement } from 'react';
import { isAsked, type DeskInteraction } from '../live/live.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/over.tsx';
import { useWords } from '../words/words.tsx';
import { useDesk, useLive } from './use-desk.tsx';

export function Decisions({ one }: { readonly one: DeskInteraction }): ReactElement | null {
  const words = useWords();
  const desk = useDesk();
  const asked = useLive((live) => live.asked);
  const may = new Set(one.may);
  const declines = may.has('decline') ? one.declines : [];
  const mayForbid = may.has('do-not-call') && one.record !== null;
  const mayStop = may.has('done') && one.missing.length === 0 && (one.state === 'wrap-up' || one.state === 'preview');
  if (!may.has('reject') && declines.length === 0 && !mayForbid && !mayStop) return null;
  const forbid = (numbers: 'all' | 'dialed'): void => void desk.act({ do: 'do-not-call', numbers, list: 'global' });
  return (
    <div className="decisions">
      {may.has('reject') && (
        <Button
          isSmall
          icon="cross"
          onPress={() => void desk.act({ do: 'reject' })}
          isDisabled={isAsked({ asked }, 'reject')}
        >
          {words.steps.reject}
        </Button>
      )}
      {declines.length > 0 && (
        <Menu
          label={words.contact.decline}
          icon="back"
          className="small"
          entries={declines.map((until) => ({
            id: until,
            label: words.contact.declines[until],
            onChoose: () => void desk.act({ do: 'decline', until }),
          }))}
        />
      )}
      {may.has('done') && one.state === 'preview' && (
        <Button isSmall icon="check" onPress={() => void desk.finish()} isDisabled={one.missing.length > 0}>
          {words.steps.done}
        </Button>
      )}
      {mayStop && (
        <Button isSmall icon="stop" onPress={() => void desk.finish(true)}>
          {words.contact.doneAndStop}
        </Button>
      )}
      {mayForbid && (
        <Menu
          label={words.contact.doNotCall}
          icon="hang-up"
          className="small"
          entries={[
            { id: 'all', label: words.contact.doNotCallAll, onChoose: () => forbid('all') },
            ...(one.call?.number
              ? [{ id: 'dialed', label: words.contact.doNotCallDialed, onChoose: () => forbid('dialed') }]
              : []),
          ]}
        />
      )}
    </div>
  );
}
