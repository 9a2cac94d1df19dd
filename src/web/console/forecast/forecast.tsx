// What to expect of a campaign with so many agents, as `outdial simulate` says it.

import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { defined } from '../../../base/defined.ts';
import type { ForecastBody } from '../../../http/wire/forecasts.ts';
import { Chart, type ChartLine } from '../../ui/chart.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { Refused, type Refusal } from '../data.tsx';
import { decimal, figure, share } from '../formats.ts';
import { CampaignField, StudyForm } from '../study/parts.tsx';
import { useStudy } from '../study/use-study.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { FIRST_WISH, forecastPath, isTeam, type ForecastWish } from './wish.ts';
import { forecastWords } from './words.ts';

type One = ForecastBody['forecasts'][number];
type Spread = One['peakLines'];
type Words = (typeof forecastWords)['en'];

export function Forecast(): ReactElement {
  const words = useSayings(forecastWords);
  const [wish, setWish] = useState<ForecastWish>(FIRST_WISH);
  const study = useStudy<ForecastBody>();
  const path = forecastPath(wish);
  const change = (part: Partial<ForecastWish>): void => setWish({ ...wish, ...part });
  const ask = (): void => {
    if (path !== undefined) study.ask(path);
  };
  const typed = (key: keyof ForecastWish, label: string, hint?: string): ReactElement => (
    <Typed
      label={label}
      value={wish[key]}
      maxLength={20}
      onChange={(value) => change({ [key]: value })}
      {...defined({ hint })}
      {...(key === 'agents' && !isTeam(wish.agents) ? { fault: words.badAgents } : {})}
    />
  );
  return (
    <>
      <section className="card" aria-label={words.title}>
        <div className="card-head">
          <h1>{words.title}</h1>
        </div>
        <p className="soft">{words.about}</p>
        <StudyForm isBusy={study.isBusy} isReady={path !== undefined} doIt={words.doIt} onAsk={ask} onStop={study.stop}>
          <CampaignField value={wish.campaign} onChange={(campaign) => change({ campaign })} all={words.byFigures} />
          {typed('agents', words.agents, words.agentsHint)}
          {typed('target', words.target, words.targetHint)}
          {typed('records', words.records, words.recordsHint)}
          {typed('hours', words.hours)}
          {wish.campaign === '' && (
            <>
              {typed('answerRate', words.answerRate)}
              {typed('talk', words.talk)}
              {typed('wrapUp', words.wrapUp)}
            </>
          )}
        </StudyForm>
        <Refused refusal={inForm(study.refusal, words)} onAgain={ask} />
      </section>
      {study.body === undefined ? (
        <p className="soft">{study.isBusy ? '' : words.first}</p>
      ) : (
        <Found body={study.body} />
      )}
    </>
  );
}

/** What the hint says of the command line, as the form beside it has it. */
function inForm(refusal: Refusal | undefined, words: Words): Refusal | undefined {
  return refusal?.code === 'history-too-short' ? { ...refusal, hint: words.tooShort } : refusal;
}

function Found({ body }: { readonly body: ForecastBody }): ReactElement {
  const words = useSayings(forecastWords);
  const { forecasts, about } = body;
  const [first] = forecasts;
  const isCeiling = forecasts.some(({ linesWereCeiling }) => linesWereCeiling);
  return (
    <section className="card" aria-label={words.table}>
      <div className="card-head">
        <h2 lang="en">{about}</h2>
        {first && <span className="soft">{words.days(figure(first.days))}</span>}
      </div>
      {isCeiling && (
        <Note tone="warn" icon="warning">
          {words.ceiling}
        </Note>
      )}
      {first && forecasts.length === 1 ? <Tiles one={first} /> : <Sweep forecasts={forecasts} />}
    </section>
  );
}

function Tiles({ one }: { readonly one: One }): ReactElement {
  const words = useSayings(forecastWords);
  const between = ({ low, high }: Spread, say: (value: number) => string): string => words.between(say(low), say(high));
  const whole = (value: number): string => figure(Math.round(value));
  const points = (value: number): string => share(value, 1);
  const tile = (title: string, value: ReactNode, more: string): ReactElement => (
    <div className="study-tile">
      <dt>{title}</dt>
      <dd>
        {value} <small>{more}</small>
      </dd>
    </div>
  );
  const { utilisation, abandonRate, waitS, peakLines, conversationsPerHour, hoursToFinish, waits } = one;
  const above = abandonRate.daysAbove === 0 ? words.never : words.above(share(abandonRate.daysAbove));
  return (
    <>
      <dl className="tiles-row">
        {tile(words.utilisation, points(utilisation.mean), between(utilisation, points))}
        {tile(words.abandoned, share(abandonRate.mean, 2), above)}
        {tile(
          words.wait,
          words.seconds(decimal(waitS.p50, 1)),
          `${words.waitMost}: ${words.seconds(decimal(waitS.p90, 1))}`,
        )}
        {tile(words.lines, whole(peakLines.high), between(peakLines, whole))}
        {tile(words.talks, whole(conversationsPerHour.mean), between(conversationsPerHour, whole))}
        {hoursToFinish && tile(words.finish, whole(hoursToFinish.mean), between(hoursToFinish, whole))}
      </dl>
      <div className="charts">
        <Chart
          title={words.waits}
          x={waits.counts.map((_, place) => place)}
          lines={[{ label: words.waits, colour: 'accent', values: waits.counts, isBars: true }]}
          showX={(place) => words.seconds(String(place * waits.stepS))}
          showY={figure}
        />
      </div>
    </>
  );
}

function Sweep({ forecasts }: { readonly forecasts: readonly One[] }): ReactElement {
  const words = useSayings(forecastWords);
  const { loading } = useFrameWords();
  const isOverTargets = new Set(forecasts.map(({ agents }) => agents)).size === 1;
  const columns = useMemo(() => columnsOf(words, isOverTargets), [words, isOverTargets]);
  const x = forecasts.map(({ agents, abandonTarget }) => (isOverTargets ? abandonTarget : agents));
  const showX = (value: number): string => (isOverTargets ? share(value, 1) : figure(value));
  const charts = useMemo(() => chartsOf(words, forecasts), [words, forecasts]);
  return (
    <>
      <div className="charts">
        {charts.map(({ title, lines, showY }) => (
          <Chart key={title} title={title} x={x} lines={lines} showX={showX} showY={showY} />
        ))}
      </div>
      <Table
        name={words.table}
        columns={columns}
        rows={forecasts}
        keyOf={({ agents, abandonTarget }) => `${agents} ${abandonTarget}`}
        empty=""
        loading={loading}
      />
    </>
  );
}

function columnsOf(words: Words, isOverTargets: boolean): readonly TableColumn<One>[] {
  const column = (
    id: string,
    title: string,
    value: (one: One) => number | undefined,
    say: (value: number) => string,
  ): TableColumn<One> => ({
    id,
    title,
    isFigure: true,
    sortBy: (one) => value(one) ?? null,
    cell: (one) => {
      const found = value(one);
      return found === undefined ? '–' : say(found);
    },
  });
  const whole = (value: number): string => figure(Math.round(value));
  const first = isOverTargets
    ? column(
        'target',
        words.target,
        ({ abandonTarget }) => abandonTarget,
        (value) => share(value, 1),
      )
    : column('agents', words.team, ({ agents }) => agents, whole);
  return [
    { ...first, isRowHeader: true },
    column(
      'utilisation',
      words.utilisation,
      ({ utilisation }) => utilisation.mean,
      (value) => share(value, 1),
    ),
    column(
      'abandoned',
      words.columns.abandoned,
      ({ abandonRate }) => abandonRate.mean,
      (value) => share(value, 2),
    ),
    column(
      'wait',
      words.columns.wait,
      ({ waitS }) => waitS.p50,
      (value) => words.seconds(decimal(value, 1)),
    ),
    column('lines', words.columns.lines, ({ peakLines }) => peakLines.high, whole),
    column('talks', words.columns.talks, ({ conversationsPerHour }) => conversationsPerHour.mean, whole),
    column('finish', words.columns.finish, ({ hoursToFinish }) => hoursToFinish?.mean, whole),
  ];
}

interface ChartOf {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly showY: (value: number) => string;
}

function chartsOf(words: Words, forecasts: readonly One[]): readonly ChartOf[] {
  const band = (label: string, colour: ChartLine['colour'], of: (one: One) => Spread): ChartLine => ({
    label,
    colour,
    values: forecasts.map((one) => of(one).mean),
    low: forecasts.map((one) => of(one).low),
    high: forecasts.map((one) => of(one).high),
  });
  const target: ChartLine = {
    label: words.target,
    colour: 'bad',
    isLimit: true,
    values: forecasts.map(({ abandonTarget }) => abandonTarget),
  };
  const points = (value: number): string => share(value);
  return [
    { title: words.utilisation, lines: [band(words.utilisation, 'accent', (one) => one.utilisation)], showY: points },
    {
      title: words.abandoned,
      lines: [band(words.abandoned, 'warn', (one) => one.abandonRate), target],
      showY: (value) => share(value, 1),
    },
    {
      title: words.wait,
      lines: [
        { label: words.waitHalf, colour: 'accent', values: forecasts.map(({ waitS }) => waitS.p50) },
        { label: words.waitMost, colour: 'busy', values: forecasts.map(({ waitS }) => waitS.p90) },
      ],
      showY: (value) => words.seconds(figure(value)),
    },
    { title: words.lines, lines: [band(words.lines, 'good', (one) => one.peakLines)], showY: figure },
  ];
}
