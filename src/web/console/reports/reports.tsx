// Reports by period: choose, read, take along as CSV or on paper.

import { useState, type ReactElement } from 'react';
import type { ReportTableBody } from '../../../http/wire/report-tables.ts';
import { Choice } from '../../ui/fields.tsx';
import { Refused } from '../data.tsx';
import { dayTime } from '../formats.ts';
import { useMe } from '../me.tsx';
import { CampaignField, PeriodFields, StudyForm } from '../study/parts.tsx';
import { askedPeriod, ownZone, spanOf, TODAY, type PeriodWish } from '../study/period.ts';
import { ReportView } from '../study/report-view.tsx';
import { useStudy } from '../study/use-study.tsx';
import { studyWords } from '../study/words.ts';
import { useSayings } from '../use-words.tsx';
import { columnTitles, reportWords } from './words.ts';

const REPORTS = ['campaigns', 'agents', 'dispositions', 'answers', 'callbacks', 'trunks', 'caller-ids'] as const;
type ReportName = (typeof REPORTS)[number];
const STEPS = ['whole', 'day', 'week', 'month'] as const;
type Step = (typeof STEPS)[number];

interface Wish {
  readonly report: ReportName;
  readonly period: PeriodWish;
  readonly by: Step;
  readonly campaign: string;
}

/** Undefined: the wish is not whole. */
function pathOf({ report, period, by, campaign }: Wish, format: 'json' | 'csv' | 'html'): string | undefined {
  const times = askedPeriod(period);
  if (!times) return undefined;
  const query = new URLSearchParams({ ...times, zone: ownZone(), format });
  if (by !== 'whole') query.set('by', by);
  if (campaign !== '') query.set('campaign', campaign);
  return `/api/reports/tables/${report}?${query.toString()}`;
}

export function Reports(): ReactElement {
  const words = useSayings(reportWords);
  const shared = useSayings(studyWords);
  const me = useMe();
  const [wish, setWish] = useState<Wish>({ report: 'campaigns', period: TODAY, by: 'whole', campaign: '' });
  const [shown, setShown] = useState<Wish>();
  const study = useStudy<ReportTableBody>();
  const path = pathOf(wish, 'json');
  const change = (part: Partial<Wish>): void => setWish({ ...wish, ...part });
  const ask = (): void => {
    if (path === undefined) return;
    setShown(wish);
    study.ask(path);
  };
  return (
    <>
      <section className="card" aria-label={words.title}>
        <div className="card-head">
          <h1>{words.title}</h1>
        </div>
        <StudyForm
          isBusy={study.isBusy}
          isReady={path !== undefined}
          onAsk={ask}
          onStop={study.stop}
          more={
            <>
              {shown && study.body && <Takeaway csv={pathOf(shown, 'csv')} html={pathOf(shown, 'html')} />}
              {me.may('exports') && <OneByOne wish={wish} />}
            </>
          }
        >
          <ReportFields wish={wish} onChange={change} />
        </StudyForm>
        <Refused refusal={study.refusal} onAgain={ask} />
      </section>
      <section className="card" aria-label={words.report}>
        {study.body === undefined ? (
          <p className="soft">{study.isBusy ? shared.busy : words.first}</p>
        ) : (
          <Made body={study.body} />
        )}
      </section>
    </>
  );
}

interface FieldsProps {
  readonly wish: Wish;
  readonly onChange: (part: Partial<Wish>) => void;
}

function ReportFields({ wish, onChange }: FieldsProps): ReactElement {
  const words = useSayings(reportWords);
  const shared = useSayings(studyWords);
  return (
    <>
      <Choice
        label={words.report}
        choices={REPORTS.map((code) => ({ code, label: words.reports[code] }))}
        value={wish.report}
        placeholder={shared.choose}
        onChange={(report) => onChange({ report: report as ReportName })}
      />
      <PeriodFields value={wish.period} onChange={(period) => onChange({ period })} />
      <Choice
        label={words.by}
        choices={STEPS.map((code) => ({ code, label: words.steps[code] }))}
        value={wish.by}
        placeholder={shared.choose}
        onChange={(by) => onChange({ by: by as Step })}
      />
      <CampaignField value={wish.campaign} onChange={(campaign) => onChange({ campaign })} all={shared.allCampaigns} />
    </>
  );
}

function Made({ body }: { readonly body: ReportTableBody }): ReactElement {
  const words = useSayings(reportWords);
  const shared = useSayings(studyWords);
  const titles = useSayings(columnTitles);
  const name = words.reports[body.report as ReportName];
  return (
    <>
      <div className="card-head">
        <h2>{name}</h2>
        <span className="soft">{shared.made(dayTime(body.madeAt))}</span>
      </div>
      <ReportView table={body} name={name} titles={titles} />
      <div className="study-notes">
        {body.notes.map((note) => (
          <p key={note} lang="en">
            {note}
          </p>
        ))}
      </div>
    </>
  );
}

/** Every attempt of the period, as a file: written while it is read, however many there are. */
function OneByOne({ wish: { period, campaign } }: { readonly wish: Wish }): ReactElement | null {
  const words = useSayings(reportWords);
  const span = spanOf(period, Date.now());
  if (span === undefined) return null;
  const query = new URLSearchParams({ from: String(span.from), to: String(span.to) });
  if (campaign !== '') query.set('campaign', campaign);
  return (
    <a className="link-button" href={`/api/export/attempts?${query.toString()}`} download>
      {words.oneByOne}
    </a>
  );
}

/** The same on a spreadsheet and on paper. */
export function Takeaway({
  csv,
  html,
}: {
  readonly csv: string | undefined;
  readonly html: string | undefined;
}): ReactElement {
  const shared = useSayings(studyWords);
  return (
    <>
      {csv !== undefined && (
        <a className="link-button" href={csv} download>
          {shared.csv}
        </a>
      )}
      {html !== undefined && (
        <a className="link-button" href={html} target="_blank" rel="noreferrer">
          {shared.print}
        </a>
      )}
    </>
  );
}
