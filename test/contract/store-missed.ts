// People who were missed, in a store: they wait for their call once, and not any more when they have been talked with.

import { expect, test } from 'vitest';
import { FINISHED, HOUR_MS, MINUTE_MS, NOON, waitingUntil } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeMissed(desk: () => Desk): void {
  test('[C-15] an unknown person: a contact on the list, a record that waits, and is dialed at its time', async () => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1, { mode: 'auto-callback' });
    const { attempt } = await desk().dial(campaign);
    await desk().close(attempt);
    const number = desk().number();
    const missed = {
      campaign: campaign.name,
      list: campaign.lists[0] ?? '',
      number,
      missedAt: NOON,
      at: NOON,
      dueAt: NOON + HOUR_MS,
      why: 'Called us and reached nobody.',
    };
    expect(await callbacks.addMissed(missed)).toBe('added');
    expect(await callbacks.addMissed(missed)).toBe('waits-already');
    const dialed = await desk().dial(campaign, NOON + HOUR_MS);
    expect(dialed.record.phones).toEqual([{ number, type: 'other' }]);
    expect(await callbacks.addMissed(missed)).toBe('in-call');
    await desk().close(dialed.attempt, {
      next: { ...waitingUntil(NOON + 9 * HOUR_MS), heldUntil: NOON + 9 * HOUR_MS },
    });
    expect(await callbacks.addMissed(missed)).toBe('rests');
    const later = { missedAt: NOON + 9 * HOUR_MS, at: NOON + 9 * HOUR_MS };
    expect(await callbacks.addMissed({ ...missed, ...later })).toBe('added');
  });

  test.each([
    ['they talked in it', 'talked-since', { result: 'connected' }],
    ['they did not, and it is tried again', 'waits-already', { next: waitingUntil(NOON + 9 * HOUR_MS) }],
    ['they did not, and nothing more is tried', 'added', {}],
  ] as const)('[C-15] missed while the call back was under way, and %s: %s', async (_, added, end) => {
    const { callbacks } = desk().store;
    const campaign = await desk().people(1, { mode: 'auto-callback' });
    const { attempt, record } = await desk().dial(campaign);
    const [{ number } = { number: '' }] = record.phones;
    const at = NOON + 1000;
    const missed = { campaign: campaign.name, list: campaign.lists[0] ?? '', number, missedAt: at, at, why: 'missed' };
    const dueAt = at + MINUTE_MS;
    expect(await callbacks.addMissed({ ...missed, dueAt })).toBe('in-call');
    await desk().close(attempt, { endedAt: at + 20_000, ...end });
    expect(await callbacks.addMissed({ ...missed, at: at + 30_000, dueAt })).toBe(added);
    // Who calls again after that call is missed again.
    const again = at + HOUR_MS;
    expect(await callbacks.addMissed({ ...missed, missedAt: again, at: again, dueAt: again })).toBe(
      added === 'added' ? 'waits-already' : 'added',
    );
  });

  test('[C-15] talked with before the call back: it is finished, what waits for other reasons is not', async () => {
    const { callbacks, records } = desk().store;
    const campaign = await desk().people(1, { mode: 'auto-callback' });
    const [list = ''] = campaign.lists;
    const [first, other] = [desk().number(), desk().number()];
    const when = { missedAt: NOON, at: NOON, dueAt: NOON + HOUR_MS };
    for (const [number, why] of [
      [first, 'missed'],
      [other, 'another reason'],
    ] as const) {
      await callbacks.addMissed({ campaign: campaign.name, list, number, ...when, why });
    }
    const reached = { campaigns: [campaign.name], waitingFor: ['missed'], why: 'talked since' };
    expect(await callbacks.dropMissed({ ...reached, campaigns: ['no-such-campaign'], number: first })).toBe(0);
    expect(await callbacks.dropMissed({ ...reached, number: first })).toBe(1);
    expect(await callbacks.dropMissed({ ...reached, number: other })).toBe(0);
    const states = await Promise.all([first, other].map((text) => records.find({ text, limit: 1 })));
    expect(states.flat().map(({ state, finishedWhy }) => [state, finishedWhy])).toEqual([
      ['finished', 'talked since'],
      ['waiting', null],
    ]);
  });

  test('[C-15] missed, and talked with in a call of their own since: no one is called back', async () => {
    const { callbacks, inbound } = desk().store;
    const campaign = await desk().people(1, { mode: 'auto-callback' });
    const number = desk().number();
    const list = campaign.lists[0] ?? '';
    const missed = { campaign: campaign.name, list, number, missedAt: NOON, at: NOON, dueAt: NOON, why: 'missed' };
    expect(await callbacks.addMissed(missed)).toBe('added');
    const call = `i-${desk().unique('leg')}`;
    await inbound.open({ call, campaign: campaign.name, called: '+12125550100', caller: number, at: NOON + 1000 });
    await inbound.close({ attempt: call, result: 'connected', endedAt: NOON + 9000, counts: false, next: FINISHED });
    expect(await callbacks.addMissed({ ...missed, at: NOON + 30_000 })).toBe('talked-since');
  });

  test('[C-15] a person known from another campaign: no second contact', async () => {
    const { callbacks, records } = desk().store;
    const known = await desk().people(1);
    const [record] = await records.find({ campaign: known.name, text: '', limit: 1 });
    const number = record?.contact.phones[0]?.number ?? '';
    const other = desk().unique('campaign');
    const when = { missedAt: NOON, at: NOON, dueAt: NOON };
    const missed = { campaign: other, list: desk().unique('list'), number, ...when, why: 'missed' };
    expect(await callbacks.addMissed(missed)).toBe('added');
    const [made] = await records.find({ campaign: other, text: '', limit: 2 });
    expect(made).toMatchObject({ state: 'waiting', contact: { id: record?.contact.id } });
  });
}
