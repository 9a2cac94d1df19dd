// What happens between "so many lines" and the INVITEs: lines without a record, bursts, a store that refuses; in a
// simulated call centre whose trunk is small.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { Store } from '../../src/engine/store/store.ts';
import type { CallPlan } from '../../src/sim/call-plan.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { aCampaign } from '../records/builders.ts';
import { Rig, type RigOptions } from '../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const BUSY: CallPlan = {
  setUpMs: 100,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'refused', cause: 17, sipCode: 486 },
};
const TALKS: CallPlan = { ...BUSY, outcome: { type: 'person', talksMs: 600_000 } };

/** Who was busy is called again after a minute, as often as it takes. */
const AGAIN_IN_A_MINUTE: Partial<Campaign> = {
  mode: 'progressive',
  attempts: { max: 20, perDay: 20 },
  callAgain: [{ when: 'result == "busy"', then: { do: 'call-again', afterMs: 60_000, phone: 'same' } }],
};

/** Agents are ready, the campaign has started. */
async function dialing(options: RigOptions): Promise<Rig> {
  rig = await Rig.start(options);
  rig.startRobots();
  await rig.clock.runFor(30_000);
  await rig.startCampaign();
  return rig;
}

const dialedAt = (on: Rig): number[] => on.exchange.calls.map(({ placedAt }) => placedAt);

test('[D-08] one line, no one due for a minute: the line that found no record is free again when somebody is due', async () => {
  const on = await dialing({
    agents: 1,
    records: 1,
    trunk: { maxLines: 1 },
    plan: () => BUSY,
    campaign: AGAIN_IN_A_MINUTE,
  });
  await on.clock.runFor(70_000);
  expect(dialedAt(on)).toHaveLength(2);
});

test('[D-08] three agents and lines, two people: each is called at once, and again each time they are due', async () => {
  const on = await dialing({
    agents: 3,
    records: 2,
    trunk: { maxLines: 3 },
    plan: () => BUSY,
    campaign: AGAIN_IN_A_MINUTE,
  });
  await on.clock.runFor(5000);
  expect(dialedAt(on)).toHaveLength(2);
  await on.clock.runFor(130_000);
  expect(dialedAt(on)).toHaveLength(6);
});

test('[D-01] twenty agents ready at the start: no more than five INVITEs leave within 20 ms, and all are soon dialed', async () => {
  const fast = { maxLines: 200, maxCallsPerSecond: 1000 };
  const pacing = { ...aCampaign().pacing, ...fast };
  const campaign: Partial<Campaign> = { mode: 'progressive', pacing };
  const on = await dialing({ agents: 20, records: 20, trunk: fast, plan: () => TALKS, campaign });
  await on.clock.runFor(900);
  const moments = dialedAt(on);
  expect(moments).toHaveLength(20);
  const inABurst = moments.map((from) => moments.filter((at) => at >= from && at < from + 20).length);
  expect(Math.max(...inABurst)).toBe(5);
  expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(500);
});

/** A store whose attempts cannot be opened while `isRefusing` says so. */
class Reluctant {
  isRefusing = false;
  /** When it was asked. */
  asked = 0;

  readonly open = async (): Promise<Store> => {
    const folder = mkdtempSync(path.join(tmpdir(), 'outdial-reluctant-'));
    const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    const attempts = new Proxy(store.attempts, {
      get: (from, name): unknown => {
        const value: unknown = Reflect.get(from, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          if (name !== 'open') return Reflect.apply(value, from, args);
          this.asked += 1;
          return this.isRefusing ? Promise.reject(new Error('disk I/O error')) : Reflect.apply(value, from, args);
        };
      },
    });
    return new Proxy(store, {
      get: (from, name): unknown => {
        if (name === 'attempts') return attempts;
        const value: unknown = Reflect.get(from, name);
        return typeof value === 'function' ? value.bind(from) : value;
      },
    });
  };
}

test('[O-06] the store cannot open attempts for ten seconds: asked about once a second, then everybody is dialed', async () => {
  const store = new Reluctant();
  const on = await Rig.start({
    agents: 2,
    records: 6,
    openStore: store.open,
    trunk: { maxLines: 2 },
    plan: () => BUSY,
    campaign: { mode: 'progressive' },
  });
  rig = on;
  on.startRobots();
  await on.clock.runFor(30_000);
  store.isRefusing = true;
  await on.startCampaign();
  await on.clock.runFor(10_000);
  expect(dialedAt(on)).toEqual([]);
  expect(store.asked).toBeGreaterThanOrEqual(8);
  expect(store.asked).toBeLessThanOrEqual(24);

  store.isRefusing = false;
  expect(await on.untilExhausted(60_000)).toBe(true);
  expect(new Set(on.exchange.calls.map(({ number }) => number)).size).toBe(6);
});
