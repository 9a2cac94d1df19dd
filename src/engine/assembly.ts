// Puts the engine's parts together: each is given what it needs when it is made, and nothing afterwards. Where two need
// each other, the one that is made first is given a port to the other.

import type { Happening } from '../interaction/interaction.ts';
import type { Heard } from '../trunks/reasons.ts';
import { Accounts } from './agents/accounts.ts';
import { Agents } from './agents/agents.ts';
import { BrowserPhones } from './agents/browser-phones.ts';
import { DeskActs } from './agents/desk-acts.ts';
import { DeskChanges } from './agents/desk-changes.ts';
import { DeskKeys } from './agents/desk-keys.ts';
import { DeskDials } from './agents/desk-dials.ts';
import { DeskKeeping } from './agents/desk-keeping.ts';
import { DeskOffers } from './agents/desk-offers.ts';
import { DeskRecords } from './agents/desk-records.ts';
import { DeskRecovery } from './agents/desk-recovery.ts';
import { DeskRequests } from './agents/desk-requests.ts';
import { Desks } from './agents/desks.ts';
import { Moves } from './agents/moves.ts';
import { PersonalCalls } from './agents/personal-calls.ts';
import { Rights } from './agents/rights.ts';
import { OutsidePhones } from './agents/outside-phones.ts';
import { SignIns } from './agents/sign-ins.ts';
import { Whispers } from './agents/whispers.ts';
import { RecordOutcomes } from './calls/record-outcomes.ts';
import { BridgeGuard } from './calls/bridge-guard.ts';
import { trunkNews } from './calls/call-news.ts';
import { Callbacks } from './calls/callbacks.ts';
import { CallControls } from './calls/call-controls.ts';
import { Calls } from './calls/calls.ts';
import { Dispositions } from './calls/dispositions.ts';
import { Inbound } from './calls/inbound.ts';
import { Lookouts } from './calls/lookouts.ts';
import { MissedPeople } from './calls/missed.ts';
import { LineQuality } from './calls/line-quality.ts';
import { DialedListeners } from './calls/dialed-listeners.ts';
import { Listeners } from './calls/listeners.ts';
import { PartsBook } from './calls/parts-book.ts';
import { Recordings } from './calls/recordings.ts';
import { Scripts } from './calls/scripts.ts';
import { OptOuts } from './calls/opt-outs.ts';
import { Campaigns } from './campaigns/campaigns.ts';
import { LastRecords } from './campaigns/last-records.ts';
import { AgentFirst } from './dialing/agent-first.ts';
import { Dialing } from './dialing/dialing.ts';
import { Reservations } from './dialing/reservations.ts';
import { Trunks } from './dialing/trunks.ts';
import { Validation } from './dialing/validation.ts';
import { ThirdParties } from './calls/third-parties.ts';
import { Changes } from './changes.ts';
import { Exchange } from './exchange.ts';
import type { Hub } from './hub.ts';
import { Outbound } from './outbound.ts';
import { Recovery } from './recovery/recovery.ts';
import { Views } from './views.ts';
import type { LiveCall } from './world.ts';

export type EngineRooms = ReturnType<typeof assemble>;

/** `reconcile`: the link to the exchange is back. */
export function assemble(hub: Hub, reconcile: () => Promise<void>) {
  const calling = callRooms(hub, {
    heard: (live, heard) => noteHeard(dialing, live, heard),
    acts: { carryOut: (...effects) => acts.carryOut(...effects) },
    confirm: (...phone) => signIns.confirm(...phone),
  });
  const dialing = dialingRooms(hub, calling, (campaign, agent) => beside.personal.dueAt(campaign, agent));
  const beside = besideDialing(hub, calling, dialing);
  const { agents, desks, recordOutcomes } = calling;
  const dialedListeners = new DialedListeners(hub, { listeners: calling.listeners, prompts: agents.prompts });
  const signIns: SignIns = new SignIns(hub, agents, dialedListeners);
  const browsers = new BrowserPhones(hub, agents.phones);
  const scripts = new Scripts(hub, dialing.campaigns);
  const { acts, ...deskRooms } = roomsOfDesks(hub, { ...calling, ...dialing, ...beside, scripts });
  const requested = { desks, agents, browsers, callbacks: beside.callbacks, keeping: deskRooms.keeping };
  const moves = new Moves(hub, agents);
  const rights = new Rights(hub);
  const accounts = new Accounts(hub);
  return {
    ...calling,
    ...dialing,
    ...beside,
    signIns,
    dialedListeners,
    browsers,
    ...deskRooms,
    deskRequests: new DeskRequests(hub, requested),
    accounts,
    rights,
    changes: new Changes(hub, { ...dialing, ...deskRooms, rights, accounts, dialedListeners }),
    scripts,
    ...exchangeRooms(hub, { ...calling, ...dialing, signIns, browsers, scripts, reconcile }),
    optOuts: new OptOuts(hub),
    dispositions: new Dispositions(hub, { agents, recordOutcomes }),
    outbound: new Outbound(hub, agents),
    moves,
    views: new Views(hub, { ...dialing, moves }),
  };
}

interface ByExchange {
  readonly signIns: SignIns;
  readonly browsers: BrowserPhones;
  readonly scripts: Scripts;
  readonly reconcile: () => Promise<void>;
}

/** What the exchange reports finds its part; after a restart, so does what lives there. */
function exchangeRooms(hub: Hub, rooms: CallRooms & DialingRooms & ByExchange) {
  const guard = new BridgeGuard(hub, rooms.agents.phones);
  return {
    guard,
    recovery: new Recovery(hub, { ...rooms, guard, desks: () => rooms.desks.all() }),
    exchange: new Exchange(hub, { ...rooms, guard }),
  };
}

/** What is made after the calls and agents, and hears of them. */
interface Later {
  readonly heard: (live: LiveCall, heard: Heard) => void;
  readonly acts: Pick<DeskActs, 'carryOut'>;
  readonly confirm: SignIns['confirm'];
}

/** Calls, agents, and what follows both step by step. */
function callRooms(hub: Hub, { heard, acts, confirm }: Later) {
  const recordings = new Recordings(hub, { say: (...said) => agents.prompts.say(...said) });
  const lookouts = new Lookouts(hub, {
    calls: { handle: (...event) => calls.handle(...event), lost: (...lost) => calls.lost(...lost) },
    phones: { seat: (...phone) => agents.phones.seat(...phone) },
  });
  const trunks = new Trunks(hub);
  const outside = new OutsidePhones(hub, { trunks, confirm });
  const recordOutcomes = new RecordOutcomes(hub);
  const desks: Desks = new Desks(hub, {
    acts,
    agents: { handle: (...event) => agents.handle(...event) },
    keys: { stepped: (...step) => deskKeys.stepped(...step) },
  });
  const deskKeys: DeskKeys = new DeskKeys(hub, {
    prompts: () => agents.prompts,
    desks: {
      of: (agent) => desks.deskOf(agent),
      sessionOf: (agent) => desks.sessionOf(agent),
      factsOf: (interaction) => desks.factsOf(interaction),
      command: (...command) => desks.command(...command),
    },
  });
  const agents: Agents = new Agents(hub, { recordOutcomes, lookouts, outside, watcher: desks });
  const inbound = new Inbound(hub, { adopt: (...call) => calls.adopt(...call) });
  const placed: ConstructorParameters<typeof Calls>[1]['placed'] = (trunk, number) =>
    trunks.hours.placed(trunk, number);
  const thirds = new ThirdParties(hub, { agents, trunks });
  const listeners = new Listeners(hub, { thirds });
  const controls = new CallControls(hub, {
    recordings,
    thirds,
    handle: (...event) => calls.handle(...event),
    say: (...said) => agents.prompts.say(...said),
  });
  const partsBook = new PartsBook(hub);
  const lineQuality = new LineQuality(hub);
  const whispers = new Whispers(hub);
  const watchers = [recordings, lookouts, desks.calls, thirds, listeners, controls, partsBook, whispers, lineQuality];
  const calls: Calls = new Calls(hub, { agents, recordOutcomes, heard, placed, watchers, inbound, thirds });
  return {
    recordings,
    lookouts,
    trunks,
    outside,
    recordOutcomes,
    agents,
    desks,
    deskKeys,
    inbound,
    calls,
    controls,
    partsBook,
    lineQuality,
    thirds,
    listeners,
  };
}

type CallRooms = ReturnType<typeof callRooms>;

/** The campaigns and their pacing. */
function dialingRooms(
  hub: Hub,
  { calls, trunks }: CallRooms,
  callbackDue: ConstructorParameters<typeof Campaigns>[1]['callbackDue'],
) {
  const campaigns = new Campaigns(hub, { callbackDue });
  const validation = new Validation(hub);
  const dialing = new Dialing(hub, { calls, campaigns, trunks, validation });
  return { campaigns, validation, trunks, dialing };
}

type DialingRooms = ReturnType<typeof dialingRooms>;

/** What comes after a call and beside the campaigns' own dialing. */
function besideDialing(hub: Hub, { agents, desks, recordOutcomes, calls }: CallRooms, dialing: DialingRooms) {
  const { campaigns } = dialing;
  const agentFirst = new AgentFirst(hub, { ...dialing, agents, recordOutcomes, calls });
  return {
    agentFirst,
    reservations: new Reservations(hub, recordOutcomes, desks),
    personal: new PersonalCalls(hub, agentFirst),
    callbacks: new Callbacks(hub, { recordOutcomes, campaigns }),
    missed: new MissedPeople(hub, campaigns),
  };
}

type BesideDialing = ReturnType<typeof besideDialing>;

/** What is done for the agents' desks. */
function roomsOfDesks(
  hub: Hub,
  {
    desks,
    agents,
    recordOutcomes,
    campaigns,
    dialing,
    agentFirst,
    scripts,
  }: CallRooms & DialingRooms & BesideDialing & { readonly scripts: Scripts },
) {
  const post: Desks['post'] = (...event) => desks.post(...event);
  const ofInteraction = (agent: string, interaction: string, event: Happening): void =>
    post(agent, { type: 'interaction', interaction, event });
  const keeping = new DeskKeeping(hub);
  const lastRecords = new LastRecords(hub, campaigns);
  const records = new DeskRecords(hub, {
    dialing,
    desks: () => desks.all(),
    unseenMs: (agent) => desks.audience.unseenMs(agent),
    leaseLost: (...lost) => desks.leaseLost(...lost),
  });
  const dials = new DeskDials(hub, { agentFirst, happens: ofInteraction });
  const offers = new DeskOffers(hub, {
    records,
    dialing,
    lastRecords,
    desks: {
      all: () => desks.all(),
      of: (agent) => desks.deskOf(agent),
      sessionOf: (agent) => desks.sessionOf(agent),
      know: (...record) => desks.know(...record),
      handle: (...event) => desks.happens(...event),
    },
  });
  const toSession: Agents['handle'] = (...event) => agents.handle(...event);
  const acts = new DeskActs(hub, { recordOutcomes, records, dials, keeping, lastRecords, post, toSession });
  return {
    acts,
    keeping,
    dials,
    offers,
    lastRecords,
    deskChanges: new DeskChanges(hub, desks),
    deskRecovery: new DeskRecovery(hub, { desks, records, scripts }),
  };
}

/** What the network made of a call: its trunk is judged by it, and has its line back at the end. */
function noteHeard({ trunks, dialing }: DialingRooms, { call, opened }: LiveCall, heard: Heard): void {
  trunks.heard(opened.trunk, trunkNews(call, heard));
  if (heard === 'ringing') return;
  trunks.release(opened.trunk, call.campaign);
  dialing.freed(opened.trunk);
}
