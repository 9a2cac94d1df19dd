// The engine: events go in one at a time, commands come out. Puts the parts together and fulfils Control.
// Knows no adapter; runs the same on Asterisk, on the simulator and in tests.

import type { Lock } from '../agent/lock-out.ts';
import type { ContentFault } from '../call/content.ts';
import type { CampaignSound } from '../campaign/sounds.ts';
import type { AgentNumber, AttemptId, CampaignAction, CampaignName, SessionId } from '../terms.ts';
import { assemble, type EngineRooms } from './assembly.ts';
import type { ChangedRecords } from './agents/changed-records.ts';
import type { DeskPort } from './agents/desk-port.ts';
import type { BrowserAccount } from './agents/browser-account.ts';
import type { Listening, ListeningOrder } from './calls/listening-orders.ts';
import type { CallOrder, CallStanding } from './calls/call-orders.ts';
import type { CallbackTimes } from '../eligibility/callback-times.ts';
import type { CallbackRequest, CallbackTimesRequest } from './calls/callback-request.ts';
import type { DispositionGiven, DispositionRequest } from './calls/disposition-request.ts';
import type { ScriptActed, ScriptRequest, ShownScript } from './calls/script-request.ts';
import type { AgentView, CampaignBudget, CampaignView, Health, TrunkView } from './control-views.ts';
import type { Control, HandedOver, OutboundOrder } from './control.ts';
import type { LiveEvent } from './live-events.ts';
import type { AgentOrder, NotAsked } from './dialing/agent-dial.ts';
import { paceAll } from './dialing/pace-all.ts';
import { dispatcher } from './dispatch.ts';
import { Draining } from './draining.ts';
import type { EngineEvent } from './events.ts';
import type { EngineParts, Hub } from './hub.ts';
import { Mailbox } from './mailbox.ts';
import { makeHub } from './make-hub.ts';
import { checkContent } from './recovery/content.ts';
import { takeUp } from './recovery/take-up.ts';
import type { CallbackRow } from './store/callbacks.ts';
import type { OutboundStep } from './store/outbound.ts';
import type { World } from './world.ts';
import type { Actor } from './actor.ts';

export class Engine implements Control {
  readonly #parts: EngineParts;
  readonly #mailbox: Mailbox<EngineEvent>;
  readonly #hub: Hub;
  readonly #world: World;
  readonly #rooms: EngineRooms;
  readonly #dispatch: (event: EngineEvent) => void;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  readonly #draining: Draining;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#mailbox = new Mailbox({
      handle: (event) => this.#handle(event),
      onFault: (event, fault) => this.#hub.faults.inEvent(event, fault),
      onIdle: () => this.#idle(),
    });
    this.#hub = makeHub(parts, {
      post: (event) => this.#mailbox.post(event),
      emit: (event) => this.#emit(event),
      storeChanged: (failing) => this.#storeChanged(failing),
      ends: {
        reap: (attempt) => this.#rooms.calls.reapSoon(attempt),
        closeCall: (attempt, event) => this.#rooms.calls.closeBroken(attempt, event),
        closeSession: (session) => this.#rooms.agents.closeBroken(session),
      },
    });
    this.#world = this.#hub.world;
    this.#draining = new Draining(this.#world, parts.log);
    this.#rooms = assemble(this.#hub, () => this.#reconcile());
    this.#dispatch = dispatcher(this.#world, this.#rooms);
  }

  /** Connects, takes up what lives, closes what has gone, and begins to dial what may be dialed. */
  async start(): Promise<void> {
    const recovered = await takeUp(this.#hub, this.#rooms, (event) => this.#mailbox.post(event));
    this.#parts.log.info(recovered, 'recovered');
    this.followSchedules();
    this.#rooms.deskRequests.start();
    paceAll(this.#hub);
  }

  /** Lets go of everything without touching a leg: conversations live on in the exchange. */
  async stop(): Promise<void> {
    this.#hub.timers.clearAll();
    this.#rooms.campaigns.saveLearned();
    await this.#parts.telephony.stop();
    await this.#hub.writer.settled();
  }

  #handle(event: EngineEvent): void {
    try {
      this.#dispatch(event);
    } finally {
      this.#parts.journal?.handled(event, this.#world);
    }
  }

  #idle(): void {
    this.#rooms.dialing.paceTouched();
    this.#draining.look();
  }

  #emit(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #storeChanged(failing: boolean): void {
    this.#parts.log.warn({ failing }, failing ? 'store is failing: no new calls' : 'store works again');
    paceAll(this.#hub);
  }

  async #reconcile(): Promise<void> {
    await this.#rooms.accounts.provision();
    await this.#rooms.recovery.reconcile();
    this.#world.linkUp = true;
    await this.#rooms.optOuts.collect();
    paceAll(this.#hub);
  }

  /** Brings every campaign to where its schedule wants it now; to be called whenever a window may have changed. */
  followSchedules(): void {
    this.#mailbox.post({ type: 'follow-schedules' });
  }

  /** Dials for the agent of a session alone: a record that is reserved for them, or who is due for them. */
  dialFor(session: SessionId, order: AgentOrder): AttemptId | NotAsked {
    return this.#rooms.agentFirst.dial(session, 'interaction', order);
  }

  // ---- Control

  get desks(): DeskPort {
    return this.#rooms.deskRequests;
  }

  campaigns(): readonly CampaignView[] {
    return [...this.#world.campaigns.values()].map((campaign) => this.#rooms.views.campaign(campaign));
  }

  campaign(name: CampaignName): CampaignView | undefined {
    const campaign = this.#world.campaigns.get(name);
    return campaign && this.#rooms.views.campaign(campaign);
  }

  async actOnCampaign(name: CampaignName, action: CampaignAction, by: Actor): Promise<CampaignView> {
    const campaign = await this.#rooms.campaigns.act(name, action, by);
    // Nothing is left to do there: agents are signed out, those in a conversation after it.
    if (action === 'archive') await this.#rooms.rights.review();
    return this.#rooms.views.campaign(campaign);
  }

  missingSounds(name: CampaignName): Promise<readonly CampaignSound[] | undefined> {
    const campaign = this.#world.campaigns.get(name);
    return campaign ? this.#rooms.campaigns.sounds.missing(campaign.definition) : Promise.resolve([]);
  }

  agents(): Promise<readonly AgentView[]> {
    return Promise.resolve([...this.#world.agentsByNumber.values()].map((agent) => this.#rooms.views.agent(agent)));
  }

  signOutAgent(agent: AgentNumber, by: Actor): Promise<void> {
    return promised(() => this.#rooms.moves.signOut(agent, by));
  }

  moveAgent(agent: AgentNumber, campaign: CampaignName, by: Actor): Promise<void> {
    return promised(() => this.#rooms.moves.ask(agent, campaign, by));
  }

  endSession(agent: AgentNumber, by: Actor): Promise<void> {
    return promised(() => this.#rooms.moves.end(agent, by));
  }

  budgets(): readonly CampaignBudget[] {
    return [...this.#world.campaigns.values()].map((campaign) => this.#rooms.views.budget(campaign));
  }

  liftLockOut(agent: AgentNumber): void {
    this.#rooms.signIns.tries.lift(agent);
  }

  agentsChanged(): Promise<readonly HandedOver[]> {
    return this.#rooms.changes.agents();
  }

  listsChanged(): Promise<void> {
    return this.#rooms.changes.lists();
  }

  recordsChanged(change?: ChangedRecords): Promise<void> {
    return this.#rooms.changes.records(change);
  }

  reload(): Promise<void> {
    return this.#rooms.changes.reread();
  }

  /** The campaign files were read: changes take effect now. */
  takeCampaigns(): Promise<void> {
    return this.#rooms.changes.campaignFiles();
  }

  async drain(): Promise<void> {
    const drained = this.#draining.begin();
    this.#mailbox.post({ type: 'look' });
    await drained;
    await this.#hub.writer.settled();
  }

  outbound(): OutboundStep {
    return this.#rooms.outbound.step;
  }

  turnOutbound(wanted: OutboundOrder): Promise<OutboundStep> {
    return this.#rooms.outbound.turn(wanted);
  }

  setCallback(request: CallbackRequest): Promise<CallbackRow> {
    return this.#rooms.callbacks.set(request);
  }

  callbackTimes(request: CallbackTimesRequest): Promise<CallbackTimes> {
    return this.#rooms.callbacks.times(request);
  }

  cancelCallback(id: number, how: { readonly by: Actor; readonly again: boolean }): Promise<CallbackRow> {
    return this.#rooms.callbacks.cancel(id, how);
  }

  dispose(request: DispositionRequest): Promise<DispositionGiven> {
    return this.#rooms.dispositions.give(request);
  }

  listen(agent: AgentNumber, order: ListeningOrder): Promise<Listening> {
    return this.#rooms.listeners.ask(agent, order);
  }

  admitListener(phone: string, account: BrowserAccount): Promise<void> {
    return this.#rooms.listeners.admit(phone, account);
  }

  endListening(agent: AgentNumber, phone?: AgentNumber): Promise<void> {
    return this.#rooms.listeners.end(agent, phone);
  }

  usersChanged(): Promise<void> {
    return this.#rooms.changes.users();
  }

  listenings(): readonly Listening[] {
    return this.#rooms.listeners.list();
  }

  callOf(agent: AgentNumber): CallStanding | undefined {
    return this.#rooms.controls.standing(agent);
  }

  controlCall(agent: AgentNumber, order: CallOrder): Promise<CallStanding | undefined> {
    return this.#rooms.controls.act(agent, order);
  }

  script(agent: AgentNumber, attempt?: AttemptId): ShownScript {
    return this.#rooms.scripts.view(agent, attempt);
  }

  actOnScript(request: ScriptRequest): Promise<ScriptActed> {
    return this.#rooms.scripts.act(request);
  }

  content(): Promise<readonly ContentFault[]> {
    return checkContent(this.#hub);
  }

  locks(): readonly Lock[] {
    return this.#rooms.signIns.tries.locks();
  }

  health(): Health {
    return this.#rooms.views.health();
  }

  trunks(): readonly TrunkView[] {
    return this.#rooms.trunks.views();
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** What is done at once, or refused, as a promise. */
function promised(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    act();
    resolve();
  });
}
