// Records on their way to desks: reserved for an agent who asks for one or may be offered one, kept while the agent is
// there, given back when they come too late.

import { recordDue, type Said } from '../../eligibility/dialing.ts';
import type { Reason } from '../../eligibility/reasons.ts';
import type { Desk } from '../../interaction/desk.ts';
import type { Interaction, InteractionState } from '../../interaction/interaction.ts';
import type { AgentNumber, CampaignName } from '../../terms.ts';
import type { Dialing } from '../dialing/dialing.ts';
import type { Hub } from '../hub.ts';
import type { ReserveAnswer } from '../store/reservations.ts';
import type { Wanted } from './wanted-record.ts';

/** A reservation outlives its daemon, and an agent who has left the desk, by so long; it is renewed well before. */
const LEASE_MS = 5 * 60_000;
const RENEW_EVERY_MS = 60_000;

const UNDIALED: ReadonlySet<InteractionState> = new Set(['offered', 'preview', 'before-call']);

const NOT_LOADED: Said = { why: 'The campaign is not loaded.', reason: { kind: 'not-loaded' } };
const STORE_SILENT: Said = { why: 'The store did not answer.', reason: { kind: 'store-silent' } };
const CALL_CAME_FIRST: Said = { why: 'A call has come first.', reason: { kind: 'call-came-first' } };

interface Parts {
  readonly dialing: Pick<Dialing, 'decisionForDesk'>;
  readonly desks: () => readonly Desk[];
  /** For how long no one has been at the desk. */
  readonly unseenMs: (agent: AgentNumber) => number;
  /** `agent-gone`: it is still reserved, and is given back. */
  readonly leaseLost: (agent: AgentNumber, interaction: string, why?: 'agent-gone') => void;
}

export class DeskRecords {
  readonly #hub: Hub;
  readonly #parts: Parts;
  /** Agents for whom a record is being reserved. */
  readonly #under = new Set<AgentNumber>();

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  isFetching(agent: AgentNumber): boolean {
    return this.#under.has(agent);
  }

  /** Reserves the next record; what comes of it is the event `desk-reserved`. */
  reserve(wanted: Wanted): void {
    const { campaign: name, agent, reservation } = wanted;
    const campaign = this.#hub.world.campaigns.get(name);
    const decision = campaign && this.#parts.dialing.decisionForDesk(campaign);
    if (campaign === undefined || decision?.mayDial !== true) {
      return this.#answer(wanted, decision ?? NOT_LOADED);
    }
    this.#under.add(agent);
    const now = this.#hub.now();
    const request = { campaign: campaign.definition, reservation, agent, now, untilAt: now + LEASE_MS };
    this.#hub.parts.store.reservations.reserve(request).then(
      (answer) => this.#answer(wanted, answer),
      (fault: unknown) => {
        this.#hub.parts.log.error({ agent, campaign: name, fault }, 'no record could be reserved');
        this.#answer(wanted, STORE_SILENT);
      },
    );
  }

  #answer(wanted: Wanted, answer: ReserveAnswer | Said): void {
    this.#hub.post({ type: 'desk-reserved', agent: wanted.agent, campaign: wanted.campaign, wanted, answer });
  }

  /** It has been heard. */
  answered({ agent }: Wanted): void {
    this.#under.delete(agent);
  }

  /** Why there is none, for the agent. */
  whyNone(answer: ReserveAnswer | Said, campaign: CampaignName): Said {
    if ('why' in answer) return { why: answer.why, reason: answer.reason };
    if (answer.reserved !== undefined) return CALL_CAME_FIRST;
    if (answer.refused !== undefined) {
      const { code, why } = answer.refused;
      return { why, reason: { kind: code } };
    }
    if (answer.exhausted) return { why: 'No record is left.', reason: { kind: 'no-record-left' } };
    const none: Reason = { kind: 'no-record-now' };
    if (answer.heldBack !== undefined) return { why: answer.heldBack, reason: answer.heldReason ?? none };
    if (answer.nextDueAt === undefined) return { why: 'No record may be called now.', reason: none };
    const zone = this.#hub.world.campaigns.get(campaign)?.definition.schedule?.timezone ?? 'UTC';
    return recordDue({ ...answer, nextRecordAt: answer.nextDueAt, zone });
  }

  /** At start and from then on: records in hand stay reserved. */
  start(): void {
    this.renew().catch(() => undefined);
    this.#hub.timers.set('leases of desks', this.#hub.now() + RENEW_EVERY_MS, () => this.start());
  }

  /** No one looks at the record: it is not kept any longer. A call is not left alone for that. */
  #hasLeft(agent: AgentNumber, { state }: Interaction): boolean {
    return UNDIALED.has(state) && this.#parts.unseenMs(agent) > LEASE_MS;
  }

  async renew(): Promise<void> {
    const untilAt = this.#hub.now() + LEASE_MS;
    await Promise.all(
      this.#parts.desks().map(async ({ agent, open }) => {
        if (open?.record === undefined) return;
        if (this.#hasLeft(agent, open)) {
          this.#parts.leaseLost(agent, open.interaction, 'agent-gone');
          return;
        }
        try {
          const isKept = await this.#hub.parts.store.reservations.renew(open.interaction, untilAt);
          // Of a call that came to the agent no record was reserved.
          if (!isKept && UNDIALED.has(open.state)) this.#parts.leaseLost(agent, open.interaction);
        } catch (fault) {
          this.#hub.parts.log.warn({ agent, fault }, 'the reservation of a record could not be renewed');
        }
      }),
    );
  }
}
