// A stretch of a campaign's pacing taken again, with other policies beside it; and those that decide beside it right now.

import { useMemo, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { ReplayBody } from '../../../http/wire/forecasts.ts';
import type { campaignView } from '../../../http/wire/wire.ts';
import { Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { Refused, useGet } from '../data.tsx';
import { decimal, figure, share } from '../formats.ts';
import { CampaignField, PeriodFields, StudyForm } from '../study/parts.tsx';
import { TODAY, type PeriodWish } from '../study/period.ts';
import { useStudy } from '../study/use-study.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { policiesOf, replayPath } from './wish.ts';
import { replayWords } from './words.ts';

type Campaign = z.output<typeof campaignView>;
type Shadow = NonNullable<Campaign['shadows']>[number];
type Policy = ReplayBody['policies'][number];

export function Replay(): ReactElement {
  const words = useSayings(replayWords);
  const [campaign, setCampaign] = useState('');
  const [period, setPeriod] = useState<PeriodWish>(TODAY);
  const [policies, setPolicies] = useState('progressive ratio:2');
  const study = useStudy<ReplayBody>();
  const isReady = replayPath({ campaign, period, policies }, 0) !== undefined;
  const ask = (): void => {
    const path = replayPath({ campaign, period, policies }, Date.now());
    if (path !== undefined) study.ask(path);
  };
  return (
    <>
      <section className="card" aria-label={words.title}>
        <div className="card-head">
          <h1>{words.title}</h1>
        </div>
        <p className="soft">{words.about}</p>
        <StudyForm isBusy={study.isBusy} isReady={isReady} doIt={words.doIt} onAsk={ask} onStop={study.stop}>
          <CampaignField value={campaign} onChange={setCampaign} />
          <PeriodFields value={period} onChange={setPeriod} />
          <Typed
            label={words.policies}
            value={policies}
            onChange={setPolicies}
            hint={words.policiesHint}
            {...(policiesOf(policies) === undefined ? { fault: words.badPolicies } : {})}
          />
        </StudyForm>
        <Refused refusal={study.refusal} onAgain={ask} />
      </section>
      {campaign !== '' && <Beside campaign={campaign} />}
      {study.body === undefined ? (
        <p className="soft">{study.isBusy ? '' : words.first}</p>
      ) : (
        <Found body={study.body} />
      )}
    </>
  );
}

/** What decides beside the campaign in the running daemon. */
function Beside({ campaign }: { readonly campaign: string }): ReactElement | null {
  const words = useSayings(replayWords);
  const { loading } = useFrameWords();
  const { body } = useGet<Campaign>(`/api/campaigns/${encodeURIComponent(campaign)}`, 5_000);
  const columns = useMemo(
    (): readonly TableColumn<Shadow>[] => [
      { id: 'policy', title: words.policy, cell: ({ policy }) => policy, isRowHeader: true },
      { id: 'decisions', title: words.decisions, cell: ({ decisions }) => figure(decisions), isFigure: true },
      { id: 'more', title: words.more, cell: ({ more }) => share(more, 1), isFigure: true },
      { id: 'fewer', title: words.fewer, cell: ({ fewer }) => share(fewer, 1), isFigure: true },
      { id: 'lines', title: words.meanLines, cell: ({ meanLines }) => decimal(meanLines, 2), isFigure: true },
    ],
    [words],
  );
  if (body === undefined) return null;
  return (
    <section className="card live" aria-label={words.live}>
      <div className="card-head">
        <h2>{words.live}</h2>
      </div>
      {body.shadows === undefined ? (
        <p className="soft">{words.liveNone}</p>
      ) : (
        <Table
          name={words.live}
          columns={columns}
          rows={body.shadows}
          keyOf={({ policy }) => policy}
          empty={words.liveNone}
          loading={loading}
        />
      )}
    </section>
  );
}

function Found({ body }: { readonly body: ReplayBody }): ReactElement {
  const words = useSayings(replayWords);
  const { loading } = useFrameWords();
  const { decisions, differences, events, dialed, cancelled, real, policies } = body;
  const columns = useMemo(() => columnsOf(words), [words]);
  if (decisions === 0)
    return (
      <Note tone="quiet" icon="info">
        {words.nothing}
      </Note>
    );
  const tile = (title: string, value: string, more: string): ReactElement => (
    <div className="study-tile">
      <dt>{title}</dt>
      <dd>
        {value} <small>{more}</small>
      </dd>
    </div>
  );
  return (
    <section className="card" aria-label={words.real}>
      <div className="card-head">
        <h2>{words.real}</h2>
      </div>
      <Note tone={differences === 0 ? 'good' : 'warn'} icon={differences === 0 ? 'check' : 'warning'}>
        {differences === 0 ? words.same(figure(decisions)) : words.differ(figure(differences))}
      </Note>
      <dl className="tiles-row">
        {tile(words.utilisation, share(real.utilisation, 1), '')}
        {tile(words.abandoned, share(real.abandonRate, 2), words.of(figure(real.abandoned), figure(real.liveAnswers)))}
        {tile(words.dialed, figure(dialed), words.cancelled(figure(cancelled)))}
        {tile(words.decisions, figure(decisions), words.events(figure(events)))}
      </dl>
      {policies.length > 1 && (
        <>
          <Table
            name={words.policies}
            columns={columns}
            rows={policies}
            keyOf={({ policy }) => policy}
            empty=""
            loading={loading}
          />
          <p className="study-notes">{words.compare}</p>
        </>
      )}
    </section>
  );
}

function columnsOf(words: (typeof replayWords)['en']): readonly TableColumn<Policy>[] {
  const figureColumn = (id: string, title: string, cell: (row: Policy) => string | undefined): TableColumn<Policy> => ({
    id,
    title,
    isFigure: true,
    cell: (row) => cell(row) ?? '–',
  });
  const between = ([low, high]: readonly [number, number], digits: number): string =>
    words.spread(share(low, digits), share(high, digits));
  return [
    {
      id: 'policy',
      title: words.policy,
      isRowHeader: true,
      cell: ({ policy, advised }) => (advised === undefined ? words.own : policy),
    },
    figureColumn('more', words.more, ({ advised }) => advised && share(advised.more, 1)),
    figureColumn('fewer', words.fewer, ({ advised }) => advised && share(advised.fewer, 1)),
    figureColumn(
      'utilisation',
      words.utilisation,
      ({ score }) => score && `${share(score.utilisation, 1)} (${between(score.utilisationSpread, 1)})`,
    ),
    figureColumn(
      'abandoned',
      words.abandoned,
      ({ score }) => score && `${share(score.abandonRate, 2)} (${between(score.abandonSpread, 2)})`,
    ),
    figureColumn('dials', words.dials, ({ score }) => score && figure(Math.round(score.dials))),
    figureColumn('lines', words.lines, ({ score }) => score && figure(score.peakLines)),
  ];
}
