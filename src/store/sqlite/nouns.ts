// All parts of the port on one connection.

import { agents } from '../nouns/agents.ts';
import { answers } from '../nouns/answers.ts';
import { apiTokens } from '../nouns/api-tokens.ts';
import { audit } from '../nouns/audit-log.ts';
import { callbacks } from '../nouns/callbacks.ts';
import { campaigns } from '../nouns/campaigns.ts';
import { contacts } from '../nouns/contacts.ts';
import { desks } from '../nouns/desks.ts';
import { detection } from '../nouns/detection.ts';
import { doNotCall } from '../nouns/do-not-call.ts';
import { emergencies } from '../nouns/emergencies.ts';
import { filters } from '../nouns/filters.ts';
import { thirdParties } from '../nouns/third-parties.ts';
import { callParts } from '../nouns/call-parts.ts';
import { forms } from '../nouns/forms.ts';
import { notes } from '../nouns/notes.ts';
import { outbound } from '../nouns/outbound.ts';
import { outbox } from '../nouns/outbox.ts';
import { recordings } from '../nouns/recordings.ts';
import { scripts } from '../nouns/scripts.ts';
import { sessions } from '../nouns/sessions.ts';
import { users } from '../nouns/users.ts';
import { validations } from '../nouns/validations.ts';
import { webSessions } from '../nouns/web-sessions.ts';
import { attemptHandlers } from './attempts.ts';
import { campaignIds } from './campaigns.ts';
import { choosing } from './choice.ts';
import type { Connection } from './database.ts';
import { inboundHandlers } from './inbound.ts';
import { listHandlers } from './lists.ts';
import { numbersAhead } from './numbers-ahead.ts';
import { recordHandlers } from './records.ts';
import { reservationHandlers } from './reservations.ts';
import type { Request } from '../worker-link.ts';
import type { AllHandlers } from './requests.ts';
import { onSqlite } from './run.ts';
import { scrubbing, traceSearch } from './scrub.ts';

export function allHandlers(db: Connection): AllHandlers {
  const ids = campaignIds(db);
  const { open, reserveNext } = choosing(db, ids);
  return {
    attempts: attemptHandlers(db, open),
    answers: onSqlite(db, answers),
    records: recordHandlers(db, ids),
    reservations: reservationHandlers(db, reserveNext),
    lists: listHandlers(db),
    campaigns: onSqlite(db, campaigns),
    callbacks: onSqlite(db, callbacks),
    inbound: inboundHandlers(db),
    agents: onSqlite(db, agents),
    sessions: onSqlite(db, sessions),
    doNotCall: onSqlite(db, doNotCall),
    filters: onSqlite(db, filters),
    outbound: onSqlite(db, outbound),
    outbox: onSqlite(db, outbox),
    emergencies: onSqlite(db, emergencies),
    recordings: onSqlite(db, recordings),
    validations: { ...onSqlite(db, validations), ahead: numbersAhead(db, ids) },
    desks: onSqlite(db, desks),
    detection: onSqlite(db, detection),
    notes: onSqlite(db, notes),
    forms: onSqlite(db, forms),
    callParts: onSqlite(db, callParts),
    scripts: onSqlite(db, scripts),
    thirdParties: onSqlite(db, thirdParties),
    audit: onSqlite(db, audit),
    users: onSqlite(db, users),
    webSessions: onSqlite(db, webSessions),
    apiTokens: onSqlite(db, apiTokens),
    contacts: { ...onSqlite(db, contacts), scrub: scrubbing(db), traces: traceSearch(db) },
  };
}

/** Carries out one request: its value, or its slices when it works in slices. */
export function carryOut(handlers: AllHandlers, { noun, method, args }: Request): unknown {
  type Part = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const handler = (handlers as Readonly<Record<string, Part | undefined>>)[noun]?.[method];
  if (!handler) throw new Error(`the store has no ${noun}.${method}`);
  return handler(...args);
}
