// A filter in rows: each a field, a comparison and a value, with how many people fit it alone.

import type { ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { figure } from '../formats.ts';
import { useSayings } from '../use-words.tsx';
import { celOfClause, COMPARISONS, NAME, type Clause, type Comparison, type Field, type Rows } from './clauses.ts';
import { useCount } from './use-count.tsx';
import { filterWords } from './words.ts';

interface RowsProps {
  readonly rows: Rows;
  readonly fields: readonly Field[];
  readonly list: string;
  readonly onChange: (rows: Rows) => void;
}

export function RowsForm({ rows, fields, list, onChange }: RowsProps): ReactElement {
  const words = useSayings(filterWords);
  const { joined, clauses } = rows;
  return (
    <div className="clauses">
      <Choice
        label={words.joined}
        placeholder=""
        choices={[
          { code: 'all', label: words.all },
          { code: 'any', label: words.any },
        ]}
        value={joined}
        onChange={(code) => onChange({ ...rows, joined: code === 'any' ? 'any' : 'all' })}
      />
      {clauses.map((clause, place) => (
        <ClauseRow
          key={place}
          place={place}
          clause={clause}
          fields={fields}
          list={list}
          onChange={(to) => onChange({ ...rows, clauses: clauses.map((one, at) => (at === place ? to : one)) })}
          onRemove={
            clauses.length > 1
              ? () => onChange({ ...rows, clauses: clauses.filter((_, at) => at !== place) })
              : undefined
          }
        />
      ))}
      <Button isSmall onPress={() => onChange({ ...rows, clauses: [...clauses, { field: '', by: '==', value: '' }] })}>
        {words.add}
      </Button>
    </div>
  );
}

interface ClauseProps {
  readonly place: number;
  readonly clause: Clause;
  readonly fields: readonly Field[];
  readonly list: string;
  readonly onChange: (clause: Clause) => void;
  readonly onRemove: (() => void) | undefined;
}

function ClauseRow({ place, clause, fields, list, onChange, onRemove }: ClauseProps): ReactElement {
  const words = useSayings(filterWords);
  const row = words.row(place + 1);
  const known = fields.find(({ field }) => field === clause.field);
  const named = [
    { code: NAME, label: words.contactName },
    ...fields.map(({ field }) => ({ code: field, label: field })),
  ];
  const isThere = clause.field === '' || named.some(({ code }) => code === clause.field);
  const { count, isCounting } = useCount(clause.field === '' ? '' : celOfClause(clause, fields), list);
  return (
    <div className="clause" role="group" aria-label={row}>
      <Choice
        label={`${words.field}, ${row}`}
        isLabelUnseen
        placeholder={words.field}
        choices={isThere ? named : [...named, { code: clause.field, label: clause.field }]}
        value={clause.field === '' ? null : clause.field}
        onChange={(field) => onChange({ ...clause, field })}
      />
      <Choice
        label={`${words.comparison}, ${row}`}
        isLabelUnseen
        placeholder=""
        choices={COMPARISONS.map((code) => ({ code, label: words.comparisons[code] }))}
        value={clause.by}
        onChange={(by) => onChange({ ...clause, by: by as Comparison })}
      />
      <ValueInput row={row} clause={clause} known={known} onChange={onChange} />
      <span className="small soft numbers">
        {isCounting ? words.counting : count === undefined ? '' : words.alone(figure(count.fitting))}
      </span>
      {onRemove && <Button look="plain" isSmall icon="cross" name={`${words.remove}: ${row}`} onPress={onRemove} />}
    </div>
  );
}

interface ValueProps {
  readonly row: string;
  readonly clause: Clause;
  readonly known: Field | undefined;
  readonly onChange: (clause: Clause) => void;
}

function ValueInput({ row, clause, known, onChange }: ValueProps): ReactElement | null {
  const words = useSayings(filterWords);
  const { by, value } = clause;
  if (by === 'empty' || by === 'given') return <span />;
  const set = (to: string): void => onChange({ ...clause, value: to });
  const label = `${words.value}, ${row}`;
  const isEqual = by === '==' || by === '!=';
  const choices =
    known?.type === 'check-box'
      ? [
          { code: 'true', label: words.yes },
          { code: 'false', label: words.no },
        ]
      : (known?.choices ?? []).map((code) => ({ code, label: code }));
  if (isEqual && choices.length > 0)
    return (
      <Choice
        label={label}
        isLabelUnseen
        placeholder={words.value}
        choices={choices}
        value={value === '' ? null : value}
        onChange={set}
      />
    );
  const isDay = known?.type === 'date' || known?.type === 'date-time';
  return (
    <Typed
      label={label}
      isLabelUnseen
      placeholder={words.value}
      value={value}
      onChange={set}
      {...(isDay ? { type: 'date' as const } : {})}
    />
  );
}
