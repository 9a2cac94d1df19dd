// The campaigns: their files, their life by people, schedule and records, and the pacer each one has.

import type { Campaign } from '../../campaign/definition.ts';
import { stepCampaign, type CampaignEvent } from '../../campaign/machine.ts';
import { dueStep } from '../../campaign/schedule.ts';
import type { Json } from '../../pacing/pacer.ts';
import type { CampaignAction, CampaignName, CampaignState } from '../../terms.ts';
import { readAnswers } from './campaign-answers.ts';
import { CampaignPacer, pacerOptions, zoneOf } from '../dialing/campaign-pacer.ts';
import { Figures } from './figures.ts';
import { DayFigures } from './day-figures.ts';
import type { Halt } from '../halt.ts';
import { RecordsAhead } from '../dialing/records-ahead.ts';
import type { Hub } from '../hub.ts';
import { lastAnswersAt, presentOf, reportPlans, windowEvent, type CallbackDue } from '../dialing/pacer-feed.ts';
import { RecentDecisions } from '../dialing/recent-decisions.ts';
import { Sounds } from './sounds.ts';
import { textsOf } from '../agents/spoken-choices.ts';
import type { RunningCampaign } from '../world.ts';
import { nameOf, RECORDS, SCHEDULE, type Actor } from '../actor.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { stepRefused } from './step-refusals.ts';

const LOOK_AFTER_MS = 60_000;
const FILE_GONE: Halt = { by: 'file', why: 'its file is gone from the campaigns folder' };
/** Dials that are more than will be made before anybody looks again, by any team. */
const MANY_DIALS = 20_000;

export class Campaigns {
  readonly #hub: Hub;
  readonly #callbackDue: CallbackDue;
  readonly days: DayFigures;
  readonly sounds: Sounds;
  /** What earlier pacers of each campaign have learned. */
  readonly #learned = new Map<CampaignName, Json>();

  constructor(hub: Hub, parts: { readonly callbackDue: CallbackDue }) {
    this.#hub = hub;
    this.#callbackDue = parts.callbackDue;
    this.days = new DayFigures(hub);
    this.sounds = new Sounds(hub);
  }

  /** At start: the files, the states that the store remembers, what the pacers had learned. */
  async start(): Promise<void> {
    const rows = new Map((await this.#hub.parts.store.campaigns.all()).map((row) => [row.campaign, row]));
    for (const definition of await this.#hub.parts.loadCampaigns()) {
      const row = rows.get(definition.name);
      await this.#add(definition, row?.state ?? 'unapproved', row?.changedAt ?? this.#hub.now());
    }
    this.#hub.timers.set('pacers', this.#hub.now() + LOOK_AFTER_MS, () => this.#lookAfterPacers());
  }

  /** The files were read again: changed campaigns take effect at once, new ones join, vanished ones stop dialing. */
  async reload(): Promise<void> {
    const definitions = await this.#hub.parts.loadCampaigns();
    for (const definition of definitions) {
      const known = this.#hub.world.campaigns.get(definition.name);
      if (!known) await this.#join(definition);
      else if (JSON.stringify(known.definition) !== JSON.stringify(definition)) await this.#change(known, definition);
    }
    const names = new Set(definitions.map((definition) => definition.name));
    for (const campaign of this.#hub.world.campaigns.values()) {
      const gone = !names.has(campaign.definition.name);
      if (gone) campaign.halted = FILE_GONE;
      else if (campaign.halted?.by === 'file') campaign.halted = undefined;
    }
  }

  async #join(definition: Campaign): Promise<void> {
    const campaign = await this.#add(definition, 'unapproved', this.#hub.now());
    this.renewPacer(campaign);
    await this.days.renew(campaign);
  }

  async #add(definition: Campaign, state: CampaignState, changedAt: number): Promise<RunningCampaign> {
    const learned = await this.#hub.parts.store.campaigns.learned(definition.name);
    if (learned !== undefined) this.#learned.set(definition.name, JSON.parse(learned) as Json);
    const campaign: RunningCampaign = {
      definition,
      state,
      changedAt,
      pacer: undefined,
      answers: await readAnswers(this.#hub.parts.store, definition, this.#hub.now()),
      figures: new Figures(),
      waiting: [],
      callers: [],
      opening: 0,
      ahead: new RecordsAhead(),
      dialsLeft: undefined,
      pacing: undefined,
      decisions: new RecentDecisions(),
      callerIdTurn: 0,
      halted: undefined,
    };
    this.#hub.world.campaigns.set(definition.name, campaign);
    this.#hub.parts.spokenNames?.prepare(textsOf(definition));
    if (state !== 'unapproved' && state !== 'archived') await this.syncRecords(campaign);
    this.sounds.look(campaign);
    this.#emit(definition.name);
    return campaign;
  }

  /** Changed targets need a new pacer: it takes over what the old one learned and what is going on now. */
  async #change(campaign: RunningCampaign, definition: Campaign): Promise<void> {
    const before = campaign.definition;
    campaign.definition = definition;
    this.#hub.parts.spokenNames?.prepare(textsOf(definition));
    // Another list, filter or rule: what was known of the next record holds no more.
    campaign.ahead.grown();
    this.renewPacer(campaign);
    this.#hub.parts.log.info({ campaign: definition.name }, 'campaign changed');
    if (zoneOf(before) !== zoneOf(definition)) await this.days.renew(campaign);
    if (!campaign.answers.covers(definition)) await this.#readAnswersAgain(campaign);
    await this.syncRecords(campaign);
    this.sounds.look(campaign);
    this.#emit(definition.name);
  }

  /** A rule with a longer window than before: the attempts of longer ago count from now on. */
  async #readAnswersAgain(campaign: RunningCampaign): Promise<void> {
    await this.#hub.writer.settled();
    const answers = await readAnswers(this.#hub.parts.store, campaign.definition, this.#hub.now());
    for (const { call } of this.#hub.world.callsOf(campaign.definition.name)) {
      if (call.liveAt !== undefined) answers.live(call.attempt, call.result === 'abandoned');
    }
    campaign.answers = answers;
    this.#reportStanding(campaign);
  }

  /** Gives the campaign a new pacer, with what the one before has learned and all that is going on now. */
  renewPacer(campaign: RunningCampaign): void {
    const { definition } = campaign;
    const { name } = definition;
    const now = this.#hub.now();
    const saved = campaign.pacer?.learned() ?? this.#learned.get(name) ?? null;
    this.#learned.set(name, saved);
    const options = pacerOptions(definition);
    const logs = this.#hub.parts.pacingLogs;
    campaign.pacer = options && new CampaignPacer({ definition, options, saved, logs, now });
    for (const event of presentOf(this.#hub.world, name, now)) campaign.pacer?.observe(event);
    this.#reportStanding(campaign);
  }

  /** What no event of a call or an agent shows the pacer: the abandonment window, who is about to leave, who is left. */
  #reportStanding(campaign: RunningCampaign): void {
    this.#reportWindow(campaign);
    reportPlans(this.#hub.world, campaign, { now: this.#hub.now(), callbackDue: this.#callbackDue });
    this.#countDialsLeft(campaign);
  }

  #reportWindow(campaign: RunningCampaign): void {
    const window = windowEvent(campaign, this.#hub.now());
    if (window) campaign.pacer?.observe(window);
  }

  /** A list that runs dry brings no more answers, however long its campaign's window is still open. */
  #countDialsLeft(campaign: RunningCampaign): void {
    const { definition, answers, state } = campaign;
    const now = this.#hub.now();
    const window = answers.window(definition, now);
    const untilAt = window && lastAnswersAt(window, definition, now);
    if (untilAt === undefined || state !== 'running' || definition.mode !== 'predictive') {
      campaign.dialsLeft = undefined;
      return;
    }
    this.#hub.parts.store.records.dialsLeft({ campaign: definition, now, untilAt, most: MANY_DIALS }).then(
      (left) => this.#hub.post({ type: 'dials-left', campaign: definition.name, left }),
      (fault: unknown) =>
        this.#hub.parts.log.warn({ campaign: definition.name, fault }, 'records could not be counted'),
    );
  }

  /** How many records may still come up for dialing has been counted. */
  learnDialsLeft(name: CampaignName, left: number): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    campaign.dialsLeft = left < MANY_DIALS ? left : undefined;
    this.#reportWindow(campaign);
  }

  /** Contacts may have come or gone: every contact on the campaign's lists gets a record. */
  async syncRecords(campaign: RunningCampaign): Promise<void> {
    const made = await this.#hub.parts.store.records.sync(campaign.definition, this.#hub.now());
    if (made === 0) return;
    campaign.ahead.grown();
    this.#hub.parts.log.info({ campaign: campaign.definition.name, records: made }, 'records made');
    this.#countDialsLeft(campaign);
    this.step(campaign, 'records-added', RECORDS, `${made} records added`);
  }

  /** A person's step; refused when the campaign's state does not allow it. */
  async act(name: CampaignName, action: CampaignAction, by: Actor): Promise<RunningCampaign> {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) throw campaignUnknown(name, this.#hub.world.campaigns.keys());
    if (action === 'start' || action === 'resume') await this.sounds.refuseWithoutMessage(campaign.definition);
    if (isLifting(campaign, action)) return this.#lift(campaign, action, by);
    if (action === 'approve' || action === 'start' || action === 'resume') await this.syncRecords(campaign);
    const hasRecords = await this.#hasRecords(campaign);
    const result = stepCampaign(campaign.state, action, { hasRecords });
    if (result.kind !== 'moved') throw stepRefused(result);
    if (campaign.halted?.by === 'fault' && (action === 'start' || action === 'resume')) campaign.halted = undefined;
    this.#move(campaign, result.to, by, `asked for: ${action}`);
    await this.#hub.writer.settled();
    return campaign;
  }

  /** A person has seen the fault and wants the campaign to go on. */
  async #lift(campaign: RunningCampaign, action: CampaignAction, by: Actor): Promise<RunningCampaign> {
    const why = campaign.halted?.why ?? '';
    campaign.halted = undefined;
    this.#move(campaign, campaign.state, by, `asked for: ${action}, after it had stopped: ${why}`);
    await this.#hub.writer.settled();
    return campaign;
  }

  /** A step that no one asked for: the schedule's, or that of the records. */
  step(campaign: RunningCampaign, event: CampaignEvent, by: Actor, reason: string): void {
    const hasRecords = event !== 'records-exhausted' && !campaign.ahead.isExhausted;
    const result = stepCampaign(campaign.state, event, { hasRecords });
    if (result.kind === 'moved') this.#move(campaign, result.to, by, reason);
  }

  /** Brings every campaign to where its schedule wants it now; also after hours of downtime. */
  followSchedules(): void {
    for (const campaign of this.#hub.world.campaigns.values()) {
      const due = dueStep(campaign.definition.schedule, campaign, this.#hub.now());
      if (due) this.#scheduled(campaign, due);
    }
  }

  #scheduled(campaign: RunningCampaign, due: 'schedule-start' | 'schedule-stop'): void {
    const { state: from, definition } = campaign;
    const isStart = due === 'schedule-start';
    this.step(campaign, due, SCHEDULE, isStart ? 'its window opened' : 'its window closed');
    if (campaign.state === from) return;
    const what = isStart ? 'campaign.start' : 'campaign.stop';
    const change = { at: campaign.changedAt, what, subject: definition.name, from, to: campaign.state };
    this.#hub.note(SCHEDULE, change);
  }

  #move(campaign: RunningCampaign, to: CampaignState, actor: Actor, reason: string): void {
    const { name } = campaign.definition;
    const from = campaign.state;
    const at = this.#hub.now();
    const by = nameOf(actor);
    campaign.state = to;
    campaign.changedAt = at;
    this.sounds.look(campaign);
    this.#hub.parts.log.info({ campaign: name, from, to, by, reason }, 'campaign');
    this.#hub.writer.write(() =>
      this.#hub.parts.store.campaigns.saveState({ campaign: name, from, to, by, at, reason }),
    );
    this.#countDialsLeft(campaign);
    this.#emit(name);
    this.#hub.post({ type: 'pace', campaign: name });
  }

  async #hasRecords(campaign: RunningCampaign): Promise<boolean> {
    if (campaign.definition.mode === 'auto-callback') return true;
    const { byState } = await this.#hub.parts.store.records.counts(campaign.definition.name);
    return byState.fresh + byState.waiting + byState.dialing > 0;
  }

  #emit(name: CampaignName): void {
    this.#hub.emit({ type: 'campaign', at: this.#hub.now(), campaign: name });
  }

  /** Every minute: pacers hear how things stand, a spent one is renewed, and what they have learned is kept. */
  #lookAfterPacers(): void {
    for (const campaign of this.#hub.world.campaigns.values()) {
      // While attempts are being opened the old pacer alone knows of them.
      const isSpent = campaign.opening === 0 && campaign.pacer?.isSpent(this.#hub.now()) === true;
      if (isSpent) this.renewPacer(campaign);
      else this.#reportStanding(campaign);
      this.sounds.look(campaign);
    }
    this.saveLearned();
    this.#hub.timers.set('pacers', this.#hub.now() + LOOK_AFTER_MS, () => this.#lookAfterPacers());
  }

  /** What the pacers have learned, kept for the next start. */
  saveLearned(): void {
    for (const { definition, pacer } of this.#hub.world.campaigns.values()) {
      if (!pacer) continue;
      const learned = JSON.stringify(pacer.learned());
      this.#hub.writer.write(() => this.#hub.parts.store.campaigns.saveLearned(definition.name, learned));
    }
  }
}

/** A running campaign that a fault or a missing message has stopped is started again as it is. */
const isLifting = ({ state, halted }: RunningCampaign, action: CampaignAction): boolean =>
  state === 'running' && halted !== undefined && halted.by !== 'file' && (action === 'start' || action === 'resume');
