// The agents' desks, each as it is now, and every interaction with its outcome. Numbers are not kept with interactions:
// they are the attempts'.

import {
  KEYS_KEPT,
  type DeskKey,
  type DeskStore,
  type InteractionRow,
  type KeepDesk,
} from '../../engine/store/desks.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { Interaction } from '../../interaction/interaction.ts';
import { byParts } from '../dialect.ts';
import { Json, sql } from '../statement.ts';
import { all, changes, long, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { makeCampaign } from './campaigns.ts';
import { dropForms } from './forms.ts';
import { release } from './reservations.ts';

export const desks: Noun<DeskStore> = {
  keep: write((kept) => keep(kept)),
  all: quick(function* () {
    return (yield* all(ALL)).map(({ desk }) => withoutNoRecord(desk));
  }),
  keepKey: write(function* ({ agent, key, what, at }) {
    yield* run(KEEP_KEY, { agent, key, what, at });
    yield* run(OLD_KEYS, { agent, kept: KEYS_KEPT });
  }),
  keys: quick((agent) => all(KEYS, { agent })),
  interactions: long(({ limit = 1000, ...query }) => all(byQuery(query), { ...query, limit })),
};

const KEEP_KEY = sql`
  INSERT INTO desk_keys (agent, key, what, at) VALUES (:agent, :key, :what, :at)
  ON CONFLICT (agent, key) DO NOTHING`;
const OLD_KEYS = sql`
  DELETE FROM desk_keys WHERE agent = :agent AND key NOT IN (
    SELECT key FROM desk_keys WHERE agent = :agent ORDER BY at DESC, key LIMIT :kept)`;
const KEYS = sql<DeskKey>`SELECT agent, key, what, at FROM desk_keys WHERE agent = :agent ORDER BY at, key`;

const KEEP = sql`
  INSERT INTO desks (session, agent, version, desk, changed_at) VALUES (:session, :agent, :version, :desk, :at)
  ON CONFLICT (session) DO UPDATE SET version = excluded.version, desk = excluded.desk, changed_at = excluded.changed_at
  WHERE desks.version <= excluded.version`;
const CLEAR = sql`DELETE FROM desks WHERE session = :session`;
const ALL = sql<{ readonly desk: Desk }>`
  SELECT d.desk AS "desk{}" FROM desks d JOIN sessions s ON s.session = d.session WHERE s.ended_at IS NULL
  ORDER BY d.session`;

/** Earlier versions wrote the record 0 for a caller of whom the campaign knew nothing. */
function withoutNoRecord(desk: Desk): Desk {
  const { open } = desk;
  if (open?.record?.record !== 0) return desk;
  const { record: _record, ...held } = open.record;
  return { ...desk, open: { ...open, record: held } };
}

function* keep({ desk, interactions, released, at }: KeepDesk): Work<void> {
  const { session, agent, version } = desk;
  if (desk.isOver === true) yield* run(CLEAR, { session });
  else if ((yield* changes(KEEP, { session, agent, version, desk: new Json(desk), at })) === 0) return;
  for (const interaction of interactions) yield* note(interaction, { session, at });
  for (const { reservation, to } of released) yield* release(reservation, at, to);
}

const NOTE = sql`
  INSERT INTO interactions (interaction, agent, campaign, session, kind, record, version, state, outcome, began_at,
    ended_at, calls)
  SELECT :interaction, :agent, id, :session, :kind, :record, :version, :state, :outcome, :beganAt, :endedAt, :calls
  FROM campaigns WHERE name = :campaign
  ON CONFLICT (interaction) DO UPDATE SET record = excluded.record, version = excluded.version, state = excluded.state,
    outcome = excluded.outcome, ended_at = excluded.ended_at, calls = excluded.calls
  WHERE interactions.version <= excluded.version`;

function* note(
  { interaction, agent, campaign, plan, version, state, outcome, since, record, tried }: Interaction,
  { session, at }: { readonly session: string; readonly at: number },
): Work<void> {
  yield* makeCampaign(campaign, at);
  const calls = tried.map(({ number: _number, isClosed: _isClosed, ...call }) => call);
  yield* run(NOTE, {
    interaction,
    agent,
    campaign,
    session,
    version,
    state,
    outcome,
    kind: plan.kind,
    record: record?.record,
    beganAt: since,
    endedAt: state === 'done' ? since : undefined,
    calls: new Json(calls),
  });
  if (state === 'done') yield* dropForms(interaction);
}

const byQuery = byParts(
  {
    interaction: 'i.interaction = :interaction',
    agent: 'i.agent = :agent',
    campaign: 'c.name = :campaign',
    record: 'i.record = :record',
  },
  (where) => sql<InteractionRow>`
    SELECT i.interaction, i.agent, c.name AS campaign, i.session, i.kind, i.record, i.state, i.outcome,
      i.began_at AS "beganAt", i.ended_at AS "endedAt", i.calls AS "calls{}"
    FROM interactions i JOIN campaigns c ON c.id = i.campaign WHERE ${where} ORDER BY i.interaction DESC LIMIT :limit`,
);
