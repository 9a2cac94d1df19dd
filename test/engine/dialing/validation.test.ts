// A validation service that is asked ahead of the choice, in a simulated call centre.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import type { NumberValidator } from '../../../src/engine/ports.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const person = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', talksMs: 5_000 },
});

/** A service whose answers the test decides; notes when it was asked for what. */
class Service implements NumberValidator {
  readonly asked: string[][] = [];
  isAway = false;
  blocks: (number: string) => boolean = () => false;

  ask({ numbers }: { readonly numbers: readonly string[] }): ReturnType<NumberValidator['ask']> {
    this.asked.push([...numbers]);
    if (this.isAway) return Promise.reject(new Error('no answer within 300 ms'));
    return Promise.resolve(
      new Map(numbers.map((number) => [number, { allowed: !this.blocks(number), reason: 'listed' }])),
    );
  }
}

async function started(
  service: Service,
  whenUnavailable: NonNullable<Campaign['validation']>['whenUnavailable'],
  records = 12,
): Promise<Rig> {
  const validation = { url: 'http://127.0.0.1:1/', timeoutMs: 300, cacheMs: 86_400_000, whenUnavailable };
  rig = await Rig.start({
    agents: 2,
    records,
    plan: person,
    validator: service,
    campaign: { mode: 'progressive', validation },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

test('[X-02] every number is asked about before it is dialed, once, and many at a time', async () => {
  const service = new Service();
  const { exchange, clock } = await started(service, 'hold');
  expect(await rig?.untilExhausted(600_000)).toBe(true);

  const asked = service.asked.flat();
  expect(exchange.calls).toHaveLength(12);
  expect(new Set(asked)).toEqual(new Set(exchange.calls.map(({ number }) => number)));
  expect(asked).toHaveLength(12);
  expect(service.asked).toHaveLength(1);
  expect(clock.now()).toBeGreaterThan(0);
});

test('[X-02] blocked numbers are never dialed; their records are finished with the reason', async () => {
  const service = new Service();
  service.blocks = (number) => Number(number.at(-1)) % 3 === 0;
  const { exchange, store, campaign } = await started(service, 'dial');
  expect(await rig?.untilExhausted(600_000)).toBe(true);

  expect(exchange.calls.some(({ number }) => service.blocks(number))).toBe(false);
  expect(exchange.calls.length).toBeGreaterThan(5);
  const rows = await store.records.find({ campaign: campaign.name, text: 'Person', limit: 50 });
  const finished = rows.filter(({ finishedWhy }) => finishedWhy?.startsWith('The number is blocked') === true);
  expect(finished).toHaveLength(12 - exchange.calls.length);
});

test('[X-02] the service is away, policy hold: nothing is dialed until it is back, and it is not asked all the time', async () => {
  const service = new Service();
  service.isAway = true;
  const { exchange, clock } = await started(service, 'hold');
  await clock.runFor(120_000);
  expect(exchange.calls).toEqual([]);
  expect(service.asked.length).toBeLessThan(20);
  expect(service.asked.length).toBeGreaterThan(2);

  service.isAway = false;
  expect(await rig?.untilExhausted(900_000)).toBe(true);
  expect(exchange.calls).toHaveLength(12);
});

test('[X-02] the service is away, policy dial: everybody is dialed all the same', async () => {
  const service = new Service();
  service.isAway = true;
  const { exchange } = await started(service, 'dial');
  expect(await rig?.untilExhausted(600_000)).toBe(true);
  expect(exchange.calls).toHaveLength(12);
});
