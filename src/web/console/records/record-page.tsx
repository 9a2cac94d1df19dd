// One record on a page: how it stands and what may be done with it, whose it is, what happened, why it is dialed or not.

import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { recordRow } from '../../../http/wire/wire.ts';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { dayTime } from '../formats.ts';
import { hrefOf } from '../place.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { ContactCard } from './contact-card.tsx';
import { Explain } from './explain.tsx';
import { recordWords } from './record-words.ts';
import { Standing, useResultWord } from './standing.tsx';
import { Timeline } from './timeline.tsx';

type Record = z.output<typeof recordRow>;

export function RecordPage({ id }: { readonly id: number }): ReactElement {
  const words = useSayings(recordWords);
  const { loading } = useFrameWords();
  const { body, refusal, again } = useGet<Record>(`/api/records/${id}`);
  /** What hangs below is read again too. */
  const [round, setRound] = useState(0);
  const changed = (): void => {
    again();
    setRound(round + 1);
  };
  return (
    <>
      <a className="back" href={hrefOf('records')}>
        <Icon name="back" />
        {words.back}
      </a>
      <Refused refusal={refusal} onAgain={again} />
      {body === undefined && refusal === undefined && <p role="status">{loading}</p>}
      {body && (
        <>
          <RecordHead record={body} onChanged={changed} />
          <div className="record-columns">
            <ContactCard contact={body.contact} onChanged={changed} />
            <section className="card" aria-label={words.timeline} key={round}>
              <Tabs
                name={words.timeline}
                tabs={[
                  { id: 'timeline', label: words.timeline, content: <Timeline contact={body.contact.id} /> },
                  { id: 'why', label: words.why, content: <Explain record={id} /> },
                ]}
              />
            </section>
          </div>
        </>
      )}
    </>
  );
}

interface HeadProps {
  readonly record: Record;
  readonly onChanged: () => void;
}

function RecordHead({ record, onChanged }: HeadProps): ReactElement {
  const words = useSayings(recordWords);
  const { id, campaign, contact, state } = record;
  const [isAsking, setAsking] = useState(false);
  const { act, isBusy, refusal, forget } = useAct();
  const step = async (path: string, body?: object): Promise<void> => {
    setAsking(false);
    // Also when it was refused: somebody else may have changed it meanwhile.
    await act('POST', `/api/records/${id}/${path}`, body);
    onChanged();
  };
  const name = contact.name === '' ? words.nameless : contact.name;
  return (
    <section className="card" aria-labelledby="record-title">
      <div className="card-head">
        <div className="record-name">
          <h1 id="record-title">
            <bdi>{name}</bdi>
          </h1>
          <Standing state={state} />
          <span className="soft small">{words.record(id, campaign)}</span>
        </div>
        <div className="page-steps">
          <Button isDisabled={isBusy || state === 'dialing' || state === 'fresh'} onPress={() => void step('reopen')}>
            {words.reopen}
          </Button>
          <Button isDisabled={isBusy || state === 'dialing' || state === 'removed'} onPress={() => setAsking(true)}>
            {words.remove}
          </Button>
        </div>
      </div>
      <Refused refusal={refusal} onClose={forget} />
      <div className="record-facts">
        <Facts record={record} />
        <Priority
          key={record.priority}
          record={record}
          isBusy={isBusy}
          onSet={(priority) => void step('priority', { priority })}
        />
      </div>
      {isAsking && (
        <RemoveDialog
          text={words.removeAsk(name, campaign)}
          onClose={() => setAsking(false)}
          onRemove={() => void step('remove')}
        />
      )}
    </section>
  );
}

function Facts({ record }: { readonly record: Record }): ReactElement {
  const words = useSayings(recordWords);
  const resultWord = useResultWord();
  const { attempts, lastAttemptAt, lastResult, lastDisposition, lastAgent, dueAt, why } = record;
  const last = [
    lastAttemptAt === null ? '' : dayTime(lastAttemptAt),
    lastResult === null ? '' : resultWord(lastResult),
    lastDisposition ?? '',
    lastAgent ?? '',
  ].filter((part) => part !== '');
  const facts: readonly (readonly [string, string])[] = [
    [words.attempts, String(attempts)],
    [words.lastAttempt, last.join(' · ') || '–'],
    [words.due, dueAt === null ? '–' : dueAt <= Date.now() ? words.dueNow : dayTime(dueAt)],
    ...(why === null ? [] : [['', why] as const]),
  ];
  return (
    <dl className="facts">
      {facts.map(([title, text]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PriorityProps {
  readonly record: Record;
  readonly isBusy: boolean;
  readonly onSet: (priority: number) => void;
}

const PRIORITY = /^-?\d{1,3}$|^-?1000$/;

function Priority({ record, isBusy, onSet }: PriorityProps): ReactElement {
  const words = useSayings(recordWords);
  const [text, setText] = useState(String(record.priority));
  const isGood = PRIORITY.test(text.trim());
  return (
    <div className="priority">
      <Typed label={words.priority} hint={words.priorityHint} value={text} onChange={setText} maxLength={5} />
      <Button
        isDisabled={isBusy || !isGood || Number(text) === record.priority}
        name={`${words.setPriority}: ${words.priority}`}
        onPress={() => onSet(Number(text))}
      >
        {words.setPriority}
      </Button>
    </div>
  );
}

interface RemoveProps {
  readonly text: string;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

function RemoveDialog({ text, onClose, onRemove }: RemoveProps): ReactElement {
  const words = useSayings(recordWords);
  const frame = useFrameWords();
  return (
    <Dialog title={words.remove} closeName={frame.close} onClose={onClose}>
      <p>{text}</p>
      <div className="page-steps">
        <Button look="end" onPress={onRemove}>
          {words.removeDo}
        </Button>
        <Button onPress={onClose} autoFocus>
          {frame.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
