// What agents do in a simulated shift: they log in, talk, wrap up, take breaks, leave for a while.
// Whom they talk to is not their business (lines.ts).

import { exponential } from './draws.ts';
import type { TimeUse } from './meter.ts';
import { DUE, type Shift } from './shift.ts';
import type { Presence } from './worlds.ts';

const LOGIN_WITHIN_S = 20;

type AgentDoing = 'away' | 'ready' | 'talking' | 'machine' | 'wrap-up';

export interface SimulatedAgent {
  readonly id: string;
  readonly index: number;
  doing: AgentDoing;
  sinceS: number;
  leaving: boolean;
  callId: string;
  /** Drawn when the call begins, so that the n-th conversation is alike under every policy. */
  wrapUpS: number;
  breakAfter: boolean;
}

/** What the crew needs from the lines. */
export interface CallsToTake {
  /** A waiting caller for this agent, connected now; false when no one waits. */
  takeWaiting(agent: SimulatedAgent): boolean;
  /** The call that this agent had is over. */
  finished(callId: string): void;
}

export class Crew {
  readonly #shift: Shift;
  readonly #agents: SimulatedAgent[];
  readonly #ready: SimulatedAgent[] = [];
  #calls: CallsToTake | undefined;

  constructor(shift: Shift, count: number) {
    this.#shift = shift;
    this.#agents = Array.from({ length: count }, (_, index) => ({
      id: `agent-${index}`,
      index,
      doing: 'away',
      sinceS: 0,
      leaving: false,
      callId: '',
      wrapUpS: 0,
      breakAfter: false,
    }));
  }

  /** Puts log-ins and planned leaves on the clock. */
  begin(calls: CallsToTake): void {
    this.#calls = calls;
    const { queue, draws, world, halfS } = this.#shift;
    if (world.presence !== undefined) {
      this.#comeAndGo(world.presence);
      return;
    }
    for (const { index } of this.#agents) {
      queue.add(((index + 0.5) / this.#agents.length) * LOGIN_WITHIN_S, DUE.login, index);
      if (draws.arrival.next() < world.leave.share) queue.add(halfS, DUE.leave, index);
    }
  }

  /** Every agent comes and goes at given times. */
  #comeAndGo(presence: readonly (readonly Presence[])[]): void {
    const { queue } = this.#shift;
    for (const { index } of this.#agents) {
      for (const { fromS, toS } of presence[index] ?? []) {
        queue.add(fromS, DUE.login, index);
        queue.add(toS, DUE.leave, index);
      }
    }
  }

  /** The agent who has been ready longest, taken out of the queue of ready ones. */
  takeReady(): SimulatedAgent | undefined {
    return this.#ready.shift();
  }

  /** The agent starts to talk with a person, or with a machine taken for one. */
  talk(agent: SimulatedAgent, callId: string, machine: boolean): void {
    const { world, draws, queue, t, halfS, policy } = this.#shift;
    const talkS = machine ? 6 + 4 * draws.talk.next() : world.talkS(t, halfS, draws);
    agent.callId = callId;
    agent.wrapUpS = machine ? 0 : world.wrapUpS(draws);
    agent.breakAfter = world.breaks.chance > 0 && draws.pause.next() < world.breaks.chance;
    this.#change(agent, machine ? 'machine' : 'talking');
    this.#shift.emit({ at: this.#shift.ms, type: 'agent', agent: agent.id, state: 'talking' });
    const readyS = agent.breakAfter ? Number.POSITIVE_INFINITY : t + talkS + agent.wrapUpS;
    policy.foresee?.(agent.id, readyS * 1000);
    queue.add(t + talkS, DUE.talkEnd, agent.index);
  }

  happen(kind: number, index: number): void {
    const agent = this.#agents[index];
    if (agent === undefined) return;
    if (kind === DUE.talkEnd) this.#talkEnd(agent);
    else if (kind === DUE.wrapUpEnd) this.#wrapUpEnd(agent);
    else if (kind === DUE.leave) {
      agent.leaving = true;
      if (agent.doing === 'ready') this.#goAway(agent, 'offline', this.#shift.world.leave.forS);
    } else if (agent.doing === 'away') this.#makeReady(agent);
    else agent.leaving = false; // back before the last call of the stretch before was over
  }

  /** Books everybody's time up to now. */
  close(): void {
    for (const agent of this.#agents) this.#spend(agent);
  }

  #talkEnd(agent: SimulatedAgent): void {
    const { queue, t } = this.#shift;
    this.#calls?.finished(agent.callId);
    this.#change(agent, 'wrap-up');
    if (agent.wrapUpS <= 0) {
      this.#wrapUpEnd(agent);
      return;
    }
    this.#shift.emit({ at: this.#shift.ms, type: 'agent', agent: agent.id, state: 'wrap-up' });
    queue.add(t + agent.wrapUpS, DUE.wrapUpEnd, agent.index);
  }

  #wrapUpEnd(agent: SimulatedAgent): void {
    const { world, draws } = this.#shift;
    if (agent.leaving) this.#goAway(agent, 'offline', world.leave.forS);
    else if (agent.breakAfter) this.#goAway(agent, 'paused', exponential(draws.pause, world.breaks.meanS));
    else this.#makeReady(agent);
  }

  #goAway(agent: SimulatedAgent, state: 'offline' | 'paused', forS: number): void {
    const { queue, t } = this.#shift;
    const place = this.#ready.indexOf(agent);
    if (place >= 0) this.#ready.splice(place, 1);
    agent.leaving = false;
    this.#change(agent, 'away');
    this.#shift.emit({ at: this.#shift.ms, type: 'agent', agent: agent.id, state });
    queue.add(t + forS, DUE.return, agent.index);
  }

  #makeReady(agent: SimulatedAgent): void {
    this.#change(agent, 'ready');
    if (this.#calls?.takeWaiting(agent) === true) return;
    this.#ready.push(agent);
    this.#shift.emit({ at: this.#shift.ms, type: 'agent', agent: agent.id, state: 'ready' });
  }

  #change(agent: SimulatedAgent, doing: AgentDoing): void {
    this.#spend(agent);
    agent.doing = doing;
  }

  #spend(agent: SimulatedAgent): void {
    const { meter, t } = this.#shift;
    meter.spent(useOf(agent.doing), agent.sinceS, t);
    agent.sinceS = t;
  }
}

function useOf(doing: AgentDoing): TimeUse {
  if (doing === 'away') return 'away';
  if (doing === 'ready') return 'idle';
  return doing === 'machine' ? 'wasted' : 'serving';
}
