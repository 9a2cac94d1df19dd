// A shift of a call centre on a virtual clock, straight against the pacing library: no engine, no telephony.
// Serves the benchmark and quick forecasts; the same seed gives the same shift under every policy.

import type { Pacer, PacingEvent } from '../../pacing/pacer.ts';
import type { Result } from '../../terms.ts';
import { Draws, exponential } from './draws.ts';
import { Meter, type Figures, type TimeUse } from './meter.ts';
import { EventQueue } from './queue.ts';
import type { Dial, World } from './worlds.ts';

/** What the simulator asks of a policy: a pacer, or something that stands in for one. */
export type SimulatedPolicy = Pick<Pacer, 'observe'> & {
  decide(now: number): { readonly dial: number; readonly cancel: readonly string[] };
};

export interface Simulation {
  readonly world: World;
  readonly agents: number;
  readonly policy: SimulatedPolicy;
  readonly seed: number;
  /** Length of the measured shift; the world's own when absent. */
  readonly hours?: number;
  readonly abandonTarget: number;
}

const LOGIN = 0;
const RING = 1;
const ANSWER_OR_END = 2;
const VERDICT = 3;
const PATIENCE = 4;
const TALK_END = 5;
const WRAP_UP_END = 6;
const RETURN = 7;
const LEAVE = 8;
const TICK = 9;
const SHIFT_START = 10;

const LOGIN_WITHIN_S = 20;
/** From this team on, decisions are spaced out a little to save time. */
const LARGE_TEAM = 50;
const LARGE_TEAM_GAP_S = 0.05;

type AgentDoing = 'away' | 'ready' | 'talking' | 'machine' | 'wrap-up';

interface Agent {
  readonly id: string;
  doing: AgentDoing;
  sinceS: number;
  leaving: boolean;
  callId: string;
}

interface Call {
  readonly id: string;
  readonly dial: Dial;
  state: 'placed' | 'waiting' | 'over';
}

/** Runs one shift and returns what it came to. */
export function simulate(simulation: Simulation): Figures {
  return new Shift(simulation).run();
}

class Shift {
  readonly #world: World;
  readonly #policy: SimulatedPolicy;
  readonly #draws: Draws;
  readonly #queue = new EventQueue();
  readonly #meter: Meter;
  readonly #agents: Agent[];
  readonly #calls: Call[] = [];
  readonly #callsById = new Map<string, number>();
  readonly #ready: Agent[] = [];
  readonly #waiting: Call[] = [];
  readonly #startS: number;
  readonly #endS: number;
  readonly #halfS: number;
  readonly #tickS: number;
  readonly #gapS: number;
  readonly #target: number;
  #t = 0;
  #decidedS = -1;

  constructor({ world, agents, policy, seed, hours, abandonTarget }: Simulation) {
    const shiftS = hours === undefined ? world.shiftS : hours * 3600;
    this.#world = world;
    this.#policy = policy;
    this.#draws = new Draws(seed);
    this.#startS = world.warmUpS;
    this.#endS = world.warmUpS + shiftS;
    this.#halfS = world.warmUpS + shiftS / 2;
    this.#meter = new Meter(this.#startS, this.#endS);
    this.#tickS = agents > LARGE_TEAM ? 0.25 : 0.5;
    this.#gapS = agents > LARGE_TEAM ? LARGE_TEAM_GAP_S : 0;
    this.#target = abandonTarget;
    this.#agents = Array.from({ length: agents }, (_, i) => ({
      id: `agent-${i}`,
      doing: 'away',
      sinceS: 0,
      leaving: false,
      callId: '',
    }));
  }

  run(): Figures {
    this.#agents.forEach((agent, i) => {
      this.#queue.add(((i + 0.5) / this.#agents.length) * LOGIN_WITHIN_S, LOGIN, i);
      const leaves = this.#draws.arrival.next() < this.#world.leave.share;
      if (leaves) this.#queue.add(this.#halfS, LEAVE, i);
    });
    this.#tellWindow(this.#startS > 0 ? this.#startS : this.#endS);
    if (this.#startS > 0) this.#queue.add(this.#startS, SHIFT_START, 0);
    this.#queue.add(0, TICK, 0);
    while (this.#queue.take() && this.#queue.at < this.#endS) {
      this.#t = this.#queue.at;
      this.#happen(this.#queue.kind, this.#queue.subject);
      if (this.#t - this.#decidedS >= this.#gapS) this.#decide();
    }
    this.#t = this.#endS;
    for (const agent of this.#agents) this.#spend(agent);
    return this.#meter.figures();
  }

  #happen(kind: number, subject: number): void {
    if (kind === TICK) this.#queue.add(this.#t + this.#tickS, TICK, 0);
    else if (kind === SHIFT_START) this.#tellWindow(this.#endS);
    else if (kind === LOGIN || kind >= TALK_END) this.#agentEvent(kind, subject);
    else this.#callEvent(kind, subject);
  }

  #callEvent(kind: number, subject: number): void {
    const call = this.#calls[subject];
    if (call === undefined || call.state === 'over') return;
    if (kind === RING) {
      this.#tell({ at: this.#ms(), type: 'ringing', call: call.id });
      this.#queue.add(this.#t + call.dial.ringS, ANSWER_OR_END, subject);
    } else if (kind === ANSWER_OR_END) this.#answerOrEnd(call, subject);
    else if (kind === VERDICT) this.#verdict(call, subject);
    else if (call.state === 'waiting') this.#abandon(call);
  }

  #answerOrEnd(call: Call, subject: number): void {
    const { end, verdictS } = call.dial;
    if (end === 'busy' || end === 'no-answer') {
      this.#end(call, end);
      return;
    }
    if (end === 'person' && !this.#world.pickUpSeen) {
      this.#verdict(call, subject);
      return;
    }
    if (this.#world.pickUpSeen) this.#tell({ at: this.#ms(), type: 'answered', call: call.id });
    this.#queue.add(this.#t + verdictS, VERDICT, subject);
  }

  #verdict(call: Call, subject: number): void {
    const taken = (call.dial.end === 'person') !== call.dial.mistaken;
    if (!taken) {
      this.#tell({ at: this.#ms(), type: 'machine', call: call.id });
      this.#end(call, 'machine');
      return;
    }
    this.#meter.live(this.#t);
    this.#tell({ at: this.#ms(), type: 'live', call: call.id });
    call.state = 'waiting';
    const agent = this.#ready.shift();
    if (agent !== undefined) this.#connect(call, agent);
    else if (this.#world.patienceS <= 0) this.#abandon(call);
    else {
      this.#waiting.push(call);
      this.#queue.add(this.#t + this.#world.patienceS, PATIENCE, subject);
    }
  }

  #abandon(call: Call): void {
    const place = this.#waiting.indexOf(call);
    if (place >= 0) this.#waiting.splice(place, 1);
    this.#meter.abandoned(this.#t);
    this.#tell({ at: this.#ms(), type: 'abandoned', call: call.id });
    this.#end(call, 'abandoned');
  }

  #connect(call: Call, agent: Agent): void {
    const machine = call.dial.end === 'machine';
    const { talk } = this.#draws;
    const talkS = machine ? 6 + 4 * talk.next() : this.#world.talkS(this.#t, this.#halfS, this.#draws);
    call.state = 'over';
    agent.callId = call.id;
    this.#meter.connected(this.#t);
    this.#change(agent, machine ? 'machine' : 'talking');
    this.#tell({ at: this.#ms(), type: 'agent', agent: agent.id, state: 'talking' });
    this.#tell({ at: this.#ms(), type: 'connected', call: call.id, agent: agent.id });
    this.#queue.add(this.#t + talkS, TALK_END, this.#agents.indexOf(agent));
  }

  #agentEvent(kind: number, subject: number): void {
    const agent = this.#agents[subject];
    if (agent === undefined) return;
    if (kind === TALK_END) this.#talkEnd(agent, subject);
    else if (kind === WRAP_UP_END) this.#wrapUpEnd(agent, subject);
    else if (kind === LEAVE) {
      agent.leaving = true;
      if (agent.doing === 'ready') this.#goAway(agent, 'offline', this.#world.leave.forS);
    } else this.#makeReady(agent);
  }

  #talkEnd(agent: Agent, subject: number): void {
    const machine = agent.doing === 'machine';
    this.#tell({ at: this.#ms(), type: 'ended', call: agent.callId, result: 'connected' });
    this.#callsById.delete(agent.callId);
    const wrapUpS = machine ? 0 : this.#world.wrapUpS(this.#draws);
    this.#change(agent, 'wrap-up');
    if (wrapUpS <= 0) {
      this.#wrapUpEnd(agent, subject);
      return;
    }
    this.#tell({ at: this.#ms(), type: 'agent', agent: agent.id, state: 'wrap-up' });
    this.#queue.add(this.#t + wrapUpS, WRAP_UP_END, subject);
  }

  #wrapUpEnd(agent: Agent, _subject: number): void {
    const { breaks, leave } = this.#world;
    const takesBreak = breaks.chance > 0 && this.#draws.pause.next() < breaks.chance;
    if (agent.leaving) this.#goAway(agent, 'offline', leave.forS);
    else if (takesBreak) this.#goAway(agent, 'paused', exponential(this.#draws.pause, breaks.meanS));
    else this.#makeReady(agent);
  }

  #goAway(agent: Agent, state: 'offline' | 'paused', forS: number): void {
    const place = this.#ready.indexOf(agent);
    if (place >= 0) this.#ready.splice(place, 1);
    agent.leaving = false;
    this.#change(agent, 'away');
    this.#tell({ at: this.#ms(), type: 'agent', agent: agent.id, state });
    this.#queue.add(this.#t + forS, RETURN, this.#agents.indexOf(agent));
  }

  #makeReady(agent: Agent): void {
    this.#change(agent, 'ready');
    const call = this.#waiting.shift();
    if (call === undefined) {
      this.#ready.push(agent);
      this.#tell({ at: this.#ms(), type: 'agent', agent: agent.id, state: 'ready' });
    } else this.#connect(call, agent);
  }

  #decide(): void {
    this.#decidedS = this.#t;
    const { dial, cancel } = this.#policy.decide(this.#ms());
    for (const id of cancel) this.#cancel(id);
    for (let i = 0; i < dial; i += 1) this.#dial();
  }

  #dial(): void {
    const dial = this.#world.dial(this.#t, this.#halfS, this.#draws.dial);
    const index = this.#calls.length;
    const id = `call-${index}`;
    this.#calls.push({ id, dial, state: 'placed' });
    this.#callsById.set(id, index);
    this.#meter.dialed(this.#t, this.#callsById.size);
    this.#tell({ at: this.#ms(), type: 'dialed', call: id });
    this.#queue.add(this.#t + dial.setUpS, RING, index);
  }

  #cancel(id: string): void {
    const call = this.#calls[this.#callsById.get(id) ?? -1];
    if (call?.state !== 'placed') return;
    this.#meter.cancelled(this.#t);
    this.#end(call, 'cancelled');
  }

  #end(call: Call, result: Result): void {
    call.state = 'over';
    this.#callsById.delete(call.id);
    this.#tell({ at: this.#ms(), type: 'ended', call: call.id, result });
  }

  #change(agent: Agent, doing: AgentDoing): void {
    this.#spend(agent);
    agent.doing = doing;
  }

  #spend(agent: Agent): void {
    this.#meter.spent(useOf(agent.doing), agent.sinceS, this.#t);
    agent.sinceS = this.#t;
  }

  #tellWindow(endsS: number): void {
    const endsAt = endsS * 1000;
    this.#tell({ at: this.#ms(), type: 'window', target: this.#target, liveAnswers: 0, abandoned: 0, endsAt });
  }

  #tell(event: PacingEvent): void {
    this.#policy.observe(event);
  }

  #ms(): number {
    return this.#t * 1000;
  }
}

function useOf(doing: AgentDoing): TimeUse {
  if (doing === 'away') return 'away';
  if (doing === 'ready') return 'idle';
  return doing === 'machine' ? 'wasted' : 'serving';
}
