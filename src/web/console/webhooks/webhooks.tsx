// Receivers of events and reports: what waits, what was given up, what went wrong last; sent again and tried out from here.

import { useMemo, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { webhook, webhookTested } from '../../../http/wire/webhooks.ts';
import { say } from '../../agent/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip, Note, type Tone } from '../../ui/signs.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { clockTime, dayTime, figure } from '../formats.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { standingOf, type Standing } from './standing.ts';
import { webhookWords } from './words.ts';

type Receiver = z.output<typeof webhook>;
type Words = (typeof webhookWords)['en'];

const LOOKS = {
  lost: { tone: 'bad', icon: 'warning' },
  rests: { tone: 'warn', icon: 'wait' },
  behind: { tone: 'warn', icon: 'clock' },
  well: { tone: 'good', icon: 'check' },
} as const satisfies Readonly<Record<Standing, { readonly tone: Tone; readonly icon: string }>>;

interface Notice {
  readonly tone: Tone;
  readonly text: string;
}

export function Webhooks(): ReactElement {
  const words = useSayings(webhookWords);
  const { loading } = useFrameWords();
  const { body, refusal, again } = useGet<readonly Receiver[]>('/api/webhooks', 5_000);
  const acting = useAct();
  const [notice, setNotice] = useState<Notice>();
  const { act, isBusy } = acting;
  const columns = useMemo(() => {
    const show = (tone: Tone, text: string): void => {
      setNotice({ tone, text });
      say(text, 'polite');
      again();
    };
    const retry = async (name: string): Promise<void> => {
      const done = await act<{ readonly retried: number }>('POST', `/api/webhooks/${encodeURIComponent(name)}/retry`);
      if (done) show('good', words.retried(figure(done.retried)));
    };
    const test = async (name: string): Promise<void> => {
      const done = await act<z.output<typeof webhookTested>>('POST', `/api/webhooks/${encodeURIComponent(name)}/test`);
      if (!done) return;
      if (done.isTaken) show('good', words.taken(name));
      else show('bad', words.notTaken(name, done.fault ?? words.noReason));
    };
    return columnsOf(words, { isBusy, retry, test });
  }, [words, act, isBusy, again]);
  return (
    <section className="card" aria-label={words.title}>
      <div className="card-head">
        <h1>{words.title}</h1>
      </div>
      <p className="soft">{words.about}</p>
      <Refused refusal={refusal} onAgain={again} />
      <Refused refusal={acting.refusal} onClose={acting.forget} />
      {notice && (
        <Note tone={notice.tone} icon={notice.tone === 'good' ? 'check' : 'warning'}>
          {notice.text}
        </Note>
      )}
      {refusal === undefined && (
        <Table
          name={words.title}
          columns={columns}
          rows={body}
          keyOf={({ name }) => name}
          empty={words.none}
          loading={loading}
          also={[isBusy]}
        />
      )}
    </section>
  );
}

interface Acts {
  readonly isBusy: boolean;
  readonly retry: (name: string) => Promise<void>;
  readonly test: (name: string) => Promise<void>;
}

function columnsOf(words: Words, { isBusy, retry, test }: Acts): readonly TableColumn<Receiver>[] {
  return [
    {
      id: 'name',
      title: words.name,
      isRowHeader: true,
      sortBy: ({ name }) => name,
      cell: ({ name, address, kind, events }) => (
        <>
          <strong>{name}</strong>
          <div className="soft">{address}</div>
          <div className="soft">{kind === 'mail' ? words.mail : events.join(', ')}</div>
        </>
      ),
    },
    { id: 'state', title: words.state, cell: (receiver) => <State receiver={receiver} words={words} /> },
    {
      id: 'waiting',
      title: words.waiting,
      isFigure: true,
      cell: ({ waiting }) => figure(waiting),
      sortBy: ({ waiting }) => waiting,
    },
    { id: 'oldest', title: words.oldest, cell: ({ oldestAt }) => (oldestAt === null ? '–' : dayTime(oldestAt)) },
    {
      id: 'givenUp',
      title: words.givenUp,
      isFigure: true,
      cell: ({ givenUp }) => figure(givenUp),
      sortBy: ({ givenUp }) => givenUp,
    },
    { id: 'sent', title: words.sent, isFigure: true, cell: ({ sent }) => figure(sent), sortBy: ({ sent }) => sent },
    {
      id: 'lastSent',
      title: words.lastSent,
      cell: ({ lastSentAt }) => (lastSentAt === undefined ? '–' : dayTime(lastSentAt)),
    },
    { id: 'fault', title: words.fault, cell: ({ lastFault = '–' }) => <span lang="en">{lastFault}</span> },
    {
      id: 'acts',
      title: words.acts,
      cell: ({ name, givenUp }) => (
        <div className="page-steps">
          {givenUp > 0 && (
            <Button isSmall isBusy={isBusy} onPress={() => void retry(name)} name={`${words.retry}: ${name}`}>
              {words.retry}
            </Button>
          )}
          <Button isSmall isBusy={isBusy} onPress={() => void test(name)} name={`${words.test}: ${name}`}>
            {words.test}
          </Button>
        </div>
      ),
    },
  ];
}

function State({ receiver, words }: { readonly receiver: Receiver; readonly words: Words }): ReactElement {
  const standing = standingOf(receiver, Date.now());
  const { tone, icon } = LOOKS[standing];
  const text = standing === 'rests' ? words.rests(clockTime(receiver.restsUntilAt ?? 0)) : words[standing];
  return (
    <Chip tone={tone} icon={icon}>
      {text}
    </Chip>
  );
}
