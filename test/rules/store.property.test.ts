// Over random campaigns, people, clocks and rule packs, through a store's own choice: nothing is dialed that explain
// forbids, and nothing that it allows is left, neither at a moment nor for ever. OUTDIAL_RUNS says how many worlds.

import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { OpenedAttempts } from '../../src/engine/store-attempts.ts';
import type { Store } from '../../src/engine/store.ts';
import { blockedNumbers } from '../../src/list/do-not-call.ts';
import { decideRecord } from '../../src/list/eligibility.ts';
import type { Decision } from '../../src/list/eligibility.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Result } from '../../src/terms.ts';
import { Desk } from '../contract/store-desk.ts';
import { makeFolder } from '../store/folder.ts';
import * as situations from './situations.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const RUNS = Number(process.env['OUTDIAL_RUNS'] ?? 25);
const STEPS = 30;
const LONGEST_CALL_MS = 6 * 3_600_000;

const world = fc.record({
  campaigns: fc.array(situations.campaign, { minLength: 1, maxLength: 2 }),
  people: fc.array(
    fc.record({ numbers: fc.array(situations.number, { minLength: 1, maxLength: 2 }), fields: situations.fields }),
    { minLength: 2, maxLength: 6 },
  ),
  start: situations.moment,
  steps: fc.array(
    fc.record({
      campaign: fc.nat({ max: 1 }),
      waitMs: fc.oneof(fc.integer({ min: 0, max: MINUTE_MS }), fc.integer({ min: 0, max: DAY_MS / 2 })),
      jump: fc.boolean(),
      result: fc.constantFrom<Result>('busy', 'no-answer', 'no-answer', 'machine', 'abandoned', 'connected', 'failed'),
      refused: fc.boolean(),
      blocks: fc.integer({ min: 0, max: 19 }),
      hangUp: fc.boolean(),
    }),
    { minLength: STEPS, maxLength: STEPS },
  ),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
type Step = World['steps'][number];

const figures = { worlds: 0, choices: 0, dialed: 0, refusals: 0, forbidden: 0, left: 0, reached: 0 };

let store: Store;
let desk: Desk;
const folder = makeFolder();

beforeAll(async () => {
  store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  desk = new Desk(store);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One world in the store: its campaigns over the same people, its open attempts, its clock. */
class Play {
  now: number;
  campaigns: readonly Campaign[] = [];
  #nextDueAt: number | undefined;
  readonly #open: { readonly attempt: string; readonly at: number }[] = [];

  constructor(start: number) {
    this.now = start;
  }

  async begin({ campaigns, people }: World): Promise<void> {
    const contacts = people.map(({ numbers, fields }) =>
      desk.contact({ fields, phones: [...new Set(numbers)].map((number) => ({ number, type: 'mobile' })) }),
    );
    const list = await desk.list(contacts);
    this.campaigns = campaigns.map((one) => ({ ...one, name: desk.unique('campaign'), lists: [list] }));
    for (const one of this.campaigns) await store.records.sync(one, this.now);
  }

  /** What explain says of every record of the campaign at this moment. */
  async decisions(campaign: Campaign): Promise<ReadonlyMap<number, Decision>> {
    const rows = await store.records.find({ campaign: campaign.name, text: '', limit: 50 });
    const decided = new Map<number, Decision>();
    for (const { id } of rows) {
      const found = await store.records.facts(id);
      if (!found) throw new Error(`record ${id} has gone`);
      const entries = await Promise.all(found.facts.phones.map(({ number }) => store.doNotCall.check(number)));
      const blocked = blockedNumbers(campaign, entries.flat());
      decided.set(id, decideRecord({ facts: found.facts, campaign, blocked, now: this.now }));
    }
    return decided;
  }

  /** One line: what the store dials must be allowed, and when it dials nothing, nothing may be. */
  async choose(campaign: Campaign): Promise<void> {
    const before = await this.decisions(campaign);
    const { opened, nextDueAt } = await desk.open(campaign, 1, this.now);
    figures.choices += 1;
    this.#nextDueAt = nextDueAt;
    const allowed = [...before].filter(([, { mayDial }]) => mayDial);
    figures.refusals += before.size - allowed.length;
    const [one] = opened;
    if (one) {
      figures.dialed += 1;
      this.#open.push({ attempt: one.attempt, at: this.now });
      const decision = before.get(one.record.record);
      if (decision?.mayDial !== true || decision.phoneIndex !== one.phoneIndex) figures.forbidden += 1;
      expect(decision).toMatchObject({ mayDial: true, phoneIndex: one.phoneIndex });
    } else {
      figures.left += allowed.length;
      expect(allowed).toEqual([]);
    }
  }

  async end({ result, refused }: Pick<Step, 'result' | 'refused'>): Promise<void> {
    const open = this.#open.shift();
    if (!open) return;
    const talked = result === 'connected';
    const endedAt = Math.max(this.now, open.at + 1);
    const next = { state: 'waiting', dueAt: endedAt + 20 * MINUTE_MS, phoneIndex: 0, why: 'again' } as const;
    await store.attempts.close({
      ...{ attempt: open.attempt, result, endedAt, counts: result !== 'failed', next },
      ...(talked ? { bridgedAt: endedAt, agent: '101' } : {}),
    });
    if (talked) {
      const disposition = refused ? 'refused' : 'later';
      await store.attempts.dispose({ attempt: open.attempt, disposition, agent: '101', at: endedAt, next });
    }
  }

  async block(campaign: Campaign, which: number): Promise<void> {
    const rows = await store.records.find({ campaign: campaign.name, text: '', limit: 50 });
    const number = rows[which]?.contact.phones[0]?.number;
    if (number === undefined) return;
    await store.doNotCall.add([number], { list: 'global', by: 'test', at: this.now, reason: 'asked' });
  }

  /** To the moment that the store named, or on by so much; no call goes on for longer than some hours. */
  async pass({ waitMs, jump, ...step }: Step): Promise<void> {
    const due = this.#nextDueAt;
    const then = jump && due !== undefined && due > this.now ? due : this.now + waitMs;
    while (this.#open.length > 0 && then - (this.#open[0]?.at ?? then) > LONGEST_CALL_MS) await this.end(step);
    this.now = then;
  }

  async endAll(): Promise<void> {
    while (this.#open.length > 0) await this.end({ result: 'no-answer', refused: false });
  }
}

/** A line of the campaign's own, or for who may be called only so, one with an agent held. */
async function lineOrAgent(campaign: Campaign, now: number): Promise<OpenedAttempts> {
  const own = await desk.open(campaign, 1, now);
  if (own.opened.length > 0) return own;
  const held = await store.attempts.open({ campaign, now, lines: [desk.line()], agent: '101' });
  if (held.opened.length > 0) return held;
  const nextDueAt = Math.min(own.nextDueAt ?? Infinity, held.nextDueAt ?? Infinity);
  return { ...own, ...(nextDueAt === Infinity ? {} : { nextDueAt }) };
}

/** From here on nobody answers: whoever is not refused for good is reached by following the moments that the store names. */
async function isAnybodyLeft(play: Play, campaign: Campaign): Promise<void> {
  await play.endAll();
  const waiting = new Set(
    [...(await play.decisions(campaign))].filter(([, { never }]) => !never).map(([record]) => record),
  );
  for (let looks = 0; waiting.size > 0 && looks < 400; looks += 1) {
    const { opened, nextDueAt, exhausted } = await lineOrAgent(campaign, play.now);
    for (const { record, attempt } of opened) {
      if (waiting.delete(record.record)) figures.reached += 1;
      // Not counted, so that limits of days do not hide that a record has been forgotten.
      await store.attempts.close({
        ...{ attempt, result: 'failed', endedAt: play.now + 1, counts: false },
        next: { state: 'finished', why: 'reached' },
      });
    }
    if (opened.length > 0) continue;
    if (exhausted || nextDueAt === undefined) break;
    play.now = Math.max(nextDueAt, play.now + 1);
  }
  const after = await play.decisions(campaign);
  const left = [...waiting].filter((record) => after.get(record)?.never !== true);
  figures.left += left.length;
  expect(left).toEqual([]);
}

describe('the choice of the next record and what explain says', () => {
  test(
    `[L-12] [X-03] [X-04] ${RUNS} random worlds: none dialed that explain forbids, none allowed and left`,
    { timeout: 60_000 + RUNS * 5000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(world, async (drawn) => {
          const play = new Play(drawn.start);
          await play.begin(drawn);
          figures.worlds += 1;
          for (const step of drawn.steps) {
            const campaign = play.campaigns[step.campaign % play.campaigns.length];
            if (!campaign) continue;
            if (step.blocks === 0) await play.block(campaign, step.campaign);
            await play.choose(campaign);
            if (step.hangUp) await play.end(step);
            await play.pass(step);
          }
          for (const campaign of play.campaigns) await isAnybodyLeft(play, campaign);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(figures.dialed).toBeGreaterThan(RUNS);
      expect(figures.refusals).toBeGreaterThan(RUNS);
      expect(figures.reached).toBeGreaterThan(0);
      console.log(JSON.stringify(figures));
    },
  );
});
