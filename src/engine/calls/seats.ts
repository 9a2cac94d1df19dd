// Where the world wants each leg to be: read from calls and sessions, and from what we have commanded the exchange last.

import type { Call, CallState } from '../../call/call.ts';
import type { Seat } from '../../call/seating.ts';
import type { Talk } from '../../call/talk.ts';
import type { BridgeId, LegId } from '../../terms.ts';
import { sessionOfBridge } from '../agents/agent-phones.ts';
import { handedIn, handOverBridge } from '../legs.ts';
import type { TelephonyCommand } from '../telephony-commands.ts';
import type { World } from '../world.ts';

/** In which states a person's leg is under our control and in no bridge. */
const APART: ReadonlySet<CallState> = new Set(['waiting', 'abandon-message', 'confirming', 'leaving-message']);

const MOVING = { is: 'moving' } as const;

/** Of a person who talks with an agent, or is on hold for them. */
const SEATS: Readonly<Record<Talk['line'], (bridge: BridgeId) => Seat>> = {
  open: (bridge) => ({ is: 'in', bridge }),
  held: () => ({ is: 'apart' }),
  parting: () => MOVING,
  rejoining: () => MOVING,
  leaving: () => MOVING,
};

export function seatOf(world: World, leg: LegId): Seat {
  if (world.leaving.has(leg)) return MOVING;
  if (world.listening.has(leg)) {
    const bridge = world.listening.get(leg)?.into;
    return bridge === undefined ? MOVING : { is: 'in', bridge };
  }
  const brought = world.calls.get(world.thirdByLeg.get(leg) ?? '')?.call;
  if (brought) return seatOfThird(brought);
  const call = world.calls.get(world.callByLeg.get(leg) ?? '')?.call;
  if (call) {
    if (call.state === 'talking' && call.bridge !== undefined) return SEATS[call.talk?.line ?? 'open'](call.bridge);
    if (call.state === 'handed-over') return { is: 'in', bridge: handOverBridge(call.attempt) };
    if (call.state === 'handing-over') return call.third?.state === 'calling' ? { is: 'apart' } : MOVING;
    return APART.has(call.state) ? { is: 'apart' } : MOVING;
  }
  const session = world.sessions.get(world.sessionByLeg.get(leg) ?? '');
  if (session) return session.leg === leg && session.phone === 'up' ? { is: 'in', bridge: session.bridge } : MOVING;
  const isOurs = world.signIns.has(leg) || world.listenIns.has(leg) || world.sessionByLeg.has(leg);
  return isOurs ? MOVING : { is: 'unknown' };
}

/** With the agent or, after the agent has gone, with the person. */
function seatOfThird({ attempt, state, third, talk, bridge }: Call): Seat {
  if (third?.state !== 'here') return MOVING;
  if (state === 'handed-over') return { is: 'in', bridge: handOverBridge(attempt) };
  return state === 'talking' && talk?.line !== 'leaving' && bridge !== undefined ? { is: 'in', bridge } : MOVING;
}

/** Of a session, or of a person and the third party that has them. */
export const isSessionBridge = (world: World, bridge: BridgeId): boolean =>
  world.sessions.get(sessionOfBridge(bridge))?.bridge === bridge || world.calls.has(handedIn(bridge) ?? '');

/** What a leg of ours does next is our own doing, or its end. */
export function noteLeaving(world: World, leg: LegId): void {
  if (world.callByLeg.has(leg) || world.sessionByLeg.has(leg) || world.thirdByLeg.has(leg)) world.leaving.add(leg);
}

/** A command that takes a leg out of its bridge is on its way. */
export function noteCommanded(world: World, command: TelephonyCommand): void {
  switch (command.type) {
    case 'remove-from-bridge':
    case 'await-beep':
    case 'detect-before-agent':
    case 'hang-up':
      return noteLeaving(world, command.leg);
    default:
  }
}
