// Random campaigns, people, clocks and rule packs, played through a store's own choice: nothing may be dialed that explain
// forbids, and nothing that it allows may be left, neither at a moment nor for ever. Knows no test runner and no database.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { OpenedAttempts } from '../../src/engine/store/attempts.ts';
import { askedNumbers, blockedNumbers } from '../../src/records/do-not-call.ts';
import { decideRecord } from '../../src/eligibility/eligibility.ts';
import type { Decision, EligibilityInput } from '../../src/eligibility/eligibility.ts';
import type { PastAttempt } from '../../src/records/record.ts';
import { openedNow, withAttempts } from '../../src/store/past-attempts.ts';
import type { Result } from '../../src/terms.ts';
import type { Desk } from '../contract/store-desk.ts';
import * as situations from './situations.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const STEPS = 30;
const LONGEST_CALL_MS = 6 * 3_600_000;
/** Looks for those who are left, before no one is thought to come any more. */
const MOST_LOOKS = 400;

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
      lines: fc.constantFrom(1, 1, 3),
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

/** What a number of worlds came to. */
export interface WorldFigures {
  worlds: number;
  choices: number;
  dialed: number;
  refusals: number;
  /** Dialed although explain forbids it. */
  forbidden: number;
  /** Allowed and never dialed. */
  left: number;
  /** Dialed in the end, by following the moments that the store names. */
  reached: number;
}

/** One world in the store: its campaigns over the same people, its open attempts, its clock. */
class Play {
  readonly desk: Desk;
  readonly figures: WorldFigures;
  now: number;
  campaigns: readonly Campaign[] = [];
  #nextDueAt: number | undefined;
  readonly #open: { readonly attempt: string; readonly at: number }[] = [];

  constructor(desk: Desk, figures: WorldFigures, start: number) {
    this.desk = desk;
    this.figures = figures;
    this.now = start;
  }

  async begin({ campaigns, people }: World): Promise<void> {
    const contacts = people.map(({ numbers, fields }) =>
      this.desk.contact({ fields, phones: [...new Set(numbers)].map((number) => ({ number, type: 'mobile' })) }),
    );
    const list = await this.desk.list(contacts);
    this.campaigns = campaigns.map((one) => ({ ...one, name: this.desk.unique('campaign'), lists: [list] }));
    for (const one of this.campaigns) await this.desk.store.records.sync(one, this.now);
  }

  /** What explain would look at for every record of the campaign at this moment. */
  async inputs(campaign: Campaign): Promise<ReadonlyMap<number, EligibilityInput>> {
    const { store } = this.desk;
    const rows = await store.records.find({ campaign: campaign.name, text: '', limit: 50 });
    const inputs = new Map<number, EligibilityInput>();
    for (const { id } of rows) {
      const facts = (await store.records.facts(id))?.facts;
      if (!facts) throw new Error(`record ${id} has gone`);
      const entries = await Promise.all(askedNumbers(facts.phones).map((number) => store.doNotCall.check(number)));
      inputs.set(id, { facts, campaign, blocked: blockedNumbers(campaign, entries.flat()), now: this.now });
    }
    return inputs;
  }

  /** What explain says of every record of the campaign at this moment. */
  async decisions(campaign: Campaign): Promise<ReadonlyMap<number, Decision>> {
    return new Map([...(await this.inputs(campaign))].map(([record, input]) => [record, decideRecord(input)]));
  }

  /** Some lines: what the store dials must be allowed, one after the other; on lines that stay free, nothing may be. */
  async choose(campaign: Campaign, lines: number): Promise<void> {
    const before = await this.inputs(campaign);
    const { opened, nextDueAt } = await this.desk.open(campaign, lines, this.now);
    this.figures.choices += 1;
    this.#nextDueAt = nextDueAt;
    const waiting = new Map(before);
    const attempts: PastAttempt[] = [];
    const decide = (input: EligibilityInput): Decision =>
      decideRecord({ ...input, facts: withAttempts(input.facts, attempts) });
    for (const one of opened) {
      this.figures.dialed += 1;
      this.#open.push({ attempt: one.attempt, at: this.now });
      const input = waiting.get(one.record.record);
      const { mayDial, phoneIndex } = input ? decide(input) : { mayDial: false };
      if (!mayDial || phoneIndex !== one.phoneIndex) this.figures.forbidden += 1;
      assert.deepEqual([mayDial, phoneIndex], [true, one.phoneIndex], 'dialed against explain');
      waiting.delete(one.record.record);
      attempts.push(openedNow(one, this.now));
    }
    const allowed = [...waiting.values()].filter((input) => decide(input).mayDial);
    this.figures.refusals += waiting.size - allowed.length;
    if (opened.length === lines) return;
    this.figures.left += allowed.length;
    assert.deepEqual(allowed, [], 'allowed by explain and not dialed');
  }

  async end({ result, refused }: Pick<Step, 'result' | 'refused'>): Promise<void> {
    const open = this.#open.shift();
    if (!open) return;
    const talked = result === 'connected';
    const endedAt = Math.max(this.now, open.at + 1);
    const next = { state: 'waiting', dueAt: endedAt + 20 * MINUTE_MS, phoneIndex: 0, why: 'again' } as const;
    await this.desk.store.attempts.close({
      attempt: open.attempt,
      result,
      endedAt,
      counts: result !== 'failed',
      next,
      ...(talked ? { bridgedAt: endedAt, agent: '101' } : {}),
    });
    if (talked) {
      const disposition = refused ? 'refused' : 'later';
      await this.desk.store.attempts.dispose({ attempt: open.attempt, disposition, agent: '101', at: endedAt, next });
    }
  }

  async block(campaign: Campaign, which: number): Promise<void> {
    const rows = await this.desk.store.records.find({ campaign: campaign.name, text: '', limit: 50 });
    const number = rows[which]?.contact.phones[0]?.number;
    if (number === undefined) return;
    await this.desk.store.doNotCall.add([number], { list: 'global', by: 'test', at: this.now, reason: 'asked' });
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

/** A line of the campaign's own, or for who may be called only so, one with an agent engaged. */
async function lineOrAgent({ desk, now }: Play, campaign: Campaign): Promise<OpenedAttempts> {
  const own = await desk.open(campaign, 1, now);
  if (own.opened.length > 0) return own;
  const held = await desk.store.attempts.open({ campaign, now, lines: [desk.line()], agent: '101' });
  if (held.opened.length > 0) return held;
  const nextDueAt = Math.min(own.nextDueAt ?? Infinity, held.nextDueAt ?? Infinity);
  return { ...own, ...(nextDueAt === Infinity ? {} : { nextDueAt }) };
}

/** From here on no call is answered: whoever is not refused for good is reached by following the moments that the store names. */
async function isAnybodyLeft(play: Play, campaign: Campaign): Promise<void> {
  await play.endAll();
  const waiting = new Set(
    [...(await play.decisions(campaign))].filter(([, { never }]) => !never).map(([record]) => record),
  );
  for (let looks = 0; waiting.size > 0 && looks < MOST_LOOKS; looks += 1) {
    const { opened, nextDueAt, exhausted } = await lineOrAgent(play, campaign);
    for (const { record, attempt } of opened) {
      if (waiting.delete(record.record)) play.figures.reached += 1;
      // Not counted, so that limits of days do not hide that a record has been forgotten.
      await play.desk.store.attempts.close({
        attempt,
        result: 'failed',
        endedAt: play.now + 1,
        counts: false,
        next: { state: 'finished', why: 'reached' },
      });
    }
    if (opened.length > 0) continue;
    if (exhausted || nextDueAt === undefined) break;
    play.now = Math.max(nextDueAt, play.now + 1);
  }
  const after = await play.decisions(campaign);
  const left = [...waiting].filter((record) => after.get(record)?.never !== true);
  play.figures.left += left.length;
  assert.deepEqual(left, [], 'allowed by explain and left for ever');
}

/** Plays one world; throws when something is dialed that explain forbids, or left that it allows. */
async function playWorld(desk: Desk, drawn: World, figures: WorldFigures): Promise<void> {
  const play = new Play(desk, figures, drawn.start);
  await play.begin(drawn);
  figures.worlds += 1;
  for (const step of drawn.steps) {
    const campaign = play.campaigns[step.campaign % play.campaigns.length];
    if (!campaign) continue;
    if (step.blocks === 0) await play.block(campaign, step.campaign);
    await play.choose(campaign, step.lines);
    if (step.hangUp) await play.end(step);
    await play.pass(step);
  }
  for (const campaign of play.campaigns) await isAnybodyLeft(play, campaign);
}

/** Plays so many worlds on a store; rejects with the first in which something is wrong, and how to draw it again. */
export async function playWorlds(desk: Desk, runs: number): Promise<WorldFigures> {
  const figures = { worlds: 0, choices: 0, dialed: 0, refusals: 0, forbidden: 0, left: 0, reached: 0 };
  const property = fc.asyncProperty(world, (drawn) => playWorld(desk, drawn, figures));
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
  return figures;
}
