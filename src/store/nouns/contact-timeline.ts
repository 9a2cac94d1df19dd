// The story of a contact over all campaigns, gathered from where each thing is kept; newest first.

import type { ContactEvent, TimelineQuery } from '../../engine/store/contacts.ts';
import { JSON_OBJECT, jsonTruth } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, pause } from '../work.ts';
import type { Work } from '../work.ts';

export function* contactTimeline({ contact, limit, beforeAt }: TimelineQuery): Work<readonly ContactEvent[]> {
  const before = beforeAt ?? Number.MAX_SAFE_INTEGER;
  const events: ContactEvent[] = [];
  for (const source of [...SOURCES, BLOCKS]) {
    events.push(...(yield* all(source, { contact, before, limit })));
    yield* pause();
  }
  return events.sort((a, b) => b.at - a.at).slice(0, limit);
}

/** How the sound of a conversation was carried, on the person's line and on the agent's. */
const linesOf = (call: string) => ({
  sqlite: `(SELECT json_group_array(json_object('line', p.part, 'quality', p.who))
    FROM call_parts p WHERE p.attempt = ${call} AND p.part IN ('person-line', 'agent-line'))`,
  postgres: `(SELECT coalesce(json_agg(json_build_object('line', p.part, 'quality', p.who) ORDER BY p.part), '[]'::json)
    FROM call_parts p WHERE p.attempt = ${call} AND p.part IN ('person-line', 'agent-line'))`,
});

/** Who was with whom and for how long, of calls in which a control was used. Who listened is for the audit log alone. */
const partsOf = (call: string) => ({
  sqlite: `(SELECT json_group_array(json_object('part', p.part, 'who', p.who, 'startedAt', p.started_at,
      'endedAt', p.ended_at)) FROM call_parts p
    WHERE p.attempt = ${call} AND p.part NOT IN ('person-line', 'agent-line', 'listen'))`,
  postgres: `(SELECT coalesce(json_agg(json_build_object('part', p.part, 'who', p.who, 'startedAt', p.started_at,
      'endedAt', p.ended_at) ORDER BY p.part, p.who, p.started_at), '[]'::json) FROM call_parts p
    WHERE p.attempt = ${call} AND p.part NOT IN ('person-line', 'agent-line', 'listen'))`,
});

/** Each gives at most `:limit` events of the contact before `:before`, newest first. */
const SOURCES = [
  part`SELECT a.dialed_at AS at, 'attempt' AS what, a.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'attempt', a.attempt, 'record', a.record, 'number', a.number, 'result', a.result, 'disposition', a.disposition,
      'reason', a.reason, 'trunk', a.trunk, 'callerId', a.caller_id, 'bridgedAt', a.bridged_at,
      'endedAt', a.ended_at, 'lines', ${linesOf('a.attempt')}, 'parts', ${partsOf('a.attempt')}) AS "detail{}"
    FROM attempts a JOIN campaigns c ON c.id = a.campaign WHERE a.contact = :contact AND a.dialed_at < :before`,
  part`SELECT i.arrived_at AS at, 'inbound-call' AS what, i.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'call', i.call, 'record', i.record, 'number', i.caller, 'called', i.called, 'result', i.result,
      'disposition', i.disposition, 'reason', i.reason, 'bridgedAt', i.bridged_at, 'endedAt', i.ended_at,
      'lines', ${linesOf('i.call')}, 'parts', ${partsOf('i.call')}) AS "detail{}"
    FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign WHERE i.contact = :contact AND i.arrived_at < :before`,
  part`SELECT s.at, 'callback' AS what, s.by, c.name AS campaign, ${JSON_OBJECT}(
      'callback', b.id, 'step', s.what, 'time', b.at, 'zone', b.zone, 'number', b.number, 'agent', b.agent,
      'state', b.state, 'note', b.note) AS "detail{}"
    FROM callbacks b JOIN callback_steps s ON s.callback = b.id JOIN campaigns c ON c.id = b.campaign
    WHERE b.record IN (SELECT id FROM records WHERE contact = :contact) AND s.at < :before`,
  part`SELECT n.begun_at AS at, 'note' AS what, n.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'interaction', n.interaction, 'record', n.record, 'text', n.text, 'writtenAt', n.written_at) AS "detail{}"
    FROM notes n JOIN campaigns c ON c.id = n.campaign
    WHERE n.contact = :contact AND n.text <> '' AND n.begun_at < :before`,
  part`SELECT r.started_at AS at, 'answers' AS what, r.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'attempt', r.attempt, 'record', r.record, 'script', r.script, 'scriptVersion', r.script_version,
      'answers', ${{
        sqlite: `(SELECT json_group_array(json_object('question', a.question, 'answer', a.value))
          FROM script_answers a WHERE a.attempt = r.attempt)`,
        postgres: `(SELECT json_agg(json_build_object('question', a.question, 'answer', a.value)
          ORDER BY a.question, a.place) FROM script_answers a WHERE a.attempt = r.attempt)`,
      }}) AS "detail{}"
    FROM script_runs r JOIN campaigns c ON c.id = r.campaign
    WHERE r.contact = :contact AND r.started_at < :before
      AND EXISTS (SELECT 1 FROM script_answers a WHERE a.attempt = r.attempt)`,
  part`SELECT r.started_at AS at, 'recording' AS what, a.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'attempt', r.attempt, 'kind', r.kind, 'durationMs', r.duration_ms, 'announced', r.announced,
      'keptUntil', r.kept_until, 'deletedAt', r.deleted_at, 'deletedBy', r.deleted_by) AS "detail{}"
    FROM attempts a JOIN recordings r ON r.attempt = a.attempt JOIN campaigns c ON c.id = a.campaign
    WHERE a.contact = :contact AND r.started_at < :before`,
  part`SELECT t.asked_at AS at, 'transfer' AS what, t.by_agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'attempt', t.attempt, 'how', t.how, 'who', t.who, 'result', t.result, 'answeredAt', t.answered_at,
      'endedAt', t.ended_at) AS "detail{}"
    FROM attempts a JOIN third_party_calls t ON t.attempt = a.attempt JOIN campaigns c ON c.id = a.campaign
    WHERE a.contact = :contact AND t.asked_at < :before`,
  part`SELECT t.asked_at AS at, 'transfer' AS what, t.by_agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'attempt', t.attempt, 'how', t.how, 'who', t.who, 'result', t.result, 'answeredAt', t.answered_at,
      'endedAt', t.ended_at) AS "detail{}"
    FROM inbound_calls i JOIN third_party_calls t ON t.attempt = i.call JOIN campaigns c ON c.id = i.campaign
    WHERE i.contact = :contact AND t.asked_at < :before`,
  part`SELECT i.began_at AS at, 'offer' AS what, i.agent AS by, c.name AS campaign, ${JSON_OBJECT}(
      'interaction', i.interaction, 'record', i.record, 'kind', i.kind, 'outcome', i.outcome,
      'endedAt', i.ended_at) AS "detail{}"
    FROM interactions i JOIN campaigns c ON c.id = i.campaign
    WHERE i.record IN (SELECT id FROM records WHERE contact = :contact) AND i.calls = '[]'
      AND i.outcome IS NOT NULL AND i.began_at < :before`,
  part`SELECT i.started_at AS at, 'imported' AS what, NULL AS by, NULL AS campaign, ${JSON_OBJECT}(
      'list', l.name, 'source', i.source, 'added', ${jsonTruth('c.import = i.id')}) AS "detail{}"
    FROM list_contacts m JOIN lists l ON l.id = m.list JOIN imports i ON i.id = m.import
    JOIN contacts c ON c.id = m.contact WHERE m.contact = :contact AND i.started_at < :before`,
  part`SELECT at, CASE what WHEN 'import-merged' THEN 'imported' ELSE what END AS what, by, NULL AS campaign,
      detail AS "detail{}" FROM contact_events WHERE contact = :contact AND at < :before`,
].map((source) => sql<ContactEvent>`${source} ORDER BY 1 DESC LIMIT :limit`);

const BLOCKS = sql<ContactEvent>`
  SELECT coalesce(d.added_at, p.imported_at) AS at, 'do-not-call' AS what, coalesce(d.by, p.by) AS by, NULL AS campaign,
    ${JSON_OBJECT}('number', n.number, 'list', l.name, 'reason', coalesce(d.reason, p.source)) AS "detail{}"
  FROM phones n JOIN do_not_call_parts p ON p.state = 'live' JOIN do_not_call_lists l ON l.id = p.list
  JOIN do_not_call_numbers d ON d.part = p.id AND d.number = CAST(substr(n.number, 2) AS bigint)
  WHERE n.contact = :contact AND coalesce(d.added_at, p.imported_at) < :before`;
