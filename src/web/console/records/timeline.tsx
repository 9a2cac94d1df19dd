// Everything that happened to the person, the newest first, with the recordings to be heard where they belong.

import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Refused, send, type Refusal } from '../data.tsx';
import { dayTime, span } from '../formats.ts';
import { useMe } from '../me.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Player } from '../player.tsx';
import { recordWords } from './record-words.ts';
import { tableWords } from './table-words.ts';
import { pastLine, type PastEvent, type PastLine } from './timeline-lines.ts';

const AT_ONCE = 50;

export function Timeline({ contact }: { readonly contact: number }): ReactElement {
  const words = useSayings(recordWords);
  const { results } = useSayings(tableWords);
  const { loading } = useFrameWords();
  const { events, refusal, more } = usePast(contact);
  if (refusal) return <Refused refusal={refusal} />;
  if (events === undefined) return <p role="status">{loading}</p>;
  if (events.length === 0) return <p className="soft">{words.nothing}</p>;
  const result = (code: string): string => (results as Readonly<Record<string, string>>)[code] ?? code;
  return (
    <>
      <ol className="timeline" aria-label={words.timeline}>
        {events.map((event, place) => (
          <Happened key={`${event.at} ${place}`} at={event.at} line={pastLine(event, { words, result, span })} />
        ))}
      </ol>
      {more && (
        <Button isSmall look="plain" icon="down" onPress={more}>
          {words.more}
        </Button>
      )}
    </>
  );
}

function Happened({ at, line }: { readonly at: number; readonly line: PastLine }): ReactElement {
  const words = useSayings(recordWords);
  const me = useMe();
  const { icon, title, texts, aside, sound } = line;
  return (
    <li>
      <span className="event-sign">
        <Icon name={icon} />
      </span>
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        {texts.map((text, place) => (
          <p key={place}>
            <bdi className="prose small">{text}</bdi>
          </p>
        ))}
        <p className="small soft numbers">
          {dayTime(at)}
          {aside !== '' && ' · '}
          <bdi>{aside}</bdi>
        </p>
        {sound &&
          (me.may('recordings') ? (
            <Player attempt={sound.attempt} kind={sound.kind} name={words.listen(dayTime(at))} gone={words.gone} />
          ) : (
            <p className="small soft">{words.mayNot}</p>
          ))}
      </div>
    </li>
  );
}

interface Past {
  /** Undefined: on its way. */
  readonly events: readonly PastEvent[] | undefined;
  readonly refusal: Refusal | undefined;
  readonly more: (() => void) | undefined;
}

function usePast(contact: number): Past {
  const [events, setEvents] = useState<readonly PastEvent[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [mayGoOn, setGoOn] = useState(true);
  const [before, setBefore] = useState<number>();
  useEffect(() => {
    let isGone = false;
    const since = before === undefined ? '' : `&before=${before}`;
    const path = `/api/contacts/${contact}/timeline?limit=${AT_ONCE}${since}`;
    void send<readonly PastEvent[]>('GET', path).then((answer) => {
      if (isGone) return;
      if ('refusal' in answer) return setRefusal(answer.refusal);
      setGoOn(answer.body.length === AT_ONCE);
      setEvents((known) => (before === undefined ? answer.body : [...(known ?? []), ...answer.body]));
    });
    return () => void (isGone = true);
  }, [contact, before]);
  const oldest = events?.at(-1)?.at;
  return { events, refusal, more: mayGoOn && oldest !== undefined ? () => setBefore(oldest) : undefined };
}
