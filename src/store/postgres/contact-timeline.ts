// The story of a contact over all campaigns, gathered from where each thing is kept; newest first.

import type { ContactEvent, TimelineQuery } from '../../engine/store-contacts.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** Each gives at most $3 events of the contact $1 before $2, newest first. */
const SOURCES = [
  `SELECT a.dialed_at AS at, 'attempt' AS what, a.agent AS by, c.name AS campaign, json_build_object('attempt', a.attempt,
     'record', a.record, 'number', a.number, 'result', a.result, 'disposition', a.disposition, 'reason', a.reason, 'trunk', a.trunk,
     'callerId', a.caller_id, 'bridgedAt', a.bridged_at, 'endedAt', a.ended_at) AS detail
   FROM attempts a JOIN campaigns c ON c.id = a.campaign WHERE a.contact = $1 AND a.dialed_at < $2`,
  `SELECT i.arrived_at AS at, 'inbound-call' AS what, i.agent AS by, c.name AS campaign, json_build_object('call', i.call,
     'record', i.record, 'number', i.caller, 'called', i.called, 'result', i.result, 'disposition', i.disposition, 'reason', i.reason,
     'bridgedAt', i.bridged_at, 'endedAt', i.ended_at) AS detail
   FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign WHERE i.contact = $1 AND i.arrived_at < $2`,
  `SELECT s.at, 'callback' AS what, s.by, c.name AS campaign, json_build_object('callback', b.id, 'step', s.what,
     'time', b.at, 'zone', b.zone, 'number', b.number, 'agent', b.agent, 'state', b.state, 'note', b.note) AS detail
   FROM callbacks b JOIN callback_steps s ON s.callback = b.id JOIN campaigns c ON c.id = b.campaign
   WHERE b.record IN (SELECT id FROM records WHERE contact = $1) AND s.at < $2`,
  `SELECT r.started_at AS at, 'recording' AS what, a.agent AS by, c.name AS campaign,
     json_build_object('attempt', r.attempt, 'kind', r.kind, 'durationMs', r.duration_ms, 'announced', r.announced,
     'keptUntil', r.kept_until, 'deletedAt', r.deleted_at, 'deletedBy', r.deleted_by) AS detail
   FROM attempts a JOIN recordings r ON r.attempt = a.attempt JOIN campaigns c ON c.id = a.campaign
   WHERE a.contact = $1 AND r.started_at < $2`,
  `SELECT i.started_at AS at, 'imported' AS what, NULL AS by, NULL AS campaign, json_build_object('list', l.name,
     'source', i.source, 'added', c.import = i.id) AS detail
   FROM list_contacts m JOIN lists l ON l.id = m.list JOIN imports i ON i.id = m.import JOIN contacts c ON c.id = m.contact
   WHERE m.contact = $1 AND i.started_at < $2`,
  `SELECT at, CASE what WHEN 'import-merged' THEN 'imported' ELSE what END AS what, by, NULL AS campaign,
     detail::json AS detail FROM contact_events WHERE contact = $1 AND at < $2`,
].map((source) => sql<ContactEvent>(`${source} ORDER BY 1 DESC LIMIT $3`));

const WISHES = sql<ContactEvent>(`
  SELECT coalesce(d.added_at, p.imported_at) AS at, 'do-not-call' AS what, coalesce(d.by, p.by) AS by, NULL AS campaign,
    json_build_object('number', n.number, 'list', l.name, 'reason', coalesce(d.reason, p.source)) AS detail
  FROM phones n JOIN do_not_call_parts p ON p.state = 'live' JOIN do_not_call_lists l ON l.id = p.list
  JOIN do_not_call_numbers d ON d.part = p.id AND d.number = substr(n.number, 2)::bigint
  WHERE n.contact = $1 AND coalesce(d.added_at, p.imported_at) < $2`);

export async function contactTimeline(
  db: Db,
  { contact, limit, beforeAt = Number.MAX_SAFE_INTEGER }: TimelineQuery,
): Promise<readonly ContactEvent[]> {
  const events: ContactEvent[] = [];
  for (const source of SOURCES) events.push(...(await db.all(source, [contact, beforeAt, limit])));
  events.push(...(await db.all(WISHES, [contact, beforeAt])));
  return events.sort((a, b) => b.at - a.at).slice(0, limit);
}
