// The filters: those that are saved, and the builder with how many people fit.

import { useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/over.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { Refused, useAct, useGet } from '../data.tsx';
import { actor, dayTime } from '../formats.ts';
import { useMe } from '../me.tsx';
import { useFrameWords, useSayings } from '../use-words.tsx';
import { FilterBuilder } from './builder.tsx';
import '../parts.css';
import './filters.css';
import type { Saved } from './saved.ts';
import { filterWords } from './words.ts';

export function Filters(): ReactElement {
  const words = useSayings(filterWords);
  const { loading } = useFrameWords();
  const me = useMe();
  const { body, refusal, again } = useGet<readonly Saved[]>('/api/filters');
  const [open, setOpen] = useState<Saved>();
  const [gone, setGone] = useState<Saved>();
  const [round, setRound] = useState(0);
  const columns = useColumns(setGone);
  const show = (filter: Saved | undefined): void => {
    setOpen(filter);
    setRound(round + 1);
  };
  return (
    <>
      <FilterBuilder
        key={`${open?.name ?? ''} ${round}`}
        filter={open}
        onSaved={again}
        onNew={open === undefined ? undefined : () => show(undefined)}
      />
      <section className="card" aria-label={words.saved}>
        <h2>{words.saved}</h2>
        <Table
          name={words.saved}
          rows={body}
          keyOf={({ name }) => name}
          empty={words.none}
          loading={loading}
          {...(refusal ? { fault: <Refused refusal={refusal} onAgain={again} /> } : {})}
          onOpen={show}
          also={[me]}
          columns={columns}
        />
      </section>
      {gone && (
        <DeleteDialog
          filter={gone}
          onClose={() => setGone(undefined)}
          onGone={() => {
            setGone(undefined);
            again();
          }}
        />
      )}
    </>
  );
}

/** Deleting is for who may. */
function useColumns(onDelete: (filter: Saved) => void): readonly TableColumn<Saved>[] {
  const words = useSayings(filterWords);
  const me = useMe();
  return [
    { id: 'name', title: words.name, cell: ({ name }) => name, isRowHeader: true, sortBy: ({ name }) => name },
    { id: 'condition', title: words.condition, cell: ({ expression }) => <code>{expression}</code> },
    { id: 'by', title: words.by, cell: ({ by }) => actor(by) },
    { id: 'at', title: words.at, cell: ({ at }) => dayTime(at), sortBy: ({ at }) => at, isGreatestFirst: true },
    {
      id: 'delete',
      title: words.delete,
      cell: (filter) =>
        me.may('lists') && (
          <Button
            look="plain"
            isSmall
            icon="cross"
            name={`${words.delete}: ${filter.name}`}
            onPress={() => onDelete(filter)}
          />
        ),
    },
  ];
}

interface DeleteProps {
  readonly filter: Saved;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

function DeleteDialog({ filter, onClose, onGone }: DeleteProps): ReactElement {
  const words = useSayings(filterWords);
  const frame = useFrameWords();
  const { act, isBusy, refusal } = useAct();
  const remove = async (): Promise<void> => {
    if ((await act('DELETE', `/api/filters/${encodeURIComponent(filter.name)}`)) !== undefined) onGone();
  };
  return (
    <Dialog title={words.delete} closeName={frame.close} onClose={onClose}>
      <p>{words.deleteAsk(filter.name)}</p>
      <Refused refusal={refusal} />
      <div className="page-steps">
        <Button look="end" isDisabled={isBusy} onPress={() => void remove()}>
          {words.delete}
        </Button>
        <Button onPress={onClose} autoFocus>
          {frame.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
