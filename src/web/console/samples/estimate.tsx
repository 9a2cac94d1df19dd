// How many of the calls that were taken for machines were people, with the interval that the judged sample allows.

import type { ReactElement } from 'react';
import type { z } from 'zod';
import type { detectionReport } from '../../../http/wire/detection.ts';
import { Note } from '../../ui/signs.tsx';
import { figure, share } from '../formats.ts';
import { useSayings } from '../use-words.tsx';
import { sampleWords } from './words.ts';

export type Report = z.output<typeof detectionReport>;

export function Estimate({ report }: { readonly report: Report | undefined }): ReactElement {
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
