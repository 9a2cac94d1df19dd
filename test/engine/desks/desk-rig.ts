// A call centre on a virtual clock whose agents work at desks: sessions opened as a workspace does, and what each shows.

import { expect } from 'vitest';
import type { DeskAnswer, DeskCommand, DeskView } from '../../../src/engine/agents/desk-port.ts';
import type { Wish } from '../../../src/interaction/desk.ts';
import type { Act } from '../../../src/interaction/interaction.ts';
import type { SimulatedPhone } from '../../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

const MINUTE_MS = 60_000;

/** An agent at a desk. */
export class Seat {
  readonly rig: Rig;
  readonly agent: string;
  readonly phone: SimulatedPhone;
  /** Everything that was shown. */
  readonly seen: DeskView[] = [];
  /** The workspace is closed; the phone stays up. */
  leave: () => void = () => undefined;
  #keys = 0;

  constructor(rig: Rig, agent: string, phone: SimulatedPhone) {
    this.rig = rig;
    this.agent = agent;
    this.phone = phone;
  }

  get view(): DeskView {
    return this.rig.engine.desks.view(this.agent);
  }

  /** Opens the session, waits for the phone, and is ready. */
  async sitDown(campaign = this.rig.campaign.name): Promise<this> {
    await this.open(campaign);
    await this.until((view) => view.session?.phone === 'up');
    expect(await this.wish({ do: 'set-ready', channel: 'voice' })).toBe('done');
    await this.until((view) => view.state === 'ready' || view.open !== undefined);
    return this;
  }

  async open(campaign = this.rig.campaign.name): Promise<DeskView> {
    const { desks: port } = this.rig.engine;
    const unwatch = port.subscribe(this.agent, (view) => this.seen.push(view));
    port.screen(this.agent, true);
    this.leave = () => {
      unwatch();
      port.screen(this.agent, false);
    };
    return this.rig.clock.settle(this.rig.engine.desks.open({ agent: this.agent, campaign }));
  }

  send(command: DeskCommand): Promise<DeskAnswer> {
    return this.rig.clock.settle(this.rig.engine.desks.command(this.agent, command));
  }

  async wish(wish: Wish): Promise<DeskAnswer['answer']> {
    return (await this.send({ key: this.key(), wish })).answer;
  }

  async act(act: Act): Promise<DeskAnswer['answer']> {
    const interaction = this.view.open?.interaction ?? 'none';
    return (await this.send({ key: this.key(), interaction, act })).answer;
  }

  key(): string {
    this.#keys += 1;
    return `k${this.#keys}`;
  }

  async until(isThere: (view: DeskView) => boolean, withinMs = MINUTE_MS): Promise<DeskView> {
    const found = await this.rig.clock.runUntilTrue(() => isThere(this.view), withinMs);
    if (!found) throw new Error(`not seen at the desk: ${JSON.stringify(this.view)}`);
    return this.view;
  }

  /** The interaction is in that state. */
  isIn(state: string, withinMs?: number): Promise<DeskView> {
    return this.until((view) => (view.open?.state ?? 'none') === state, withinMs);
  }
}

/** A running campaign with so many agents, their phones registered, no one signed in. */
export async function desks(options: RigOptions): Promise<{ readonly rig: Rig; readonly seats: readonly Seat[] }> {
  const rig = await Rig.start(options);
  const seats = Array.from({ length: options.agents ?? 1 }, (_, index) => {
    const agent = String(100 + index);
    const phone = rig.exchange.phone(`a${agent}`, { answers: 'at-once' });
    if (!phone) throw new Error(`the phone of ${agent} was not provisioned`);
    phone.register();
    return new Seat(rig, agent, phone);
  });
  await rig.clock.runFor(1_000);
  await rig.startCampaign();
  return { rig, seats };
}
