// An attack on forgetting: a person with a past on every table is forgotten, and every value that the person ever had is
// looked for by other means than ours, in the database and in every file beside it.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { forgetContact, type ForgetProof } from '../../src/privacy/forget.ts';
import { takeAct } from '../../src/script/acts.ts';
import { startScript } from '../../src/script/machine.ts';
import { planImport, runImport } from '../../src/store/import/run.ts';
import { aQuestion, aScript } from '../script/builders.ts';
import { HOUR_MS, MINUTE_MS, NOON, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export interface Attacked {
  readonly desk: Desk;
  /** Where files of ours and of the admin's lie. */
  readonly folder: string;
  /** Places of the database that hold one of the texts, found by reading it raw. */
  readonly search: (texts: readonly string[]) => Promise<readonly string[]>;
  /** The same in the bytes of the database's files, after the work of `outdial contact scrub`. */
  readonly searchScrubbed: (texts: readonly string[]) => Promise<readonly string[]>;
}

const WORD = 'Quastenflosser';
const PERSON = {
  first: `Xaverine ${WORD}`,
  married: `Xaverine ${WORD}-Moewenpick`,
  twin: `X. ${WORD}`,
  mail: 'xaverine.q@example.org',
  oldMail: 'x.q.maiden@example.org',
  note: 'breeds snow leopards behind the mill',
  said: 'the leopards were loud again',
  wanted: 'letter of the leopard lady',
  typed: 'keeps the leopards off the telephone',
  halfTyped: 'wants the giraffes to be written to',
  answered: 'the leopards are called Mizzi and Strizzi',
  later: 'rings after feeding the leopards',
};
const NUMBERS = ['+12125557701', '+12125557702', '+12125557703'] as const;

export function describeForgetting(attacked: () => Attacked): void {
  test('[L-14] attacked: no value of a forgotten person is left in the database; files that hold one are all named', async () => {
    const { desk, folder, search, searchScrubbed } = attacked();
    const { store } = desk;
    const id = await livedThrough(desk, folder);
    const values = [...Object.values(PERSON), WORD, 'leopard', ...NUMBERS.map((number) => number.slice(1))];
    expect(await search(values)).not.toEqual([]);

    const proof = await forgotten(attacked(), id);

    expect(proof).toMatchObject({ proven: true, traces: 0 });
    expect(await search(values)).toEqual([]);
    while (!(await store.contacts.scrub({ rewrite: true })));
    expect(await searchScrubbed(values)).toEqual([]);
    expect(JSON.stringify(proof)).not.toMatch(new RegExp(`${WORD}|leopard|555770`));
    const named = readdirSync(folder).filter((name) => /\.(csv|txt)$/.test(name) && holds(path.join(folder, name)));
    expect(named).toEqual(['first.csv', 'first.rejected.csv', 'second.csv', 'second.notes.csv', 'twin.txt']);
    expect(proof.files.map((file) => path.basename(file))).toEqual(named);
    expect(await store.audit.check()).not.toHaveProperty('broken');
  });
}

function holds(file: string): boolean {
  return new RegExp(`${WORD}|leopard|555.?770`).test(readFileSync(file, 'utf8'));
}

function forgotten({ desk }: Attacked, contact: number): Promise<ForgetProof> {
  const parts = {
    store: desk.store,
    campaigns: [],
    removeRecording: () => Promise.resolve(),
    sleep: (ms: number) =>
      new Promise<void>((resolve) => {
        setTimeout(resolve, Math.min(ms, 20));
      }),
  };
  return forgetContact(parts, { contact, by: 'ann', at: NOON + 9 * HOUR_MS, reason: 'asked by post', doNotCall: true });
}

/** Two files of one list, calls, a callback, edits, a merge, opt-outs, a service's answer, the log: the contact's id. */
async function livedThrough(desk: Desk, folder: string): Promise<number> {
  const { store } = desk;
  const list = desk.unique('people');
  const people = (name: string, rows: readonly string[]): Promise<unknown> =>
    importFile(desk, { folder, name, list, rows });
  const crowd = Array.from({ length: 300 }, (_, index) => `Crowd ${index},${desk.number()},c${index}@example.org,,g`);
  await people('first.csv', [
    `${PERSON.first},${NUMBERS[0]},${PERSON.oldMail},${PERSON.note},g`,
    `${PERSON.first},12,${PERSON.oldMail},,g`,
    ...crowd,
  ]);
  // A later file of the same list: it is the one that the list says it comes from.
  await people('second.csv', [
    `${PERSON.married},${NUMBERS[0]},${PERSON.mail},,g`,
    `Somebody,${desk.number()},s@example.org,,g`,
  ]);
  await people('third.csv', [`Somebody Else,${desk.number()},e@example.org,,g`]);
  await importFile(desk, {
    folder,
    name: 'twin.txt',
    list: desk.unique('twins'),
    rows: [`${PERSON.twin},${NUMBERS[1]},,,g`],
  });

  const idOf = async (text: string): Promise<number> => (await store.contacts.find({ text, limit: 1 }))[0]?.id ?? 0;
  const id = await idOf(PERSON.married);
  const logged = (what: string, subject: string, from: unknown, to: unknown): Promise<unknown> =>
    store.audit.append({ at: NOON, who: 'ann', what, subject, from, to });
  await store.contacts.edit({
    contact: id,
    by: 'ann',
    at: NOON,
    definitions: [],
    fields: { mail: PERSON.mail, note: null },
  });
  await logged('contact.edit', `contact ${id}`, { mail: PERSON.oldMail, note: PERSON.note }, { mail: PERSON.mail });
  const twin = await idOf(PERSON.twin);
  const note = { interaction: `i-${twin}`, agent: '7', campaign: 'the-zoo', record: 0, contact: twin };
  await store.notes.write({ ...note, text: PERSON.typed, base: 0, at: NOON });
  const form = { interaction: `i-${twin}`, agent: '7', contact: twin, form: 'field:mail', base: 0, at: NOON };
  await store.forms.write({ ...form, inputs: { text: PERSON.halfTyped } });
  const remarks = aQuestion({ ask: 'remarks', type: 'text', choices: [] });
  const script = aScript({ sections: [{ section: 'greeting', title: '', parts: [remarks], next: [], isLast: true }] });
  const run = takeAct(script, startScript(script), {
    do: 'answer',
    answers: { remarks: PERSON.answered },
    forward: true,
  });
  const answers = { attempt: `s-${twin}`, campaign: 'the-zoo', record: null, contact: twin, agent: '7', script };
  await store.scripts.save({ ...answers, run: run.run, base: 0, at: NOON });
  await store.contacts.merge({ keep: id, gone: twin, by: 'ann', at: NOON });
  const phones = [...NUMBERS].map((number) => ({ number, type: 'home' as const }));
  await store.contacts.edit({ contact: id, by: 'ann', at: NOON, definitions: [], phones });

  const campaign = await desk.campaign([], { lists: [list], order: { by: 'field', field: 'mail', descending: true } });
  const dialed = await desk.dial(campaign);
  if (dialed.record.contact !== id) throw new Error('the person is the first of the list by mail');
  await desk.close(dialed.attempt, {
    result: 'connected',
    bridgedAt: NOON + 1,
    agent: '7',
    next: waitingUntil(NOON + HOUR_MS),
  });
  const { attempt, record } = dialed;
  const next = waitingUntil(NOON + HOUR_MS);
  await store.attempts.dispose({ attempt, disposition: 'odd', agent: '7', at: NOON, reason: PERSON.said, next });
  const at = NOON + 2 * HOUR_MS;
  const agreed = { record: record.record, zone: 'UTC', phone: phones[2] ?? { number: '', type: 'home' }, agent: null };
  await store.callbacks.set({ ...agreed, by: 'ann', now: NOON, why: PERSON.later, note: PERSON.later, at, dueAt: at });
  await store.doNotCall.add([NUMBERS[0]], { list: 'global', by: 'ann', at: NOON + MINUTE_MS, reason: PERSON.wanted });
  await logged('do-not-call.add', 'do-not-call list global', null, { added: 1, reason: PERSON.wanted });
  const until = NOON + 99 * HOUR_MS;
  await store.validations.save('https://numbers.example', [
    { number: NUMBERS[1], answer: 'allowed', reason: `line of ${PERSON.first}`, askedAt: NOON, until },
  ]);
  return id;
}

interface File {
  readonly folder: string;
  readonly name: string;
  readonly list: string;
  readonly rows: readonly string[];
}

async function importFile({ store }: Desk, { folder, name, list, rows }: File): Promise<unknown> {
  const file = path.join(folder, name);
  writeFileSync(file, ['name,phone,mail,note,group', ...rows, ''].join('\n'));
  const plan = await planImport(file, { list, country: 'US', duplicates: 'merge' });
  return runImport(plan, store);
}
