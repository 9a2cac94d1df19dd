// Why the record would or would not be dialed now: in one sentence, then rule by rule, what forbids it first.

import type { ReactElement } from 'react';
import type { z } from 'zod';
import type { recordExplanation } from '../../../http/wire/explanation.ts';
import { Chip, Note } from '../../ui/signs.tsx';
import { Refused, useGet } from '../data.tsx';
import { dayTime } from '../formats.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { recordWords } from './record-words.ts';

type Explanation = z.output<typeof recordExplanation>;
type Check = Explanation['checks'][number];

export function Explain({ record }: { readonly record: number }): ReactElement {
  const { loading } = useFrameWords();
  const { body, refusal, again } = useGet<readonly Explanation[]>(`/api/records/explain?text=${record}`);
  if (refusal) return <Refused refusal={refusal} onAgain={again} />;
  const found = body?.find((one) => one.record === record);
  if (found === undefined) return <p role="status">{loading}</p>;
  return <Explained explanation={found} />;
}

function Explained({ explanation }: { readonly explanation: Explanation }): ReactElement {
  const words = useSayings(recordWords);
  const { mayDialNow, never, phone, notBeforeAt, agentEngagedFromAt, last, checks, zone } = explanation;
  const when = (at: number): string => `${dayTime(at)}${zone === undefined ? '' : ` (${zoneTime(at, zone)})`}`;
  const forbidding = checks.filter(({ allows }) => !allows);
  const tone = mayDialNow ? 'good' : never ? 'bad' : 'warn';
  return (
    <div className="explain">
      <Note tone={tone} icon={mayDialNow ? 'check' : never ? 'stop' : 'clock'}>
        <p>
          <strong>{mayDialNow ? words.mayNow : never ? words.never : words.notNow}</strong>
          {forbidding.length > 0 && ` – ${words.forbidding(forbidding.length)}`}
        </p>
        {notBeforeAt !== undefined && !mayDialNow && <p>{words.notBefore(when(notBeforeAt))}</p>}
        {agentEngagedFromAt !== undefined && <p>{words.withAgent(when(agentEngagedFromAt))}</p>}
        {phone !== undefined && <p>{words.onPhone(phone)}</p>}
      </Note>
      {last !== undefined && (
        <p className="small">
          <span className="soft">{words.last}:</span> {last}
        </p>
      )}
      <h3>{words.rules}</h3>
      <ol className="checks">
        {[...forbidding, ...checks.filter(({ allows }) => allows)].map((check, place) => (
          <Rule key={place} check={check} when={when} />
        ))}
      </ol>
    </div>
  );
}

function Rule({ check, when }: { readonly check: Check; readonly when: (at: number) => string }): ReactElement {
  const words = useSayings(recordWords);
  const { rule, allows, why, notBeforeAt, citation, phone, inputs = {} } = check;
  const seen = Object.entries(inputs).map(([name, value]) => `${name} ${String(value ?? '–')}`);
  return (
    <li>
      <Chip tone={allows ? 'good' : 'bad'} icon={allows ? 'check' : 'stop'}>
        {allows ? words.allows : words.forbids}
      </Chip>
      <div>
        <p>
          <strong>{rule}</strong>
          {phone !== undefined && <span className="numbers"> {phone}</span>}
        </p>
        <p>{why}</p>
        {notBeforeAt !== undefined && (
          <p className="small">
            <span className="soft">{words.until}:</span> {when(notBeforeAt)}
          </p>
        )}
        {citation !== undefined && (
          <p className="small">
            <span className="soft">{words.law}:</span> {citation}
          </p>
        )}
        {seen.length > 0 && (
          <p className="small soft">
            {words.figures}: {seen.join(', ')}
          </p>
        )}
      </div>
    </li>
  );
}

/** The time of day there, with the zone's name. */
function zoneTime(at: number, timeZone: string): string {
  return `${new Date(at).toLocaleTimeString(undefined, { timeZone, hour: '2-digit', minute: '2-digit' })} ${timeZone}`;
}
