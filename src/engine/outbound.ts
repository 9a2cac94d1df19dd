// The switch of all outbound calling: while it is off no campaign dials anything. Calls that ring or talk go on.
// Kept in the store, so that a restart changes nothing.

import { formatLocal } from '../base/local-time.ts';
import type { Said } from '../eligibility/dialing.ts';
import type { Agents } from './agents/agents.ts';
import type { Hub } from './hub.ts';
import type { OutboundStep } from './store/outbound.ts';
import { nameOf } from './actor.ts';
import type { OutboundOrder } from './control.ts';

export class Outbound {
  readonly #hub: Hub;
  readonly #agents: Agents;
  #step: OutboundStep = { on: true, by: '', at: 0, reason: '' };

  constructor(hub: Hub, agents: Agents) {
    this.#hub = hub;
    this.#agents = agents;
  }

  /** At start, before anything may be dialed. */
  async start(): Promise<void> {
    this.#step = await this.#hub.parts.store.outbound.current();
    this.#hub.world.outboundOff = whyOff(this.#step);
    if (!this.#step.on) this.#hub.parts.log.warn({ ...this.#step }, 'outbound calling is switched off');
  }

  get step(): OutboundStep {
    return this.#step;
  }

  /** Off takes effect at once, on when it is durable; resolves with how it stands. Nothing happens when it stood so. */
  async turn({ by, ...wanted }: OutboundOrder): Promise<OutboundStep> {
    if (wanted.on === this.#step.on) return this.#step;
    const step: OutboundStep = { ...wanted, by: nameOf(by), at: this.#hub.now() };
    if (!step.on) this.#apply(step);
    await this.#hub.parts.store.outbound.turn(step);
    if (step.on) this.#apply(step);
    return step;
  }

  #apply(step: OutboundStep): void {
    const { world, parts } = this.#hub;
    this.#step = step;
    world.outboundOff = whyOff(step);
    parts.log.warn({ ...step }, step.on ? 'outbound calling is switched on' : 'outbound calling is switched off');
    for (const session of world.sessions.values()) {
      if (session.state !== 'ready' && session.state !== 'paused') continue;
      this.#agents.prompts.say(session, [step.on ? 'outbound-on' : 'outbound-off']);
    }
    for (const name of world.campaigns.keys()) {
      this.#hub.emit({ type: 'campaign', at: step.at, campaign: name });
      this.#hub.post({ type: 'pace', campaign: name });
    }
  }
}

/** One sentence for agents and admins; undefined while it is on. */
function whyOff({ on, by, at, reason }: OutboundStep): Said | undefined {
  if (on) return undefined;
  const note = reason.replace(/[.\s]+$/, '');
  const why = `Outbound calling was switched off by ${by} at ${formatLocal('UTC', at)}${note === '' ? '' : `: ${note}`}.`;
  return { why, reason: { kind: 'outbound-off', by, at, note } };
}
