// A workspace that is closed while its session lasts, in a simulated call centre: no more comes to who has no screen, what is
// in hand goes on, and a screen that is back in time changes nothing.

import { afterEach, describe, expect, test } from 'vitest';
import type { Rig, RigOptions } from '../../support/rig.ts';
import { answers, stays } from '../../support/call-plans.ts';
import { desks, type Seat } from './desk-rig.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function oneDesk(options: Partial<RigOptions> = {}): Promise<{ on: Rig; seat: Seat }> {
  const centre = await desks({ agents: 1, records: 5, plan: answers, ...options });
  rig = centre.rig;
  const [seat] = centre.seats;
  if (!seat) throw new Error('no seat');
  return { on: centre.rig, seat };
}

const attempts = async (on: Rig): Promise<number> => (await on.store.attempts.list({})).length;

async function finish(seat: Seat): Promise<void> {
  await seat.isIn('wrap-up');
  await seat.act({ do: 'dispose', code: 'sale' });
  await seat.act({ do: 'done' });
}

describe('[A-03] the session begins', () => {
  test('asked to be ready: with the phone picked up the first person is dialed without another click', async () => {
    const { on, seat } = await oneDesk();
    on.engine.desks.screen(seat.agent, true);
    await on.clock.settle(on.engine.desks.open({ agent: seat.agent, campaign: on.campaign.name, ready: true }));

    await seat.until(({ session }) => session?.phone === 'up');
    expect(seat.view.session).toMatchObject({ channels: { voice: 'ready', preview: 'ready' } });
    await seat.isIn('talking');
  });

  test('not asked: paused until the agent says so, and no one is dialed', async () => {
    const { on, seat } = await oneDesk();
    await seat.open();
    await on.clock.runFor(20_000);
    expect(seat.view).toMatchObject({ state: 'paused', reason: 'signed-in' });
    expect(await attempts(on)).toBe(0);
  });

  test('a session that is there already, on a pause, is not made ready by it', async () => {
    const { on, seat } = await oneDesk();
    await seat.open();
    await seat.until(({ session }) => session?.phone === 'up');
    await on.clock.settle(on.engine.desks.open({ agent: seat.agent, campaign: on.campaign.name, ready: true }));
    expect(seat.view.state).toBe('paused');
  });
});

describe('[A-11] the workspace is closed', () => {
  test('ready: half a minute later the agent is paused and no one is dialed; Resume brings the next call', async () => {
    const { on, seat } = await oneDesk({ plan: () => ({ ...stays(), afterMs: 600_000 }) });
    await seat.sitDown();
    on.engine.desks.screen(seat.agent, false);
    await on.clock.runFor(24_000);
    expect(seat.view.state).not.toBe('paused');

    await seat.until(({ state }) => state === 'paused', 12_000);

    expect(seat.view).toMatchObject({ reason: 'page-closed', session: { channels: { voice: 'not-ready' } } });
    const before = await attempts(on);
    await on.clock.runFor(300_000);
    expect(await attempts(on)).toBe(before);
  });

  test('in a call: it goes on, no next one comes after it, and the agent who is back resumes', async () => {
    const { on, seat } = await oneDesk({ plan: stays });
    await seat.sitDown();
    const { open } = await seat.isIn('talking');
    on.engine.desks.screen(seat.agent, false);
    await on.clock.runFor(40_000);
    expect(seat.view).toMatchObject({ open: { state: 'talking' }, session: { pauseAfter: 'page-closed' } });

    await seat.act({ do: 'hang-up', attempt: open?.attempt ?? '' });
    await finish(seat);
    await seat.until(({ state }) => state === 'paused');
    expect(seat.view.reason).toBe('page-closed');
    on.engine.desks.screen(seat.agent, true);
    await on.clock.runFor(60_000);
    expect(await attempts(on)).toBe(1);
    expect((await seat.send({ key: 'again', session: { do: 'resume' } })).answer).toBe('done');
    await seat.isIn('talking');
  });

  test('in a call, and back before its end: the next call comes as ever', async () => {
    const { on, seat } = await oneDesk({ plan: stays });
    await seat.sitDown();
    const { open } = await seat.isIn('talking');
    on.engine.desks.screen(seat.agent, false);
    await on.clock.runFor(40_000);
    on.engine.desks.screen(seat.agent, true);
    await seat.until(({ session }) => session?.pauseAfter === undefined);
    await seat.act({ do: 'hang-up', attempt: open?.attempt ?? '' });
    await finish(seat);
    await seat.until((view) => view.open?.state === 'talking' && view.open.interaction !== open?.interaction);
  });

  test('a pause of the agent’s own stays theirs', async () => {
    const pauseReasons = [{ code: 'lunch', label: 'Lunch' }];
    const { on, seat } = await oneDesk({ plan: stays, campaign: { pauseReasons } });
    await seat.sitDown();
    await seat.isIn('talking');
    await seat.send({ key: 'p1', session: { do: 'pause', reason: 'lunch' } });
    on.engine.desks.screen(seat.agent, false);
    await on.clock.runFor(40_000);
    on.engine.desks.screen(seat.agent, true);
    await on.clock.runFor(1_000);
    expect(seat.view.session).toMatchObject({ pauseAfter: 'lunch' });
  });

  test('a page that is loaded again, away for ten seconds: nothing changes', async () => {
    const { on, seat } = await oneDesk();
    await seat.sitDown();
    on.engine.desks.screen(seat.agent, false);
    await on.clock.runFor(10_000);
    on.engine.desks.screen(seat.agent, true);
    await on.clock.runFor(60_000);
    expect(seat.view.reason).not.toBe('page-closed');
    expect(seat.view.session).not.toHaveProperty('pauseAfter', 'page-closed');
  });

  test('direct push-preview, which asks for no channel: records stop until Get Record', async () => {
    const desk = { ...USUAL_DESK, offerMs: 3_600_000 };
    const { on, seat } = await oneDesk({ campaign: { mode: 'direct-push-preview', desk } });
    await seat.sitDown();
    await seat.wish({ do: 'get-record', campaign: on.campaign.name, kind: 'direct-push-preview' });
    await seat.isIn('offered');
    on.engine.desks.screen(seat.agent, false);
    await seat.until(({ session }) => session?.takes === false);
  });
});
