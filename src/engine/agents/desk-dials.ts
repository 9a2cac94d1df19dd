// Numbers that are dialed from desks: each order once, for its agent alone, and what became of it reported to the desk. Where
// it is not known after a restart, the books say.

import { defined } from '../../base/defined.ts';
import type { DialOrder, Happening, Interaction } from '../../interaction/interaction.ts';
import type { AgentNumber, AttemptId, SessionId } from '../../terms.ts';
import type { AgentDial, AgentDialed } from '../dialing/agent-dial.ts';
import type { AgentFirst } from '../dialing/agent-first.ts';
import type { Hub } from '../hub.ts';

interface Ordered {
  readonly agent: AgentNumber;
  readonly interaction: string;
  readonly order: string;
}

interface Parts {
  readonly agentFirst: Pick<AgentFirst, 'dial'>;
  readonly happens: (agent: AgentNumber, interaction: string, event: Happening) => void;
}

export class DeskDials {
  readonly #hub: Hub;
  readonly #parts: Parts;
  readonly #ordered = new Map<AttemptId, Ordered>();
  /** Interactions whose dialing is not wanted any more. */
  readonly #cancelled = new Set<string>();

  constructor(hub: Hub, parts: Parts) {
    this.#hub = hub;
    this.#parts = parts;
  }

  /** To be called once the order is in the store. */
  dial({ agent, interaction }: Pick<Interaction, 'agent' | 'interaction'>, session: SessionId, order: DialOrder): void {
    const { id, number, type, callerId } = order;
    const refuse = (rule: string, why: string): void =>
      this.#parts.happens(agent, interaction, { type: 'dial-refused', order: id, rule, why });
    if (this.#cancelled.delete(interaction)) return refuse('cancelled', 'You took it back.');
    const wanted = {
      what: 'reserved',
      reservation: interaction,
      phone: { number, type },
      ...defined({ callerId }),
    } as const;
    const asked = this.#parts.agentFirst.dial(session, 'interaction', wanted);
    if (typeof asked === 'string') this.#ordered.set(asked, { agent, interaction, order: id });
    else refuse(asked.code, asked.why);
  }

  /** What became of a dialing that was asked for. */
  dialed({ attempt }: AgentDial, dialed: AgentDialed): void {
    const ordered = this.#ordered.get(attempt);
    if (!ordered) return;
    this.#ordered.delete(attempt);
    const { agent, interaction, order } = ordered;
    const report = (event: Happening): void => this.#parts.happens(agent, interaction, event);
    if ('placed' in dialed) {
      report({ type: 'attempt-placed', order, attempt });
      if (this.#cancelled.delete(interaction)) this.#cancelCall(attempt);
      return;
    }
    this.#cancelled.delete(interaction);
    if ('refused' in dialed) {
      const { rule, why, never, otherPhone } = dialed.refused;
      report({ type: 'dial-refused', order, rule, why, ...defined({ never, next: otherPhone }) });
      if (rule === 'reservation-over') report({ type: 'lease-lost' });
      return;
    }
    const why = 'failed' in dialed ? dialed.failed : 'The record could not be dialed.';
    report({ type: 'dial-refused', order, rule: 'failed', why });
  }

  /** The agent, or the loss of the agent, takes the dialing back. */
  cancel(interaction: string, attempt: AttemptId | undefined): void {
    if (attempt === undefined) this.#cancelled.add(interaction);
    else this.#cancelCall(attempt);
  }

  #cancelCall(attempt: AttemptId): void {
    this.#hub.post({ type: 'call', attempt, event: { type: 'cancel', byAgent: true } });
  }

  /** After a restart: what has become of the call of an interaction that was dialing or talking. */
  async find(
    { agent, interaction, record }: Interaction,
    order: DialOrder | undefined,
    known: AttemptId | undefined,
  ): Promise<void> {
    const report = (event: Happening): void => this.#parts.happens(agent, interaction, event);
    const attempt = known ?? (await this.#attemptOf(record?.record, order));
    if (attempt === undefined) {
      if (order === undefined) return;
      const why = 'outdial was restarted before the number was dialed.';
      report({ type: 'dial-refused', order: order.id, rule: 'restarted', why });
      return;
    }
    if (known === undefined && order !== undefined) report({ type: 'attempt-placed', order: order.id, attempt });
    const live = this.#hub.world.calls.get(attempt)?.call;
    if (live !== undefined) {
      const isOurs = live.state === 'talking' && live.session === this.#hub.world.sessionByAgent.get(agent);
      if (isOurs) report({ type: 'connected', attempt });
      return;
    }
    const [row] = await this.#hub.parts.store.attempts.list({ attempt, limit: 1 });
    const inbound = row === undefined ? await this.#inbound(attempt) : undefined;
    const result = row?.result ?? inbound ?? 'failed';
    report({ type: 'call-over', attempt, result, talked: result === 'connected' });
  }

  /** The attempt that was opened by an order whose outcome was not heard. */
  async #attemptOf(record: number | undefined, order: DialOrder | undefined): Promise<AttemptId | undefined> {
    if (record === undefined || order === undefined) return undefined;
    const rows = await this.#hub.parts.store.attempts.list({ record, fromAt: order.at });
    return rows.at(-1)?.attempt;
  }

  async #inbound(attempt: AttemptId): Promise<'connected' | 'abandoned' | undefined> {
    const [row] = await this.#hub.parts.store.inbound.list({ call: attempt, limit: 1 });
    return row && (row.outcome === 'talked' ? 'connected' : 'abandoned');
  }
}
