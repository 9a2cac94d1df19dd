// Which part of the engine an event concerns. Decides nothing else.

import type { EngineRooms } from './assembly.ts';
import type { EngineEvent } from './events.ts';
import type { World } from './world.ts';

type Handlers = { readonly [T in EngineEvent['type']]: (event: Extract<EngineEvent, { readonly type: T }>) => void };

/** Hands each event to the part that it concerns. */
export function dispatcher(world: World, rooms: EngineRooms): (event: EngineEvent) => void {
  const handlers: Handlers = { ...ofCallsAndAgents(world, rooms), ...ofDialing(rooms), ...ofTheRest(rooms) };
  return (event) => {
    const handle = handlers[event.type] as (event: EngineEvent) => void;
    handle(event);
  };
}

/** Whatever happens to a call or a session, its campaign's pacer is asked afterwards. */
function ofCallsAndAgents(
  world: World,
  { calls, agents, dialing, signIns, exchange, accounts, recordings }: EngineRooms,
) {
  return {
    telephony: ({ event }) => exchange.handle(event),
    call: ({ attempt, event, at }) => {
      const campaign = world.calls.get(attempt)?.call.campaign;
      if (calls.handle(attempt, event, at) && campaign !== undefined) dialing.touch(campaign);
    },
    session: ({ session, event }) => {
      const campaign = world.sessions.get(session)?.campaign;
      agents.handle(session, event);
      if (campaign !== undefined) dialing.touch(campaign);
    },
    'sign-in': ({ leg, event }) => signIns.handle(leg, event),
    'session-closed': ({ agent }) => accounts.closed(agent),
    'recording-key': ({ attempt }) => recordings.toggle(attempt),
  } satisfies Partial<Handlers>;
}

function ofDialing({ dialing, personal, agentFirst, reservations }: EngineRooms) {
  return {
    opened: ({ campaign, asked, answer }) => dialing.opened(campaign, asked, answer),
    pace: ({ campaign }) => dialing.touch(campaign),
    'agent-free': ({ session }) => void personal.forFree(session),
    personal: ({ campaign, agent }) => personal.refresh(campaign, agent),
    'personal-due': ({ campaign, agent }) => personal.due(campaign, agent),
    'personal-next': ({ campaign, agent, at }) => personal.expect(campaign, agent, at),
    'agent-opened': ({ dial, answer }) => agentFirst.opened(dial, answer),
    'numbers-checked': ({ dial }) => agentFirst.checked(dial),
    'agent-dialed': ({ dial, dialed }) => {
      if (dial.by === 'callbacks') personal.dialed(dial, dialed);
    },
    'reservation-lapsed': ({ reservation }) => reservations.lapsed(reservation),
  } satisfies Partial<Handlers>;
}

function ofTheRest({ campaigns, callbacks, missed, inbound }: EngineRooms) {
  return {
    'call-over': ({ ended }) => missed.ended(ended, inbound.done(ended.opened.attempt)),
    'callback-typed': ({ session, attempt, typed }) => callbacks.agreeByKeys(session, attempt, typed),
    'follow-schedules': () => campaigns.followSchedules(),
    look: () => undefined,
    then: ({ run }) => run(),
  } satisfies Partial<Handlers>;
}
