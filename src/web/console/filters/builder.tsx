// The builder of a filter: rows or text, with how many people fit, in all and each row alone.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Note } from '../../ui/signs.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { figure, share } from '../formats.ts';
import { useMe } from '../me.tsx';
import { useSayings } from '../use-words.tsx';
import { celOf, rowsOf, type Field, type Rows } from './clauses.ts';
import { RowsForm } from './rows-form.tsx';
import type { Saved } from './saved.ts';
import { useCount, type Counting } from './use-count.tsx';
import { filterWords } from './words.ts';

interface BuilderProps {
  readonly filter: Saved | undefined;
  readonly onSaved: () => void;
  readonly onNew: (() => void) | undefined;
}

const FRESH: Rows = { joined: 'all', clauses: [{ field: '', by: '==', value: '' }] };
const EVERYBODY = '*';

export function FilterBuilder({ filter, onSaved, onNew }: BuilderProps): ReactElement {
  const words = useSayings(filterWords);
  const { body: fields = [] } = useGet<readonly Field[]>('/api/filters/fields');
  const [rows, setRows] = useState<Rows | undefined>(() => (filter ? rowsOf(filter.expression) : FRESH));
  const [text, setText] = useState(filter?.expression ?? '');
  const [list, setList] = useState('');
  const full = rows && { ...rows, clauses: rows.clauses.filter(({ field }) => field !== '') };
  const expression = full ? celOf(full, fields) : text;
  const counting = useCount(expression, list);
  const swap = (): void => {
    if (rows) setText(expression);
    setRows(rows ? undefined : (rowsOf(text) ?? FRESH));
  };
  const mayBeRows = rows !== undefined || text.trim() === '' || rowsOf(text) !== undefined;
  return (
    <section className="card" aria-labelledby="builder-title">
      <div className="card-head">
        <h1 id="builder-title">{filter ? words.edit(filter.name) : words.fresh}</h1>
        <div className="page-steps">
          <Button look="plain" isSmall isDisabled={!mayBeRows} onPress={swap}>
            {rows ? words.asText : words.asRows}
          </Button>
          {onNew && (
            <Button isSmall onPress={onNew}>
              {words.fresh}
            </Button>
          )}
        </div>
      </div>
      {rows ? (
        <RowsForm rows={rows} fields={fields} list={list} onChange={setRows} />
      ) : (
        <Typed
          label={words.condition}
          hint={mayBeRows ? words.textHint : words.asTextOnly}
          rows={3}
          value={text}
          onChange={setText}
        />
      )}
      {rows && expression !== '' && <code className="cel">{expression}</code>}
      <Counted counting={counting} list={list} onList={setList} />
      <SaveForm filter={filter} expression={expression} isGood={counting.refusal === undefined} onSaved={onSaved} />
    </section>
  );
}

interface CountedProps {
  readonly counting: Counting;
  readonly list: string;
  readonly onList: (list: string) => void;
}

function Counted({ counting, list, onList }: CountedProps): ReactElement {
  const words = useSayings(filterWords);
  const { body: lists = [] } = useGet<readonly { readonly name: string }[]>('/api/lists');
  const { count, refusal, isCounting } = counting;
  const rate = count && count.contacts > 0 ? count.fitting / count.contacts : 0;
  return (
    <div className="counted">
      <Choice
        label={words.counted}
        placeholder=""
        choices={[
          { code: EVERYBODY, label: words.everybody },
          ...lists.map(({ name }) => ({ code: name, label: name })),
        ]}
        value={list === '' ? EVERYBODY : list}
        onChange={(code) => onList(code === EVERYBODY ? '' : code)}
      />
      <div role="status">
        {count && (
          <p className={isCounting ? 'soft' : ''}>
            <strong className="numbers">{words.fitting(figure(count.fitting), figure(count.contacts))}</strong>
            {count.contacts > 0 && <span className="soft"> – {words.share(share(rate, 1))}</span>}
          </p>
        )}
        {isCounting && <p className="small soft">{words.counting}</p>}
        {count && count.contacts > 0 && (
          <meter
            className="meter"
            min={0}
            max={1}
            value={rate}
            aria-label={words.fitting(figure(count.fitting), figure(count.contacts))}
          />
        )}
      </div>
      <Refused refusal={refusal} />
      {count?.warnings.map((warning) => (
        <Note key={warning} tone="warn" icon="warning">
          {warning}
        </Note>
      ))}
    </div>
  );
}

interface SaveProps {
  readonly filter: Saved | undefined;
  readonly expression: string;
  readonly isGood: boolean;
  readonly onSaved: () => void;
}

const NAMED = /^[a-z\d][\w.-]{0,63}$/i;

function SaveForm({ filter, expression, isGood, onSaved }: SaveProps): ReactElement | null {
  const words = useSayings(filterWords);
  const me = useMe();
  const [name, setName] = useState(filter?.name ?? '');
  const [saved, setSaved] = useState<string>();
  const { act, isBusy, refusal } = useAct();
  if (!me.may('lists')) return null;
  const save = async (): Promise<void> => {
    setSaved(undefined);
    const done = await act('PUT', `/api/filters/${encodeURIComponent(name)}`, { expression });
    if (done === undefined) return;
    setSaved(name);
    onSaved();
  };
  return (
    <>
      <div className="save-row">
        <Typed label={words.saveAs} hint={words.nameHint} value={name} maxLength={64} onChange={setName} />
        <Button
          look="main"
          isDisabled={isBusy || !isGood || expression.trim() === '' || !NAMED.test(name)}
          onPress={() => void save()}
        >
          {words.save}
        </Button>
      </div>
      <Refused refusal={refusal} />
      {saved !== undefined && (
        <Note tone="good" icon="check">
          {words.isSaved(saved)}
        </Note>
      )}
    </>
  );
}
