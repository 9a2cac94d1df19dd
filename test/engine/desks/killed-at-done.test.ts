// The engine is killed between any two writes of Done: what was said of the call and the end of the interaction are ordered
// writes, and whatever is missing of them is made good once, with the agent's last word.

import { expect, test } from 'vitest';
import { desks, type Seat } from './desk-rig.ts';
import { answers } from '../../support/call-plans.ts';
import { USUAL_DESK } from '../../../src/engine/agents/desk-plan.ts';

const never = <T>(): Promise<T> => new Promise(() => undefined);

/** The store takes so many more calls of the engine, and then nothing. */
class Scissors {
  left = Infinity;

  pass = <T>(act: () => Promise<T>): Promise<T> => {
    if (this.left <= 0) return never();
    this.left -= 1;
    return act();
  };
}

async function inWrapUp(scissors: Scissors, mode: 'preview' | 'predictive'): Promise<Seat> {
  const { seats } = await desks({
    agents: 1,
    records: 1,
    plan: answers,
    storeTrouble: scissors.pass,
    campaign: { mode, desk: USUAL_DESK, attempts: { max: 5, perDay: 5 } },
  });
  const [seat] = seats;
  if (!seat) throw new Error('no seat');
  await seat.sitDown();
  if (mode === 'preview') {
    await seat.wish({ do: 'get-record', campaign: seat.rig.campaign.name, kind: 'preview' });
    await seat.isIn('preview');
    await seat.act({ do: 'call', phoneIndex: 0 });
  }
  await seat.isIn('wrap-up');
  expect(await seat.act({ do: 'dispose', code: 'sale' })).toBe('done');
  return seat;
}

/** Done is sent, and the engine killed once the store has taken `calls` calls of it. */
async function killedAfter(calls: number, mode: 'preview' | 'predictive') {
  const scissors = new Scissors();
  const seat = await inWrapUp(scissors, mode);
  const { rig, agent, view } = seat;
  const done = {
    key: 'the-click',
    interaction: view.open?.interaction ?? '',
    act: { do: 'done', stop: true },
  } as const;
  scissors.left = calls;
  rig.engine.desks.command(agent, done).catch(() => undefined);
  await rig.clock.runFor(500);
  rig.killEngine();
  const wasCut = scissors.left <= 0;
  scissors.left = Infinity;
  await rig.startEngine();
  await rig.clock.runFor(2_000);
  return { seat, rig, done, wasCut };
}

async function books({ rig }: Seat) {
  const rows = await rig.store.desks.interactions({});
  const [attempt, ...others] = await rig.store.attempts.list({});
  expect(others).toEqual([]);
  expect(rows).toMatchObject([{ outcome: 'called', calls: [{ attempt: attempt?.attempt, result: 'connected' }] }]);
  expect(rows[0]?.endedAt).not.toBeNull();
  expect(await rig.store.reservations.all()).toEqual([]);
  const record = await rig.store.records.show(attempt?.record ?? 0);
  return { disposition: attempt?.disposition, lastDisposition: record?.lastDisposition, state: record?.state };
}

test.each([1, 2, 3])(
  '[O-09] [A-10] killed when the store had taken %i calls of Done: sent again it is done once, nothing is lost or doubled',
  async (calls) => {
    for (const mode of ['preview', 'predictive'] as const) {
      const { seat, rig, done } = await killedAfter(calls, mode);
      const { answer } = await seat.send(done);
      if (typeof answer === 'object') expect(answer.code).toBe('other-interaction');
      await rig.clock.runFor(5_000);
      expect(await books(seat)).toEqual({ disposition: 'sale', lastDisposition: 'sale', state: 'finished' });
      await rig.close();
    }
  },
);

test.each([1])(
  '[O-09] [A-10] killed when the store had taken %i calls of Done, and the agent says something else then: that counts',
  async (calls) => {
    for (const mode of ['preview', 'predictive'] as const) {
      const { seat, rig } = await killedAfter(calls, mode);
      const isStillInHand = seat.view.open !== undefined;
      if (isStillInHand) {
        expect(await seat.act({ do: 'dispose', code: 'not-interested' })).toBe('done');
        expect(await seat.act({ do: 'done', stop: true })).toBe('done');
      }
      await rig.clock.runFor(5_000);
      const said = isStillInHand ? 'not-interested' : 'sale';
      expect(await books(seat)).toMatchObject({ disposition: said, lastDisposition: said, state: 'finished' });
      await rig.close();
    }
  },
);
