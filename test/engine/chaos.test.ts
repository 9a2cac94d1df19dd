// Days in which everything may go wrong at once. The seed draws mode, detection, phones, agents and troubles;
// whatever comes of it, what must hold after a day holds. A seed that once found a fault stays in the list.

import { afterEach, expect, test } from 'vitest';
import type { Random } from '../../src/base/random.ts';
import { seededRandom } from '../../src/base/random.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import { population } from '../../src/sim/population.ts';
import { breaches, watch } from '../support/invariants.ts';
import { Rig } from '../support/rig.ts';

const SEEDS = [3, 17, 103, 121, 180, 203, 301] as const;
const RECORDS = 80;
const DAY_MS = 6 * 3_600_000;

interface Troubles {
  readonly events: boolean;
  readonly commands: boolean;
  readonly link: boolean;
  readonly exchange: boolean;
  readonly engine: boolean;
  readonly phones: boolean;
  readonly impatience: boolean;
}

function drawTroubles(random: Random): Troubles {
  const draw = (chance: number): boolean => random.next() < chance;
  return {
    events: draw(0.4),
    commands: draw(0.25),
    link: draw(0.3),
    exchange: draw(0.2),
    engine: draw(0.4),
    phones: draw(0.3),
    impatience: draw(0.3),
  };
}

function drawCampaign(random: Random): Partial<Campaign> {
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[random.integer(choices.length)] ?? choices[0];
  return {
    mode: pick(['predictive', 'progressive', 'ratio']),
    answer: {
      detection: pick(['off', 'parallel', 'before-agent']),
      onMachine: 'hang-up',
      noAgentAfterMs: 2000,
      noAgentSound: 'outdial/abandon',
      whileWaiting: pick(['silence', 'music']),
    },
    agentPhone: {
      mode: pick(['nailed-up', 'nailed-up', 'nailed-up', 'ringing']),
      waiting: pick(['silence', 'music']),
      ringMs: 15_000,
    },
  };
}

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

test.each(SEEDS)('[O-09] anything may go wrong, seed %i: nothing lost, doubled, stuck or crossed', async (seed) => {
  const random = seededRandom(seed);
  const campaign = drawCampaign(random);
  const troubles = drawTroubles(random);
  const said = `seed ${seed}: ${JSON.stringify({ ...troubles, ...campaign })}`;
  const on = await Rig.start({
    seed,
    agents: 1 + random.integer(12),
    records: RECORDS,
    campaign,
    trouble: {
      ...(troubles.events ? { doubled: 0.2, late: 0.2, lateMs: 100 } : {}),
      ...(troubles.commands ? { refused: 0.01, unanswered: 0.01 } : {}),
    },
    plan: population({
      talk: { meanMs: 40_000, deviationMs: 40_000 },
      ...(troubles.impatience ? { patienceMs: 1000 } : {}),
      longHellos: 0.05,
      shares: { hangsUpAtOnce: 0.03, machine: 0.3, fax: 0.02 },
    }),
  });
  rig = on;
  const seen = watch(on, { lines: 200 });
  on.startRobots();
  await on.clock.runFor(20_000);
  await on.startCampaign();
  const outages = new Outages(on, random);
  outages.begin(troubles);

  await on.untilExhausted(DAY_MS);
  await on.clock.runUntilTrue(() => !outages.isDown, 60_000);
  await on.wrapUpTheDay();

  expect([...seen, ...(await breaches(on, { silenceMs: longestSilenceMs(troubles, campaign) }))], said).toEqual([]);
});

/** No one can be talked to while no agent is there: with outages no limit is expected of the engine. */
function longestSilenceMs(troubles: Troubles, campaign: Partial<Campaign>): number {
  if (troubles.link || troubles.engine || troubles.commands || troubles.phones) return Infinity;
  return (campaign.answer?.detection === 'before-agent' ? 4200 : 2000) + (troubles.events ? 300 : 0);
}

/** Things that break and are repaired, one at a time. */
class Outages {
  readonly #rig: Rig;
  readonly #random: Random;
  #isDown = false;

  constructor(on: Rig, random: Random) {
    this.#rig = on;
    this.#random = random;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  begin(troubles: Troubles): void {
    const { exchange, phones } = this.#rig;
    if (troubles.link) {
      this.#breakEvery(
        60_000,
        () => exchange.dropLink(),
        () => {
          exchange.restoreLink();
          this.#isDown = false;
        },
      );
    }
    if (troubles.exchange) {
      this.#breakEvery(
        150_000,
        () => exchange.restart(500),
        () => {
          this.#isDown = false;
        },
      );
    }
    if (troubles.engine)
      this.#breakEvery(
        100_000,
        () => this.#rig.killEngine(),
        () => this.#startEngine(),
      );
    if (troubles.phones) {
      this.#nowAndThen(50_000, () => {
        const phone = phones[this.#random.integer(phones.length)];
        phone?.lost();
        this.#rig.clock.after(20_000, () => phone?.register());
      });
    }
  }

  #breakEvery(everyMs: number, fail: () => void, repair: () => void): void {
    this.#nowAndThen(everyMs, () => {
      if (this.#isDown) return;
      this.#isDown = true;
      fail();
      this.#rig.clock.after(1000 + this.#random.integer(8000), repair);
    });
  }

  #startEngine(): void {
    const up = (): void => {
      this.#isDown = false;
    };
    const again = (): void => {
      this.#rig.killEngine();
      this.#rig.clock.after(1000, () => this.#startEngine());
    };
    this.#rig.startEngine().then(up, again); // as a service manager does
  }

  #nowAndThen(everyMs: number, act: () => void): void {
    this.#rig.clock.after(everyMs * (0.5 + this.#random.next()), () => {
      if (this.#rig.isExhausted) return;
      act();
      this.#nowAndThen(everyMs, act);
    });
  }
}
