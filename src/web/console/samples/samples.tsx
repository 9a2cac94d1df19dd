// The check of the detector by ear: one drawn call after the other is heard and judged; what that says stands beside it.

import { useEffect, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { detectionDrawn, detectionReport, detectionSamples, judgement } from '../../../http/wire/detection.ts';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Chip, Note } from '../../ui/signs.tsx';
import { Table } from '../../ui/table.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { actor, dayTime, figure, share } from '../formats.ts';
import { Player } from '../player.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import '../parts.css';
import './samples.css';
import { sampleWords } from './words.ts';

type Sample = z.output<typeof detectionSamples>[number];
type Judgement = z.output<typeof judgement>;
type Report = z.output<typeof detectionReport>;

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

const JUDGEMENTS = ['human', 'machine', 'unclear'] as const;

interface ListenProps {
  readonly sample: Sample;
  readonly onJudged: () => void;
  readonly onSkip: (() => void) | undefined;
}

function Listen({ sample, onJudged, onSkip }: ListenProps): ReactElement {
  const words = useSayings(sampleWords);
  const { attempt, campaign, dialedAt, verdictCause } = sample;
  const { act, isBusy, refusal } = useAct();
  const judge = async (is: Judgement): Promise<void> => {
    const path = `/api/detection/samples/${encodeURIComponent(attempt)}`;
    if ((await act('POST', path, { is })) !== undefined) onJudged();
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.altKey || event.metaKey) return;
      const is = JUDGEMENTS[Number(event.key) - 1];
      if (is !== undefined) void judge(is);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  const when = dayTime(dialedAt);
  return (
    <div className="listen">
      <p>
        <strong>{words.of(campaign, when)}</strong>
      </p>
      {verdictCause !== null && <p className="small soft">{words.why(verdictCause)}</p>}
      <Sound attempt={attempt} when={when} />
      <div className="page-steps">
        {JUDGEMENTS.map((is, place) => (
          <Button
            key={is}
            isDisabled={isBusy}
            chord={String(place + 1)}
            {...(sample.judgement === is ? { isPressed: true } : {})}
            onPress={() => void judge(is)}
          >
            {words.is[is]}
          </Button>
        ))}
        {onSkip && (
          <Button look="plain" onPress={onSkip}>
            {words.skip}
          </Button>
        )}
      </div>
      <p className="small soft">{words.keys}</p>
      <Refused refusal={refusal} />
    </div>
  );
}

/** What was recorded of it: the first seconds, where they were; else the conversation. */
function Sound({ attempt, when }: { readonly attempt: string; readonly when: string }): ReactElement {
  const words = useSayings(sampleWords);
  const path = `/api/recordings/${encodeURIComponent(attempt)}`;
  const { body, refusal } = useGet<readonly { readonly kind: string; readonly deletedAt: number | null }[]>(path);
  const there = body?.filter(({ deletedAt }) => deletedAt === null) ?? [];
  const kind = there.find((one) => one.kind === 'greeting')?.kind ?? there[0]?.kind;
  if (kind !== undefined) return <Player attempt={attempt} kind={kind} name={words.sound(when)} gone={words.gone} />;
  if (body === undefined && refusal === undefined) return <p role="status">…</p>;
  return (
    <Note tone="quiet" icon="info">
      {words.gone}
    </Note>
  );
}

function Estimate({ report }: { readonly report: Report | undefined }): ReactElement {
  const words = useSayings(sampleWords);
  const { estimate, machines = 0, isCounted = false } = report ?? {};
  return (
    <section className="card" aria-labelledby="estimate-title">
      <h2 id="estimate-title">{words.estimate}</h2>
      {estimate ? (
        <>
          <p className="estimate numbers">{share(estimate.share, 1)}</p>
          <Interval low={estimate.low} share={estimate.share} high={estimate.high} />
          <p className="small">{words.between(share(estimate.low, 1), share(estimate.high, 1))}</p>
          <p className="small">{words.people(figure(Math.round(estimate.people)), figure(machines))}</p>
        </>
      ) : (
        <p className="soft">{words.noEstimate}</p>
      )}
      <Note tone={isCounted ? 'good' : 'quiet'} icon={isCounted ? 'check' : 'info'}>
        {isCounted ? words.counted : words.notCounted(estimate?.judged ?? 0)}
      </Note>
    </section>
  );
}

/** On a line that ends at the next whole tenth behind the interval. */
function Interval({
  low,
  share: mid,
  high,
}: {
  readonly low: number;
  readonly share: number;
  readonly high: number;
}): ReactElement {
  const end = Math.min(1, Math.max(0.1, Math.ceil(high * 10) / 10));
  const x = (rate: number): number => (200 * rate) / end;
  return (
    <svg className="interval" viewBox="0 0 200 24" preserveAspectRatio="xMinYMid" aria-hidden="true">
      <line x1="0" y1="12" x2="200" y2="12" className="line" />
      <line x1={x(low)} y1="12" x2={x(high)} y2="12" className="between" />
      <circle cx={x(mid)} cy="12" r="5" className="mid" />
    </svg>
  );
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
