// The abandonment ledger: what is left of each campaign's tightest window now, and every day by each law's own definition.

import { useMemo, useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { ReportTableBody } from '../../../http/wire/report-tables.ts';
import type { campaignView } from '../../../http/wire/wire.ts';
import { Chart, type ChartLine } from '../../ui/chart.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused, useGet } from '../data.tsx';
import { dayTime, figure, share } from '../formats.ts';
import { Takeaway } from '../reports/reports.tsx';
import { columnTitles } from '../reports/words.ts';
import { CampaignField, PeriodFields, StudyForm } from '../study/parts.tsx';
import { askedPeriod, ownZone, type PeriodWish } from '../study/period.ts';
import { ReportView } from '../study/report-view.tsx';
import { useStudy } from '../study/use-study.tsx';
import { studyWords } from '../study/words.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { budgetOf } from './budget.ts';
import { ledgerWords } from './words.ts';

type Campaign = z.output<typeof campaignView>;

interface Wish {
  readonly period: PeriodWish;
  readonly campaign: string;
}

function pathOf({ period, campaign }: Wish, format: 'json' | 'csv' | 'html'): string | undefined {
  const times = askedPeriod(period);
  if (!times) return undefined;
  const query = new URLSearchParams({ ...times, zone: ownZone(), format });
  if (campaign !== '') query.set('campaign', campaign);
  return `/api/reports/tables/ledger?${query.toString()}`;
}

/** Stands under the table once, and not in every row. */
const HIDDEN = ['definition', 'detectorError', 'zone', 'windowEndsAt'];

export function Ledger(): ReactElement {
  const words = useSayings(ledgerWords);
  const shared = useSayings(studyWords);
  const titles = useSayings(columnTitles);
  const [wish, setWish] = useState<Wish>({ period: { name: 'this-month', from: '', to: '' }, campaign: '' });
  const [shown, setShown] = useState<Wish>();
  const study = useStudy<ReportTableBody>();
  const path = pathOf(wish, 'json');
  const ask = (): void => {
    if (path === undefined) return;
    setShown(wish);
    study.ask(path);
  };
  return (
    <>
      <Budgets />
      <section className="card" aria-label={words.title}>
        <div className="card-head">
          <h2>{words.title}</h2>
        </div>
        <p className="soft">{words.about}</p>
        <StudyForm
          isBusy={study.isBusy}
          isReady={path !== undefined}
          onAsk={ask}
          onStop={study.stop}
          more={shown && study.body && <Takeaway csv={pathOf(shown, 'csv')} html={pathOf(shown, 'html')} />}
        >
          <PeriodFields value={wish.period} onChange={(period) => setWish({ ...wish, period })} />
          <CampaignField
            value={wish.campaign}
            onChange={(campaign) => setWish({ ...wish, campaign })}
            all={shared.allCampaigns}
          />
        </StudyForm>
        <Refused refusal={study.refusal} onAgain={ask} />
        {study.body === undefined ? (
          <p className="soft">{study.isBusy ? shared.busy : words.first}</p>
        ) : (
          <>
            <Kept table={study.body} />
            <Missing table={study.body} />
            <Courses table={study.body} />
            <ReportView table={study.body} name={words.title} titles={titles} hidden={HIDDEN} />
            <div className="study-notes">
              <h3>{shared.howCounted}</h3>
              {study.body.notes.map((note) => (
                <p key={note} lang="en">
                  {note}
                </p>
              ))}
            </div>
          </>
        )}
      </section>
    </>
  );
}

function Budgets(): ReactElement {
  const words = useSayings(ledgerWords);
  const { loading } = useFrameWords();
  const { body, refusal, again } = useGet<readonly Campaign[]>('/api/campaigns', 10_000);
  const known = body?.flatMap(({ name, window }) => (window === undefined ? [] : [{ name, window }]));
  return (
    <section className="card live" aria-label={words.now}>
      <div className="card-head">
        <h1>{words.now}</h1>
      </div>
      <Refused refusal={refusal} onAgain={again} />
      {known === undefined && refusal === undefined && <p role="status">{loading}</p>}
      {known?.length === 0 && <p className="soft">{words.noWindow}</p>}
      <dl className="tiles-row">
        {known?.map(({ name, window }) => (
          <BudgetTile key={name} name={name} window={window} />
        ))}
      </dl>
    </section>
  );
}

function BudgetTile({
  name,
  window,
}: {
  readonly name: string;
  readonly window: NonNullable<Campaign['window']>;
}): ReactElement {
  const words = useSayings(ledgerWords);
  const { left, used, look } = budgetOf(window);
  const isEmpty = window.liveAnswers === 0 && window.abandoned === 0;
  const sentence = isEmpty
    ? words.noAnswers
    : left > 0
      ? words.left(figure(left))
      : left === 0
        ? words.none
        : words.over(figure(-left));
  const rounded = (count: number): string => figure(Math.round(count * 10) / 10);
  return (
    <div className="study-tile">
      <dt>{name}</dt>
      <dd>
        {sentence}
        <span className={`budget-bar ${look}`} aria-hidden="true">
          <span style={{ width: `${Math.round(used * 100)}%` }} />
        </span>
        <small>
          {words.of(rounded(window.abandoned), rounded(window.liveAnswers))}, {words.limit(share(window.target, 1))}
        </small>
        <small>
          {window.name === 'campaign' ? words.own : window.name},{' '}
          {window.endsAt === undefined ? words.any : words.until(dayTime(window.endsAt))}
        </small>
      </dd>
    </div>
  );
}

function Kept({ table }: { readonly table: ReportTableBody }): ReactElement | null {
  const words = useSayings(ledgerWords);
  if (table.rows.length === 0) return null;
  const broken = table.rows.filter((row) => row['isKept'] === false).length;
  return broken === 0 ? (
    <Note tone="good" icon="check">
      {words.allKept(figure(table.rows.length))}
    </Note>
  ) : (
    <Note tone="bad" icon="warning">
      {words.broken(figure(broken))}
    </Note>
  );
}

/** Campaigns that dialed and that the ledger cannot count: said by the daemon. */
function Missing({ table }: { readonly table: ReportTableBody }): ReactElement | null {
  const { missing = [] } = table;
  if (missing.length === 0) return null;
  return (
    <Note tone="warn" icon="warning">
      {missing.map((sentence) => (
        <p key={sentence} lang="en">
          {sentence}
        </p>
      ))}
    </Note>
  );
}

/** So many courses are drawn; all of them stand in the table. */
const MOST_COURSES = 6;

function Courses({ table }: { readonly table: ReportTableBody }): ReactElement {
  const words = useSayings(ledgerWords);
  const courses = useMemo(() => coursesOf(table, words), [table, words]);
  return (
    <div className="charts">
      {courses.map(({ title, days, lines }) => (
        <Chart
          key={title}
          title={title}
          x={days.map((_, place) => place)}
          lines={lines}
          showX={(place) => days[place]?.slice(5) ?? ''}
          showY={(rate) => share(rate, 1)}
        />
      ))}
    </div>
  );
}

function coursesOf(
  { rows }: ReportTableBody,
  words: (typeof ledgerWords)['en'],
): readonly { readonly title: string; readonly days: readonly string[]; readonly lines: readonly ChartLine[] }[] {
  const groups = new Map<string, ReportTableBody['rows'][number][]>();
  for (const row of rows) {
    const key = `${String(row['campaign'])}, ${String(row['rule'])}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const numbers = (of: readonly ReportTableBody['rows'][number][], key: string): readonly number[] =>
    of.map((row) => Number(row[key] ?? 0));
  return [...groups]
    .filter(([, days]) => days.length > 1)
    .slice(0, MOST_COURSES)
    .map(([name, days]) => ({
      title: words.course(name),
      days: days.map((row) => String(row['day'])),
      lines: [
        { label: words.rate, colour: 'accent', values: numbers(days, 'rate'), isBars: true },
        { label: words.limitLine, colour: 'bad', values: numbers(days, 'limit'), isLimit: true },
      ],
    }));
}
