// States told apart by ear, in a simulated call centre: tones while paused and in wrap-up, a beep at the connection.

import { afterEach, expect, test } from 'vitest';
import type { Campaign } from '../../../src/campaign/definition.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const PHONE = { mode: 'nailed-up', waiting: 'silence', ringMs: 20_000 } as const;

/** What an agent hears who is paused for a minute, talks, wraps up for a minute, is ready. */
async function heardIn(agentPhone: Campaign['agentPhone']): Promise<Record<string, readonly string[]>> {
  const on = await Rig.start({
    agents: 1,
    records: 1,
    plan: () => ({ setUpMs: 200, before: 'ringing', afterMs: 1000, outcome: { type: 'person', talksMs: 20_000 } }),
    campaign: {
      mode: 'progressive',
      agentPhone,
      wrapUp: { limitMs: 600_000, dispositionRequired: true, over: 'paused' },
    },
  });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  if (!phone) throw new Error('the phone cannot register');
  let heard: string[] = [];
  phone.watch((notice) => {
    if (notice.type === 'heard') heard.push(notice.sound);
  });
  const sinceThen = (): readonly string[] => {
    const so = heard.filter((sound) => /state-|\/connect$/.test(sound));
    heard = [];
    return so;
  };
  const until = async (state: 'talking' | 'wrapUp' | 'ready'): Promise<void> => {
    const key = state === 'wrapUp' ? 'wrap-up' : state;
    const isSo = (): boolean => (on.engine.campaigns()[0]?.agents[key] ?? 0) === 1;
    expect(await on.clock.runUntilTrue(isSo, 120_000)).toBe(true);
  };
  phone.dial('*55');
  await on.clock.runFor(1000);
  phone.press('100#4711#');
  await on.clock.runFor(60_000);
  const paused = sinceThen();
  phone.press('1');
  await until('ready');
  await on.clock.runFor(60_000);
  const ready = sinceThen();
  await on.startCampaign();
  await until('talking');
  await on.clock.runFor(10_000);
  const talking = sinceThen();
  await until('wrapUp');
  await on.clock.runFor(60_000);
  return { paused, ready, talking, wrapUp: sinceThen() };
}

test('[A-01] a soft tone while paused, another in wrap-up, a beep at the connection, none while ready', async () => {
  const { paused, ready, talking, wrapUp } = await heardIn({ ...PHONE, tones: true });
  expect(new Set(paused)).toEqual(new Set(['outdial/state-paused']));
  expect(paused?.length).toBeGreaterThanOrEqual(3);
  expect(ready).toEqual([]);
  expect(talking).toEqual(['outdial/connect']);
  expect(new Set(wrapUp)).toEqual(new Set(['outdial/state-wrap-up']));
  expect(wrapUp?.length).toBeGreaterThanOrEqual(2);
});

test('[A-01] a campaign without tones', async () => {
  expect(await heardIn(PHONE)).toEqual({ paused: [], ready: [], talking: [], wrapUp: [] });
});
