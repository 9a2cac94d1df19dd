// Campaigns: all of them with their steps; one of them with how it stands and its file; a new one.

import { useMemo, useState, type ReactElement } from 'react';
import { Button } from '../../ui/button.tsx';
import { Tick } from '../../ui/fields.tsx';
import { Table, type TableColumn } from '../../ui/table.tsx';
import { figure } from '../formats.ts';
import type { BoardCampaign } from '../live/board.ts';
import { useBoardView } from '../live/use-board.tsx';
import { useMe } from '../me.tsx';
import { goTo, hrefOf } from '../place.ts';
import { CampaignChip, Since } from '../shared/signs.tsx';
import { stateWords } from '../shared/words.ts';
import { useFrameWords, useReasons, useSayings } from '../use-words.tsx';
import type { ViewProps } from '../view.tsx';
import './campaigns.css';
import { NewCampaign } from './new-campaign.tsx';
import { OneCampaign } from './one-campaign.tsx';
import { campaignWords } from './words.ts';

export function Campaigns({ rest: [name], query }: ViewProps): ReactElement {
  const me = useMe();
  const view = useBoardView();
  const { loading } = useFrameWords();
  const words = useSayings(campaignWords);
  if (name === undefined) return query.has('new') && me.may('campaigns') ? <NewCampaign /> : <All />;
  if (view === null) return <p role="status">{loading}</p>;
  const campaign = view.campaigns.find((one) => one.name === name);
  if (campaign === undefined)
    return (
      <p>
        {words.unknown(name)} <a href={hrefOf('campaigns')}>{words.all}</a>
      </p>
    );
  return <OneCampaign key={name} campaign={campaign} view={view} />;
}

function All(): ReactElement {
  const words = useSayings(campaignWords);
  const { loading } = useFrameWords();
  const me = useMe();
  const view = useBoardView();
  const [isArchived, setArchived] = useState(false);
  const rows = useMemo(
    () => view?.campaigns.filter(({ state }) => isArchived || state !== 'archived'),
    [view?.campaigns, isArchived],
  );
  return (
    <section className="card live" aria-label={words.title}>
      <div className="page-bar">
        <h1>{words.title}</h1>
        <div className="page-steps">
          <Tick isOn={isArchived} onChange={setArchived}>
            {words.archived}
          </Tick>
          {me.may('campaigns') && (
            <Button icon="pencil" onPress={() => goTo(hrefOf('campaigns', [], { new: '1' }))}>
              {words.new}
            </Button>
          )}
        </div>
      </div>
      <Table
        name={words.title}
        columns={useColumns()}
        rows={rows}
        keyOf={({ name }) => name}
        empty={words.none}
        loading={loading}
        sorting={{ column: 'name', isDescending: false }}
        onOpen={({ name }) => goTo(hrefOf('campaigns', [name]))}
      />
    </section>
  );
}

/** A sentence, cut off where it would take the table's room. */
function sentence(id: string, title: string, of: (campaign: BoardCampaign) => string): TableColumn<BoardCampaign> {
  return {
    id,
    title,
    className: 'why',
    cell: (campaign) => <span className="clamped">{of(campaign)}</span>,
  };
}

function useColumns(): readonly TableColumn<BoardCampaign>[] {
  const words = useSayings(campaignWords);
  const states = useSayings(stateWords);
  const reasons = useReasons();
  return useMemo(
    () => [
      {
        id: 'name',
        title: words.name,
        isRowHeader: true,
        cell: ({ name, description }) => (
          <>
            <strong>{name}</strong>
            <span className="small soft clamped">{description}</span>
          </>
        ),
        sortBy: ({ name }) => name,
      },
      {
        id: 'state',
        title: words.state,
        cell: ({ state }) => <CampaignChip state={state} />,
        sortBy: ({ state }) => states.campaign[state],
      },
      {
        id: 'changed',
        title: words.changed,
        isFigure: true,
        cell: ({ changedAt }) => <Since at={changedAt} />,
        sortBy: ({ changedAt }) => changedAt,
      },
      {
        id: 'mode',
        title: words.mode,
        cell: ({ mode }) => states.mode[mode],
        sortBy: ({ mode }) => states.mode[mode],
      },
      sentence('why', words.why, ({ reason }) => reasons.reason(reason)),
      sentence('hours', words.hours, ({ opening }) => reasons.hours(opening)),
      {
        id: 'attempts',
        title: words.attempts,
        isFigure: true,
        isGreatestFirst: true,
        cell: ({ today }) => figure(today.attempts),
        sortBy: ({ today }) => today.attempts,
      },
    ],
    [words, states, reasons],
  );
}
