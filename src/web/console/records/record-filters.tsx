// What the table of records is filtered by. The rarer filters are folded away while none of them is used.

import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { useGet } from '../data.tsx';
import { goTo, hrefOf } from '../place.ts';
import { useSayings } from '../use-words.tsx';
import { foldedCount, type Asked } from './asked.ts';
import { tableWords } from './table-words.ts';

interface TypedParts {
  readonly text: string;
  readonly condition: string;
}

interface FiltersProps {
  readonly asked: Asked;
  readonly typed: TypedParts;
  readonly onChange: (part: Partial<Asked>) => void;
  readonly onType: (typed: TypedParts) => void;
}

/** The kit has no choice without a code. */
const ALL = '*';

export function RecordFilters({ asked, typed, onChange, onType }: FiltersProps): ReactElement {
  const words = useSayings(tableWords);
  const folded = foldedCount(asked) + (typed.condition === '' ? 0 : 1);
  const [isOpen, setOpen] = useState(folded > 0);
  return (
    <section className="card record-filters" aria-label={words.filters}>
      <div className="card-head">
        <h1>{words.title}</h1>
        <div className="page-steps">
          <Button look="plain" isSmall icon="list" isExpanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {folded === 0 ? words.more : `${words.more}: ${words.inUse(folded)}`}
          </Button>
          <Button
            look="plain"
            isSmall
            icon="cross"
            onPress={() => {
              onType({ text: '', condition: '' });
              goTo(hrefOf('records'));
            }}
          >
            {words.clear}
          </Button>
        </div>
      </div>
      <div className="filter-row">
        <Typed
          label={words.search}
          type="search"
          placeholder={words.searchHint}
          maxLength={200}
          value={typed.text}
          onChange={(text) => onType({ ...typed, text })}
        />
        <Standing asked={asked} onChange={onChange} />
      </div>
      {isOpen && <Folded asked={asked} typed={typed} onChange={onChange} onType={onType} />}
    </section>
  );
}

function Standing({ asked, onChange }: Pick<FiltersProps, 'asked' | 'onChange'>): ReactElement {
  const words = useSayings(tableWords);
  const campaigns = useGet<readonly { readonly name: string }[]>('/api/campaigns');
  const named = (campaigns.body ?? []).map(({ name }) => ({ code: name, label: name }));
  const one = { asked, onChange };
  return (
    <>
      <OneOf label={words.campaign} all={words.allCampaigns} choices={named} of="campaign" {...one} />
      <OneOf label={words.state} all={words.any} choices={entries(words.states)} of="state" {...one} />
      <OneOf label={words.result} all={words.any} choices={entries(words.results)} of="result" {...one} />
    </>
  );
}

function Folded({ asked, typed, onChange, onType }: FiltersProps): ReactElement {
  const words = useSayings(tableWords);
  const lists = useGet<readonly { readonly name: string }[]>('/api/lists');
  const named = (lists.body ?? []).map(({ name }) => ({ code: name, label: name }));
  return (
    <>
      <div className="filter-row">
        <Resting label={words.disposition} maxLength={64} asked={asked} of="disposition" onChange={onChange} />
        <Resting label={words.agent} maxLength={10} asked={asked} of="agent" onChange={onChange} />
        <OneOf label={words.list} all={words.any} choices={named} asked={asked} of="list" onChange={onChange} />
        <Resting label={words.from} type="date" maxLength={10} asked={asked} of="from" onChange={onChange} />
        <Resting label={words.to} type="date" maxLength={10} asked={asked} of="to" onChange={onChange} />
      </div>
      <Typed
        label={words.condition}
        hint={words.conditionHint}
        value={typed.condition}
        onChange={(condition) => onType({ ...typed, condition })}
      />
    </>
  );
}

interface RestingProps {
  readonly label: string;
  readonly type?: 'date';
  readonly maxLength: number;
  readonly asked: Asked;
  readonly of: 'disposition' | 'agent' | 'from' | 'to';
  readonly onChange: (part: Partial<Asked>) => void;
}

const REST_MS = 500;

/** Goes into the address, and so into the browser's history, when the typing rests. */
function Resting({ label, type, maxLength, asked, of, onChange }: RestingProps): ReactElement {
  const now = asked[of];
  const [text, setText] = useState(now);
  useEffect(() => setText(now), [now]);
  useEffect(() => {
    if (text.trim() === now) return;
    const timer = setTimeout(() => onChange({ [of]: text.trim() }), REST_MS);
    return () => clearTimeout(timer);
  });
  return <Typed label={label} maxLength={maxLength} value={text} onChange={setText} {...(type ? { type } : {})} />;
}

interface OneOfProps {
  readonly label: string;
  readonly all: string;
  readonly choices: readonly { readonly code: string; readonly label: string }[];
  readonly asked: Asked;
  readonly of: 'campaign' | 'state' | 'result' | 'list';
  readonly onChange: (part: Partial<Asked>) => void;
}

function OneOf({ label, all, choices, asked, of, onChange }: OneOfProps): ReactElement {
  const chosen = asked[of];
  const known =
    chosen === '' || choices.some(({ code }) => code === chosen)
      ? choices
      : [...choices, { code: chosen, label: chosen }];
  return (
    <Choice
      label={label}
      placeholder={all}
      choices={[{ code: ALL, label: all }, ...known]}
      value={chosen === '' ? ALL : chosen}
      onChange={(code) => onChange({ [of]: code === ALL ? '' : code })}
    />
  );
}

const entries = (words: Readonly<Record<string, string>>): OneOfProps['choices'] =>
  Object.entries(words).map(([code, label]) => ({ code, label }));
