// Notes of interactions: what a store keeps of what agents type.

import { expect, test } from 'vitest';
import { openDesk } from '../../src/interaction/desk-machine.ts';
import type { Interaction } from '../../src/interaction/interaction.ts';
import { aPlan } from '../interaction/builders.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

/** Quotes, a formula, markup, line ends, a sign of two code units. */
const TEXT = `=cmd|'/c calc'!A0 <script>alert("1")</script>\nzweite Zeile 👋 ; DROP TABLE notes; --`;

export function describeNotes(desk: () => Desk): void {
  const draft = (interaction: string, change: object = {}) => ({
    interaction,
    agent: '2001',
    campaign: 'notes-1',
    record: 1,
    contact: 900_001,
    at: NOON,
    text: TEXT,
    base: 0,
    ...change,
  });

  test('[A-15] notes are kept to the letter, as they grow; the version counts', async () => {
    const { notes } = desk().store;
    expect(await notes.of('i-notes')).toBeUndefined();
    const first = await notes.write(draft('i-notes'));
    expect(first).toEqual({ kind: 'written', note: { text: TEXT, version: 1, at: NOON } });
    const second = await notes.write(draft('i-notes', { text: `${TEXT} and more`, base: 1, at: NOON + 5 }));
    expect(second).toEqual({ kind: 'written', note: { text: `${TEXT} and more`, version: 2, at: NOON + 5 } });
    expect(await notes.of('i-notes')).toEqual({ text: `${TEXT} and more`, version: 2, at: NOON + 5 });
  });

  test('[A-15] of two writers the later is shown what the other wrote, and nothing is lost', async () => {
    const { notes } = desk().store;
    await notes.write(draft('i-two', { text: 'one' }));
    await notes.write(draft('i-two', { text: 'one two', base: 1 }));
    const late = await notes.write(draft('i-two', { text: 'one three', base: 1 }));
    expect(late).toEqual({ kind: 'changed', note: { text: 'one two', version: 2, at: NOON } });
    const fresh = await notes.write(draft('i-two', { text: 'begun elsewhere', base: 0 }));
    expect(fresh.kind).toBe('changed');
    expect((await notes.of('i-two'))?.text).toBe('one two');
    expect(await notes.write(draft('i-unknown', { base: 4 }))).toEqual({ kind: 'changed', note: undefined });
  });

  test('[A-23] the same text sent twice, because its answer was lost, is one writing', async () => {
    const { notes } = desk().store;
    await notes.write(draft('i-twice'));
    expect(await notes.write(draft('i-twice', { at: NOON + 9 }))).toEqual({
      kind: 'written',
      note: { text: TEXT, version: 1, at: NOON },
    });
    expect((await notes.of('i-twice'))?.version).toBe(1);
  });

  test('[A-15] [L-05] notes are in the timeline of the contact, empty ones are not', async () => {
    const { notes, contacts } = desk().store;
    const contact = 900_002;
    await notes.write(draft('i-line-1', { contact, text: 'asked for Thursday', at: NOON }));
    await notes.write(draft('i-line-2', { contact, text: '', at: NOON + 1 }));
    expect(await contacts.timeline({ contact, limit: 10 })).toEqual([
      {
        at: NOON,
        what: 'note',
        by: '2001',
        campaign: 'notes-1',
        detail: { interaction: 'i-line-1', record: 1, text: 'asked for Thursday', writtenAt: NOON },
      },
    ]);
  });

  test('[A-15] [L-13] the notes about contacts, each with the last attempt of its interaction; empty ones are left out', async () => {
    const { notes, desks } = desk().store;
    const contact = 900_003;
    const open = openDesk({ agent: '2001', session: 's-notes' });
    const plan = aPlan({ kind: 'preview' });
    const tried = [{ attempt: 'a-notes-1' }, { attempt: 'a-notes-2' }];
    const of = { agent: '2001', campaign: 'notes-1', plan, version: 1, since: NOON, orders: 2, tried };
    const held: Interaction = { ...of, interaction: 'i-list-1', state: 'wrap-up' };
    await desks.keep({ desk: open, interactions: [held], released: [], at: NOON });
    await notes.write(draft('i-list-1', { contact, record: 7, text: 'wants a second car', at: NOON }));
    await notes.write(draft('i-list-2', { contact, record: 8, text: 'not at home', at: NOON + 1 }));
    await notes.write(draft('i-list-3', { contact, text: '', at: NOON + 2 }));
    const by = { contact, agent: '2001' };
    expect(await notes.list([contact, 900_099])).toEqual([
      {
        ...by,
        interaction: 'i-list-1',
        record: 7,
        text: 'wants a second car',
        attempt: 'a-notes-2',
        begunAt: NOON,
        writtenAt: NOON,
      },
      {
        ...by,
        interaction: 'i-list-2',
        record: 8,
        text: 'not at home',
        attempt: null,
        begunAt: NOON + 1,
        writtenAt: NOON + 1,
      },
    ]);
    expect(await notes.list([])).toEqual([]);
  });
}
