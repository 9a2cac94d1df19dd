// From "may this campaign dial, and how many lines?" to attempts that are durable and INVITEs that leave.
// The answers are pacing's and campaign/dialing's; here they are asked and carried out.

import { defined } from '../../base/defined.ts';
import { judgeDialing, type DialingDecision } from '../../eligibility/dialing.ts';
import { describe } from '../../pacing/pacer.ts';
import type { AttemptId, CampaignName } from '../../terms.ts';
import type { Calls } from '../calls/calls.ts';
import type { Campaigns } from '../campaigns/campaigns.ts';
import type { Hub } from '../hub.ts';
import type { OpenedAttempts } from '../store/attempts.ts';
import type { Ahead } from './records-ahead.ts';
import type { TakenLines, Trunks } from './trunks.ts';
import type { Validation } from './validation.ts';
import type { RunningCampaign } from '../world.ts';
import { RECORDS } from '../actor.ts';

/** The pacer is asked at least this often. */
const ASK_EVERY_MS = 1_000;
/** And at most this often: what happens in between is looked at together. */
const LOOK_EVERY_MS = 20;
/** No more INVITEs than this leave at once: the answers to a burst would hold each other up. */
const BURST = { lines: 5, withinMs: 20 };

export class Dialing {
  readonly #hub: Hub;
  readonly #calls: Calls;
  readonly #campaigns: Campaigns;
  readonly #trunks: Trunks;
  readonly #validation: Validation;
  readonly #toPace = new Set<CampaignName>();
  /** When each campaign's pacer was asked last, and those that wait for the next look. */
  readonly #pacedAt = new Map<CampaignName, number>();
  readonly #waiting = new Set<CampaignName>();
  #burst = { at: -Infinity, lines: 0 };
  /** Trunk of each attempt that is being opened, and when its line was taken. */
  readonly #taken = new Map<AttemptId, { readonly trunk: string; readonly at: number }>();

  constructor(hub: Hub, parts: { calls: Calls; campaigns: Campaigns; trunks: Trunks; validation: Validation }) {
    this.#hub = hub;
    this.#validation = parts.validation;
    this.#calls = parts.calls;
    this.#campaigns = parts.campaigns;
    this.#trunks = parts.trunks;
  }

  /** Something happened to the campaign: its pacer is asked when the mailbox has run empty. */
  touch(campaign: CampaignName): void {
    this.#toPace.add(campaign);
  }

  /** Asks the pacers of every campaign that was touched, now or at its next look. */
  paceTouched(): void {
    for (const name of this.#toPace) {
      this.#toPace.delete(name);
      if (this.#mustWait(name)) continue;
      try {
        this.#pace(name);
      } catch (fault) {
        this.#hub.faults.inCampaign(name, fault);
      }
    }
  }

  #mustWait(name: CampaignName): boolean {
    const now = this.#hub.now();
    const pacedAt = this.#pacedAt.get(name) ?? -Infinity;
    const lookAt = pacedAt + LOOK_EVERY_MS;
    // asked in the future: the clock has been set back since
    if (now >= lookAt || now < pacedAt) {
      this.#pacedAt.set(name, now);
      return false;
    }
    if (this.#waiting.has(name)) return true;
    this.#waiting.add(name);
    this.#hub.timers.set(`look ${name}`, lookAt, () => {
      this.#waiting.delete(name);
      this.#hub.post({ type: 'pace', campaign: name });
    });
    return true;
  }

  /** Whether the campaign may dial now, and why not. */
  decision(campaign: RunningCampaign, ahead: Ahead = campaign.ahead.now(), isAgentThere = false): DialingDecision {
    const { definition, state, halted } = campaign;
    const { outboundOff } = this.#hub.world;
    const sessions = this.#hub.world.sessionsOf(definition.name);
    const paused = sessions.filter((session) => session.state === 'paused').length;
    const leaving = sessions.filter(({ isDismissed }) => isDismissed === true).length;
    return judgeDialing({
      state,
      now: this.#hub.now(),
      agents: { working: isAgentThere ? 1 : sessions.length - paused - leaving, paused },
      trunks: this.#trunks.standings(definition.trunks),
      linkUp: this.#hub.world.linkUp,
      storeWorks: !this.#hub.writer.failing,
      draining: this.#hub.world.draining,
      ...defined({
        outboundOff,
        schedule: definition.schedule,
      }),
      ...ahead,
      ...(halted === undefined ? {} : { halted: halted.why, haltedBy: halted.by }),
    });
  }

  /** The same for calls whose record is known: when the next ordinary one is due does not matter. */
  decisionBesideRecords(campaign: RunningCampaign): DialingDecision {
    return this.decision(campaign, {});
  }

  /** The same for a record that an agent at a desk looks at or may be offered: paused agents may look at some, too. */
  decisionForDesk(campaign: RunningCampaign): DialingDecision {
    const allowed = this.decision(campaign, {}, true);
    if (allowed.mayDial) this.#validation.look(campaign);
    return allowed;
  }

  #pace(name: CampaignName): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (campaign?.state === 'running' && !campaign.pacer) this.#validation.look(campaign);
    if (!campaign?.pacer) return;
    const now = this.#hub.now();
    const allowed = this.decision(campaign);
    if (campaign.state === 'running' && (allowed.mayDial || campaign.ahead.heldBack !== undefined))
      this.#validation.look(campaign);
    const decision = campaign.pacer.decide(now);
    const dial = allowed.mayDial ? decision.dial : 0;
    const atOnce = Math.min(dial, this.#burstLeft(now));
    const lookAt = atOnce < dial ? this.#burst.at + BURST.withinMs : Math.max(now + 20, decision.wakeAt ?? Infinity);
    const againAt = Math.min(now + ASK_EVERY_MS, lookAt);
    if (campaign.state === 'running') {
      this.#hub.timers.set(`pace ${name}`, againAt, () => this.#hub.post({ type: 'pace', campaign: name }));
    }
    for (const attempt of decision.cancel) this.#hub.post({ type: 'call', attempt, event: { type: 'cancel' } });
    const reason = allowed.mayDial ? describe(decision.why) : allowed.why;
    campaign.pacing = { at: now, dial, cancel: decision.cancel.length, reason };
    if (!allowed.mayDial && decision.dial > 0) campaign.pacer.held(now, allowed.why);
    if (dial > 0) this.#open(campaign, { wanted: dial, atOnce });
    else this.#touchAll(this.#trunks.wantsNone(campaign.definition));
    const isNews = campaign.decisions.note(campaign.pacing, allowed.mayDial ? decision.why.limit : allowed.why);
    if (isNews) this.#hub.emit({ type: 'campaign', at: now, campaign: name });
  }

  /** A line of the trunk has come free: the campaigns that wait for one are asked. */
  freed(trunk: string): void {
    this.#touchAll(this.#trunks.wantedBy(trunk));
  }

  #touchAll(campaigns: readonly CampaignName[]): void {
    for (const campaign of campaigns) this.touch(campaign);
  }

  /** How many more lines may be dialed at this moment. */
  #burstLeft(now: number): number {
    const ageMs = now - this.#burst.at;
    if (ageMs >= BURST.withinMs || ageMs < 0) this.#burst = { at: now, lines: 0 };
    return BURST.lines - this.#burst.lines;
  }

  /** Takes lines and asks the store for records to dial on them; the pacer counts them as dialed from now on. */
  #open(campaign: RunningCampaign, take: { readonly wanted: number; readonly atOnce: number }): void {
    const { definition, pacer } = campaign;
    const { name } = definition;
    const now = this.#hub.now();
    const taken = this.#trunks.take(definition, take);
    const { lines, leftTo } = taken;
    this.#touchAll(leftTo);
    if (lines.length < take.atOnce) this.#heldByTrunks(campaign, taken);
    if (lines.length === 0) return;
    this.#burst.lines += lines.length;
    const asked = lines.map((trunk) => ({
      attempt: this.#hub.parts.newId(),
      trunk,
      turn: (campaign.callerIdTurn += 1),
    }));
    for (const { attempt, trunk } of asked) {
      this.#taken.set(attempt, { trunk, at: now });
      pacer?.observe({ at: now, type: 'dialed', call: attempt });
    }
    campaign.opening += asked.length;
    const attempts = asked.map(({ attempt }) => attempt);
    this.#hub.parts.log.info({ campaign: name, dial: asked.length, reason: campaign.pacing?.reason }, 'pacing');
    const quotas = this.#trunks.hours.quotas(definition, lines);
    const limits = quotas.length === 0 ? {} : { quotas };
    this.#hub.parts.store.attempts.open({ campaign: definition, now, lines: asked, ...limits }).then(
      (answer) => this.#hub.post({ type: 'opened', campaign: name, asked: attempts, answer }),
      (fault: unknown) => {
        this.#hub.parts.log.error({ campaign: name, fault }, 'the store could not open attempts: nothing is dialed');
        this.#hub.post({ type: 'opened', campaign: name, asked: attempts, answer: undefined });
      },
    );
  }

  /** The trunks gave fewer lines than the pacer wanted: the reason says so, and they are asked again in time. */
  #heldByTrunks(campaign: RunningCampaign, { moreAt, why }: TakenLines): void {
    if (campaign.pacing) campaign.pacing = { ...campaign.pacing, reason: `${campaign.pacing.reason} ${why}` };
    campaign.pacer?.held(this.#hub.now(), why);
    if (moreAt === undefined || moreAt > this.#hub.now() + ASK_EVERY_MS) return;
    const { name } = campaign.definition;
    this.#hub.timers.set(`room ${name}`, moreAt, () => this.#hub.post({ type: 'pace', campaign: name }));
  }

  /** The attempts are durable: their INVITEs leave. Lines without a record are given back. */
  opened(name: CampaignName, asked: readonly AttemptId[], answer: OpenedAttempts | undefined): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    campaign.opening -= asked.length;
    const now = this.#hub.now();
    const opened = new Map((answer?.opened ?? []).map((attempt) => [attempt.attempt, attempt]));
    for (const attempt of asked) {
      const taken = this.#taken.get(attempt);
      const trunk = taken && this.#trunks.find(taken.trunk);
      this.#taken.delete(attempt);
      if (taken) this.#trunks.hours.opened(taken.trunk);
      const durable = opened.get(attempt);
      if (durable && trunk) {
        this.#calls.place(durable, campaign, { trunk });
        if (campaign.dialsLeft !== undefined) campaign.dialsLeft = Math.max(0, campaign.dialsLeft - 1);
        continue;
      }
      if (taken) this.#trunks.giveBack(taken.trunk, name, taken.at);
      campaign.pacer?.observe({ at: now, type: 'ended', call: attempt, result: 'cancelled' });
    }
    if (answer) this.#noteShortage(campaign, asked.length, answer);
    else campaign.ahead.unanswered(now + ASK_EVERY_MS);
    this.touch(name);
    if (opened.size < asked.length) for (const trunk of campaign.definition.trunks) this.freed(trunk);
  }

  /** Fewer records than lines: not asked again before one falls due; none left at all: the campaign is exhausted. */
  #noteShortage(campaign: RunningCampaign, asked: number, answer: OpenedAttempts): void {
    campaign.ahead.answered(answer, asked, campaign.definition.mode === 'auto-callback');
    if (answer.opened.length === asked || !campaign.ahead.isExhausted) return;
    if (this.#hub.world.callsOf(campaign.definition.name).length === 0) {
      this.#campaigns.step(campaign, 'records-exhausted', RECORDS, 'no record can ever be dialed again');
    }
  }
}
