// One drawn call: heard, and judged by a click or a key.

import { useEffect, type ReactElement } from 'react';
import type { z } from 'zod';
import type { detectionSamples, judgement } from '../../../http/wire/detection.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { dayTime } from '../formats.ts';
import { Player } from '../player.tsx';
import { useSayings } from '../use-words.tsx';
import { sampleWords } from './words.ts';

export type Sample = z.output<typeof detectionSamples>[number];
type Judgement = z.output<typeof judgement>;

const JUDGEMENTS = ['human', 'machine', 'unclear'] as const;

interface ListenProps {
  readonly sample: Sample;
  readonly onJudged: () => void;
  readonly onSkip: (() => void) | undefined;
}

export function Listen({ sample, onJudged, onSkip }: ListenProps): ReactElement {
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
