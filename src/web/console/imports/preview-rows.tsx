// The first rows of a file, as they would be imported or rejected.

import type { ReactElement } from 'react';
import { Chip } from '../../ui/signs.tsx';
import { Table } from '../../ui/table.tsx';
import { useSayings } from '../use-words.tsx';
import type { Preview } from './wizard.ts';
import { importWords } from './words.ts';

type Row = Preview['preview'][number];

export function PreviewRows({ preview }: { readonly preview: Preview }): ReactElement {
  const words = useSayings(importWords);
  return (
    <section aria-label={words.rows} className="preview-rows">
      <h2>{words.rows}</h2>
      <Table
        name={words.rows}
        rows={preview.preview}
        keyOf={({ line }) => String(line)}
        empty="–"
        loading=""
        columns={[
          { id: 'line', title: words.line, cell: ({ line }) => line, isFigure: true },
          { id: 'person', title: words.person, cell: (row) => <Person row={row} />, isRowHeader: true },
          { id: 'phones', title: words.phones, cell: (row) => <Phones row={row} /> },
          { id: 'fields', title: words.rest, cell: fieldsOf },
        ]}
      />
    </section>
  );
}

function Person({ row: { reading } }: { readonly row: Row }): ReactElement {
  const words = useSayings(importWords);
  if (reading.kind === 'contact') return <bdi>{reading.contact.name || '–'}</bdi>;
  return (
    <>
      <Chip tone="bad" icon="cross">
        {words.rejected}
      </Chip>{' '}
      {reading.reason}
    </>
  );
}

function Phones({ row: { phones } }: { readonly row: Row }): ReactElement {
  const words = useSayings(importWords);
  return (
    <ul>
      {phones.map(({ column, written, numbers, why }) => (
        <li key={column}>
          <span className="numbers">{numbers.length === 0 ? <bdi>{written}</bdi> : numbers.join(', ')}</span>
          {why !== undefined && (
            <span className="soft">
              {' '}
              {words.dropped}: {why}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function fieldsOf({ reading }: Row): ReactElement | string {
  if (reading.kind !== 'contact') return '';
  const fields = Object.entries(reading.contact.fields);
  return (
    <ul className="field-list">
      {fields.map(([field, value]) => (
        <li key={field}>
          <span className="soft">
            <bdi>{field}</bdi>
          </span>{' '}
          <bdi>{String(value)}</bdi>
        </li>
      ))}
    </ul>
  );
}
