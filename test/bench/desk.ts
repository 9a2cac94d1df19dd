// How soon an agent's screen has a call: from the person's answer to the event on the agent's stream, with 50 agents who
// work through the API at 20 calls a second. Engine, store and server are the real ones, the telephones are simulated and
// keep to the time on the wall; the 50 browsers are a process of their own.

import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import { DeskCentre, PASSWORD } from '../http/desk-centre.ts';
import type { BenchArgs } from './bench-args.ts';
import type { ClientsOrder, Heard } from './desk/clients.ts';

const AGENTS = 50;
const CALLS_PER_SECOND = 20;
const TALK_MS = 1_500;

interface Figures {
  readonly agents: number;
  readonly seconds: number;
  readonly dialed: number;
  readonly heard: number;
  /** From the answer's arrival in the engine, the joining of the legs included, to the event in the agent's hands. */
  readonly fromAnswer: Spread;
  /** From the engine's step to the event in the agent's hands. */
  readonly fromEngine: Spread;
}

interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What a call is once somebody has picked up. */
const ANSWERED: ReadonlySet<string> = new Set(['answered', 'detecting', 'waiting', 'connecting', 'talking']);

/** Six of ten answer after a second. */
function plan(): CallPlan {
  return Math.random() < 0.6
    ? { setUpMs: 200, before: 'ringing', afterMs: 1_000, outcome: { type: 'person', talksMs: 60_000 } }
    : { setUpMs: 200, before: 'ringing', afterMs: 1_000, outcome: { type: 'no-answer' } };
}

export async function run({ json, short }: BenchArgs): Promise<Figures> {
  const seconds = short ? 20 : 60;
  const centre = await DeskCentre.open({
    agents: AGENTS,
    records: CALLS_PER_SECOND * seconds * 2,
    plan,
    campaign: {
      dispositions: [{ code: 'sale', label: 'Sold' }],
      pacing: {
        abandonTarget: 0.1,
        ringTimeoutMs: 15_000,
        minRingMs: 15_000,
        maxLines: 200,
        ratio: 2.5,
        weight: 1,
        maxCallsPerSecond: CALLS_PER_SECOND,
      },
      mode: 'ratio',
    },
  });
  try {
    const figures = await measured(centre, seconds);
    if (!json) process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures;
  } finally {
    centre.rig.offTheWall();
    await centre.close();
  }
}

async function measured(centre: DeskCentre, seconds: number): Promise<Figures> {
  const { rig } = centre;
  const { clock } = rig;
  const { name } = rig.campaign;
  await centre.admin('POST', `/api/campaigns/${name}/pause`);
  const users: string[] = [];
  for (let index = 0; index < AGENTS; index += 1) users.push((await centre.agent(index)).name);
  await clock.runFor(1_000);
  const onTheWall = clock.now() - wall();
  rig.onTheWall();
  const answered = new Map<string, number>();
  const talking = new Map<string, number>();
  const unsubscribe = rig.engine.subscribe((event) => {
    if (event.type !== 'call') return;
    const { attempt, to } = event;
    if (ANSWERED.has(to) && !answered.has(attempt)) answered.set(attempt, wall());
    if (to === 'talking') talking.set(attempt, wall());
  });
  const clients = new Clients({ url: centre.url, campaign: name, users, password: PASSWORD, talkMs: TALK_MS });
  let until = Infinity;
  clients.ready.then(async () => {
    await centre.admin('POST', `/api/campaigns/${name}/resume`);
    until = wall() + seconds * 1_000;
  }, stop);
  const startedAt = clock.now();
  while (wall() < until) {
    await clock.runUntil(Math.floor(wall() + onTheWall));
    await sleep(1);
  }
  unsubscribe();
  const heard = await clients.heard();
  const rows = await rig.store.attempts.list({ fromAt: startedAt });
  const between = (from: ReadonlyMap<string, number>): number[] =>
    heard.flatMap(([attempt, at]) => {
      const began = from.get(attempt);
      return began === undefined ? [] : [at - began];
    });
  return {
    agents: AGENTS,
    seconds,
    dialed: rows.length,
    heard: heard.length,
    fromAnswer: spread(between(answered)),
    fromEngine: spread(between(talking)),
  };
}

/** The same in every process of the machine, finer than a millisecond; epoch ms. */
const wall = (): number => performance.timeOrigin + performance.now();

function stop(fault: unknown): never {
  throw fault;
}

/** The agents' browsers, in a process of their own. */
class Clients {
  readonly ready: Promise<void>;
  readonly #process: ChildProcess;
  #onMessage: (message: unknown) => void = () => undefined;

  constructor(order: ClientsOrder) {
    const file = path.join(import.meta.dirname, 'desk', 'clients.ts');
    this.#process = fork(file, [JSON.stringify(order)], { execArgv: ['--import', 'tsx'] });
    this.#process.on('message', (message) => this.#onMessage(message));
    this.ready = this.#next().then(() => undefined);
  }

  #next(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#onMessage = resolve;
      this.#process.once('exit', () => reject(new Error('The process of the agents has ended.')));
    });
  }

  /** What was heard; the process ends. */
  heard(): Promise<Heard> {
    const answer = this.#next();
    this.#process.send('end');
    return answer as Promise<Heard>;
  }
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
