// The engine: events go in one at a time, commands come out. Puts the parts together and fulfils Control.
// Knows no adapter; runs the same on Asterisk, on the simulator and in tests.

import type { Lock } from '../agent/lock-out.ts';
import type { ContentFault } from '../call/content.ts';
import { OperationalError } from '../base/errors.ts';
import type { CampaignSound } from '../campaign/sounds.ts';
import type { Heard } from '../trunks/limits.ts';
import type { AgentNumber, CampaignAction, CampaignName } from '../terms.ts';
import { Accounts } from './agents/accounts.ts';
import { assembleAfterCall, handleAfterCall, type AfterCall } from './calls/after-call.ts';
import { Aftermaths } from './calls/aftermath.ts';
import { Agents } from './agents/agents.ts';
import type { CallbackRequest } from './calls/callbacks.ts';
import { BridgeGuard } from './calls/bridge-guard.ts';
import { trunkNews } from './calls/call-news.ts';
import { Calls } from './calls/calls.ts';
import { Campaigns } from './campaigns/campaigns.ts';
import { Commands } from './commands.ts';
import { checkContent } from './recovery/content.ts';
import type { AgentView, CampaignView, Control, HandedOver, Health, LiveEvent } from './control.ts';
import { Dialing } from './dialing/dialing.ts';
import { Faults } from './faults.ts';
import { Exchange } from './exchange.ts';
import { Dispositions } from './calls/dispositions.ts';
import type { DispositionGiven, DispositionRequest } from './calls/dispositions.ts';
import type { EngineEvent, EngineParts, Hub } from './hub.ts';
import { Lookouts } from './calls/lookouts.ts';
import { Mailbox } from './mailbox.ts';
import { Outbound } from './outbound.ts';
import type { TelephonyEvent } from './ports.ts';
import { Recordings } from './calls/recordings.ts';
import { Recovery } from './recovery/recovery.ts';
import { Rights } from './agents/rights.ts';
import { noteTold } from './calls/seats.ts';
import { SignIns } from './agents/sign-ins.ts';
import type { CallbackRow } from './store/callbacks.ts';
import type { OutboundStep } from './store/outbound.ts';
import { Timers } from './timers.ts';
import { Trunks } from './dialing/trunks.ts';
import { Validation } from './dialing/validation.ts';
import { Views } from './views.ts';
import { Wishes } from './calls/wishes.ts';
import { World, type LiveCall } from './world.ts';
import { Writer } from './writer.ts';

export class Engine implements Control {
  readonly #parts: EngineParts;
  readonly #world = new World();
  readonly #mailbox: Mailbox<EngineEvent>;
  readonly #hub: Hub;
  readonly #accounts: Accounts;
  readonly #rights: Rights;
  readonly #agents: Agents;
  readonly #signIns: SignIns;
  readonly #calls: Calls;
  readonly #campaigns: Campaigns;
  readonly #trunks: Trunks;
  readonly #dialing: Dialing;
  readonly #recovery: Recovery;
  readonly #exchange: Exchange;
  readonly #views: Views;
  readonly #outbound: Outbound;
  readonly #recordings: Recordings;
  readonly #wishes: Wishes;
  readonly #afterCall: AfterCall;
  readonly #dispositions: Dispositions;
  readonly #listeners = new Set<(event: LiveEvent) => void>();
  #drained: (() => void)[] = [];

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#mailbox = new Mailbox({
      handle: (event) => this.#handle(event),
      onFault: (event, fault) => this.#hub.faults.inEvent(event, fault),
      onIdle: () => this.#idle(),
    });
    const timers = new Timers(parts.clock, (name, fault) => this.#hub.faults.inTimer(name, fault));
    const post = (event: EngineEvent): void => this.#mailbox.post(event);
    const commands = new Commands({ parts, timers, post });
    const hub: Omit<Hub, 'faults'> = {
      parts,
      world: this.#world,
      timers,
      writer: new Writer(parts.clock, parts.log, (failing) => this.#storeChanged(failing)),
      now: () => parts.clock.now(),
      post,
      run: (command, refused) => {
        noteTold(this.#world, command);
        commands.run(command, refused);
      },
      runThen: (command, then, refused) => {
        noteTold(this.#world, command);
        commands.run(command, refused, then);
      },
      tell: (event) => this.#tell(event),
    };
    this.#hub = Object.assign(hub, { faults: new Faults(hub) });
    this.#accounts = new Accounts(this.#hub);
    this.#rights = new Rights(this.#hub);
    const aftermaths = new Aftermaths(this.#hub);
    this.#agents = new Agents(this.#hub, aftermaths);
    this.#agents.onClosed = (session) => this.#accounts.closed(session);
    this.#signIns = new SignIns(this.#hub, this.#agents);
    this.#trunks = new Trunks(this.#hub);
    this.#calls = new Calls(this.#hub, {
      agents: this.#agents,
      aftermaths,
      heard: (live, heard) => this.#heardOf(live, heard),
    });
    this.#campaigns = new Campaigns(this.#hub, {
      callbackDue: (campaign, agent) => this.#afterCall.personal.dueAt(campaign, agent),
    });
    this.#dialing = new Dialing(this.#hub, { calls: this.#calls, campaigns: this.#campaigns, trunks: this.#trunks });
    const validation = new Validation(this.#hub);
    this.#dialing.onLook = (campaign) => validation.look(campaign);
    this.#afterCall = assembleAfterCall(this.#hub, {
      agents: this.#agents,
      aftermaths,
      calls: this.#calls,
      campaigns: this.#campaigns,
      dialing: this.#dialing,
      trunks: this.#trunks,
      validation,
    });
    const guard = new BridgeGuard(this.#hub, this.#agents.phones);
    this.#recovery = new Recovery(this.#hub, { agents: this.#agents, calls: this.#calls, aftermaths, guard });
    const lookouts = new Lookouts(this.#hub, { calls: this.#calls, phones: this.#agents.phones });
    this.#agents.phones.lookouts = lookouts;
    this.#hub.faults.ends = {
      reap: (attempt) => this.#calls.reapSoon(attempt),
      closeCall: (attempt, event) => this.#calls.closeBroken(attempt, event),
      closeSession: (session) => this.#agents.closeBroken(session),
    };
    this.#calls.placed = (live, trunk) => {
      lookouts.stepped(undefined, live);
      this.#trunks.hours.placed(trunk, live.opened.record.phones[live.opened.phoneIndex]?.number ?? '');
    };
    this.#exchange = new Exchange(this.#hub, {
      guard,
      lookouts,
      agents: this.#agents,
      signIns: this.#signIns,
      inbound: this.#afterCall.inbound,
      trunks: this.#trunks,
      reconcile: () => this.#reconcile(),
    });
    const recordings = new Recordings(this.#hub, this.#agents);
    this.#recordings = recordings;
    this.#calls.stepped = (before, live) => {
      recordings.stepped(before, live);
      lookouts.stepped(before, live);
    };
    this.#agents.onRecordingKey = (attempt) => recordings.toggle(attempt);
    this.#wishes = new Wishes(this.#hub);
    this.#dispositions = new Dispositions(this.#hub, { agents: this.#agents, aftermaths });
    this.#outbound = new Outbound(this.#hub, this.#agents);
    this.#views = new Views(this.#hub, this.#dialing);
  }

  /** Connects, takes up what lives, closes what has gone, and begins to dial what may be dialed. */
  async start(): Promise<void> {
    await this.#outbound.start();
    await this.#campaigns.start();
    await this.#trunks.hours.start();
    await this.#accounts.read();
    await this.#signIns.tries.start();
    let early: TelephonyEvent[] | undefined = [];
    await this.#parts.telephony.start((event) => {
      if (early) early.push(event);
      else this.#mailbox.post({ type: 'telephony', event });
    });
    await this.#accounts.provision();
    const recovered = await this.#recovery.start();
    await this.#recordings.start();
    await this.#wishes.collect();
    await this.#rights.review();
    await this.#afterCall.personal.start();
    this.#afterCall.reservations.start();
    await this.#afterCall.missed.start();
    this.#world.linkUp = true;
    const missed = early;
    early = undefined;
    for (const event of missed) this.#mailbox.post({ type: 'telephony', event });
    for (const live of this.#world.calls.values()) this.#trunks.occupy(live.opened.trunk, live.call.campaign);
    for (const campaign of this.#world.campaigns.values()) this.#campaigns.renewPacer(campaign);
    for (const campaign of this.#world.campaigns.values()) await this.#campaigns.days.renew(campaign);
    this.#parts.log.info(recovered, 'recovered');
    this.followSchedules();
    this.#paceAll();
  }

  /** Asks every pacer now: nothing else may happen that would. */
  #paceAll(): void {
    for (const name of this.#world.campaigns.keys()) this.#mailbox.post({ type: 'pace', campaign: name });
  }

  /** Lets go of everything without touching a leg: conversations live on in the exchange. */
  async stop(): Promise<void> {
    this.#hub.timers.clearAll();
    this.#campaigns.saveLearned();
    await this.#parts.telephony.stop();
    await this.#hub.writer.settled();
  }

  #handle(event: EngineEvent): void {
    switch (event.type) {
      case 'telephony':
        return this.#exchange.handle(event.event);
      case 'call': {
        const campaign = this.#world.calls.get(event.attempt)?.call.campaign;
        const meant = this.#calls.handle(event.attempt, event.event, event.at);
        if (meant && campaign !== undefined) this.#dialing.touch(campaign);
        return;
      }
      case 'session': {
        const campaign = this.#world.sessions.get(event.session)?.campaign;
        this.#agents.handle(event.session, event.event);
        if (campaign !== undefined) this.#dialing.touch(campaign);
        return;
      }
      case 'sign-in':
        return this.#signIns.handle(event.leg, event.event);
      case 'opened':
        return this.#dialing.opened(event.campaign, event.asked, event.answer);
      case 'pace':
        return this.#dialing.touch(event.campaign);
      case 'then':
        return event.run();
      default:
        return handleAfterCall(this.#afterCall, event);
    }
  }

  #idle(): void {
    this.#dialing.paceTouched();
    if (this.#world.draining && this.#world.calls.size === 0) {
      const drained = this.#drained;
      this.#drained = [];
      for (const resolve of drained) resolve();
    }
  }

  /** What the network made of a call: its trunk is judged by it, and has its line back at the end. */
  #heardOf({ call, opened }: LiveCall, heard: Heard): void {
    this.#trunks.heard(opened.trunk, trunkNews(call, heard));
    if (heard === 'ringing') return;
    this.#trunks.release(opened.trunk, call.campaign);
    this.#dialing.freed(opened.trunk);
  }

  #tell(event: LiveEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #storeChanged(failing: boolean): void {
    this.#parts.log.warn({ failing }, failing ? 'store is failing: no new calls' : 'store works again');
    this.#paceAll();
  }

  async #reconcile(): Promise<void> {
    await this.#accounts.provision();
    await this.#recovery.reconcile();
    this.#world.linkUp = true;
    await this.#wishes.collect();
    this.#paceAll();
  }

  /** Brings every campaign to where its schedule wants it now; to be called whenever a window may have changed. */
  followSchedules(): void {
    this.#mailbox.post({ type: 'then', what: 'schedules', about: {}, run: () => this.#campaigns.followSchedules() });
  }

  // ---- Control

  campaigns(): readonly CampaignView[] {
    return [...this.#world.campaigns.values()].map((campaign) => this.#views.campaign(campaign));
  }

  campaign(name: CampaignName): CampaignView | undefined {
    const campaign = this.#world.campaigns.get(name);
    return campaign && this.#views.campaign(campaign);
  }

  async actOnCampaign(name: CampaignName, action: CampaignAction, by: string): Promise<CampaignView> {
    const campaign = await this.#campaigns.act(name, action, by);
    // Nothing is left to do there: agents are signed out, those in a conversation after it.
    if (action === 'archive') await this.#rights.review();
    return this.#views.campaign(campaign);
  }

  missingSounds(name: CampaignName): Promise<readonly CampaignSound[] | undefined> {
    const campaign = this.#world.campaigns.get(name);
    return campaign ? this.#campaigns.sounds.missing(campaign.definition) : Promise.resolve([]);
  }

  agents(): Promise<readonly AgentView[]> {
    return Promise.resolve([...this.#world.agentsByNumber.values()].map((agent) => this.#views.agent(agent)));
  }

  signOutAgent(agent: AgentNumber, by: string): Promise<void> {
    const session = this.#world.sessionByAgent.get(agent);
    if (session === undefined) {
      return Promise.reject(
        new OperationalError('agent-not-signed-in', `Agent ${agent} has no session.`, {
          hint: 'See `outdial agent list` for who is signed in.',
          httpCode: 409,
        }),
      );
    }
    this.#parts.log.info({ agent, by }, 'sign-out asked for');
    this.#mailbox.post({ type: 'session', session, event: { type: 'ask-sign-out' } });
    return Promise.resolve();
  }

  agentsChanged(): Promise<readonly HandedOver[]> {
    return this.#accounts.changed(() => this.#rights.review());
  }

  liftLockOut(agent: AgentNumber): void {
    this.#signIns.tries.lift(agent);
  }

  async listsChanged(): Promise<void> {
    for (const campaign of this.#world.campaigns.values()) {
      if (campaign.state === 'unapproved' || campaign.state === 'archived') continue;
      await this.#campaigns.syncRecords(campaign);
      this.#mailbox.post({ type: 'pace', campaign: campaign.definition.name });
    }
  }

  async reload(): Promise<void> {
    try {
      await this.#parts.rereadCampaigns?.();
    } finally {
      await this.takeCampaigns();
    }
  }

  /** The campaign files were read: changes take effect now. */
  async takeCampaigns(): Promise<void> {
    await this.#campaigns.reload();
    await this.#rights.review();
    this.followSchedules();
    this.#paceAll();
  }

  async drain(): Promise<void> {
    this.#world.draining = true;
    this.#parts.log.info({ calls: this.#world.calls.size }, 'draining: no new calls, live ones finish');
    const drained = new Promise<void>((resolve) => {
      this.#drained.push(resolve);
    });
    this.#mailbox.post({ type: 'then', what: 'drain', about: {}, run: () => undefined });
    await drained;
    await this.#hub.writer.settled();
  }

  outbound(): OutboundStep {
    return this.#outbound.step;
  }

  turnOutbound(wanted: Omit<OutboundStep, 'at'>): Promise<OutboundStep> {
    return this.#outbound.turn(wanted);
  }

  setCallback(request: CallbackRequest): Promise<CallbackRow> {
    return this.#afterCall.callbacks.set(request);
  }

  cancelCallback(id: number, how: { readonly by: string; readonly again: boolean }): Promise<CallbackRow> {
    return this.#afterCall.callbacks.cancel(id, how);
  }

  dispose(request: DispositionRequest): Promise<DispositionGiven> {
    return this.#dispositions.give(request);
  }

  content(): Promise<readonly ContentFault[]> {
    return checkContent(this.#hub);
  }

  locks(): readonly Lock[] {
    return this.#signIns.tries.locks();
  }

  health(): Health {
    return this.#views.health();
  }

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
