// A person is forgotten in a store: whatever they were called is gone, what the law wants kept stays.

import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, NOON, codeOf, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';
import { contactOf } from './store-contact-of.ts';

export function forgetTests(desk: () => Desk): void {
  test('[L-14] a person is forgotten: nothing shows who it was, what was counted and the opt-out stay', async () => {
    const name = desk().unique('Forgotten Person');
    const fields = { city: desk().unique('Atlantis') };
    const campaign = await desk().campaign([desk().contact({ name, fields })]);
    const dialed = await desk().dial(campaign);
    const { id, phones } = await contactOf(desk(), campaign);
    const forgetting = { contact: id, by: 'ann', at: NOON, reason: 'asked by letter' };
    expect(await codeOf(desk().store.contacts.forget(forgetting))).toBe('contact-being-dialed');
    await desk().close(dialed.attempt, { next: waitingUntil(NOON + HOUR_MS) });
    const { attempt } = dialed;
    const said = { disposition: 'complaint', agent: '7', at: NOON, reason: `${name} is deaf` };
    await desk().store.attempts.dispose({ attempt, ...said, next: waitingUntil(NOON + HOUR_MS) });
    const number = phones[0]?.number ?? '';
    const wanted = { list: 'global', by: 'agent 7', at: NOON, reason: `call of ${name}` };
    await desk().store.doNotCall.add([number], wanted);
    await desk().store.audit.append({
      at: NOON,
      who: 'ann',
      what: 'contact.edit',
      subject: `contact ${id}`,
      from: { name: 'x' },
      to: { name },
    });
    const receipt = await desk().store.contacts.forget(forgetting);
    expect(receipt).toMatchObject({
      contact: id,
      rows: { attempts: 1, phones: 1, do_not_call_numbers: 1, records: 1 },
    });
    expect(await desk().store.attempts.list({ attempt })).toMatchObject([{ disposition: 'complaint', reason: null }]);
    expect(receipt.needles).toEqual(expect.arrayContaining([number, name, said.reason, wanted.reason]));
    expect(receipt.seal).toMatch(/^[0-9a-f]{64}$/);
    for (const text of [name, number, fields.city]) {
      expect(await desk().store.contacts.find({ text, limit: 5 })).toEqual([]);
    }
    const attempts = await desk().store.attempts.list({ campaign: campaign.name });
    expect(attempts).toMatchObject([{ result: 'busy', number: receipt.numberHashes[0] }]);
    expect(await desk().open(campaign, 1, NOON + 48 * HOUR_MS)).toMatchObject({ opened: [], exhausted: true });
    expect(await desk().store.doNotCall.check(number)).toMatchObject([{ list: 'global', by: 'agent 7' }]);
    expect(await desk().store.audit.check()).not.toHaveProperty('broken');
    const [entry] = await desk().store.audit.list({ subject: `contact ${id}`, what: 'contact.edit', limit: 1 });
    expect(entry).toMatchObject({ from: null, to: null, erasedBy: receipt.entry });
    // The same number comes again with another list: it is still not dialed.
    const again = await desk().campaign([desk().contact({ name: 'Somebody', phones })]);
    expect((await desk().open(again, 1, NOON)).opened).toEqual([]);
  });

  test('[L-14] whatever the person ever was is gone: names before, notes, a merged contact, what others wrote', async () => {
    const word = desk().unique('Ilsebill');
    const [first, second, third] = [`Gross ${word}`, `Klein ${word}`, `Doppel ${word}`] as const;
    const mail = `${word.toLowerCase()}@example.org`;
    const note = `is deaf on the left ear ${word}`;
    const campaign = await desk().campaign([desk().contact({ name: first, fields: { mail, note } })]);
    await desk().list([desk().contact({ name: third, fields: { mail: `other-${mail}` } })]);
    const { id, phones } = await contactOf(desk(), campaign);
    const { store } = desk();
    const logged = (what: string, subject: string, from: unknown, to: unknown): Promise<unknown> =>
      store.audit.append({ at: NOON, who: 'ann', what, subject, from, to });
    const edit = { contact: id, by: 'ann', at: NOON, definitions: [] };
    await store.contacts.edit({ ...edit, name: second, fields: { mail: null, note: '' } });
    await logged('contact.edit', `contact ${id}`, { name: first, mail, note }, { name: second });
    const [other] = await store.contacts.find({ text: third, limit: 1 });
    await logged('contact.edit', `contact ${other?.id ?? 0}`, { name: third }, { name: `x ${third}` });
    await store.contacts.merge({ keep: id, gone: other?.id ?? 0, by: 'ann', at: NOON });
    const reason = `angry letter: ${word} of house 7`;
    await store.doNotCall.add([phones[0]?.number ?? ''], { list: 'global', by: 'ann', at: NOON, reason });
    await logged('do-not-call.add', 'do-not-call list global', null, { added: 1, reason });
    await store.doNotCall.add([desk().number()], {
      list: 'global',
      by: 'b',
      at: NOON,
      reason: `cousin of ${first}`,
    });
    const { needles } = await store.contacts.forget({ contact: id, by: 'ann', at: NOON, reason: 'a letter' });
    expect(needles).toEqual(expect.arrayContaining([first, second, third, mail, `other-${mail}`, note, reason]));
    expect(await store.contacts.sweep(needles)).toMatchObject({ do_not_call_numbers: 1 });
    while (!(await store.contacts.scrub({ rewrite: false }))) await Promise.resolve();
    while ((await store.contacts.traces(needles)) > 0 && !(await store.contacts.scrub({ rewrite: true })));
    expect(await store.contacts.traces([...needles, word])).toBe(0);
    expect(await store.audit.check()).not.toHaveProperty('broken');
  });

  test('[L-14] a person whose callback was moved and cancelled is forgotten like any other', async () => {
    const contact = desk().contact({});
    const campaign = await desk().campaign([contact]);
    const { id } = await contactOf(desk(), campaign);
    const [record] = await desk().store.records.find({ campaign: campaign.name, text: '', limit: 1 });
    const [phone] = contact.phones;
    if (!record || !phone) throw new Error('the contact has a record and a phone');
    const wanted = { record: record.id, zone: 'Europe/Berlin', phone, agent: null, by: 'ann', now: NOON, why: 'asked' };
    for (const at of [NOON + MINUTE_MS, NOON + 2 * MINUTE_MS]) {
      await desk().store.callbacks.set({ ...wanted, at, dueAt: at });
    }
    const [agreed] = await desk().store.callbacks.list({ record: record.id, limit: 5, now: NOON });
    await desk().store.callbacks.cancel({ id: agreed?.id ?? 0, by: 'ann', now: NOON, again: true });
    const { rows } = await desk().store.contacts.forget({ contact: id, by: 'ann', at: NOON, reason: 'a letter' });
    expect(rows).toMatchObject({ contacts: 1, callback_steps: 3 });
  });

  test('[L-14] what others say as well is neither looked for nor taken from them', async () => {
    const remark = desk().unique('wants to hear of nothing');
    const fields = { remark };
    const campaign = await desk().campaign([desk().contact({ name: 'Ann', fields }), desk().contact({ fields })]);
    const { id } = await contactOf(desk(), campaign);
    const { needles } = await desk().store.contacts.forget({ contact: id, by: 'ann', at: NOON, reason: '' });
    expect(needles).not.toContain(remark);
    expect(needles).not.toContain('Ann');
    expect(await desk().store.contacts.find({ text: remark, limit: 5 })).toHaveLength(1);
  });

  test('[L-14] [X-10] what the law wants kept stays with a forgotten person: a recording, the consent in the audit log', async () => {
    const campaign = await desk().people(1);
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt, { next: waitingUntil(NOON + HOUR_MS) });
    const { id } = await contactOf(desk(), campaign);
    const names = ['kept', 'gone'].map((what) => `day/${attempt}-${what}`);
    for (const name of names) {
      const times = { startedAt: NOON, keptUntil: NOON + HOUR_MS };
      await desk().store.recordings.started({ name, attempt, kind: 'conversation', announced: true, ...times });
    }
    const law = { campaign: campaign.name, until: NOON + HOUR_MS, clause: 'here/kept', citation: 'Act 1' };
    const kept = [
      { what: 'recordings', ...law, recording: names[0] ?? '' },
      { what: 'consent', ...law, consent: { field: 'agreed', value: '2026-01-03' } },
    ] as const;
    const receipt = await desk().store.contacts.forget({ contact: id, by: 'ann', at: NOON, reason: '', kept });
    expect(receipt).toMatchObject({ recordings: [names[1]], kept });
    const rows = await desk().store.recordings.of(attempt);
    expect(rows.filter(({ deletedAt }) => deletedAt === null).map(({ name }) => name)).toEqual([names[0]]);
    const [entry] = await desk().store.audit.list({ subject: `contact ${id}`, what: 'contact.forget', limit: 1 });
    expect(entry?.to).toMatchObject({ kept });
  });

  test('[L-14] a number that two people share: forgotten for one, kept for the other', async () => {
    const phones = [{ number: desk().number(), type: 'home' }] as const;
    const key = desk().unique('key');
    const importId = desk().unique('import');
    const people = ['1', '2'].map((value) => desk().contact({ name: `P ${value}`, phones, fields: { [key]: value } }));
    const list = desk().unique('list');
    const batch = { importId, list, source: 'x', duplicates: 'skip', key, contacts: people } as const;
    if ((await codeOf(desk().store.lists.importBatch(batch))) !== 'done') return;
    await desk().store.lists.finishImport(importId);
    const found = await desk().store.contacts.find({ text: phones[0].number, limit: 5 });
    expect(found).toHaveLength(2);
    const receipt = await desk().store.contacts.forget({ contact: found[0]?.id ?? 0, by: 'a', at: NOON, reason: '' });
    expect(receipt.needles).not.toContain(phones[0].number);
    expect(await desk().store.contacts.find({ text: phones[0].number, limit: 5 })).toHaveLength(1);
  });
}
