// All parts of the port on one connection.

import { agentHandlers } from './agents.ts';
import { answerHandlers } from './answers.ts';
import { attemptHandlers } from './attempts.ts';
import { auditHandlers } from './audit-log.ts';
import { callbackHandlers } from './callbacks.ts';
import { campaignHandlers, campaignIds } from './campaigns.ts';
import { contactHandlers } from './contact-store.ts';
import type { Connection } from './database.ts';
import { detectionHandlers } from './detection.ts';
import { doNotCallHandlers } from './do-not-call.ts';
import { filterHandlers } from './filters.ts';
import { inboundHandlers } from './inbound.ts';
import { listHandlers } from './lists.ts';
import { outboundHandlers } from './outbound.ts';
import { recordingHandlers } from './recordings.ts';
import { recordHandlers } from './records.ts';
import { validationHandlers } from './validations.ts';
import type { Request } from '../worker-link.ts';
import type { AllHandlers } from './requests.ts';
import { sessionHandlers } from './sessions.ts';

export function allHandlers(db: Connection): AllHandlers {
  const ids = campaignIds(db);
  return {
    attempts: attemptHandlers(db, ids),
    answers: answerHandlers(db),
    records: recordHandlers(db, ids),
    lists: listHandlers(db),
    campaigns: campaignHandlers(db, ids),
    callbacks: callbackHandlers(db, ids),
    inbound: inboundHandlers(db, ids),
    agents: agentHandlers(db),
    sessions: sessionHandlers(db, ids),
    doNotCall: doNotCallHandlers(db),
    filters: filterHandlers(db),
    outbound: outboundHandlers(db),
    recordings: recordingHandlers(db),
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
