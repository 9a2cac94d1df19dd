// The campaigns: their files, their life by people, schedule and records, and the pacer each one has.

import { OperationalError } from '../base/errors.ts';
import type { Campaign } from '../campaign/definition.ts';
import { stepCampaign, type CampaignEvent } from '../campaign/machine.ts';
import { dueStep } from '../campaign/schedule.ts';
import { createPacer, type Json, type Pacer, type PacingEvent } from '../pacing/pacer.ts';
import type { CampaignAction, CampaignName, CampaignState, PacedMode } from '../terms.ts';
import { pacedState } from './agents.ts';
import { Figures } from './figures.ts';
import type { Hub } from './hub.ts';
import type { RunningCampaign } from './world.ts';

const LEARNED_EVERY_MS = 60_000;

export class Campaigns {
  readonly #hub: Hub;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** At start: the files, the states that the store remembers, what the pacers had learned. */
  async start(): Promise<void> {
    const rows = new Map((await this.#hub.parts.store.campaigns.all()).map((row) => [row.campaign, row]));
    for (const definition of await this.#hub.parts.loadCampaigns()) {
      const row = rows.get(definition.name);
      await this.#add(definition, row?.state ?? 'unapproved', row?.changedAt ?? this.#hub.now());
    }
    this.#hub.timers.set('learned', this.#hub.now() + LEARNED_EVERY_MS, () => this.#saveLearned());
  }

  /** The files were read again: changed campaigns take effect at once, new ones join, vanished ones stop dialing. */
  async reload(): Promise<void> {
    const definitions = await this.#hub.parts.loadCampaigns();
    for (const definition of definitions) {
      const known = this.#hub.world.campaigns.get(definition.name);
      if (!known) await this.#add(definition, 'unapproved', this.#hub.now());
      else if (JSON.stringify(known.definition) !== JSON.stringify(definition)) await this.#change(known, definition);
    }
    const names = new Set(definitions.map((definition) => definition.name));
    for (const campaign of this.#hub.world.campaigns.values()) {
      const gone = !names.has(campaign.definition.name);
      if (gone) campaign.halted = 'its file is gone from the campaigns folder';
      else if (campaign.halted === 'its file is gone from the campaigns folder') campaign.halted = undefined;
    }
  }

  async #add(definition: Campaign, state: CampaignState, changedAt: number): Promise<void> {
    const learned = await this.#hub.parts.store.campaigns.learned(definition.name);
    const campaign: RunningCampaign = {
      definition,
      state,
      changedAt,
      pacer: makePacer(definition, learned),
      figures: new Figures(),
      waiting: [],
      opening: 0,
      nothingBefore: undefined,
      heldBack: undefined,
      exhausted: false,
      pacing: undefined,
      callerIdTurn: 0,
      halted: undefined,
    };
    this.#hub.world.campaigns.set(definition.name, campaign);
    if (state !== 'unapproved' && state !== 'archived') await this.syncRecords(campaign);
    this.#tell(definition.name);
  }

  /** Changed targets need a new pacer: it takes over what the old one learned and what is going on now. */
  async #change(campaign: RunningCampaign, definition: Campaign): Promise<void> {
    const learned = JSON.stringify(campaign.pacer?.learned() ?? null);
    campaign.definition = definition;
    campaign.pacer = makePacer(definition, learned);
    this.replay(campaign);
    this.#hub.parts.log.info({ campaign: definition.name }, 'campaign changed');
    await this.syncRecords(campaign);
    this.#tell(definition.name);
  }

  /** Tells a new pacer of the agents and calls that are there already. */
  replay(campaign: RunningCampaign): void {
    const { name } = campaign.definition;
    const at = this.#hub.now();
    const observe = (event: PacingEvent): void => campaign.pacer?.observe(event);
    for (const session of this.#hub.world.sessionsOf(name)) {
      observe({ at, type: 'agent', agent: session.agent, state: pacedState(session) });
    }
    for (const { call } of this.#hub.world.callsOf(name)) {
      observe({ at, type: 'dialed', call: call.attempt });
      if (call.ringingAt !== undefined) observe({ at, type: 'ringing', call: call.attempt });
      if (call.answeredAt !== undefined) observe({ at, type: 'answered', call: call.attempt });
      if (call.liveAt !== undefined) observe({ at, type: 'live', call: call.attempt });
      const agent = call.session === undefined ? undefined : this.#hub.world.sessions.get(call.session)?.agent;
      if (call.bridgedAt !== undefined && agent !== undefined) {
        observe({ at, type: 'connected', call: call.attempt, agent });
      }
    }
  }

  /** Contacts may have come or gone: every contact on the campaign's lists gets a record. */
  async syncRecords(campaign: RunningCampaign): Promise<void> {
    const made = await this.#hub.parts.store.records.sync(campaign.definition, this.#hub.now());
    if (made === 0) return;
    campaign.nothingBefore = undefined;
    campaign.exhausted = false;
    this.#hub.parts.log.info({ campaign: campaign.definition.name, records: made }, 'records made');
    this.step(campaign, 'records-added', 'outdial', `${made} records added`);
  }

  /** A person's step; refused when the campaign's state does not allow it. */
  async act(name: CampaignName, action: CampaignAction, by: string): Promise<RunningCampaign> {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) {
      throw new OperationalError('campaign-unknown', `There is no campaign "${name}".`, {
        hint: 'See `outdial campaign list`; a new file in the campaigns folder is read within a second if it is valid.',
        httpCode: 404,
      });
    }
    if (action === 'approve' || action === 'start' || action === 'resume') await this.syncRecords(campaign);
    const hasRecords = await this.#hasRecords(campaign);
    const result = stepCampaign(campaign.state, action, { hasRecords });
    if (result.kind !== 'moved') {
      const hint =
        result.kind === 'refused' && result.allowed.length > 0
          ? `It may now: ${result.allowed.join(', ')}.`
          : 'Nothing can be done with it now.';
      throw new OperationalError('campaign-step-refused', result.why, { hint, httpCode: 409 });
    }
    campaign.halted = undefined;
    this.#move(campaign, result.to, by, `asked for: ${action}`);
    await this.#hub.writer.settled();
    return campaign;
  }

  /** A step that nobody asked for: the schedule's, or that of the records. */
  step(campaign: RunningCampaign, event: CampaignEvent, by: string, reason: string): void {
    const hasRecords = event !== 'records-exhausted' && !campaign.exhausted;
    const result = stepCampaign(campaign.state, event, { hasRecords });
    if (result.kind === 'moved') this.#move(campaign, result.to, by, reason);
  }

  /** Brings every campaign to where its schedule wants it now; also after hours of downtime. */
  followSchedules(): void {
    for (const campaign of this.#hub.world.campaigns.values()) {
      const due = dueStep(campaign.definition.schedule, campaign, this.#hub.now());
      if (due)
        this.step(campaign, due, 'schedule', due === 'schedule-start' ? 'its window opened' : 'its window closed');
    }
  }

  #move(campaign: RunningCampaign, to: CampaignState, by: string, reason: string): void {
    const { name } = campaign.definition;
    const from = campaign.state;
    const at = this.#hub.now();
    campaign.state = to;
    campaign.changedAt = at;
    this.#hub.parts.log.info({ campaign: name, from, to, by, reason }, 'campaign');
    this.#hub.writer.write(() =>
      this.#hub.parts.store.campaigns.saveState({ campaign: name, from, to, by, at, reason }),
    );
    this.#tell(name);
    this.#hub.post({ type: 'pace', campaign: name });
  }

  async #hasRecords(campaign: RunningCampaign): Promise<boolean> {
    const { byState } = await this.#hub.parts.store.records.counts(campaign.definition.name);
    return byState.fresh + byState.waiting + byState.dialing > 0;
  }

  #tell(name: CampaignName): void {
    this.#hub.tell({ type: 'campaign', at: this.#hub.now(), campaign: name });
  }

  #saveLearned(): void {
    this.saveLearned();
    this.#hub.timers.set('learned', this.#hub.now() + LEARNED_EVERY_MS, () => this.#saveLearned());
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

function isPaced(mode: Campaign['mode']): mode is PacedMode {
  return mode === 'progressive' || mode === 'predictive' || mode === 'ratio';
}

function makePacer(definition: Campaign, learned: string | undefined): Pacer | undefined {
  const { mode, pacing, answer } = definition;
  if (!isPaced(mode)) return undefined;
  const options = {
    mode,
    abandonTarget: pacing.abandonTarget,
    answerLimitMs: answer.noAgentAfterMs,
    ringTimeoutMs: pacing.ringTimeoutMs,
    minRingMs: pacing.minRingMs,
    maxLines: pacing.maxLines,
    maxCallsPerSecond: pacing.maxCallsPerSecond,
    ratio: pacing.ratio,
  };
  return createPacer(options, learned === undefined ? undefined : (JSON.parse(learned) as Json));
}
