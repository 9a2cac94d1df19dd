// What really happened in a stretch of the log, as material for other policies: who worked when, what became of each
// dial, how long conversations and wrap-ups took.

import type { JournalEntry, JournalHead } from '../../engine/dialing/pacing-journal.ts';
import type { PacingEvent } from '../../pacing/pacer.ts';
import { hungUpAtOnce, type Behaviour, type DialSample } from '../forecast/behaviour.ts';
import type { Dial, Presence } from '../pacing/worlds.ts';

interface OpenCall {
  readonly dialedAt: number;
  ringingAt?: number;
  answeredAt?: number;
  /** When it became known who answered, and who that was. */
  knownAt?: number;
  known?: 'person' | 'machine';
  /** A machine that was taken for a person first. */
  mistaken?: boolean;
}

interface PresentAgent {
  state: string;
  sinceAt: number;
  /** When the present stretch of work began; undefined while away. */
  workingSinceAt: number | undefined;
  readonly stretches: { readonly fromAt: number; readonly toAt: number }[];
}

/** Real figures of the day, counted as the simulator counts. */
export interface RealFigures {
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly dials: number;
}

export class LoggedDay {
  readonly #calls = new Map<string, OpenCall>();
  readonly #agents = new Map<string, PresentAgent>();
  readonly #dials: DialSample[] = [];
  readonly #talksS: number[] = [];
  readonly #wrapUpsS: number[] = [];
  readonly #real = { busyMs: 0, workMs: 0, live: 0, abandoned: 0, dials: 0 };
  #head: JournalHead | undefined;
  #firstAt: number | undefined;
  #lastAt = 0;

  take(entry: JournalEntry): void {
    if (entry.type === 'head') this.#begin(entry.head);
    if (entry.type !== 'event') return;
    this.#firstAt ??= entry.at;
    this.#lastAt = Math.max(this.#lastAt, entry.at);
    this.#hear(entry.event);
  }

  /** The pacer's options when the stretch began; undefined for an empty log. */
  get head(): JournalHead | undefined {
    return this.#head;
  }

  get lengthS(): number {
    return (this.#lastAt - (this.#firstAt ?? this.#lastAt)) / 1000;
  }

  get agents(): number {
    return this.#agents.size;
  }

  /** When each agent worked, in seconds since the first event. */
  presence(): readonly (readonly Presence[])[] {
    const firstAt = this.#firstAt ?? 0;
    return [...this.#agents.values()].map(({ stretches, workingSinceAt }) => {
      const open = workingSinceAt === undefined ? [] : [{ fromAt: workingSinceAt, toAt: this.#lastAt }];
      return [...stretches, ...open].map(({ fromAt, toAt }) => ({
        fromS: Math.max(0, fromAt - firstAt) / 1000,
        toS: (toAt - firstAt) / 1000,
      }));
    });
  }

  behaviour(): Behaviour {
    const firstS = (this.#firstAt ?? 0) / 1000;
    const dials = this.#dials.map(({ atS, dial }) => ({ atS: atS - firstS, dial })).sort((a, b) => a.atS - b.atS);
    const patienceS = (this.#head?.options.answerLimitMs ?? 2000) / 1000;
    return { dials, talksS: this.#talksS, wrapUpsS: this.#wrapUpsS.length === 0 ? [0] : this.#wrapUpsS, patienceS };
  }

  real(): RealFigures {
    const { busyMs, workMs, live, abandoned, dials } = this.#real;
    return {
      utilisation: workMs === 0 ? 0 : busyMs / workMs,
      abandonRate: live === 0 ? 0 : abandoned / live,
      liveAnswers: live,
      abandoned,
      dials,
    };
  }

  /** A new pacer gets what goes on already: agents and calls that are known here go on as they were. */
  #begin(head: JournalHead): void {
    this.#head ??= head;
  }

  #hear(event: PacingEvent): void {
    switch (event.type) {
      case 'agent':
        return this.#agent(event.agent, event.state, event.at);
      case 'connected': {
        const state = this.#agents.get(event.agent)?.state;
        if (state === 'ready' || state === 'wrap-up') this.#agent(event.agent, 'talking', event.at);
        return;
      }
      case 'dialed':
        if (this.#calls.has(event.call)) return;
        this.#calls.set(event.call, { dialedAt: event.at });
        this.#real.dials += 1;
        return;
      case 'ended': {
        const call = this.#calls.get(event.call);
        this.#calls.delete(event.call);
        if (call) this.#ended(call, event);
        return;
      }
      case 'window':
      case 'agent-until':
      case 'expect':
        return;
      default: {
        const call = this.#calls.get(event.call);
        if (call) this.#progress(call, event.type, event.at);
      }
    }
  }

  #progress(call: OpenCall, type: 'ringing' | 'answered' | 'live' | 'machine' | 'abandoned', at: number): void {
    if (type === 'ringing') call.ringingAt ??= at;
    else if (type === 'answered') call.answeredAt ??= at;
    else if (type === 'live') {
      if (call.known) return;
      call.known = 'person';
      call.knownAt = at;
      this.#real.live += 1;
    } else if (type === 'machine') {
      if (call.known === 'person') {
        call.mistaken = true;
        this.#real.live -= 1;
      }
      call.known = 'machine';
      call.knownAt ??= at;
    } else if (call.known !== 'machine') this.#real.abandoned += 1;
  }

  #ended(call: OpenCall, { at, result }: Extract<PacingEvent, { type: 'ended' }>): void {
    if (result === 'cancelled' || result === 'congestion' || result === 'failed') return;
    this.#dials.push({ atS: call.dialedAt / 1000, dial: dialOf(call, result, at) });
  }

  #agent(id: string, state: string, at: number): void {
    const agent = this.#agents.get(id) ?? { state: 'offline', sinceAt: at, workingSinceAt: undefined, stretches: [] };
    this.#agents.set(id, agent);
    if (agent.state === state) return;
    const spentMs = Math.max(0, at - agent.sinceAt);
    if (agent.state === 'talking') this.#talksS.push(spentMs / 1000);
    if (agent.state === 'talking' && state !== 'wrap-up') this.#wrapUpsS.push(0);
    if (agent.state === 'wrap-up') this.#wrapUpsS.push(spentMs / 1000);
    if (isWork(agent.state)) this.#real.workMs += spentMs;
    if (agent.state === 'talking' || agent.state === 'wrap-up') this.#real.busyMs += spentMs;
    if (isWork(state)) agent.workingSinceAt ??= at;
    else if (agent.workingSinceAt !== undefined) {
      agent.stretches.push({ fromAt: agent.workingSinceAt, toAt: at });
      agent.workingSinceAt = undefined;
    }
    agent.state = state;
    agent.sinceAt = at;
  }
}

function isWork(state: string): boolean {
  return state === 'ready' || state === 'talking' || state === 'wrap-up';
}

function dialOf(call: OpenCall, result: string, endedAt: number): Dial {
  const { dialedAt, ringingAt, answeredAt, knownAt, known, mistaken = false } = call;
  const rangAt = ringingAt ?? answeredAt ?? endedAt;
  const setUpS = Math.max(0, rangAt - dialedAt) / 1000;
  if (known === undefined && result !== 'connected' && result !== 'abandoned' && answeredAt === undefined) {
    const ringS = Math.max(0, endedAt - rangAt) / 1000;
    return { end: result === 'no-answer' ? 'no-answer' : 'busy', setUpS, ringS, verdictS: 0, mistaken: false };
  }
  const pickedUpAt = answeredAt ?? knownAt ?? endedAt;
  const end = known === 'machine' || result === 'machine' || result === 'fax' ? 'machine' : 'person';
  return {
    end,
    setUpS,
    ringS: Math.max(0, pickedUpAt - rangAt) / 1000,
    verdictS: Math.max(0, (knownAt ?? pickedUpAt) - pickedUpAt) / 1000,
    mistaken,
    hangsUp: hungUpAtOnce(result, endedAt - (knownAt ?? pickedUpAt)),
  };
}
