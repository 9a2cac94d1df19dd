// What we have not heard of a call that the exchange still has: the events that bring it to where it is there. Pure.

import type { CallEvent } from '../../call/call.ts';
import type { SnapshotLeg, TelephonySnapshot } from '../ports.ts';
import { isIn } from './snapshots.ts';
import type { LiveCall } from '../world.ts';

/** Rings, answers, arrivals, joins, and a message of the exchange's own, in their order. */
export function missedEvents(leg: SnapshotLeg, live: LiveCall, snapshot: TelephonySnapshot): readonly CallEvent[] {
  if (leg.state === 'ringing') return [{ type: 'ringing' }];
  if (leg.state !== 'up') return [];
  const { bridge } = live.call;
  const joined: CallEvent[] =
    bridge !== undefined && isIn(snapshot, bridge, leg.leg) ? [{ type: 'bridged', bridge }] : [];
  if (leg.inAbandonMessage) return [{ type: 'abandon-message-begun' }];
  if (leg.ours) return [{ type: 'arrived' }, ...joined];
  // Picked up while we were away: the dialplan plays the message, no agent must be engaged for them.
  if (isInDialplan(live)) return [{ type: 'answered' }, { type: 'limit-reached' }, ...joined];
  return joined;
}

/** Answered unheard, and not because its detector listens first. */
const isInDialplan = ({ call }: LiveCall): boolean =>
  (call.state === 'placing' || call.state === 'ringing') && call.plan.detection !== 'before-agent';
