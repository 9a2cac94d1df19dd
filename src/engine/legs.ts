// How legs, attempts and calls that came in are named after each other.

import type { AttemptId, LegId } from '../terms.ts';
import type { CallOrigin } from './control.ts';
import type { OpenedAttempt } from './store/attempts.ts';

/** Of a call that a person made to us: named after its leg, whose name the exchange gave. */
export const inboundId = (leg: LegId): AttemptId => `i-${leg}`;
export const isInbound = (attempt: AttemptId): boolean => attempt.startsWith('i-');

/** The person's leg: its channel's id on the exchange. */
export const customerLeg = (attempt: AttemptId): LegId => (isInbound(attempt) ? attempt.slice(2) : `c-${attempt}`);
export const attemptOfLeg = (leg: LegId): AttemptId | undefined => (leg.startsWith('c-') ? leg.slice(2) : undefined);

/** How a call came about, when not by the campaign's own choice of records. */
export function originOf({ attempt, record }: OpenedAttempt): { readonly origin?: CallOrigin } {
  if (isInbound(attempt)) return { origin: 'inbound' };
  if (record.callback === null) return {};
  return { origin: record.callback.agent === null ? 'callback' : 'personal-callback' };
}
