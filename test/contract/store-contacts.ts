// The directory in a store: search, edits, merges, the story of a contact, records by hand, and forgetting a person.

import { expect, test } from 'vitest';
import type { ContactRow } from '../../src/engine/store/lists.ts';
import type { FieldDefinition } from '../../src/campaign/fields.ts';
import type { Phone } from '../../src/terms.ts';
import { openDesk } from '../../src/interaction/desk-machine.ts';
import { aRecord, anInteraction } from '../interaction/builders.ts';
import { HOUR_MS, NOON, codeOf, waitingUntil } from './store-desk.ts';
import { contactOf } from './store-contact-of.ts';
import type { Desk } from './store-desk.ts';
import { forgetTests } from './store-forgotten.ts';

export function describeContacts(desk: () => Desk): void {
  searchTests(desk);
  editTests(desk);
  mergeTests(desk);
  recordTests(desk);
  timelineTests(desk);
  forgetTests(desk);
}

function searchTests(desk: () => Desk): void {
  test('[L-02] contacts are found by any part of name, number or field; accents and case do not matter', async () => {
    const word = desk().unique('Zwölfpfünder');
    const number = desk().number();
    const fields = { customer: `K/${word}/0017`, note: 'x' };
    await desk().list([desk().contact({ name: `José ${word}`, fields, phones: [{ number, type: 'home' }] })]);
    await desk().list([desk().contact({ name: `Ben ${word}` })]);
    const namesOf = async (text: string, place?: 'name' | 'number' | { field: string }): Promise<readonly string[]> => {
      const found = await desk().store.contacts.find({ text, limit: 9, ...(place ? { in: place } : {}) });
      return found.map(({ name }) => name.split(' ')[0] ?? '');
    };
    expect(await namesOf(word)).toEqual(['José', 'Ben']);
    expect(await namesOf(`jose ${word.toUpperCase()}`)).toEqual(['José']);
    expect(await namesOf(word.slice(2, -1), { field: 'customer' })).toContain('José');
    expect(await namesOf(word, { field: 'note' })).toEqual([]);
    expect(await namesOf(`${word}/0017`)).toEqual(['José']);
    expect(await namesOf(`${word}/0017`, 'name')).toEqual([]);
    expect(await namesOf(number)).toEqual(['José']);
    expect(await namesOf(`0${number.slice(2)}`, 'number')).toEqual(['José']);
    expect(await namesOf(number.slice(5))).toEqual(['José']);
    expect(await namesOf(`${word}x`)).toEqual([]);
    expect(await namesOf('"%_')).toEqual([]);
  });

  test('[L-02] what is found of a contact: its lists and its records in every campaign', async () => {
    const campaign = await desk().people(1);
    const { id } = await contactOf(desk(), campaign);
    expect(await desk().store.contacts.show(id)).toMatchObject({
      lists: campaign.lists,
      records: [{ campaign: campaign.name, state: 'fresh' }],
    });
    expect(await desk().store.contacts.show(999_999_999)).toBeUndefined();
  });
}

function editTests(desk: () => Desk): void {
  const text: FieldDefinition = { field: 'city', label: 'City', type: 'text', editable: true, required: false };

  test('[L-06] an edit is checked, kept with the values before it, and found from then on', async () => {
    const campaign = await desk().campaign([desk().contact({ fields: { city: 'Bonn', age: 40 } })]);
    const { id, phones } = await contactOf(desk(), campaign);
    const definitions = [
      { ...text, campaign: campaign.name },
      { ...text, field: 'age', type: 'number' as const, campaign: campaign.name },
      { ...text, field: 'age', editable: false, campaign: 'another campaign' },
    ];
    const city = desk().unique('Kiel');
    const edit = { contact: id, by: 'ann', at: NOON, definitions };
    const { contact, changes } = await desk().store.contacts.edit({ ...edit, fields: { city, age: '41' } });
    expect(contact.fields).toEqual({ city, age: 41 });
    expect(changes).toEqual([
      { what: 'fields.city', from: 'Bonn', to: city },
      { what: 'fields.age', from: 40, to: 41 },
    ]);
    expect(await desk().store.contacts.find({ text: city, limit: 5 })).toHaveLength(1);
    expect(await codeOf(desk().store.contacts.edit({ ...edit, fields: { age: 'old' } }))).toBe('contact-edit-refused');
    expect(await codeOf(desk().store.contacts.edit({ ...edit, phones: [] }))).toBe('contact-edit-refused');
    expect(await codeOf(desk().store.contacts.edit({ ...edit, contact: 999_999_999 }))).toBe('contact-unknown');
    expect((await desk().store.contacts.show(id))?.phones).toEqual(phones);
    const [event] = await desk().store.contacts.timeline({ contact: id, limit: 1, beforeAt: NOON + 1 });
    expect(event).toMatchObject({ what: 'edited', by: 'ann', at: NOON, detail: { changes } });
  });

  test('[L-02] phones are changed: records go on with the number that was their next', async () => {
    const phones: readonly Phone[] = [
      { number: desk().number(), type: 'home' },
      { number: desk().number(), type: 'mobile' },
    ];
    const campaign = await desk().campaign([desk().contact({ phones })]);
    const dialed = await desk().dial(campaign);
    await desk().close(dialed.attempt, { next: waitingUntil(NOON + HOUR_MS, { phoneIndex: 1 }) });
    const { id } = await contactOf(desk(), campaign);
    const added: Phone = { number: desk().number(), type: 'work' };
    const [first, second] = phones;
    if (!first || !second) throw new Error('two phones');
    await desk().store.contacts.edit({
      contact: id,
      by: 'ann',
      at: NOON,
      definitions: [],
      phones: [second, added, first],
    });
    const facts = await desk().store.records.facts(dialed.record.record);
    expect(facts?.facts).toMatchObject({ phones: [second, added, first], phoneIndex: 0 });
    expect(await desk().store.contacts.find({ text: added.number, limit: 5 })).toHaveLength(1);
  });
}

function mergeTests(desk: () => Desk): void {
  test('[L-02] two contacts become one: values, phones, lists, attempts; the record further on stays', async () => {
    const kept = desk().contact({ name: 'Ada', fields: { city: 'Bonn', note: '' } });
    const gone = desk().contact({ name: desk().unique('Gone'), fields: { city: 'Kiel', note: 'x', age: '4' } });
    const campaign = await desk().campaign([kept, gone]);
    const other = await desk().list([gone]);
    const find = async (phone: string | undefined): Promise<ContactRow> => {
      const [one] = await desk().store.contacts.find({ text: phone ?? '', limit: 1 });
      if (!one) throw new Error('nobody has this number');
      return one;
    };
    const [keep, drop] = [await find(kept.phones[0]?.number), await find(gone.phones[0]?.number)];
    const { opened } = await desk().open(campaign, 2);
    expect(await codeOf(desk().store.contacts.merge({ keep: keep.id, gone: drop.id, by: 'ann', at: NOON }))).toBe(
      'contact-being-dialed',
    );
    for (const { attempt, record } of opened) {
      const next = record.contact === drop.id ? undefined : waitingUntil(NOON + HOUR_MS);
      await desk().close(attempt, next ? { next } : {});
    }
    const merged = await desk().store.contacts.merge({ keep: keep.id, gone: drop.id, by: 'ann', at: NOON });
    expect(merged).toMatchObject({
      name: 'Ada',
      fields: { city: 'Bonn', note: 'x', age: '4' },
      phones: [kept.phones[0], gone.phones[0]],
      lists: [...campaign.lists, other].sort(),
      records: [{ campaign: campaign.name, state: 'finished' }],
    });
    expect(await desk().store.contacts.show(drop.id)).toBeUndefined();
    expect(await desk().store.contacts.find({ text: gone.name, limit: 5 })).toEqual([]);
    expect(await desk().store.attempts.list({ record: merged.records[0]?.id ?? 0 })).toHaveLength(2);
    expect((await desk().store.records.show(merged.records[0]?.id ?? 0))?.attempts).toBe(2);
    expect(await codeOf(desk().store.contacts.merge({ keep: keep.id, gone: keep.id, by: 'ann', at: NOON }))).toBe(
      'contact-same',
    );
  });
}

function recordTests(desk: () => Desk): void {
  test('[L-07] records are found by state, result, disposition and agent, with and without a text', async () => {
    const campaign = await desk().people(3);
    const dialed = await desk().dial(campaign);
    await desk().close(dialed.attempt, { result: 'connected', agent: '7' });
    const next = { state: 'finished', why: 'sold' } as const;
    await desk().store.attempts.dispose({ attempt: dialed.attempt, disposition: 'sale', agent: '7', at: NOON, next });
    const idsOf = async (query: object): Promise<readonly number[]> =>
      (await desk().store.records.find({ campaign: campaign.name, text: '', limit: 10, ...query })).map(({ id }) => id);
    const { record } = dialed.record;
    expect(await idsOf({ state: 'finished' })).toEqual([record]);
    expect(await idsOf({ result: 'connected', disposition: 'sale', agent: '7' })).toEqual([record]);
    expect(await idsOf({ agent: '8' })).toEqual([]);
    expect(await idsOf({ state: 'fresh' })).toHaveLength(2);
    expect(await idsOf({ text: dialed.record.phones[0]?.number ?? '', state: 'finished' })).toEqual([record]);
    expect(await idsOf({ text: dialed.record.phones[0]?.number ?? '', state: 'fresh' })).toEqual([]);
    expect(await idsOf({ limit: 1 })).toHaveLength(1);
  });

  test('[L-07] a record is re-opened and removed by hand; never while it is dialed', async () => {
    const campaign = await desk().people(1);
    const dialed = await desk().dial(campaign);
    const { record } = dialed.record;
    const step = (name: 'reopen' | 'remove'): Promise<unknown> =>
      desk().store.contacts.stepRecord({ record, step: name, by: 'ann', at: NOON });
    expect(await codeOf(step('remove'))).toBe('record-step-refused');
    await desk().close(dialed.attempt);
    expect(await step('reopen')).toEqual({ from: 'finished', to: 'waiting' });
    expect(await desk().store.records.show(record)).toMatchObject({ state: 'waiting', dueAt: NOON, attempts: 0 });
    const again = await desk().dial(campaign, NOON + 24 * HOUR_MS);
    expect(again.record.record).toBe(record);
    await desk().close(again.attempt);
    expect(await step('remove')).toEqual({ from: 'finished', to: 'removed' });
    expect(await codeOf(step('remove'))).toBe('record-step-refused');
    expect(await desk().open(campaign, 1, NOON + 48 * HOUR_MS)).toMatchObject({ opened: [], exhausted: true });
    expect(
      await codeOf(desk().store.contacts.stepRecord({ record: 999_999_999, step: 'reopen', by: 'a', at: 1 })),
    ).toBe('record-unknown');
  });

  test('[A-08] a record that an agent looks at is removed: no longer kept for the agent, and not dialed', async () => {
    const campaign = await desk().people(1);
    const reservation = desk().unique('r');
    const kept = { campaign, reservation, agent: '7', now: NOON, untilAt: NOON + HOUR_MS };
    const { reserved } = await desk().store.reservations.reserve(kept);
    const record = reserved?.record.record ?? 0;
    const step = (name: 'reopen' | 'remove'): Promise<unknown> =>
      desk().store.contacts.stepRecord({ record, step: name, by: 'ann', at: NOON });
    expect(await codeOf(step('reopen'))).toBe('record-step-refused');
    expect(await step('remove')).toEqual({ from: 'fresh', to: 'removed' });
    expect((await desk().store.reservations.all()).filter((one) => one.record === record)).toEqual([]);
    const release = { reservation, now: NOON, to: { place: 'before' } } as const;
    expect(await desk().store.reservations.release(release)).toBeUndefined();
    expect(await desk().store.records.show(record)).toMatchObject({ state: 'removed', why: 'Removed by ann.' });
    const dial = { campaign, now: NOON, lines: [desk().line()], agent: '7', reserved: { reservation } };
    expect((await desk().store.attempts.open(dial)).opened).toEqual([]);
  });
}

function timelineTests(desk: () => Desk): void {
  test('[L-05] the story of a contact over two campaigns: imports, attempts, edits, opt-outs; newest first', async () => {
    const contact = desk().contact();
    const [one, two] = [await desk().campaign([contact]), await desk().campaign([contact])];
    for (const [campaign, at] of [
      [one, NOON],
      [two, NOON + HOUR_MS],
    ] as const) {
      const { attempt } = await desk().dial(campaign, at);
      await desk().close(attempt, { endedAt: at + 1000, result: 'no-answer' });
    }
    const { id, phones } = await contactOf(desk(), one);
    const number = phones[0]?.number ?? '';
    const wanted = { list: 'global', by: 'agent 7', at: NOON + 2 * HOUR_MS, reason: 'asked' };
    await desk().store.doNotCall.add([number], wanted);
    const events = await desk().store.contacts.timeline({ contact: id, limit: 50 });
    const past = events.filter(({ at }) => at <= NOON + 2 * HOUR_MS);
    expect(past).toMatchObject([
      { what: 'do-not-call', by: 'agent 7', detail: { number, list: 'global' } },
      { what: 'attempt', campaign: two.name, detail: { result: 'no-answer', number } },
      { what: 'attempt', campaign: one.name },
    ]);
    const imported = events.filter(({ what }) => what === 'imported').map(({ detail }) => detail);
    expect(imported).toMatchObject([
      { list: two.lists[0], added: false },
      { list: one.lists[0], added: true },
    ]);
    const page = await desk().store.contacts.timeline({ contact: id, limit: 1, beforeAt: NOON + HOUR_MS });
    expect(page).toMatchObject([{ what: 'attempt', campaign: one.name }]);
  });

  test('[L-05] who was brought into a call stands there, and who looked at the record and called no one', async () => {
    const campaign = await desk().people(1);
    const { attempt, record } = await desk().dial(campaign);
    await desk().close(attempt, { endedAt: NOON + 1000, result: 'connected' });
    await desk().store.thirdParties.opened({
      id: desk().unique('third'),
      attempt,
      campaign: campaign.name,
      byAgent: '7',
      how: 'consult',
      kind: 'agent',
      who: '8',
      number: null,
      trunk: null,
      callerId: null,
      askedAt: NOON + 500,
    });
    const parts = desk().store.callParts;
    for (const [one, who, startedAt, endedAt] of [
      ['held', '7', NOON + 400, NOON + 900],
      ['listen', '900 whisper', NOON + 300, NOON + 900],
      ['person-line', 'MOS 4.4', NOON, NOON + 900],
    ] as const) {
      await parts.begun({ attempt, part: one, who, startedAt });
      await parts.ended({ attempt, part: one, who, startedAt }, endedAt);
    }
    const looked = anInteraction('done', {
      interaction: desk().unique('looked'),
      agent: '7',
      campaign: campaign.name,
      since: NOON - 5,
      record: aRecord({ record: record.record }),
      outcome: 'declined-later' as const,
    });
    const kept = openDesk({ agent: '7', session: desk().unique('session') });
    await desk().store.desks.keep({ desk: kept, interactions: [looked], released: [], at: NOON });
    const events = await desk().store.contacts.timeline({ contact: record.contact, limit: 50 });
    expect(events.find(({ what }) => what === 'attempt')?.detail).toMatchObject({
      lines: [{ line: 'person-line', quality: 'MOS 4.4' }],
      parts: [{ part: 'held', who: '7', startedAt: NOON + 400, endedAt: NOON + 900 }],
    });
    expect(events.filter(({ what }) => what === 'transfer' || what === 'offer')).toMatchObject([
      { what: 'transfer', at: NOON + 500, by: '7', detail: { attempt, how: 'consult', who: '8', result: null } },
      { what: 'offer', at: NOON - 5, by: '7', detail: { record: record.record, outcome: 'declined-later' } },
    ]);
  });
}
