// What is wrong with the browser as a phone, with the next step, under the bar; silent while all is well.

import type { ReactElement } from 'react';
import type { DeskView } from '../../live/live.ts';
import { troubleOf, type NoLine, type Trouble } from '../../phone/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { useWords } from '../../words/words.tsx';
import { useDesk, useServerNow, useValue } from '../use-desk.tsx';
import './phone.css';

/** A click of the agent helps. */
const HELPED: ReadonlySet<Trouble> = new Set(['refused', 'none', 'taken', 'unplugged', 'failed', 'blocked', 'no-line']);
/** It passes by itself, or is a matter of taste. */
const MILD: ReadonlySet<Trouble> = new Set(['connection-lost', 'poor']);

export function PhoneNote({ view }: { readonly view: DeskView }): ReactElement | null {
  const words = useWords();
  const { phone } = useDesk();
  const state = useValue(phone.desk);
  const trouble = view.session === null ? undefined : troubleOf(state);
  const { keptUntil } = view.session?.phone ?? {};
  if (trouble === undefined && keptUntil === undefined) return null;
  return (
    <div className="phone-notes">
      {keptUntil !== undefined && <Kept until={keptUntil} />}
      {trouble !== undefined && <TroubleNote trouble={trouble} refusal={state.refusal} onRetry={phone.desk.retry} />}
      {trouble === undefined && keptUntil !== undefined && <p className="small soft">{words.phone.dialing}</p>}
    </div>
  );
}

function Kept({ until }: { readonly until: number }): ReactElement {
  const words = useWords();
  const now = useServerNow();
  return (
    <Note tone="warn" icon="wait">
      <p role="status">{words.phone.kept(Math.max(0, Math.ceil((until - now) / 1000)))}</p>
    </Note>
  );
}

interface TroubleProps {
  readonly trouble: Trouble;
  readonly refusal: NoLine | undefined;
  readonly onRetry: () => void;
}

export function TroubleNote({ trouble, refusal, onRetry }: TroubleProps): ReactElement {
  const { phone, server } = useWords();
  const { title, next } = phone.troubles[trouble];
  const isSaid = trouble === 'no-line' && refusal !== undefined && refusal.code !== 'unanswered';
  const again = (
    <Button isSmall onPress={onRetry}>
      {trouble === 'blocked' ? phone.unblock : phone.again}
    </Button>
  );
  return (
    <Note
      tone={MILD.has(trouble) ? 'warn' : 'bad'}
      icon={trouble === 'unheard' ? 'mic-off' : 'warning'}
      {...(HELPED.has(trouble) ? { actions: again } : {})}
    >
      <div role="alert" data-phone-trouble={trouble}>
        <strong>{title}</strong>
        <p>{isSaid ? server.refused(refusal) : next}</p>
      </div>
    </Note>
  );
}
