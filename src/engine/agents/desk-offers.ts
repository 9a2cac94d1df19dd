// Records that the system gives out: to whom one may be offered now, in campaigns where the agent is taken before anybody
// is dialed; and what comes of every record that was reserved for a desk.

import type { AgentSession } from '../../agent/session.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { isFree } from '../../interaction/desk-steps.ts';
import { mayOffer } from '../../interaction/desk-machine.ts';
import type { Desk, DeskEvent } from '../../interaction/desk.ts';
import { MODE_ROWS } from '../../interaction/modes.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import type { LastRecords } from '../campaigns/last-records.ts';
import type { Dialing } from '../dialing/dialing.ts';
import type { Hub } from '../hub.ts';
import type { Said } from '../../eligibility/dialing.ts';
import type { ReserveAnswer } from '../store/reservations.ts';
import type { DeskRecords } from './desk-records.ts';
import type { Wanted } from './wanted-record.ts';
import { heldRecord, interactionPlan, isOffering, kindOf } from './desk-plan.ts';
import { mayWork } from './rights.ts';

/** Where there was no record, it is looked again after this. */
const AGAIN_MS = 5_000;

interface Parts {
  readonly records: DeskRecords;
  readonly dialing: Pick<Dialing, 'decision' | 'decisionForDesk'>;
  readonly lastRecords: Pick<LastRecords, 'look'>;
  readonly desks: {
    readonly all: () => readonly Desk[];
    readonly of: (agent: AgentNumber) => Desk | undefined;
    readonly sessionOf: (agent: AgentNumber) => AgentSession | undefined;
    readonly know: (interaction: string, facts: RecordFacts) => void;
    readonly handle: (agent: AgentNumber, event: DeskEvent) => void;
  };
}

export class DeskOffers {
  readonly #hub: Hub;
  readonly #parts: Parts;
  /** Campaigns without a record for now, and until when. */
  readonly #noneUntil = new Map<CampaignName, number>();

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** Offers what may be offered in the campaign; ends what a stopped campaign has offered. */
  look(name: CampaignName): void {
    const campaign = this.#hub.world.campaigns.get(name);
    if (!campaign) return;
    if (campaign.state === 'stopped' || campaign.state === 'archived') return this.#stop(name);
    if (!isOffering(campaign.definition)) return;
    const free = this.#parts.desks.all().filter((desk) => this.#isFree(desk, campaign.definition));
    if (free.length === 0) return;
    const isBlank = MODE_ROWS[kindOf(campaign.definition)].isBlank;
    const { dialing } = this.#parts;
    const { mayDial } = isBlank ? dialing.decision(campaign) : dialing.decisionForDesk(campaign);
    const now = this.#hub.now();
    if (!mayDial || now < (this.#noneUntil.get(name) ?? 0)) return this.#lookAgain(name);
    for (const desk of free) this.#offer(desk, campaign.definition);
  }

  #lookAgain(name: CampaignName): void {
    const at = Math.max(this.#hub.now() + AGAIN_MS, this.#noneUntil.get(name) ?? 0);
    this.#hub.timers.set(`offers ${name}`, at, () => this.#hub.post({ type: 'desk-offers', campaign: name }));
  }

  #isFree(desk: Desk, definition: Campaign): boolean {
    const kind = kindOf(definition);
    const session = this.#parts.desks.sessionOf(desk.agent);
    if (session?.session !== desk.session || session.campaign !== definition.name || session.signOutAfter) return false;
    if (!mayOffer(desk, { campaign: definition.name, kind }) || this.#parts.records.isFetching(desk.agent))
      return false;
    if (!mayWork(this.#hub.world, desk.agent, definition.name)) return false;
    if (session.plan.phoneMode === 'nailed-up' && session.phone !== 'up') return false;
    return session.state === 'ready' || (session.state === 'paused' && MODE_ROWS[kind].channel !== 'voice');
  }

  #offer({ agent }: Desk, definition: Campaign): void {
    const kind = kindOf(definition);
    const { name: campaign } = definition;
    const reservation = this.#hub.parts.newId();
    if (!MODE_ROWS[kind].isBlank) {
      return this.#parts.records.reserve({ reservation, agent, campaign, kind, isPulled: false });
    }
    const plan = interactionPlan(definition, kind);
    this.#parts.desks.handle(agent, { type: 'offer', interaction: reservation, campaign, plan });
  }

  /** A record was reserved for a desk, or there is none. */
  reserved(wanted: Wanted, answer: ReserveAnswer | Said): void {
    const { agent, campaign, kind, reservation, isPulled } = wanted;
    this.#parts.records.answered(wanted);
    const definition = this.#hub.world.campaigns.get(campaign)?.definition;
    const record = 'why' in answer ? undefined : answer.reserved?.record;
    const isTaken = record !== undefined && definition !== undefined && this.#mayTake(wanted);
    if (isTaken) {
      this.#parts.desks.know(reservation, record);
      const offer = {
        interaction: reservation,
        campaign,
        plan: interactionPlan(definition, kind),
        record: heldRecord(record),
      };
      const event: DeskEvent = isPulled
        ? { type: 'record-reserved', request: reservation, ...offer }
        : { type: 'offer', ...offer };
      return this.#parts.desks.handle(agent, event);
    }
    if ('exhausted' in answer && answer.exhausted) this.#parts.lastRecords.look(campaign);
    if (record !== undefined) this.#giveBack(reservation);
    else if (!isPulled) {
      const dueAt = 'nextDueAt' in answer ? answer.nextDueAt : undefined;
      const now = this.#hub.now();
      this.#noneUntil.set(campaign, Math.min(Math.max(dueAt ?? 0, now + AGAIN_MS), now + 60_000));
      this.#lookAgain(campaign);
    }
    if (!isPulled) return;
    const said = this.#parts.records.whyNone(answer, campaign);
    this.#parts.desks.handle(agent, { type: 'no-record', request: reservation, ...said });
  }

  /** The agent is as free as when it was asked for: no call has come meanwhile. */
  #mayTake({ agent, reservation, isPulled }: Wanted): boolean {
    const desk = this.#parts.desks.of(agent);
    const session = this.#parts.desks.sessionOf(agent);
    if (!desk || session?.session !== desk.session) return false;
    if (session.state !== 'ready' && session.state !== 'paused') return false;
    return isPulled ? desk.pull?.request === reservation : isFree(desk);
  }

  #giveBack(reservation: string): void {
    const to = { place: 'top', why: 'The agent was not free for it any more.' } as const;
    this.#hub.writer.write(async () => {
      await this.#hub.parts.store.reservations.release({ reservation, now: this.#hub.now(), to });
    });
  }

  /** New records may have come. */
  grown(campaign: CampaignName): void {
    this.#noneUntil.delete(campaign);
  }

  /** Calls go on; what is not dialed yet is given back. */
  #stop(name: CampaignName): void {
    for (const { agent, open } of this.#parts.desks.all()) {
      if (open?.campaign !== name || open.closing !== undefined) continue;
      const event = { type: 'campaign-stopped' } as const;
      this.#parts.desks.handle(agent, { type: 'interaction', interaction: open.interaction, event });
    }
  }
}
