// The import runs, and what came of it.

import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Chip, Note } from '../../ui/signs.tsx';
import { Table } from '../../ui/table.tsx';
import { Refused, useGet } from '../data.tsx';
import { dayTime, figure, share } from '../formats.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { Bar } from './bar.tsx';
import { listImport } from './steps.ts';
import { leftPath, progressOf, type Job, type Wizard } from './wizard.ts';
import { importWords } from './words.ts';

interface StepProps {
  readonly wizard: Wizard;
}

export function RunningStep({ wizard }: StepProps): ReactElement | null {
  const words = useSayings(importWords);
  const { job } = wizard;
  if (!job) return null;
  const title = words.importing(job.list);
  return (
    <div className="import-step">
      <p>{title}</p>
      <Bar name={title} share={progressOf(job)} text={share(progressOf(job))} />
      <Figures job={job} />
      <p className="soft small">{words.notSeen}</p>
      {job.givesWay && (
        <Note tone="quiet" icon="phone">
          {words.givesWay}
        </Note>
      )}
      <div className="page-steps">
        <Button icon="stop" onPress={() => void listImport.stop()}>
          {words.stop}
        </Button>
      </div>
    </div>
  );
}

export function OverStep({ wizard }: StepProps): ReactElement | null {
  const words = useSayings(importWords);
  const { job } = wizard;
  if (!job) return null;
  const { report, error } = job;
  return (
    <div className="import-step">
      {report ? (
        <Note tone="good" icon="check">
          {words.done(job.list)}
        </Note>
      ) : (
        <>
          <Refused refusal={error} />
          <p>{words.stopped}</p>
        </>
      )}
      <Figures job={job} />
      {report?.resumedAfterLine !== undefined && (
        <p className="small">{words.resumed(figure(report.resumedAfterLine))}</p>
      )}
      <Reasons title={words.reasons} reasons={report?.reasons ?? {}} />
      <Reasons title={words.leftOut} reasons={report?.leftOut ?? {}} />
      <Left wizard={wizard} />
      <div className="page-steps">
        {!report && <Button onPress={() => listImport.take({ type: 'back' })}>{words.back}</Button>}
        {job.rejected > 0 && <Button onPress={() => listImport.take({ type: 'corrected' })}>{words.again}</Button>}
        <Button look={report ? 'main' : 'plain'} onPress={() => listImport.take({ type: 'begin-again' })}>
          {words.another}
        </Button>
      </div>
    </div>
  );
}

/** What came out of the file beside its people, to be downloaded. */
function Left({ wizard }: StepProps): ReactElement | null {
  const words = useSayings(importWords);
  const { job } = wizard;
  const allRejected = job?.error?.code === 'import-all-rejected' ? rejectedOf(job.file) : undefined;
  const rejects = leftPath(wizard, job?.report?.rejectedFile ?? allRejected);
  const notes = leftPath(wizard, job?.report?.notesFile);
  if (rejects === undefined && notes === undefined) return null;
  const stem = wizard.name.replace(/\.[^.]*$/, '');
  return (
    <div className="left-files">
      {rejects !== undefined && <Download path={rejects} as={`${stem}.rejected.csv`} title={words.rejects} />}
      {notes !== undefined && <Download path={notes} as={`${stem}.notes.csv`} title={words.notes} />}
      {rejects !== undefined && <p className="soft small">{words.correct}</p>}
    </div>
  );
}

const rejectedOf = (file: string): string => file.replace(/(\.[^./\\]*)?$/, '.rejected.csv');

function Download({
  path,
  as,
  title,
}: {
  readonly path: string;
  readonly as: string;
  readonly title: string;
}): ReactElement {
  return (
    <a className="download" href={path} download={as}>
      <Icon name="down" />
      {title} <span className="soft small">({as})</span>
    </a>
  );
}

function Figures({ job }: { readonly job: Job }): ReactElement {
  const { figures } = useSayings(importWords);
  const names = Object.keys(figures) as (keyof typeof figures)[];
  return (
    <dl className="figures">
      {names.map((name) => (
        <div key={name}>
          <dt>{figures[name]}</dt>
          <dd className="numbers">{figure(job[name])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Reasons({
  title,
  reasons,
}: {
  readonly title: string;
  readonly reasons: Readonly<Record<string, number>>;
}): ReactElement | null {
  const all = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  if (all.length === 0) return null;
  return (
    <div>
      <h2>{title}</h2>
      <ul className="reasons">
        {all.map(([reason, count]) => (
          <li key={reason}>
            <span className="numbers">{figure(count)}</span> <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

const TONES = { running: 'busy', done: 'good', failed: 'bad' } as const;

export function LastImports(): ReactElement {
  const words = useSayings(importWords);
  const { loading } = useFrameWords();
  const { body, refusal } = useGet<readonly Job[]>('/api/imports', 5_000);
  return (
    <section className="card" aria-label={words.last}>
      <h2>{words.last}</h2>
      <Table
        name={words.last}
        rows={body}
        keyOf={({ id }) => id}
        empty={words.none}
        loading={loading}
        {...(refusal ? { fault: <Refused refusal={refusal} /> } : {})}
        columns={[
          { id: 'list', title: words.list, cell: ({ list }) => list, isRowHeader: true },
          {
            id: 'state',
            title: words.state,
            cell: ({ state }) => <Chip tone={TONES[state]}>{words.states[state]}</Chip>,
          },
          { id: 'when', title: words.when, cell: ({ startedAt }) => dayTime(startedAt) },
          { id: 'added', title: words.figures.added, cell: ({ added }) => figure(added), isFigure: true },
          { id: 'merged', title: words.figures.merged, cell: ({ merged }) => figure(merged), isFigure: true },
          { id: 'rejected', title: words.figures.rejected, cell: ({ rejected }) => figure(rejected), isFigure: true },
        ]}
      />
    </section>
  );
}
