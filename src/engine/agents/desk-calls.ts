// What becomes of calls, as agents' desks hear of it: a person is there, a call is over, something that is shown of one is
// other. Which desk has a call, and whether word of it comes too early, is known here.

import type { AgentSession } from '../../agent/session.ts';
import type { Call } from '../../call/call.ts';
import type { Desk, DeskEvent } from '../../interaction/desk.ts';
import type { Happening } from '../../interaction/interaction.ts';
import type { PersonFacts } from '../../records/record.ts';
import type { AgentNumber, AttemptId } from '../../terms.ts';
import type { Hub } from '../hub.ts';
import type { LiveCall } from '../world.ts';
import { heldRecord, interactionPlan, kindOf } from './desk-plan.ts';

/** What the desks do for it. */
interface TheDesks {
  readonly audience: { changed(agent: AgentNumber): void };
  all(): readonly Desk[];
  deskOf(agent: AgentNumber): Desk | undefined;
  sessionOf(agent: AgentNumber): AgentSession | undefined;
  know(interaction: string, facts: PersonFacts): void;
  post(agent: AgentNumber, event: DeskEvent): void;
  step(agent: AgentNumber, event: DeskEvent): unknown;
  look(agent: AgentNumber): void;
}

export class DeskCalls {
  readonly #hub: Hub;
  readonly #desks: TheDesks;

  constructor(hub: Hub, desks: TheDesks) {
    this.#hub = hub;
    this.#desks = desks;
  }

  /** A call has taken a step: whoever has it at a desk sees it. */
  stepped(before: Call | undefined, { call }: LiveCall): void {
    const isOther = before?.state !== call.state || before.talk !== call.talk || before.third !== call.third;
    if (isOther) this.callChanged(call.attempt);
    if (call.state === 'ended') this.#ended(call);
  }

  /** Something that is shown of a call is other. */
  callChanged(attempt: AttemptId): void {
    const { calls, sessions } = this.#hub.world;
    const live = calls.get(attempt);
    const session = sessions.get(live?.engaged?.session ?? live?.call.session ?? '');
    if (session && this.#desks.deskOf(session.agent)) this.#desks.audience.changed(session.agent);
  }

  /** Also of a call that its agent's session has lost meanwhile. */
  #ended({ attempt, result = 'failed', bridgedAt, session }: Call): void {
    for (const { agent, open, session: own } of this.#desks.all()) {
      if (open?.attempt !== attempt) continue;
      const talked = bridgedAt !== undefined && session === own && result === 'connected';
      this.happens(agent, { type: 'call-over', attempt, result, talked }, attempt);
    }
  }

  connected({ agent, campaign }: AgentSession, attempt: AttemptId): void {
    const { calls, campaigns, recordOutcomes } = this.#hub.world;
    const live = calls.get(attempt);
    const known = live === undefined ? recordOutcomes.get(attempt) : { opened: live.opened, origin: live.call.origin };
    const definition = campaigns.get(campaign)?.definition;
    if (!known || !definition) return;
    const { record } = known.opened;
    const interaction = this.#desks.deskOf(agent)?.open?.interaction ?? this.#hub.parts.newId();
    this.#desks.know(interaction, record);
    const isPaced = known.origin === 'campaign' || known.origin === 'missed';
    const plan = interactionPlan(definition, isPaced ? kindOf(definition) : 'predictive');
    this.#desks.post(agent, {
      type: 'call-connected',
      attempt,
      interaction,
      campaign,
      plan,
      record: heldRecord(record),
    });
  }

  released(agent: AgentNumber, attempt: AttemptId, why: string): void {
    const talked = why === 'person-hung-up' || why === 'agent-hung-up';
    const result = this.#hub.world.calls.get(attempt)?.call.result ?? (talked ? 'connected' : 'failed');
    this.happens(agent, { type: 'call-over', attempt, result, talked }, attempt);
  }

  /** A happening for whatever interaction has the attempt when its turn comes. */
  happens(agent: AgentNumber, event: Happening, attempt: AttemptId): void {
    const open = this.#desks.deskOf(agent)?.open;
    if (open?.attempt === attempt) {
      return this.#desks.post(agent, { type: 'interaction', interaction: open.interaction, event });
    }
    // Word that the call is this interaction's may still be on its way; of a call that never was placed none comes.
    this.#hub.post({
      type: 'desk-call',
      agent,
      campaign: this.#desks.sessionOf(agent)?.campaign ?? '',
      attempt,
      event,
    });
  }

  /** The interaction has begun meanwhile, or never will. */
  toCall(agent: AgentNumber, attempt: AttemptId, event: Happening): void {
    const open = this.#desks.deskOf(agent)?.open;
    if (open?.attempt === attempt)
      this.#desks.step(agent, { type: 'interaction', interaction: open.interaction, event });
    this.#desks.look(agent);
  }
}
