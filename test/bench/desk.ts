// How soon an agent's screen has a call: from the person's answer to the event on the agent's stream, with 50 agents who
// work through the API at 20 calls a second. Engine, store and server are the real ones, the telephones are simulated and
// keep to the time on the wall; server and all 50 readers share one thread, which the daemon's do not.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import { DeskCentre, type Seat, type Stream } from '../http/desk-centre.ts';
import type { BenchArgs } from './bench-args.ts';

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
    ...{ agents: AGENTS, records: CALLS_PER_SECOND * seconds * 2, plan },
    campaign: {
      dispositions: [{ code: 'sale', label: 'Sold' }],
      pacing: {
        ...{ abandonTarget: 0.1, ringTimeoutMs: 15_000, minRingMs: 15_000, maxLines: 200, ratio: 2.5, weight: 1 },
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
    await centre.close();
  }
}

async function measured(centre: DeskCentre, seconds: number): Promise<Figures> {
  const { clock, store } = centre.rig;
  const heard = new Map<string, number>();
  const seats: Seat[] = [];
  await centre.admin('POST', `/api/campaigns/${centre.rig.campaign.name}/pause`);
  const streams: Stream[] = [];
  for (let index = 0; index < AGENTS; index += 1) {
    const seat = await (await centre.seat(index)).sitDown();
    seats.push(seat);
    streams.push(await seat.stream());
  }
  const [wallAt, virtualAt] = [performance.now(), clock.now()];
  const now = (): number => virtualAt + (performance.now() - wallAt);
  const answered = new Map<string, number>();
  const talking = new Map<string, number>();
  const unsubscribe = centre.rig.engine.subscribe((event) => {
    if (event.type !== 'call') return;
    const { attempt, to } = event;
    if (ANSWERED.has(to) && !answered.has(attempt)) answered.set(attempt, now());
    if (to === 'talking') talking.set(attempt, now());
  });
  for (const [index, stream] of streams.entries()) {
    const seat = seats[index];
    if (seat) work(seat, stream, { heard, now });
  }
  await centre.admin('POST', `/api/campaigns/${centre.rig.campaign.name}/resume`);
  const until = virtualAt + seconds * 1_000;
  while (now() < until) {
    await clock.runUntil(Math.floor(now()));
    await sleep(1);
  }
  for (const stream of streams) stream.close();
  unsubscribe();
  const rows = await store.attempts.list({ fromAt: virtualAt });
  const between = (from: ReadonlyMap<string, number>): number[] =>
    [...heard].flatMap(([attempt, at]) => {
      const began = from.get(attempt);
      return began === undefined ? [] : [at - began];
    });
  return {
    ...{ agents: AGENTS, seconds, dialed: rows.length, heard: heard.size },
    fromAnswer: spread(between(answered)),
    fromEngine: spread(between(talking)),
  };
}

interface Measuring {
  readonly heard: Map<string, number>;
  readonly now: () => number;
}

/** Notes when each call is heard of, and works it: a second and a half of talk, a disposition, Done. */
function work(seat: Seat, stream: Stream, { heard, now }: Measuring): void {
  stream.watch(({ data }) => {
    const interaction = data['interaction'] as
      { id: string; state: string; call?: { attempt?: string } } | null | undefined;
    const attempt = interaction?.call?.attempt;
    if (interaction?.state !== 'talking' || attempt === undefined || heard.has(attempt)) return;
    heard.set(attempt, now());
    const send = (act: object): Promise<unknown> => seat.send({ key: seat.key(), interaction: interaction.id, act });
    void (async () => {
      await sleep(TALK_MS);
      await send({ do: 'hang-up', attempt });
      await send({ do: 'dispose', code: 'sale' });
      for (let tries = 0; tries < 20; tries += 1) {
        const { code } = (await send({ do: 'done', stop: false })) as { code: number };
        if (code === 200) return;
        await sleep(50);
      }
    })().catch(() => undefined); // the bench has ended
  });
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}
