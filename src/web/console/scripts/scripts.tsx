// The scripts there are, and the editor of one.

import { useState, type ReactElement } from 'react';
import type { z } from 'zod';
import type { scriptFileRow } from '../../../http/wire/script-files.ts';
import { Button } from '../../ui/button.tsx';
import { Typed } from '../../ui/fields.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Chip } from '../../ui/signs.tsx';
import { Table } from '../../ui/table.tsx';
import { Refused, useGet } from '../data.tsx';
import { useMe } from '../me.tsx';
import { goTo, hrefOf } from '../place.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import type { ViewProps } from '../view.tsx';
import { Editor } from './editor.tsx';
import '../parts.css';
import './scripts.css';
import { scriptWords } from './words.ts';

type Row = z.output<typeof scriptFileRow>;

export function Scripts({ rest, query }: ViewProps): ReactElement {
  const [name = ''] = rest;
  return name === '' ? <ScriptList /> : <Editor key={name} name={name} isNew={query.has('new')} />;
}

function ScriptList(): ReactElement {
  const words = useSayings(scriptWords);
  const { loading } = useFrameWords();
  const me = useMe();
  const { body, refusal, again } = useGet<readonly Row[]>('/api/scripts');
  const [isNaming, setNaming] = useState(false);
  return (
    <section className="card" aria-labelledby="scripts-title">
      <div className="card-head">
        <h1 id="scripts-title">{words.title}</h1>
        {me.may('campaigns') && <Button onPress={() => setNaming(true)}>{words.fresh}</Button>}
      </div>
      <Table
        name={words.title}
        rows={body}
        keyOf={({ name }) => name}
        empty={words.none}
        loading={loading}
        {...(refusal ? { fault: <Refused refusal={refusal} onAgain={again} /> } : {})}
        onOpen={({ name }) => goTo(hrefOf('scripts', [name]))}
        columns={[
          { id: 'name', title: words.name, cell: ({ name }) => name, isRowHeader: true, sortBy: ({ name }) => name },
          { id: 'campaigns', title: words.campaigns, cell: ({ campaigns }) => campaigns.join(', ') || '–' },
          { id: 'sections', title: words.sections, cell: ({ sections }) => sections ?? '–', isFigure: true },
          { id: 'state', title: words.state, cell: (row) => <State row={row} /> },
        ]}
      />
      {isNaming && <NameDialog taken={(body ?? []).map(({ name }) => name)} onClose={() => setNaming(false)} />}
    </section>
  );
}

function State({ row: { faults, warnings } }: { readonly row: Row }): ReactElement {
  const words = useSayings(scriptWords);
  if (faults > 0)
    return (
      <Chip tone="bad" icon="warning">
        {words.faults(faults)}
      </Chip>
    );
  return warnings > 0 ? (
    <Chip tone="warn" icon="warning">
      {words.warnings(warnings)}
    </Chip>
  ) : (
    <Chip tone="good" icon="check">
      {words.good}
    </Chip>
  );
}

const NAMED = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

function NameDialog({
  taken,
  onClose,
}: {
  readonly taken: readonly string[];
  readonly onClose: () => void;
}): ReactElement {
  const words = useSayings(scriptWords);
  const frame = useFrameWords();
  const [name, setName] = useState('');
  return (
    <Dialog title={words.fresh} closeName={frame.close} onClose={onClose}>
      <Typed label={words.name} hint={words.nameHint} value={name} maxLength={64} onChange={setName} autoFocus />
      <div className="page-steps">
        <Button
          look="main"
          isDisabled={!NAMED.test(name) || taken.includes(name)}
          onPress={() => goTo(hrefOf('scripts', [name], { new: '1' }))}
        >
          {words.begin}
        </Button>
        <Button onPress={onClose}>{frame.cancel}</Button>
      </div>
    </Dialog>
  );
}
