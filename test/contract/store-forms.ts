// Half-typed forms of interactions: what a store keeps of them until they are saved, given up, or their interaction is done.

import { expect, test } from 'vitest';
import { MOST_FORMS } from '../../src/engine/store/forms.ts';
import { openDesk } from '../../src/interaction/desk-machine.ts';
import type { Interaction } from '../../src/interaction/interaction.ts';
import { aPlan } from '../interaction/builders.ts';
import { contactOf } from './store-contact-of.ts';
import { NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

/** Quotes, markup, line ends, a sign of two code units. */
const TEXT = `=cmd|'/c calc'!A0 <b>"1"</b>\nzweite Zeile 👋 ; DROP TABLE forms; --`;

export function describeForms(desk: () => Desk): void {
  const writing = (interaction: string, change: object = {}) => ({
    interaction,
    form: 'field:city',
    agent: '2001',
    contact: 910_001,
    at: NOON,
    inputs: { text: TEXT },
    base: 0,
    ...change,
  });
  const done = async (interaction: string): Promise<void> => {
    const open = openDesk({ agent: '2001', session: 's-forms' });
    const of = {
      agent: '2001',
      campaign: 'forms-1',
      plan: aPlan({ kind: 'preview' }),
      since: NOON,
      orders: 0,
      tried: [],
    };
    const over: Interaction = { ...of, interaction, version: 9, state: 'done' };
    await desk().store.desks.keep({ desk: open, interactions: [over], released: [], at: NOON });
  };

  test('[A-23] a half-typed form is kept to the letter, as it grows, beside others; the version counts', async () => {
    const { forms } = desk().store;
    expect(await forms.of('i-forms')).toEqual([]);
    const first = await forms.write(writing('i-forms'));
    expect(first).toEqual({ kind: 'written', form: { form: 'field:city', inputs: { text: TEXT }, version: 1 } });
    await forms.write(writing('i-forms', { base: 1, inputs: { text: `${TEXT} and more` } }));
    await forms.write(writing('i-forms', { form: 'callback', contact: null, inputs: { time: '10:30', date: '' } }));
    expect(await forms.of('i-forms')).toEqual([
      { form: 'callback', inputs: { time: '10:30', date: '' }, version: 1 },
      { form: 'field:city', inputs: { text: `${TEXT} and more` }, version: 2 },
    ]);
  });

  test('[A-23] of two writers the later is shown what the other wrote; the same sent twice is one writing', async () => {
    const { forms } = desk().store;
    await forms.write(writing('i-forms-two', { inputs: { text: 'one' } }));
    const late = await forms.write(writing('i-forms-two', { inputs: { text: 'two' } }));
    expect(late).toEqual({ kind: 'changed', form: { form: 'field:city', inputs: { text: 'one' }, version: 1 } });
    const again = await forms.write(writing('i-forms-two', { inputs: { text: 'one' }, at: NOON + 9 }));
    expect(again).toEqual({ kind: 'written', form: { form: 'field:city', inputs: { text: 'one' }, version: 1 } });
  });

  test('[A-23] what was given up is empty, and a writing from before that comes late brings nothing back', async () => {
    const { forms } = desk().store;
    await forms.write(writing('i-forms-gone'));
    await forms.write(writing('i-forms-gone', { base: 1, inputs: null }));
    const gone = { form: 'field:city', inputs: null, version: 2 };
    expect(await forms.write(writing('i-forms-gone', { base: 1 }))).toEqual({ kind: 'changed', form: gone });
    expect(await forms.of('i-forms-gone')).toEqual([gone]);
  });

  test('[A-23] so many forms of one interaction and no more; one that was given up makes room', async () => {
    const { forms } = desk().store;
    for (let place = 0; place < MOST_FORMS; place += 1)
      await forms.write(writing('i-forms-many', { form: `f${place}` }));
    expect(await forms.write(writing('i-forms-many', { form: 'one-more' }))).toEqual({ kind: 'too-many' });
    expect((await forms.write(writing('i-forms-many', { form: 'f0', base: 1 }))).kind).toBe('written');
    await forms.write(writing('i-forms-many', { form: 'f1', base: 1, inputs: null }));
    expect((await forms.write(writing('i-forms-many', { form: 'one-more' }))).kind).toBe('written');
  });

  test('[A-23] they are gone when the interaction is done, and what comes after that is refused', async () => {
    const { forms } = desk().store;
    await forms.write(writing('i-forms-done'));
    await forms.write(writing('i-forms-open'));
    await done('i-forms-done');
    expect(await forms.of('i-forms-done')).toEqual([]);
    expect(await forms.write(writing('i-forms-done'))).toEqual({ kind: 'closed' });
    expect(await forms.of('i-forms-done')).toEqual([]);
    expect(await forms.of('i-forms-open')).toHaveLength(1);
  });

  test('[L-14] they go with the person: forgotten, nothing of them is left, however short', async () => {
    const { forms, contacts } = desk().store;
    const campaign = await desk().campaign([desk().contact({ name: desk().unique('Half Typed') })]);
    const { id: contact } = await contactOf(desk(), campaign);
    await forms.write(writing('i-forms-forgotten', { contact, inputs: { text: 'Bonn' } }));
    await contacts.forget({ contact, by: 'ann', at: NOON, reason: 'asked by letter' });
    expect(await forms.of('i-forms-forgotten')).toEqual([]);
  });
}
