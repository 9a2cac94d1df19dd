// The check of the detector by ear: one drawn call after the other is heard and judged; what that says stands beside it.

import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { detectionDrawn } from '../../../http/wire/detection.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Chip } from '../../ui/signs.tsx';
import { Table } from '../../ui/table.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { actor, dayTime } from '../formats.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import '../parts.css';
import './samples.css';
import { Estimate, type Report } from './estimate.tsx';
import { Listen, type Sample } from './listen.tsx';
import { sampleWords } from './words.ts';

const ALL = '*';

export function Samples(): ReactElement {
  const words = useSayings(sampleWords);
  const { loading } = useFrameWords();
  const [campaign, setCampaign] = useState('');
  const { body: campaigns = [] } = useGet<readonly { readonly name: string }[]>('/api/campaigns');
  const query = campaign === '' ? '' : `?campaign=${encodeURIComponent(campaign)}`;
  const samples = useGet<readonly Sample[]>(`/api/detection/samples${query}`);
  const report = useGet<Report>(`/api/detection/report${query}`);
  const [chosen, setChosen] = useState<string>();
  const again = (): void => {
    samples.again();
    report.again();
  };
  const waiting = samples.body?.filter(({ judgement: said }) => said === null) ?? [];
  const current = samples.body?.find(({ attempt }) => attempt === chosen) ?? waiting[0];
  return (
    <>
      <Head
        campaign={campaign}
        campaigns={campaigns}
        onChoose={(code) => {
          setCampaign(code);
          setChosen(undefined);
        }}
        onDrawn={again}
      />
      <div className="sample-columns">
        <section className="card" aria-labelledby="listen-title">
          <div className="card-head">
            <h2 id="listen-title">{words.listen}</h2>
            <Chip tone={waiting.length === 0 ? 'quiet' : 'accent'}>{words.left(waiting.length)}</Chip>
          </div>
          <Refused refusal={samples.refusal} onAgain={samples.again} />
          {samples.body === undefined && samples.refusal === undefined && <p role="status">{loading}</p>}
          {current ? (
            <Listen
              key={current.attempt}
              sample={current}
              onJudged={() => {
                setChosen(undefined);
                again();
              }}
              onSkip={waiting.length > 1 ? () => setChosen(after(waiting, current.attempt)) : undefined}
            />
          ) : (
            samples.body && <p className="soft">{samples.body.length === 0 ? words.empty : words.nothing}</p>
          )}
        </section>
        <Estimate report={report.body} />
      </div>
      <Judged samples={samples.body?.filter(({ judgement: said }) => said !== null)} onOpen={setChosen} />
    </>
  );
}

interface HeadProps {
  /** Empty: all. */
  readonly campaign: string;
  readonly campaigns: readonly { readonly name: string }[];
  readonly onChoose: (campaign: string) => void;
  readonly onDrawn: () => void;
}

function Head({ campaign, campaigns, onChoose, onDrawn }: HeadProps): ReactElement {
  const words = useSayings(sampleWords);
  return (
    <section className="card" aria-labelledby="samples-title">
      <div className="card-head">
        <h1 id="samples-title">{words.title}</h1>
        <div className="sample-campaign">
          <Choice
            label={words.campaign}
            isLabelUnseen
            placeholder=""
            choices={[{ code: ALL, label: words.all }, ...campaigns.map(({ name }) => ({ code: name, label: name }))]}
            value={campaign === '' ? ALL : campaign}
            onChange={(code) => onChoose(code === ALL ? '' : code)}
          />
        </div>
      </div>
      <p className="soft small">{words.hint}</p>
      <Draw campaign={campaign} onDrawn={onDrawn} />
    </section>
  );
}

/** The one behind it, of those that wait. */
function after(waiting: readonly Sample[], attempt: string): string | undefined {
  const place = waiting.findIndex((one) => one.attempt === attempt);
  return waiting[(place + 1) % waiting.length]?.attempt;
}

function Draw({ campaign, onDrawn }: { readonly campaign: string; readonly onDrawn: () => void }): ReactElement {
  const words = useSayings(sampleWords);
  const [size, setSize] = useState('50');
  const [drawn, setDrawn] = useState<number>();
  const { act, isBusy, refusal } = useAct();
  const count = Number(size);
  const draw = async (): Promise<void> => {
    const wish = { size: count, ...(campaign === '' ? {} : { campaign }) };
    const done = await act<z.output<typeof detectionDrawn>>('POST', '/api/detection/samples', wish);
    if (done === undefined) return;
    setDrawn(done.drawn.length);
    onDrawn();
  };
  return (
    <div className="save-row">
      <Typed label={words.size} value={size} maxLength={4} onChange={setSize} />
      <Button isDisabled={isBusy || !/^\d{1,3}$|^1000$/.test(size) || count < 1} onPress={() => void draw()}>
        {words.draw}
      </Button>
      <span className="small soft drawn" role="status">
        {drawn === undefined ? '' : words.drew(drawn)}
      </span>
      <Refused refusal={refusal} />
    </div>
  );
}

interface JudgedProps {
  readonly samples: readonly Sample[] | undefined;
  readonly onOpen: (attempt: string) => void;
}

function Judged({ samples, onOpen }: JudgedProps): ReactElement {
  const words = useSayings(sampleWords);
  const { loading, nothing } = useFrameWords();
  return (
    <section className="card" aria-label={words.judged}>
      <h2>{words.judged}</h2>
      <Table
        name={words.judged}
        rows={samples}
        keyOf={({ attempt }) => attempt}
        empty={nothing}
        loading={loading}
        sorting={{ column: 'when', isDescending: true }}
        columns={[
          {
            id: 'when',
            title: words.when,
            isRowHeader: true,
            isGreatestFirst: true,
            cell: ({ dialedAt }) => dayTime(dialedAt),
            sortBy: ({ dialedAt }) => dialedAt,
          },
          {
            id: 'campaign',
            title: words.campaign,
            cell: ({ campaign }) => campaign,
            sortBy: ({ campaign }) => campaign,
          },
          {
            id: 'said',
            title: words.said,
            sortBy: ({ judgement: said }: Sample) => said,
            cell: ({ judgement: said }) => (said === null ? '–' : words.is[said]),
          },
          { id: 'by', title: words.by, cell: ({ judgedBy }) => (judgedBy === null ? '–' : actor(judgedBy)) },
          {
            id: 'change',
            title: words.listen,
            cell: ({ attempt, dialedAt }) => (
              <Button
                look="plain"
                isSmall
                icon="play"
                name={`${words.change}: ${dayTime(dialedAt)}`}
                onPress={() => onOpen(attempt)}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
