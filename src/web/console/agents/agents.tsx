// All agents: what they do, how long against what is usual, their day; and for one of them, what can be done.

import { useMemo, useState, type ReactElement } from 'react';
import { Choice, Typed } from '../../ui/fields.tsx';
import { Table } from '../../ui/table.tsx';
import type { BoardAgent } from '../live/board.ts';
import { useBoardView } from '../live/use-board.tsx';
import { goTo, hrefOf } from '../place.ts';
import { daysOf, usualOf, type AgentDay } from '../shared/sums.ts';
import { stateWords } from '../shared/words.ts';
import { useFrameWords, useSayings } from '../use-words.tsx';
import type { ViewProps } from '../view.tsx';
import './agents.css';
import { useColumns, type Row } from './columns.tsx';
import { Steer } from './steer.tsx';
import { agentWords } from './words.ts';

interface Wanted {
  readonly search: string;
  readonly campaign: string;
  readonly state: string;
}

/** Columns that give way while an agent is chosen: what can be done needs their room. */
const BESIDE: ReadonlySet<string> = new Set(['mean', 'with', 'phone']);
const SIGNED_IN = 'signed-in';
const ANY: Wanted = { search: '', campaign: '', state: SIGNED_IN };

export function Agents({ rest }: ViewProps): ReactElement {
  const words = useSayings(agentWords);
  const { loading } = useFrameWords();
  const view = useBoardView();
  const [wanted, setWanted] = useState(ANY);
  const days = view?.days;
  const byAgent = useMemo(() => (days ? daysOf(days) : undefined), [days]);
  const usual = useMemo(() => (days ? usualOf(days) : undefined), [days]);
  const rows = useRows(view?.agents, byAgent, wanted);
  const chosen = view?.agents.find(({ number }) => number === rest[0]);
  const all = useColumns(usual, rows?.length ?? 0);
  const columns = useMemo(() => (chosen ? all.filter(({ id }) => !BESIDE.has(id)) : all), [all, chosen === undefined]);
  return (
    <div className={`agents live${chosen ? ' has-chosen' : ''}`}>
      <section className="card" aria-label={words.title}>
        <div className="page-bar">
          <h1>{words.title}</h1>
          <Filters wanted={wanted} onChange={setWanted} />
        </div>
        <Table
          name={words.title}
          columns={columns}
          rows={rows}
          keyOf={({ agent }) => agent.number}
          empty={view?.agents.length === 0 ? words.none : words.noneFound}
          loading={loading}
          sorting={{ column: 'since', isDescending: true }}
          onOpen={({ agent }) => goTo(hrefOf('agents', [agent.number]))}
        />
      </section>
      {chosen !== undefined && <Steer key={chosen.number} agent={chosen} />}
    </div>
  );
}

function Filters({
  wanted,
  onChange,
}: {
  readonly wanted: Wanted;
  readonly onChange: (wanted: Wanted) => void;
}): ReactElement {
  const words = useSayings(agentWords);
  const states = useSayings(stateWords);
  const view = useBoardView();
  const used = new Set(view?.agents.flatMap(({ campaign = [] }) => campaign));
  const campaigns = [...used].toSorted().map((name) => ({ code: name, label: name }));
  const shown = (['talking', 'wrap-up', 'ready', 'engaged', 'paused', 'offline'] as const).map((state) => ({
    code: state,
    label: states.agent[state],
  }));
  return (
    <div className="filters">
      <Typed
        label={words.search}
        isLabelUnseen
        placeholder={words.search}
        type="search"
        value={wanted.search}
        onChange={(search) => onChange({ ...wanted, search })}
      />
      <Choice
        label={words.campaign}
        isLabelUnseen
        placeholder={words.allCampaigns}
        choices={[{ code: '', label: words.allCampaigns }, ...campaigns]}
        value={wanted.campaign}
        onChange={(campaign) => onChange({ ...wanted, campaign })}
      />
      <Choice
        label={words.state}
        isLabelUnseen
        placeholder={words.allStates}
        choices={[{ code: SIGNED_IN, label: words.allStates }, { code: '', label: words.everyone }, ...shown]}
        value={wanted.state}
        onChange={(state) => onChange({ ...wanted, state })}
      />
    </div>
  );
}

function fits({ name, number, campaign, state }: BoardAgent, wanted: Wanted): boolean {
  const text = wanted.search.trim().toLowerCase();
  const isState = wanted.state === '' || wanted.state === state || (wanted.state === SIGNED_IN && state !== 'offline');
  return (
    isState &&
    (wanted.campaign === '' || campaign === wanted.campaign) &&
    (text === '' || name.toLowerCase().includes(text) || number.startsWith(text))
  );
}

/** A row stays the same object while nothing in it changes: it is not drawn again. */
function useRows(
  agents: readonly BoardAgent[] | undefined,
  days: ReadonlyMap<string, AgentDay> | undefined,
  wanted: Wanted,
): readonly Row[] | undefined {
  const [kept] = useState(() => new Map<string, Row>());
  return useMemo(
    () =>
      agents
        ?.filter((agent) => fits(agent, wanted))
        .map((agent) => {
          const day = days?.get(agent.number);
          const before = kept.get(agent.number);
          if (before?.agent === agent && before.day === day) return before;
          const row = { agent, day };
          kept.set(agent.number, row);
          return row;
        }),
    [agents, days, wanted, kept],
  );
}
