// Scripts: what a store keeps of how far conversations are in one, and of what was answered.

import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { ScriptDraft } from '../../src/engine/store/scripts.ts';
import { takeAct } from '../../src/script/acts.ts';
import { startScript, type ScriptRun } from '../../src/script/machine.ts';
import { aQuestion, aScript } from '../script/builders.ts';
import { HOUR_MS, NOON, namesOf } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

const SCRIPT = aScript({
  version: 'store-1',
  sections: [
    {
      section: 'greeting',
      title: 'Greeting',
      parts: [
        aQuestion({ required: false }),
        aQuestion({ ask: 'wishes', type: 'several', required: false }),
        aQuestion({ ask: 'cars', type: 'number', choices: [], required: false }),
        aQuestion({ ask: 'remarks', type: 'text', choices: [], required: false }),
      ],
      next: [],
      isLast: true,
    },
  ],
});

class Asking {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  run(answers: Record<string, unknown>, before: ScriptRun = startScript(SCRIPT)): ScriptRun {
    return takeAct(SCRIPT, before, { do: 'answer', answers, forward: false }).run;
  }

  draft(run: ScriptRun, change: Partial<ScriptDraft> = {}): ScriptDraft {
    return {
      attempt: 'script-first',
      campaign: 'scripts-1',
      record: 1,
      contact: null,
      agent: '2001',
      script: SCRIPT,
      run,
      base: 0,
      at: NOON,
      ...change,
    };
  }

  async save(answers: Record<string, unknown>, change: Partial<ScriptDraft> = {}): Promise<ScriptDraft> {
    const draft = this.draft(this.run(answers), { attempt: this.#desk.unique('s'), ...change });
    expect(await this.#desk.store.scripts.save(draft)).toEqual({ kind: 'saved' });
    return draft;
  }

  /** A person of a campaign of their own. */
  async person(parts: Partial<Campaign> = {}): Promise<{ campaign: Campaign; contact: number; record: number }> {
    const campaign = await this.#desk.people(1, parts);
    const [row] = await this.#desk.store.records.find({ campaign: campaign.name, text: '', limit: 1, after: 0 });
    if (!row) throw new Error('the campaign has no record');
    return { campaign, contact: row.contact.id, record: row.id };
  }
}

export function describeScripts(desk: () => Desk): void {
  const asking = () => new Asking(desk());
  draftTests(desk, asking);
  answerTests(desk, asking);
  conditionTests(desk, asking);
}

function draftTests(desk: () => Desk, asking: () => Asking): void {
  test('[A-14] a run is kept as it grows, with the script that it began with', async () => {
    const { scripts } = desk().store;
    const first = asking().run({ right: 'yes' });
    expect(await scripts.save(asking().draft(first))).toEqual({ kind: 'saved' });
    const second = asking().run({ remarks: `'); DROP TABLE x; -- "{}" 👋` }, first);
    const draft = asking().draft(second, { base: first.version, at: NOON + 5 });
    expect(await scripts.save(draft)).toEqual({ kind: 'saved' });
    expect(await scripts.runs(['script-first', 's-none'])).toEqual([
      { attempt: 'script-first', script: SCRIPT, run: second },
    ]);
  });

  test('[A-14] of two writers the later is shown what the other did, and nothing of it is lost', async () => {
    const { scripts } = desk().store;
    const attempt = desk().unique('s');
    const first = asking().run({ right: 'yes' });
    await scripts.save(asking().draft(first, { attempt }));
    const winner = asking().run({ cars: 2 }, first);
    await scripts.save(asking().draft(winner, { attempt, base: first.version }));
    const late = asking().draft(asking().run({ cars: 9 }, first), { attempt, base: first.version });
    expect(await scripts.save(late)).toMatchObject({ kind: 'changed', kept: { run: { answers: { cars: 2 } } } });
    const fresh = asking().draft(asking().run({ right: 'no' }), { attempt });
    expect(await scripts.save(fresh)).toMatchObject({ kind: 'changed' });
    expect((await scripts.runs([attempt]))[0]?.run).toEqual(winner);
  });

  test('[A-14] the same run sent twice, because its answer was lost, is one writing', async () => {
    const draft = await asking().save({ right: 'yes' });
    expect(await desk().store.scripts.save(draft)).toEqual({ kind: 'saved' });
  });
}

function answerTests(desk: () => Desk, asking: () => Asking): void {
  test('[A-14] [S-06] answers are found by campaign, question, answer, text and time, typed', async () => {
    const campaign = desk().unique('answers');
    const more = { campaign, at: NOON };
    const yes = await asking().save({ right: 'yes', wishes: ['yes', 'no'], cars: '2.5' }, more);
    const no = await asking().save({ right: 'no', remarks: 'Has a BLUE dog' }, { campaign, at: NOON + HOUR_MS });
    const { scripts } = desk().store;
    const found = await scripts.find({ campaign });
    expect(found.map(({ attempt, question, answer }) => [attempt, question, answer])).toEqual([
      [no.attempt, 'remarks', 'Has a BLUE dog'],
      [no.attempt, 'right', 'no'],
      [yes.attempt, 'cars', 2.5],
      [yes.attempt, 'right', 'yes'],
      [yes.attempt, 'wishes', ['yes', 'no']],
    ]);
    const attempts = async (query: object): Promise<string[]> =>
      (await scripts.find({ campaign, ...query })).map(({ attempt }) => attempt);
    expect(await attempts({ question: 'right', answer: 'yes' })).toEqual([yes.attempt]);
    expect(await attempts({ text: 'blue DOG' })).toEqual([no.attempt]);
    expect(await attempts({ toAt: NOON + 1, question: 'cars' })).toEqual([yes.attempt]);
    expect(await attempts({ attempts: [no.attempt], limit: 1 })).toEqual([no.attempt]);
    expect(await attempts({ text: '%' })).toEqual([]);
  });

  test('[A-14] [S-06] what was answered is counted by question and choice, in a period', async () => {
    const campaign = desk().unique('answers');
    await asking().save({ right: 'yes', wishes: ['yes', 'no'], cars: 1 }, { campaign });
    await asking().save({ right: 'yes', wishes: ['no'], cars: 4 }, { campaign });
    await asking().save({ right: 'no' }, { campaign, at: NOON + HOUR_MS });
    const { scripts } = desk().store;
    expect(await scripts.counts({ campaign })).toEqual({
      conversations: 3,
      questions: [
        { question: 'cars', type: 'number', answered: 2, mean: 2.5, min: 1, max: 4 },
        { question: 'right', type: 'choice', answered: 3, mean: null, min: null, max: null },
        { question: 'wishes', type: 'several', answered: 2, mean: null, min: null, max: null },
      ],
      choices: [
        { question: 'right', code: 'yes', count: 2 },
        { question: 'right', code: 'no', count: 1 },
        { question: 'wishes', code: 'no', count: 2 },
        { question: 'wishes', code: 'yes', count: 1 },
      ],
    });
    expect(await scripts.counts({ campaign, fromAt: NOON + 1 })).toMatchObject({ conversations: 1 });
  });

  test('[A-14] an answer that is taken back counts no more', async () => {
    const campaign = desk().unique('answers');
    const draft = await asking().save({ right: 'yes', cars: 3 }, { campaign });
    const run = asking().run({ right: null }, draft.run);
    await desk().store.scripts.save({ ...draft, run, base: draft.run.version });
    expect((await desk().store.scripts.find({ campaign })).map(({ question }) => question)).toEqual(['cars']);
  });

  test('[A-14] [L-05] answers are in the timeline of the contact', async () => {
    const { campaign, contact, record } = await asking().person();
    const { attempt } = await asking().save({ right: 'yes', cars: 2 }, { campaign: campaign.name, contact, record });
    const events = await desk().store.contacts.timeline({ contact, limit: 9 });
    const event = events.find(({ what }) => what === 'answers');
    expect(event).toEqual({
      at: NOON,
      what: 'answers',
      by: '2001',
      campaign: campaign.name,
      detail: {
        attempt,
        record,
        script: 'renewals',
        scriptVersion: 'store-1',
        answers: [
          { question: 'cars', answer: '2' },
          { question: 'right', answer: 'yes' },
        ],
      },
    });
  });
}

function conditionTests(desk: () => Desk, asking: () => Asking): void {
  const filters = [
    'answers.right == "yes"',
    'has(answers.cars) && answers.cars > 1',
    '"no" in answers.wishes',
    '!empty(answers.wishes) && fields.region == "north"',
  ];
  test.each(filters)('[A-14] [L-04] filter %s: the latest answers decide who is called', async (filter) => {
    const people = ['A', 'B', 'C'].map((name) => desk().contact({ name, fields: { region: 'north' } }));
    const before = await desk().campaign(people);
    const rows = await desk().store.records.find({ campaign: before.name, text: '', limit: 9, after: 0 });
    const says = async (place: number, answers: Record<string, unknown>, at: number): Promise<void> => {
      const { id: record, contact } = rows[place] ?? { id: 0, contact: { id: 0 } };
      await asking().save(answers, { campaign: before.name, record, contact: contact.id, at });
    };
    await says(0, { right: 'no' }, NOON + 1);
    await says(1, { right: 'yes', cars: 2, wishes: ['yes', 'no'] }, NOON + 1);
    // Who said so once and something else later.
    await says(2, { right: 'yes', cars: 2, wishes: [] }, NOON + 1);
    await says(2, { right: 'no', cars: 1, wishes: [] }, NOON + 2);
    const after: Campaign = { ...before, name: desk().unique('campaign'), filter };
    await desk().store.records.sync(after, NOON);
    expect(namesOf(await desk().open(after, 3))).toEqual(['B']);
    expect(await desk().store.filters.count({ expression: filter, lists: before.lists })).toEqual({
      contacts: 3,
      fitting: 1,
    });
    await says(0, { right: 'yes', cars: 3, wishes: ['no'] }, NOON + 3);
    await desk().store.records.sync(after, NOON);
    expect(namesOf(await desk().open(after, 3))).toEqual(['A']);
  });

  test('[A-14] two contacts become one: the answers of both are the kept one’s', async () => {
    const { campaign, contact: keep } = await asking().person();
    const { contact: gone } = await asking().person();
    await asking().save({ right: 'no', cars: 7 }, { contact: gone, at: NOON });
    await asking().save({ right: 'yes' }, { contact: keep, campaign: campaign.name, at: NOON + 1 });
    await desk().store.contacts.merge({ keep, gone, by: 'ann', at: NOON + 2 });
    const count = (expression: string) => desk().store.filters.count({ expression, lists: campaign.lists });
    expect(await count('answers.right == "yes" && answers.cars == 7')).toMatchObject({ fitting: 1 });
  });
}
