// Agents' desks and interactions as a store keeps them: each desk as it is now, each interaction with its outcome, and the
// records that are given back with that.

import { expect, test } from 'vitest';
import { KEYS_KEPT, type KeepDesk } from '../../src/engine/store/desks.ts';
import { openDesk } from '../../src/interaction/desk-machine.ts';
import type { Desk as AgentDesk } from '../../src/interaction/desk.ts';
import { aRecord, anInteraction } from '../interaction/builders.ts';
import { MINUTE_MS, NOON } from './store-desk.ts';
import type { Desk } from './store-desk.ts';

export function describeInteractions(desk: () => Desk): void {
  const keep = (kept: Pick<KeepDesk, 'desk'> & Partial<KeepDesk>) =>
    desk().store.desks.keep({ interactions: [], released: [], at: NOON, ...kept });
  const found = async ({ session }: AgentDesk) =>
    (await desk().store.desks.all()).find((one) => one.session === session);

  async function opened(): Promise<AgentDesk> {
    const session = desk().unique('s');
    const row = {
      session,
      agent: '7',
      campaign: 'renewals',
      phoneMode: 'nailed-up',
      leg: null,
      bridge: `b-${session}`,
    };
    await desk().store.sessions.open({
      ...row,
      phoneMode: 'nailed-up',
      phoneKind: 'account',
      phoneNumber: null,
      startedAt: NOON,
    });
    return openDesk({ agent: '7', session });
  }

  test('[A-23] keys of commands are kept, each once, and of one agent the latest', async () => {
    const { desks } = desk().store;
    const agent = desk().unique('k');
    const key = (place: number) => ({ agent, key: `key-${place}`, what: `w${place}`, at: NOON + place });
    for (let place = 0; place < KEYS_KEPT + 2; place += 1) await desks.keepKey(key(place));
    await desks.keepKey({ ...key(KEYS_KEPT), what: 'another' });
    const keys = await desks.keys(agent);
    expect(keys).toEqual(Array.from({ length: KEYS_KEPT }, (_, place) => key(place + 2)));
    expect(await desks.keys('unknown')).toEqual([]);
  });

  test('[A-10] a desk is kept as it is now until its session ends; an older version of it is not written any more', async () => {
    const first = await opened();
    await keep({ desk: first });
    const later = { ...first, version: 5, open: anInteraction('preview', { interaction: desk().unique('n') }) };
    await keep({ desk: later });
    expect(await found(first)).toEqual(later);

    await keep({ desk: { ...first, version: 4 } });
    expect(await found(first)).toEqual(later);

    await keep({ desk: { ...later, version: 6, isOver: true } });
    expect(await found(first)).toBeUndefined();
  });

  test('[A-10] of a session that has ended no desk is left to go on', async () => {
    const one = await opened();
    await keep({ desk: one });
    await desk().store.sessions.close(one.session, NOON, 'hung-up');
    expect(await found(one)).toBeUndefined();
  });

  test('[A-10] an interaction is found by its record with its state, its outcome and who dialed', async () => {
    const one = await opened();
    const interaction = desk().unique('n');
    const record = 900_000 + Number(/\d+$/.exec(interaction)?.[0]);
    const tried = [{ attempt: 'at1', number: '+12125550101', by: 'click', orderedAt: NOON + 5 }] as const;
    const held = { interaction, record: aRecord({ record }), since: NOON };
    const out = anInteraction('dialing', { ...held, tried, version: 2 });
    await keep({ desk: one, interactions: [out] });
    const row = { interaction, record, agent: '7', campaign: 'renewals', session: one.session, kind: 'preview' };
    const proof = { attempt: 'at1', by: 'click', orderedAt: NOON + 5 };
    expect(await desk().store.desks.interactions({ record })).toEqual([
      { ...row, state: 'dialing', outcome: null, beganAt: NOON, endedAt: null, calls: [proof] },
    ]);

    const over = { ...held, since: NOON + MINUTE_MS, version: 3, tried: [{ ...tried[0], result: 'busy' as const }] };
    await keep({ desk: { ...one, version: 1 }, interactions: [anInteraction('done', over)] });
    expect(await desk().store.desks.interactions({ interaction })).toEqual([
      {
        ...row,
        state: 'done',
        outcome: 'called',
        beganAt: NOON,
        endedAt: NOON + MINUTE_MS,
        calls: [{ ...proof, result: 'busy' }],
      },
    ]);
    expect(await desk().store.desks.interactions({ record: record + 1 })).toEqual([]);
  });

  test('[L-08] what a desk lets go of is given back with its new state; given back once', async () => {
    const campaign = await desk().people(2);
    const one = await opened();
    const reservation = desk().unique('n');
    const request = { campaign, agent: '7', now: NOON, reservation, untilAt: NOON + MINUTE_MS };
    const { reserved } = await desk().store.reservations.reserve(request);
    const released = [{ reservation, to: { place: 'top', why: 'Rejected.' } as const }];

    await keep({ desk: one, released, at: NOON + 1 });
    await keep({ desk: { ...one, version: 1 }, released, at: NOON + 2 });

    const record = reserved?.record.record ?? 0;
    expect(await desk().store.records.show(record)).toMatchObject({ state: 'waiting', why: 'Rejected.' });
    expect((await desk().store.reservations.all()).filter((row) => row.reservation === reservation)).toEqual([]);
  });
}
