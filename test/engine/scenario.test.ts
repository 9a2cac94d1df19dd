// Days in a simulated call centre, from the first sign-in to the last good-bye, with what must hold after each.
// The seed stands in the name of each test; the same seed gives the same day.

import { afterEach, describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { CampaignView } from '../../src/engine/control-views.ts';
import { seededRandom } from '../../src/base/random.ts';
import { population } from '../../src/sim/population.ts';
import type { Detection } from '../../src/terms.ts';
import type { Expectations } from '../support/invariants.ts';
import { breaches, watch } from '../support/invariants.ts';
import { Rig, type RigOptions } from '../support/rig.ts';

const HOUR_MS = 3_600_000;
const LINES = 200;
const RECORDS = 200;
/** The limit of two seconds, the way of the message to the person included. */
const USUAL: Expectations = { silenceMs: 2000, personsHangUp: true };
const MAY_END: Expectations = { silenceMs: 2000 };

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** A whole day; `during` runs beside it on the same clock. */
async function day(options: RigOptions, during?: (rig: Rig) => void, expected = USUAL): Promise<CampaignView> {
  rig = await Rig.start({ agents: 10, records: RECORDS, ...options });
  const seen = watch(rig, { lines: options.trunk?.maxLines ?? LINES });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  during?.(rig);
  expect(await rig.untilExhausted(3 * HOUR_MS), `seed ${rig.seed}: ${JSON.stringify(rig.engine.campaigns())}`).toBe(
    true,
  );
  const view = rig.engine.campaign(rig.campaign.name);
  await rig.wrapUpTheDay();
  expect([...seen, ...(await breaches(rig, expected))], `seed ${rig.seed}`).toEqual([]);
  const { byState } = await rig.store.records.counts(rig.campaign.name);
  expect(byState.finished, `seed ${rig.seed}`).toBe(options.records ?? RECORDS);
  if (!view) throw new Error('the campaign is gone');
  return view;
}

/** Repeats something at random moments, `everyMs` apart on average, until the campaign is exhausted. */
function nowAndThen(on: Rig, everyMs: number, act: () => void): void {
  const random = seededRandom(on.seed);
  const again = (): void => {
    on.clock.after(everyMs * (0.5 + random.next()), () => {
      if (on.isExhausted) return;
      act();
      again();
    });
  };
  again();
}

describe('10 agents, 200 records', () => {
  test.each([1, 2])('[P-01] predictive, seed %i: everybody is called, the abandon rate stays low', async (seed) => {
    const { today } = await day({ seed });

    expect(today.connected).toBeGreaterThan(40);
    expect(today.abandonRate).toBeLessThanOrEqual(0.05);
    expect(today.answerDelayMs.max).toBeLessThanOrEqual(20);
    expect(today.waited.maxMs).toBeLessThanOrEqual(2000);
    // Who puts down within a second of being joined is no conversation, but had an agent.
    const joined = today.waited.count + today.answerDelayMs.count;
    expect(joined).toBeGreaterThanOrEqual(today.connected);
    expect(joined).toBeLessThanOrEqual(today.connected + (today.byResult.rejected ?? 0));
  });

  test.each([1])('[P-02] progressive, seed %i: no call is abandoned by overdialing', async (seed) => {
    const { today } = await day({ seed, campaign: { mode: 'progressive' } });

    expect(today.abandoned).toBe(0);
  });

  test('[P-02] ratio of two lines per agent, seed 4: everybody is called', async () => {
    await day({ seed: 4, campaign: { mode: 'ratio' } });
  });

  test('[P-06] a trunk of 6 lines, seed 5: never more than 6 are in use', async () => {
    await day({ seed: 5, trunk: { maxLines: 6 } });
  });
});

describe('machines', () => {
  const manyMachines = population({
    shares: { person: 0.3, machine: 0.5, fax: 0.02 },
    shortGreetings: 0,
    talk: { meanMs: 40_000, deviationMs: 40_000 },
  });
  const answer = (detection: Detection): Partial<Campaign> => ({
    answer: {
      detection,
      onMachine: 'hang-up',
      noAgentAfterMs: 2000,
      noAgentSound: 'outdial/abandon',
      whileWaiting: 'silence',
    },
  });

  test('[D-03] detection in parallel, seed 11: machines are let go of, every person met an agent or was abandoned', async () => {
    const { today } = await day({ seed: 11, plan: manyMachines, campaign: answer('parallel') }, undefined, MAY_END);

    expect(today.byResult.machine).toBeGreaterThan(60);
    expect(today.byResult.fax).toBeGreaterThan(0);
    expect(today.connected).toBeGreaterThan(30);
  });

  test('[D-03] detection before the agent, seed 12: agents meet no machine', async () => {
    const options = { seed: 12, plan: manyMachines, campaign: answer('before-agent') };
    const { today } = await day(options, undefined, { silenceMs: 4200 });

    expect(today.byResult.machine).toBeGreaterThan(60);
    expect(today.connected).toBeGreaterThan(30);
  });
});

describe('agents', () => {
  test('[D-02] phones rung for each call, seed 21: everybody is called', async () => {
    const agentPhone = { mode: 'ringing', waiting: 'silence', ringMs: 15_000 } as const;
    const { today } = await day({ seed: 21, campaign: { agentPhone, mode: 'progressive' } });

    expect(today.connected).toBeGreaterThan(40);
  });

  test('[D-02] phones rung for each call, people who do not wait, seed 24: no agent is kept for who has gone', async () => {
    const agentPhone = { mode: 'ringing', waiting: 'silence', ringMs: 15_000 } as const;
    const plan = population({ talk: { meanMs: 40_000, deviationMs: 40_000 }, patienceMs: 1_000 });
    await day({ seed: 24, plan, campaign: { agentPhone, mode: 'progressive' } }, undefined, MAY_END);
  });

  test('[A-20] breaks after one conversation in five, agents who hang up, seed 22: everybody is called', async () => {
    const robots = { breaks: { chance: 0.2, meanMs: 60_000 }, hangUps: { chance: 0.3, withinMs: 30_000 } };
    const { today } = await day({ seed: 22, robots }, undefined, MAY_END);

    expect(today.connected).toBeGreaterThan(40);
  });

  test('[O-09] phones lose their network now and then, seed 23: everybody is called', async () => {
    await day({ seed: 23 }, (on) => {
      let turn = 0;
      nowAndThen(on, 40_000, () => {
        turn += 1;
        const phone = on.phones[turn % on.phones.length];
        phone?.lost();
        on.clock.after(20_000, () => phone?.register());
      });
    });
  });
});

describe('trouble', () => {
  test.each([31, 32])('[O-09] events doubled and late, seed %i: nothing is lost or doubled', async (seed) => {
    await day({ seed, trouble: { doubled: 0.2, late: 0.2, lateMs: 100 } }, undefined, {
      silenceMs: 2300,
      personsHangUp: true,
    });
  });

  test.each([41, 42])('[O-09] commands refused and unanswered, seed %i: nothing is lost or doubled', async (seed) => {
    await day({ seed, trouble: { refused: 0.02, unanswered: 0.01 } }, undefined, { silenceMs: Infinity });
  });

  test.each([51])('[O-09] the control link breaks now and then, seed %i: no call is cut off', async (seed) => {
    await day({ seed }, (on) => {
      nowAndThen(on, 60_000, () => {
        on.exchange.dropLink();
        on.clock.after(5000, () => on.exchange.restoreLink());
      });
    });
  });

  test.each([61])('[O-09] the exchange dies now and then, seed %i: every attempt has its result', async (seed) => {
    await day({ seed }, (on) => nowAndThen(on, 120_000, () => on.exchange.restart(4000)), MAY_END);
  });

  test.each([71, 72])('[O-09] the engine dies now and then, seed %i: every attempt has its result', async (seed) => {
    await day({ seed }, (on) => {
      nowAndThen(on, 90_000, () => {
        on.killEngine();
        on.clock.after(3000, () => void on.startEngine());
      });
    });
  });
});
