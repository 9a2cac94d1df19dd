// A supervisor moves agents between campaigns, also out of a conversation, and ends sessions that hang.

import { afterEach, expect, test } from 'vitest';
import type { AgentView } from '../../../src/engine/control-views.ts';
import { by } from '../../support/actors.ts';
import { desks, type Seat } from '../desks/desk-rig.ts';
import type { Rig, RigOptions } from '../../support/rig.ts';

const MINUTE_MS = 60_000;
let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const OTHER = 'win-back';

async function seated(options: RigOptions = {}): Promise<{ readonly on: Rig; readonly seat: Seat }> {
  const made = await desks({
    agents: 1,
    records: 3,
    others: [
      { name: OTHER, lists: ['none'] },
      { name: 'abroad', agents: ['abroad'] },
    ],
    campaign: { mode: 'progressive', wrapUp: { limitMs: 20_000, dispositionRequired: false, over: 'ready' } },
    plan: () => ({ setUpMs: 100, before: 'ringing', afterMs: 1000, outcome: { type: 'person', talksMs: 20_000 } }),
    ...options,
  });
  rig = made.rig;
  const [seat] = made.seats;
  if (!seat) throw new Error('no seat');
  return { on: made.rig, seat };
}

async function agentOf(on: Rig): Promise<AgentView | undefined> {
  return (await on.engine.agents()).find(({ number }) => number === '100');
}

const move = (on: Rig, to = OTHER): Promise<void> => on.clock.settle(on.engine.moveAgent('100', to, by('sue')));
const codeOf = (refused: Promise<unknown>): Promise<unknown> =>
  refused.then(
    () => 'done',
    (error: unknown) => (error as { code?: string }).code,
  );

test('[S-04] a ready agent is moved: the session ends, the phone rings, and the agent is ready in the other campaign', async () => {
  const { on, seat } = await seated({ records: 0 });
  await seat.sitDown();
  await move(on);
  await seat.until((view) => view.session?.campaign === OTHER && view.state === 'ready');
  expect(await agentOf(on)).toMatchObject({ campaign: OTHER, state: 'ready' });
  expect((await agentOf(on))?.movesTo).toBeUndefined();
  expect(on.complaints).toEqual([]);
});

test('[S-04] in a conversation: it goes on to its end, and only then the agent is moved', async () => {
  const { on, seat } = await seated();
  await seat.sitDown();
  await seat.until((view) => view.state === 'talking');
  await move(on);
  await on.clock.runFor(5_000);
  expect(await agentOf(on)).toMatchObject({ state: 'talking', campaign: on.campaign.name, movesTo: OTHER });
  await seat.until((view) => view.session?.campaign === OTHER, 2 * MINUTE_MS);
  const [first] = await on.store.attempts.list({ campaign: on.campaign.name });
  expect(first).toMatchObject({ result: 'connected', endedBy: 'person' });
  expect(on.complaints).toEqual([]);
});

test('[S-04] a paused agent is paused there, too', async () => {
  const { on, seat } = await seated({ records: 0 });
  await seat.open();
  await seat.until((view) => view.session?.phone === 'up');
  await move(on);
  await seat.until((view) => view.session?.campaign === OTHER && view.session.phone === 'up');
  expect(await agentOf(on)).toMatchObject({ campaign: OTHER, state: 'paused' });
});

test('[S-04] what is refused says why: signed out, no such campaign, there already, in none of its groups', async () => {
  const { on, seat } = await seated({ records: 0 });
  const asked = (to: string): Promise<unknown> => codeOf(on.engine.moveAgent('100', to, by('sue')));
  expect(await asked(OTHER)).toBe('agent-not-signed-in');
  await seat.sitDown();
  expect(await asked('nowhere')).toBe('campaign-unknown');
  expect(await asked(on.campaign.name)).toBe('agent-there-already');
  expect(await asked('abroad')).toBe('agent-not-assigned');
  expect(await agentOf(on)).toMatchObject({ campaign: on.campaign.name, state: 'ready' });
});

test('[S-04] a session that hangs is ended at once, never one with a person on the line', async () => {
  const { on, seat } = await seated();
  await seat.sitDown();
  await seat.until((view) => view.state === 'talking');
  expect(await codeOf(on.engine.endSession('100', by('sue')))).toBe('agent-in-call');
  await seat.until((view) => view.state === 'wrap-up');
  expect(await codeOf(on.clock.settle(on.engine.endSession('100', by('sue'))))).toBe('done');
  await seat.until((view) => view.state === 'offline');
  expect(on.engine.health().sessions).toBe(0);
  const [first] = await on.store.attempts.list({ campaign: on.campaign.name });
  expect(first).toMatchObject({ result: 'connected' });
});

test('[S-01] what limits on abandoned calls leave, and the trunk with its lines', async () => {
  const { on, seat } = await seated();
  await seat.sitDown();
  await seat.until((view) => view.state === 'talking');
  const [budget] = on.engine.budgets();
  expect(budget).toMatchObject({ campaign: on.campaign.name });
  expect(budget?.limits[0]).toMatchObject({ name: 'campaign', liveAnswers: 1, abandoned: 0, left: 0 });
  expect(on.engine.trunks()).toMatchObject([{ name: 'main', linesInUse: 1, maxLines: 200, mayDial: true }]);
});
