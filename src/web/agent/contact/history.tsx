// Everything that happened to this person, the newest first: read when it is looked at.

import { useEffect, useRef, useState, type ReactElement } from 'react';
import { ask, isError } from '../../live/ask.ts';
import type { DeskInteraction } from '../../live/live.ts';
import { Button } from '../../ui/button.tsx';
import { useWords } from '../../words/words.tsx';
import { pastLine, type PastEvent } from './past.ts';

type Record = NonNullable<DeskInteraction['record']>;

const AT_ONCE = 30;

export function History({ record }: { readonly record: Record }): ReactElement {
  const words = useWords();
  const { events, more, isEmpty } = usePast(record);
  const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' });
  if (events === undefined) return <p className="soft">{words.loading}</p>;
  if (isEmpty) return <p className="soft">{words.contact.noAttempts}</p>;
  return (
    <>
      <ol className="history" aria-label={words.contact.history}>
        {events.map((event, place) => {
          const { title, text, aside } = pastLine(event, words);
          return (
            <li key={`${event.at} ${place}`}>
              <p>
                <strong>{title}</strong>
              </p>
              {text !== '' && <bdi className="prose small">{text}</bdi>}
              <p className="small soft numbers">
                {when.format(event.at)}
                {aside !== '' && ' · '}
                <bdi>{aside}</bdi>
              </p>
            </li>
          );
        })}
      </ol>
      {more !== undefined && (
        <Button isSmall look="plain" icon="down" onPress={more}>
          {words.history.more}
        </Button>
      )}
    </>
  );
}

interface Past {
  /** Undefined: on its way. */
  readonly events: readonly PastEvent[] | undefined;
  readonly isEmpty: boolean;
  readonly more: (() => void) | undefined;
}

function usePast({ contact, attempts }: Record): Past {
  const [events, setEvents] = useState<readonly PastEvent[]>();
  const [mayGoOn, setGoOn] = useState(true);
  const held = useRef(attempts);
  const [before, setBefore] = useState<number>();
  useEffect(() => {
    let isWanted = true;
    const since = before === undefined ? '' : `&before=${before}`;
    ask<readonly PastEvent[]>('GET', `/api/agent/contacts/${contact}/timeline?limit=${AT_ONCE}${since}`).then(
      ({ body }) => {
        if (!isWanted) return;
        const read = isError(body) ? [] : body;
        setGoOn(read.length === AT_ONCE);
        setEvents((known) => [...(known ?? []), ...read]);
      },
      // What the view itself holds is better than nothing.
      () => isWanted && setEvents(held.current.map(ofAttempt)),
    );
    return () => void (isWanted = false);
  }, [contact, before]);
  const oldest = events?.at(-1)?.at;
  return {
    events,
    isEmpty: events?.length === 0,
    more: mayGoOn && oldest !== undefined ? () => setBefore(oldest) : undefined,
  };
}

function ofAttempt({ attempt, at, number, result, disposition }: Record['attempts'][number]): PastEvent {
  return { at, what: 'attempt', by: null, campaign: null, detail: { attempt, number, result, disposition } };
}
