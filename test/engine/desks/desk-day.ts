// A day of agents at desks in a simulated call centre, drawn from a seed: any mode, clicks that make sense and clicks that
// do not, double clicks, phones that are lost, the engine killed again and again, people who ask not to be called. And what
// must hold of it afterwards.

import type { DeskCommand, DeskView, SessionRequest } from '../../../src/engine/agents/desk-port.ts';
import type { Campaign, DeskRules } from '../../../src/campaign/definition.ts';
import { seededRandom, type Random } from '../../../src/base/random.ts';
import { ACTS } from '../../../src/interaction/interaction.ts';
import type { Wish } from '../../../src/interaction/desk.ts';
import type { Act } from '../../../src/interaction/interaction.ts';
import type { InteractionRow } from '../../../src/engine/store/desks.ts';
import { population } from '../../../src/sim/population.ts';
import { breaches, watch } from '../../support/invariants.ts';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { desks, type Seat } from './desk-rig.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

const MODES: readonly (readonly [Campaign['mode'], Partial<DeskRules>])[] = [
  ['predictive', {}],
  ['progressive', { countdownMs: 5_000 }],
  ['progressive', { beforeCallMs: 4_000 }],
  ['ratio', { accept: true, offerMs: 8_000 }],
  ['progressive', { engaged: true, offerMs: 8_000 }],
  ['predictive', { engaged: true, offerMs: 8_000 }],
  ['preview', {}],
  ['preview', { previewMs: 6_000, atPreviewEnd: 'dial' }],
  ['push-preview', { offerMs: 8_000 }],
  ['push-preview', { offerMs: 8_000, handDialing: true }],
  ['direct-push-preview', { offerMs: 8_000, beforeCallMs: 2_000 }],
  ['manual', { newNumbers: true }],
];

export interface DayOutcome {
  readonly mode: string;
  readonly interactions: number;
  readonly attempts: number;
  readonly kills: number;
  readonly breaches: readonly string[];
}

/** A day of `minutes`, whatever comes of it. */
export async function deskDay(
  seed: number,
  minutes: number,
  options: Pick<RigOptions, 'openStore'> = {},
): Promise<DayOutcome> {
  const random = seededRandom(seed);
  const [mode, desk] = MODES[seed % MODES.length] ?? ['preview', {}];
  const campaign: Partial<Campaign> = {
    mode,
    desk: { ...USUAL_DESK, ...desk },
    attempts: { max: 4, perDay: 4 },
    callAgain: [
      {
        when: 'result in ["busy", "no-answer", "cancelled"]',
        then: { do: 'call-again', afterMs: 60_000, phone: 'same' },
      },
    ],
    wrapUp: {
      limitMs: 20_000,
      dispositionRequired: random.next() < 0.5,
      over: random.next() < 0.5 ? 'ready' : 'paused',
    },
    agentPhone: { mode: random.next() < 0.8 ? 'nailed-up' : 'ringing', waiting: 'silence', ringMs: 10_000 },
  };
  const plan = population({ talk: { meanMs: 15_000, deviationMs: 15_000 } });
  const agents = 2 + random.integer(4);
  const { rig, seats } = await desks({ seed, agents, records: 60, campaign, plan, ...options });
  try {
    return { mode, ...(await lived({ rig, seats, random, mode, minutes })) };
  } finally {
    await rig.close();
  }
}

interface Day {
  readonly rig: Rig;
  readonly seats: readonly Seat[];
  readonly random: Random;
  readonly mode: Campaign['mode'];
  readonly minutes: number;
}

async function lived(day: Day): Promise<Omit<DayOutcome, 'mode'>> {
  const { rig, seats, random, minutes } = day;
  const seen = watch(rig, { lines: 200 });
  const robots = seats.map((seat) => new DeskRobot(seat, seededRandom(random.integer(2 ** 25)), day.mode));
  for (const robot of robots) robot.begin();
  const blocked = new Map<string, number>();
  let kills = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    await rig.clock.runFor(30_000 + random.integer(30_000));
    if (random.next() < 0.3) {
      const number = `+1650${2_000_000 + random.integer(60)}`;
      await rig.clock.settle(
        rig.store.doNotCall.add([number], { list: 'global', by: 'test', at: rig.clock.now(), reason: 'asked' }),
      );
      if (!blocked.has(number)) blocked.set(number, rig.clock.now());
    }
    if (random.next() < 0.25) {
      kills += 1;
      rig.killEngine();
      await rig.clock.runFor(random.integer(4_000));
      await rig.startEngine();
      for (const robot of robots) robot.watch();
    }
  }
  for (const robot of robots) robot.goHome();
  await rig.clock.runFor(200_000);
  await rig.clock.settle(rig.engine.drain(), 3_600_000);
  for (const { agent } of seats) {
    if (rig.engine.desks.view(agent).state !== 'offline') {
      await rig.clock.settle(rig.engine.signOutAgent(agent, { kind: 'command', name: 'test' })).catch(() => undefined);
    }
  }
  await rig.clock.runFor(120_000);
  const rows = await rig.store.desks.interactions({ limit: 100_000 });
  const attempts = await rig.store.attempts.list({});
  return {
    interactions: rows.length,
    attempts: attempts.length,
    kills,
    breaches: [
      ...seen,
      ...(await withoutAgreed(rig, await breaches(rig, { silenceMs: Infinity }))),
      ...(await handsBreaches(rig, rows)),
      ...attempts
        .filter(({ number, dialedAt }) => dialedAt > (blocked.get(number) ?? Infinity))
        .map(({ attempt }) => `attempt ${attempt} was dialed after the person asked not to be called`),
      ...rig.complaints.filter((line) => line.startsWith('fault in outdial')),
    ],
  };
}

/** Calls that the person asked for are not limited by the campaign. */
async function withoutAgreed(rig: Rig, found: readonly string[]): Promise<string[]> {
  const agreed = new Set(
    (await rig.store.callbacks.list({ state: 'all', limit: 100_000, now: rig.clock.now() })).map(
      ({ record }) => record,
    ),
  );
  return found.filter((line) => !agreed.has(Number(/^record (\d+) was tried/.exec(line)?.[1] ?? -1)));
}

/** A record is in one pair of hands at a time, and in none at the end. */
async function handsBreaches(rig: Rig, rows: readonly InteractionRow[]): Promise<string[]> {
  const reserved = await rig.store.reservations.all();
  const left = await rig.store.desks.all();
  const byRecord = new Map<number, InteractionRow[]>();
  for (const row of rows) {
    if (row.record !== null) byRecord.set(row.record, [...(byRecord.get(row.record) ?? []), row]);
  }
  const doubled = [...byRecord].flatMap(([record, of]) => {
    const inTime = of.toSorted((a, b) => a.beganAt - b.beganAt);
    return inTime.flatMap((row, place) => {
      const next = inTime[place + 1];
      const isCall =
        row.calls.length > 0 && next?.calls.some(({ attempt }) => row.calls.some((one) => one.attempt === attempt));
      return next && !isCall && next.beganAt < (row.endedAt ?? 0)
        ? [`record ${record} was in two hands at ${next.beganAt}`]
        : [];
    });
  });
  return [
    ...rows
      .filter(({ endedAt }) => endedAt === null)
      .map(({ interaction, state }) => `interaction ${interaction} is ${state}`),
    ...reserved.map(({ record, reservation }) => `record ${record} is reserved by ${reservation}`),
    ...left.map(({ session }) => `the desk of ${session} is left`),
    ...doubled,
  ];
}

/** Clicks by chance: mostly what the desk offers. */
class DeskRobot {
  readonly #seat: Seat;
  readonly #random: Random;
  readonly #kind: Campaign['mode'];
  #isGoing = false;

  constructor(seat: Seat, random: Random, kind: Campaign['mode']) {
    this.#seat = seat;
    this.#random = random;
    this.#kind = kind;
  }

  begin(): void {
    this.watch();
    this.#later();
  }

  /** A workspace is there, also after a restart. */
  watch(): void {
    this.#seat.rig.engine.desks.screen(this.#seat.agent, true);
  }

  goHome(): void {
    this.#isGoing = true;
  }

  #later(): void {
    this.#seat.rig.clock.after(300 + this.#random.integer(6_000), () => {
      this.#click();
      this.#later();
    });
  }

  #click(): void {
    const { rig, agent } = this.#seat;
    if (!rig.isAlive) return;
    const view = rig.engine.desks.view(agent);
    if (view.session === undefined) {
      if (!this.#isGoing) rig.engine.desks.open({ agent, campaign: rig.campaign.name }).catch(() => undefined);
      return;
    }
    this.#phone();
    const command = this.#command(view);
    const times = this.#random.next() < 0.15 ? 2 : 1;
    for (let time = 0; time < times; time += 1) rig.engine.desks.command(agent, command).catch(() => undefined);
  }

  #phone(): void {
    const { phone } = this.#seat;
    const chance = this.#random.next();
    if (chance < 0.004) phone.lost();
    else if (chance < 0.008) phone.hangUp();
    else if (chance < 0.1) phone.register();
  }

  #command(view: DeskView): DeskCommand {
    const key = this.#seat.key();
    const { open } = view;
    if (open === undefined || this.#random.next() < 0.15) return { key, ...this.#wish(view) };
    const expects = this.#random.next() < 0.3 ? { expects: open.version } : {};
    return { key, interaction: open.interaction, ...expects, act: this.#act(view) };
  }

  #wish({ session }: DeskView): { readonly wish: Wish } | { readonly session: SessionRequest } {
    const campaign = this.#seat.rig.campaign.name;
    if (this.#isGoing) return { wish: { do: 'end-session' } };
    if (session?.countdownUntil !== undefined && this.#random.next() < 0.9) return { wish: { do: 'go-on' } };
    const chance = this.#random.next();
    if (chance < 0.4) return { wish: { do: 'get-record', campaign, kind: this.#kind } };
    if (chance < 0.6) return { wish: { do: 'set-ready', channel: 'voice' } };
    if (chance < 0.8) return { wish: { do: 'set-ready', channel: 'preview' } };
    if (chance < 0.83) return { wish: { do: 'set-not-ready', channel: 'voice' } };
    if (chance < 0.86) return { session: { do: 'pause', reason: 'pause' } };
    if (chance < 0.94) return { session: { do: 'resume' } };
    return chance < 0.98 ? { wish: { do: 'stop', campaign } } : { wish: { do: 'end-session' } };
  }

  #act({ open }: DeskView): Act {
    const may = open?.may ?? [];
    const what =
      this.#random.next() < 0.9 ? may[this.#random.integer(may.length)] : ACTS[this.#random.integer(ACTS.length)];
    const attempt = open?.attempt ?? 'none';
    const { number, type } = open?.record?.phones[0] ?? { number: '+16502000001', type: 'mobile' as const };
    switch (what) {
      case 'call':
        return { do: 'call', phoneIndex: 0 };
      case 'decline':
        return { do: 'decline', until: this.#random.next() < 0.7 ? 'later' : 'never' };
      case 'cancel-dial':
        return this.#random.next() < 0.2 ? { do: 'cancel-dial', attempt } : { do: 'done' };
      case 'hang-up':
        return { do: 'hang-up', attempt };
      case 'dispose':
        return { do: 'dispose', code: this.#random.next() < 0.7 ? 'sale' : 'not-interested' };
      case 'set-callback': {
        const at = this.#seat.rig.clock.now() + 60_000 + this.#random.integer(600_000);
        return { do: 'set-callback', callback: { at, zone: 'UTC', phone: { number, type }, agent: null } };
      }
      case 'accept':
      case 'reject':
      case 'cancel-callback':
      case 'done':
        return { do: what };
      default:
        return { do: 'done' };
    }
  }
}
