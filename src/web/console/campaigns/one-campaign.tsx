// One campaign: how it stands and why, its records, what may be abandoned, the steps of its life, and its file.

import type { ReactElement } from 'react';
import type { z } from 'zod';
import type { campaignProgress } from '../../../http/wire/progress.ts';
import type { campaignDetails, campaignStep } from '../../../http/wire/wire.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { Chip } from '../../ui/signs.tsx';
import { Refused, useGet } from '../data.tsx';
import { actor, clockTime, dayTime, decimal, figure, roughSpan, share } from '../formats.ts';
import type { BoardCampaign, BoardView } from '../live/board.ts';
import { useMe } from '../me.tsx';
import { hrefOf } from '../place.ts';
import { LimitList } from '../board/trunks.tsx';
import { tableWords } from '../records/table-words.ts';
import { CampaignChip } from '../shared/signs.tsx';
import { stateWords } from '../shared/words.ts';
import { useFrameWords, useReasons, useSayings } from '../use-words.tsx';
import { Acts } from './acts.tsx';
import { CampaignFile } from './campaign-file.tsx';
import { campaignWords } from './words.ts';

const EVERY_MS = 5_000;
const RECORDS_EVERY_MS = 15_000;

interface OneProps {
  readonly campaign: BoardCampaign;
  readonly view: BoardView;
}

export function OneCampaign({ campaign, view }: OneProps): ReactElement {
  const words = useSayings(campaignWords);
  const states = useSayings(stateWords);
  const me = useMe();
  const { name, state, mode, description } = campaign;
  const overview = <Overview campaign={campaign} view={view} />;
  return (
    <div className="one-campaign live">
      <p className="small">
        <a href={hrefOf('campaigns')}>{words.all}</a>
      </p>
      <div className="page-bar">
        <div>
          <h1>
            {name} <CampaignChip state={state} />
          </h1>
          <p className="soft">
            {states.mode[mode]}. {description}
          </p>
        </div>
        {me.may('campaigns') && <Acts campaign={campaign} />}
      </div>
      {me.may('campaigns') ? (
        <Tabs
          name={name}
          tabs={[
            { id: 'overview', label: words.overview, content: overview },
            { id: 'file', label: words.file, content: <CampaignFile name={name} /> },
          ]}
        />
      ) : (
        overview
      )}
    </div>
  );
}

function Overview({ campaign, view }: OneProps): ReactElement {
  const words = useSayings(campaignWords);
  const limits = view.budgets.find((one) => one.campaign === campaign.name)?.limits ?? [];
  return (
    <div className="overview">
      <Now campaign={campaign} />
      <Records name={campaign.name} />
      <section className="card" aria-labelledby="limits">
        <h2 id="limits">{words.limits}</h2>
        <LimitList limits={limits} />
      </section>
      <Results campaign={campaign} />
      <Decisions name={campaign.name} />
      <History name={campaign.name} />
    </div>
  );
}

function Now({ campaign }: Pick<OneProps, 'campaign'>): ReactElement {
  const words = useSayings(campaignWords);
  const reasons = useReasons();
  const { dialing, why, reason, opening, pacing } = campaign;
  return (
    <section className="card" aria-labelledby="now">
      <h2 id="now">
        {words.now}{' '}
        <Chip tone={dialing ? 'good' : 'quiet'} icon={dialing ? 'phone' : 'pause'}>
          {dialing ? words.dials : words.doesNotDial}
        </Chip>
      </h2>
      <p>{reasons.reason(reason)}</p>
      {pacing !== undefined && pacing.reason !== why && <p>{pacing.reason}</p>}
      <p className="soft small">{reasons.hours(opening)}</p>
    </section>
  );
}

function Records({ name }: { readonly name: string }): ReactElement {
  const words = useSayings(campaignWords);
  const { loading } = useFrameWords();
  const path = `/api/campaigns/${encodeURIComponent(name)}/statistics`;
  const { body, refusal, again } = useGet<z.output<typeof campaignProgress>>(path, RECORDS_EVERY_MS);
  const counts = body && [
    [words.waiting, body.waiting],
    [words.scheduled, body.scheduled],
    [words.dialing, body.dialing],
    [words.processed, body.processed],
    [words.blocked, body.blocked],
    [words.total, body.total],
    [words.reached, body.reached],
  ];
  return (
    <section className="card" aria-labelledby="records">
      <h2 id="records">{words.records}</h2>
      <Refused refusal={refusal} onAgain={again} />
      {!counts && refusal === undefined && <p role="status">{loading}</p>}
      <dl className="counts">
        {(counts ?? []).map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numbers">{typeof count === 'number' ? figure(count) : count}</dd>
          </div>
        ))}
      </dl>
      {typeof body?.timeToFinishMs === 'number' && body.timeToFinishMs > 0 && (
        <p className="small">{words.left(roughSpan(body.timeToFinishMs))}</p>
      )}
      <ul className="small soft">
        {(body?.waits ?? []).slice(0, 4).map(({ count, why }) => (
          <li key={why}>
            {figure(count)}: {why}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ campaign }: Pick<OneProps, 'campaign'>): ReactElement {
  const words = useSayings(campaignWords);
  const { results } = useSayings(tableWords);
  const { attempts, liveAnswers, utilisation, answerDelayMs, waited } = campaign.today;
  const isKnown = answerDelayMs.count > 0;
  const figures = [
    [words.pickedUp, attempts === 0 ? '–' : share(liveAnswers / attempts, 1)],
    [words.utilisation, share(utilisation)],
    [words.toAgent, isKnown ? delay(answerDelayMs.p50) : '–'],
    [words.toAgentMost, isKnown ? delay(answerDelayMs.p99) : '–'],
    ...(waited.count === 0 ? [] : [[words.waited(delay(waited.maxMs)), figure(waited.count)] as const]),
  ] as const;
  const all = Object.entries(campaign.today.byResult).toSorted(([, one], [, other]) => other - one);
  return (
    <section className="card" aria-labelledby="results">
      <h2 id="results">{words.results}</h2>
      <dl className="counts">
        {all.map(([result, count]) => (
          <div key={result}>
            <dt>{results[result as keyof typeof results]}</dt>
            <dd className="numbers">{figure(count)}</dd>
          </div>
        ))}
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="numbers">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What a person wrote, or the daemon found; a step that was just asked for has said it already. */
const isOwnReason = (reason: string): boolean => reason !== '' && !/^asked for: \w+$/.test(reason);

/** Milliseconds while they are few: most people are with an agent at once. */
const delay = (ms: number): string =>
  ms < 1_000 ? `${decimal(ms, ms < 10 ? 1 : 0)} ms` : `${decimal(ms / 1_000, 1)} s`;

function Decisions({ name }: { readonly name: string }): ReactElement {
  const words = useSayings(campaignWords);
  const path = `/api/campaigns/${encodeURIComponent(name)}`;
  const { body } = useGet<z.output<typeof campaignDetails>>(path, EVERY_MS);
  const decisions = (body?.decisions ?? []).toReversed().slice(0, 8);
  return (
    <section className="card" aria-labelledby="decisions">
      <h2 id="decisions">{words.decisions}</h2>
      {decisions.length === 0 && <p className="soft small">{words.noDecisions}</p>}
      <ol className="decisions-list small">
        {decisions.map(({ at, reason }) => (
          <li key={at}>
            <span className="numbers soft">{clockTime(at)}</span> {reason}
          </li>
        ))}
      </ol>
    </section>
  );
}

function History({ name }: { readonly name: string }): ReactElement {
  const words = useSayings(campaignWords);
  const states = useSayings(stateWords);
  const path = `/api/campaigns/${encodeURIComponent(name)}/history`;
  const { body } = useGet<readonly z.output<typeof campaignStep>[]>(path, RECORDS_EVERY_MS);
  return (
    <section className="card" aria-labelledby="history">
      <h2 id="history">{words.history}</h2>
      <ol className="decisions-list small">
        {(body ?? []).slice(0, 8).map(({ at, to, by, reason }) => (
          <li key={`${at} ${to}`}>
            <span className="numbers soft">{dayTime(at)}</span> {states.campaign[to]} {words.by(actor(by))}
            {isOwnReason(reason) && `: ${reason}`}
          </li>
        ))}
      </ol>
    </section>
  );
}
