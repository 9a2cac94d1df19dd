// The story of a contact over all campaigns, gathered from where each thing is kept; newest first.

import type { ContactEvent, ContactStore } from '../../engine/store-contacts.ts';
import type { Connection } from './database.ts';
import { digitsOf } from './do-not-call.ts';
import type { Handlers } from './requests.ts';

interface StoredEvent {
  readonly at: number;
  readonly what: ContactEvent['what'];
  readonly by: string | null;
  readonly campaign: string | null;
  readonly detail: string;
}

/** Each gives at most `:limit` events of the contact before `:before`, newest first. */
const SOURCES: readonly string[] = [
  `SELECT a.dialed_at AS at, 'attempt' AS what, a.agent AS by, c.name AS campaign, json_object('attempt', a.attempt,
     'record', a.record, 'number', a.number, 'result', a.result, 'disposition', a.disposition, 'reason', a.reason, 'trunk', a.trunk,
     'callerId', a.caller_id, 'bridgedAt', a.bridged_at, 'endedAt', a.ended_at) AS detail
   FROM attempts a JOIN campaigns c ON c.id = a.campaign
   WHERE a.contact = :contact AND a.dialed_at < :before ORDER BY a.dialed_at DESC LIMIT :limit`,
  `SELECT i.arrived_at AS at, 'inbound-call' AS what, i.agent AS by, c.name AS campaign, json_object('call', i.call,
     'record', i.record, 'number', i.caller, 'called', i.called, 'result', i.result, 'disposition', i.disposition, 'reason', i.reason,
     'bridgedAt', i.bridged_at, 'endedAt', i.ended_at) AS detail
   FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign
   WHERE i.contact = :contact AND i.arrived_at < :before ORDER BY i.arrived_at DESC LIMIT :limit`,
  `SELECT s.at, 'callback' AS what, s.by, c.name AS campaign, json_object('callback', b.id, 'step', s.what,
     'time', b.at, 'zone', b.zone, 'number', b.number, 'agent', b.agent, 'state', b.state, 'note', b.note) AS detail
   FROM callbacks b JOIN callback_steps s ON s.callback = b.id JOIN campaigns c ON c.id = b.campaign
   WHERE b.record IN (SELECT id FROM records WHERE contact = :contact) AND s.at < :before
   ORDER BY s.at DESC LIMIT :limit`,
  `SELECT r.started_at AS at, 'recording' AS what, a.agent AS by, c.name AS campaign, json_object('attempt', r.attempt,
     'kind', r.kind, 'durationMs', r.duration_ms, 'announced', r.announced, 'keptUntil', r.kept_until,
     'deletedAt', r.deleted_at, 'deletedBy', r.deleted_by) AS detail
   FROM attempts a JOIN recordings r ON r.attempt = a.attempt JOIN campaigns c ON c.id = a.campaign
   WHERE a.contact = :contact AND r.started_at < :before ORDER BY r.started_at DESC LIMIT :limit`,
  `SELECT i.started_at AS at, 'imported' AS what, NULL AS by, NULL AS campaign, json_object('list', l.name,
     'source', i.source, 'added', json(iif(c.import = i.id, 'true', 'false'))) AS detail
   FROM list_contacts m JOIN lists l ON l.id = m.list JOIN imports i ON i.id = m.import JOIN contacts c ON c.id = m.contact
   WHERE m.contact = :contact AND i.started_at < :before ORDER BY i.started_at DESC LIMIT :limit`,
  `SELECT at, iif(what = 'import-merged', 'imported', what) AS what, by, NULL AS campaign, detail FROM contact_events
   WHERE contact = :contact AND at < :before ORDER BY at DESC LIMIT :limit`,
];

export function contactTimeline(db: Connection): Handlers<ContactStore>['timeline'] {
  const sources = SOURCES.map((source) => db.prepare<Record<string, unknown>, StoredEvent>(source));
  const numbers = db.prepare<[number], string>('SELECT number FROM phones WHERE contact = ?').pluck();
  const wishes = db.prepare<[number], Omit<StoredEvent, 'what' | 'campaign'>>(`
    SELECT coalesce(n.added_at, p.imported_at) AS at, coalesce(n.by, p.by) AS by,
      json_object('list', l.name, 'reason', coalesce(n.reason, p.source)) AS detail
    FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
    JOIN do_not_call_numbers n ON n.part = p.id AND n.number = ? WHERE p.state = 'live'`);
  return ({ contact, limit, beforeAt }) => {
    const before = beforeAt ?? Number.MAX_SAFE_INTEGER;
    const events = sources.flatMap((source) => source.all({ contact, limit, before }).map(eventOf));
    for (const number of numbers.all(contact)) {
      for (const wish of wishes.all(digitsOf(number))) {
        const event = eventOf({ ...wish, what: 'do-not-call', campaign: null });
        if (event.at < before) events.push({ ...event, detail: { number, ...event.detail } });
      }
    }
    return events.sort((a, b) => b.at - a.at).slice(0, limit);
  };
}

function eventOf({ detail, ...event }: StoredEvent): ContactEvent {
  return { ...event, detail: JSON.parse(detail) as ContactEvent['detail'] };
}
