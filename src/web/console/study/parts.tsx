// Parts of the forms of reports, the ledger, forecasts and replays.

import type { ReactElement, ReactNode } from 'react';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Button } from '../../ui/button.tsx';
import { useGet } from '../data.tsx';
import { useSayings } from '../use-words.tsx';
import { askedPeriod, PERIODS, type PeriodName, type PeriodWish } from './period.ts';
import './study.css';
import { studyWords } from './words.ts';

interface PeriodProps {
  readonly value: PeriodWish;
  readonly onChange: (value: PeriodWish) => void;
}

export function PeriodFields({ value, onChange }: PeriodProps): ReactElement {
  const words = useSayings(studyWords);
  const choices = PERIODS.map((code) => ({ code, label: words.periods[code] }));
  const isFaulty = value.from !== '' && value.to !== '' && askedPeriod(value) === undefined;
  return (
    <>
      <Choice
        label={words.period}
        choices={choices}
        value={value.name}
        placeholder={words.choose}
        onChange={(name) => onChange({ ...value, name: name as PeriodName })}
      />
      {value.name === 'days' && (
        <>
          <Typed label={words.from} type="date" value={value.from} onChange={(from) => onChange({ ...value, from })} />
          <Typed
            label={words.to}
            type="date"
            value={value.to}
            onChange={(to) => onChange({ ...value, to })}
            {...(isFaulty ? { fault: words.badDays } : {})}
          />
        </>
      )}
    </>
  );
}

interface CampaignProps {
  /** Empty: all of them. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What stands for none; absent: there is none. */
  readonly all?: string;
}

const ALL = '*';

export function CampaignField({ value, onChange, all }: CampaignProps): ReactElement {
  const words = useSayings(studyWords);
  const { body = [] } = useGet<readonly { readonly name: string }[]>('/api/campaigns');
  const choices = [
    ...(all === undefined ? [] : [{ code: ALL, label: all }]),
    ...body.map(({ name }) => ({ code: name, label: name })),
  ];
  return (
    <Choice
      label={words.campaign}
      choices={choices}
      value={value === '' ? (all === undefined ? null : ALL) : value}
      placeholder={words.choose}
      onChange={(code) => onChange(code === ALL ? '' : code)}
    />
  );
}

interface StudyFormProps {
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly isReady?: boolean;
  readonly doIt?: string;
  readonly onAsk: () => void;
  readonly onStop: () => void;
  readonly more?: ReactNode;
}

/** The fields of a question, with its button; while it is worked out, one that gives it up. */
export function StudyForm(props: StudyFormProps): ReactElement {
  const words = useSayings(studyWords);
  const { children, isBusy, isReady = true, doIt = words.show, onAsk, onStop, more } = props;
  return (
    <form
      className="study-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) onAsk();
      }}
    >
      {children}
      <div className="page-steps">
        <Button look="main" onPress={onAsk} isBusy={isBusy} isDisabled={!isReady}>
          {doIt}
        </Button>
        {isBusy && (
          <>
            <span role="status" className="soft">
              {words.busy}
            </span>
            <Button look="plain" isSmall onPress={onStop}>
              {words.stop}
            </Button>
          </>
        )}
        {!isBusy && more}
      </div>
    </form>
  );
}
