// All parts of the port on one connection.

import { campaigns } from '../nouns/campaigns.ts';
import { recordings } from '../nouns/recordings.ts';
import { sessions } from '../nouns/sessions.ts';
import { agentHandlers } from './agents.ts';
import { answerHandlers } from './answers.ts';
import { attemptHandlers } from './attempts.ts';
import { auditHandlers } from './audit-log.ts';
import { callbackHandlers } from './callbacks.ts';
import { campaignIds } from './campaigns.ts';
import { contactHandlers } from './contact-store.ts';
import type { Connection } from './database.ts';
import { detectionHandlers } from './detection.ts';
import { doNotCallHandlers } from './do-not-call.ts';
import { filterHandlers } from './filters.ts';
import { inboundHandlers } from './inbound.ts';
import { listHandlers } from './lists.ts';
import { outboundHandlers } from './outbound.ts';
import { recordHandlers } from './records.ts';
import { validationHandlers } from './validations.ts';
import type { Request } from '../worker-link.ts';
import type { AllHandlers } from './requests.ts';
import { onSqlite } from './run.ts';

export function allHandlers(db: Connection): AllHandlers {
  const ids = campaignIds(db);
  return {
    attempts: attemptHandlers(db, ids),
    answers: answerHandlers(db),
    records: recordHandlers(db, ids),
    lists: listHandlers(db),
    campaigns: onSqlite(db, campaigns),
    callbacks: callbackHandlers(db, ids),
    inbound: inboundHandlers(db, ids),
    agents: agentHandlers(db),
    sessions: onSqlite(db, sessions),
    doNotCall: doNotCallHandlers(db),
    filters: filterHandlers(db),
    outbound: outboundHandlers(db),
    recordings: onSqlite(db, recordings),
    validations: validationHandlers(db, ids),
    detection: detectionHandlers(db),
    audit: auditHandlers(db),
    contacts: contactHandlers(db),
  };
}

/** Carries out one request: its value, or its slices when it works in slices. */
export function carryOut(handlers: AllHandlers, { noun, method, args }: Request): unknown {
  type Part = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  const handler = (handlers as Readonly<Record<string, Part | undefined>>)[noun]?.[method];
  if (!handler) throw new Error(`the store has no ${noun}.${method}`);
  return handler(...args);
}
