// Which part of the engine an event concerns. Decides nothing else.

import { defined } from '../base/defined.ts';
import type { EngineRooms } from './assembly.ts';
import type { EngineEvent } from './events.ts';
import type { World } from './world.ts';

type Handlers = { readonly [T in EngineEvent['type']]: (event: Extract<EngineEvent, { readonly type: T }>) => void };

/** Hands each event to the part that it concerns. */
export function dispatcher(world: World, rooms: EngineRooms): (event: EngineEvent) => void {
  const handlers: Handlers = {
    ...ofCallsAndAgents(world, rooms),
    ...ofDesks(rooms),
    ...ofDialing(rooms),
    ...ofCalls(rooms),
    ...ofTheRest(rooms),
  };
  return (event) => {
    const handle = handlers[event.type] as (event: EngineEvent) => void;
    handle(event);
  };
}

/** Whatever happens to a call or a session, its campaign's pacer is asked afterwards. */
function ofCallsAndAgents(world: World, rooms: EngineRooms) {
  const { calls, agents, dialing, signIns, exchange, accounts, browsers, moves, outside, dialedListeners } = rooms;
  return {
    telephony: ({ event }) => exchange.handle(event),
    call: ({ attempt, event, at }) => {
      const campaign = world.calls.get(attempt)?.call.campaign;
      const isMeant = calls.handle(attempt, event, at);
      // The cause of a hang-up is only remembered: how many lines there are is asked at the end.
      if (isMeant && event.type !== 'hanging-up' && campaign !== undefined) dialing.touch(campaign);
    },
    session: ({ session, event }) => {
      const campaign = world.sessions.get(session)?.campaign;
      agents.handle(session, event);
      if (campaign !== undefined) dialing.touch(campaign);
    },
    'sign-in': ({ leg, event }) => signIns.handle(leg, event),
    'listen-in': ({ leg, event }) => dialedListeners.handle(leg, event),
    'session-closed': ({ agent }) => {
      accounts.closed(agent);
      moves.closed(agent);
      browsers.closed(agent);
      outside.closed();
    },
    'agent-moves': ({ agent, session, campaign }) => {
      moves.begin(agent, session, campaign);
      dialing.touch(campaign);
    },
    'session-ends': ({ session }) => {
      const campaign = world.sessions.get(session)?.campaign;
      moves.ends(session);
      if (campaign !== undefined) dialing.touch(campaign);
    },
    'outside-phone': ({ call }) => outside.place(call),
    'outside-ended': ({ leg }) => outside.ended(leg),
    'browser-answered': ({ session, leg }) => browsers.answered(session, leg),
  } satisfies Partial<Handlers>;
}

/** Whatever is done at a desk, its campaign may have an agent more or less. */
function ofDesks(rooms: EngineRooms) {
  const { desks, deskKeys, deskRequests, dialing, offers, keeping, deskChanges } = rooms;
  const look = (campaign: string): void => {
    offers.look(campaign);
    dialing.touch(campaign);
  };
  return {
    desk: ({ agent, campaign, event }) => {
      desks.handle(agent, event);
      look(campaign);
    },
    'desk-pressed': ({ agent, campaign, key }) => {
      deskKeys.pressed(agent, key);
      look(campaign);
    },
    'desk-look': ({ agent, campaign }) => {
      desks.look(agent);
      look(campaign);
    },
    'desk-call': ({ agent, campaign, attempt, event }) => {
      desks.calls.toCall(agent, attempt, event);
      look(campaign);
    },
    'desk-asked': ({ campaign, request }) => {
      deskRequests.takeTurn(request);
      look(campaign);
    },
    'desk-reserved': ({ campaign, wanted, answer }) => {
      offers.reserved(wanted, answer);
      look(campaign);
    },
    'desk-offers': ({ campaign }) => look(campaign),
    'desk-kept': ({ step }) => keeping.kept(step),
    'numbers-listed': ({ numbers }) => void deskChanges.look({ listed: numbers }),
  } satisfies Partial<Handlers>;
}

function ofDialing(rooms: EngineRooms) {
  const { dialing, offers, dials, personal, agentFirst, reservations, lastRecords } = rooms;
  return {
    opened: ({ campaign, asked, answer }) => dialing.opened(campaign, asked, answer),
    pace: ({ campaign }) => {
      offers.look(campaign);
      dialing.touch(campaign);
    },
    'agent-free': ({ session }) => void personal.forFree(session),
    personal: ({ campaign, agent }) => personal.refresh(campaign, agent),
    'personal-due': ({ campaign, agent }) => personal.due(campaign, agent),
    'personal-next': ({ campaign, agent, at }) => personal.expect(campaign, agent, at),
    'agent-opened': ({ dial, answer }) => agentFirst.opened(dial, answer),
    'numbers-checked': ({ dial }) => agentFirst.checked(dial),
    'agent-dialed': ({ dial, dialed }) => {
      if (dial.by === 'callbacks') personal.dialed(dial, dialed);
      else dials.dialed(dial, dialed);
    },
    'records-counted': ({ campaign, left }) => lastRecords.counted(campaign, left),
    'reservation-lapsed': ({ reservation }) => reservations.lapsed(reservation),
  } satisfies Partial<Handlers>;
}

function ofCalls(rooms: EngineRooms) {
  const { callbacks, missed, inbound, recordings, lookouts, guard, dispositions, controls, thirds, desks } = rooms;
  return {
    'call-over': ({ ended }) => missed.ended(ended, inbound.done(ended.opened.attempt)),
    'callback-typed': ({ session, asked }) => callbacks.byKeys(session, asked),
    'callback-changed': ({ row, dueAt }) => callbacks.changed(row, dueAt),
    'person-missed': ({ missed: person, added }) => missed.added(person, added),
    'caller-refused': ({ leg }) => inbound.refuse(leg),
    'caller-found': (found) => inbound.take(found),
    'recording-key': ({ attempt }) => recordings.toggle(attempt),
    'recording-begun': (begun) => {
      recordings.begun(begun);
      controls.look(begun.attempt);
      desks.calls.callChanged(begun.attempt);
    },
    'recording-paused': ({ attempt, isPaused }) => {
      recordings.paused(attempt, isPaused);
      controls.look(attempt);
      desks.calls.callChanged(attempt);
    },
    'call-order': ({ id }) => controls.takeTurn(id),
    'bring-in-key': ({ session, how, key }) => void controls.byKey(session, how, key),
    'third-prepared': ({ order, third }) => controls.prepared(order, third),
    'third-lost': ({ attempt, session }) => thirds.agentLost(attempt, session),
    'call-ordered': ({ id, refused }) => controls.ordered(id, refused),
    'lines-looked-at': ({ attempt, person, agent, agentLeg }) =>
      rooms.lineQuality.seen(attempt, { ...defined({ person, agent }), agentLeg }),
    'looked-up': (looked) => lookouts.lookedUp(looked),
    'phone-looked-up': (looked) => lookouts.phoneLookedUp(looked),
    'all-looked-up': ({ snapshot }) => lookouts.catchUp(snapshot),
    seat: (step) => guard.step(step),
    'disposition-turn': ({ request, turn }) => dispositions.takeTurn(request, turn),
  } satisfies Partial<Handlers>;
}

function ofTheRest({ campaigns, recovery, agents, signIns }: EngineRooms) {
  return {
    'bridge-made': ({ session, leg }) => agents.begin(session, leg),
    'bridge-restored': ({ session, leg }) => recovery.bridgeRestored(session, leg),
    'session-opens': (opens) => signIns.open(opens),
    'said-too-long': ({ listener }) => agents.prompts.overTime(listener),
    reconciled: (reconciled) => recovery.compare(reconciled),
    'sounds-looked-for': ({ campaign, missing }) => campaigns.sounds.found(campaign, missing),
    'day-read': ({ campaign, startAt, counts, times }) => campaigns.days.read(campaign, startAt, { counts, times }),
    'dials-left': ({ campaign, left }) => campaigns.learnDialsLeft(campaign, left),
    'follow-schedules': () => campaigns.followSchedules(),
    look: () => undefined,
  } satisfies Partial<Handlers>;
}
