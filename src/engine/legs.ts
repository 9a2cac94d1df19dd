// How legs, attempts and calls that came in are named after each other.

import type { AttemptId, BridgeId, LegId } from '../terms.ts';
import type { CallOrigin } from '../call/call.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { CallOrigin as ShownOrigin } from './live-events.ts';
import type { OpenedCall } from './store/attempts.ts';

/** Of a call that a person made to us: named after its leg, whose name the exchange gave. */
export const inboundId = (leg: LegId): AttemptId => `i-${leg}`;
export const isInbound = (attempt: AttemptId): boolean => attempt.startsWith('i-');

/** The person's leg: its channel's id on the exchange. */
export const customerLeg = (attempt: AttemptId): LegId => (isInbound(attempt) ? attempt.slice(2) : `c-${attempt}`);
export const attemptOfLeg = (leg: LegId): AttemptId | undefined => (leg.startsWith('c-') ? leg.slice(2) : undefined);

/** The leg of a third party's call. */
export const thirdLeg = (id: string): LegId => `t-${id}`;
/** Of a supervisor who hears an agent, and the bridge that it shares with the ear. */
export const listenerLeg = (id: string): LegId => `l-${id}`;
export const listeningBridge = (id: string): BridgeId => `l-${id}`;
/** In which a person talks with a third party alone. */
export const handOverBridge = (attempt: AttemptId): BridgeId => `x-${attempt}`;
export const handedIn = (bridge: BridgeId): AttemptId | undefined =>
  bridge.startsWith('x-') ? bridge.slice(2) : undefined;

/** Why we call: agreed with the person, because they were missed, or by the campaign's own choice. */
export function dialedBecause({ record }: OpenedCall, campaign: Pick<Campaign, 'mode'> | undefined): CallOrigin {
  if (record.callback !== null) return record.callback.agent === null ? 'callback' : 'personal-callback';
  return campaign?.mode === 'auto-callback' ? 'missed' : 'campaign';
}

/** What is shown of it: nothing of the campaign's own choice of records. */
export function shownOrigin(origin: CallOrigin): { readonly origin?: ShownOrigin } {
  return origin === 'campaign' || origin === 'missed' ? {} : { origin };
}
